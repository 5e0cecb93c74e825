/// A path of a pipeline file: relative to that file, `-` for standard input or output.
public struct FilePath: OptionValue, Hashable {
  /// As written.
  public var text: String
  public init(_ text: String = "") { self.text = text }

  public static var schema: OptionSchema { .path }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> FilePath? {
    readScalar(node, report) { $0.isEmpty || $0.utf8.contains(0) ? nil : FilePath($0) }
  }
  public var node: Node { Node(.scalar(text, isQuoted: true)) }

  /// Standard input or output.
  public var isStandardStream: Bool { text == "-" }
  /// The path as this process reaches it.
  /// - Parameter directory: the pipeline file's folder, as ``StageContext/directory`` has it.
  public func resolved(in directory: String) -> String {
    if text.hasPrefix("/") || isStandardStream || directory.isEmpty || directory == "." { return text }
    return directory.hasSuffix("/") ? directory + text : directory + "/" + text
  }
}

/// A length of time, written `500ms`, `60s`, `5m` or `1h`.
public struct TimeSpan: OptionValue, Hashable, Comparable, CustomStringConvertible {
  public var milliseconds: Int
  public init(milliseconds: Int) { self.milliseconds = milliseconds }
  /// So many seconds.
  public static func seconds(_ count: Int) -> TimeSpan { TimeSpan(milliseconds: count * 1000) }

  public static var schema: OptionSchema { .duration }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> TimeSpan? {
    readScalar(node, report) { text in
      quantity(text, units: [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]).map {
        TimeSpan(milliseconds: $0)
      }
    }
  }
  public var description: String { milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms" }
  public var node: Node { Node(description) }
  public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
}

/// A number of bytes, written `512kB`, `64MB` or `2GB`, by powers of 1,000.
public struct ByteCount: OptionValue, Hashable, Comparable, CustomStringConvertible {
  public var bytes: Int
  public init(_ bytes: Int) { self.bytes = bytes }
  /// So many millions of bytes.
  public static func megabytes(_ count: Int) -> ByteCount { ByteCount(count * 1_000_000) }

  public static var schema: OptionSchema { .byteCount }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> ByteCount? {
    readScalar(node, report) { text in
      quantity(text, units: [("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1), ("", 1)])
        .map { ByteCount($0) }
    }
  }
  public var description: String {
    for (unit, factor) in [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)]
    where bytes >= factor && bytes % factor == 0 { return "\(bytes / factor)\(unit)" }
    return "\(bytes)B"
  }
  public var node: Node { Node(description) }
  public static func < (a: Self, b: Self) -> Bool { a.bytes < b.bytes }
}

/// A whole number above zero with a unit behind it; nil where the text is something else, or too large.
private func quantity(_ text: String, units: [(name: String, factor: Int)]) -> Int? {
  for unit in units where text.hasSuffix(unit.name) {
    guard let number = Int(text.dropLast(unit.name.count)), number > 0 else { continue }
    let (product, overflow) = number.multipliedReportingOverflow(by: unit.factor)
    return overflow ? nil : product
  }
  return nil
}
