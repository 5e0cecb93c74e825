/// A line of an article's head: who wrote it, and when, and nothing else.
///
/// ```swift
/// let line = HeadLine("By Anna Kern and Iva Horn | March 11, 2014 | 10:32 am")
/// line?.authors    // ["Anna Kern", "Iva Horn"]
/// line?.published  // "2014-03-11T10:32"
/// HeadLine("By March 2014 the army had left.")  // nil
/// ```
/// The line is read from left to right as labels, names, dates, times and counts (`3 min read`). What is left over
/// makes it a line of text, whatever it begins with: a first sentence must never be taken for a byline.
/// Cost: linear in the line's length.
public struct HeadLine: Equatable, Sendable {
  /// Empty where a label stands without a name; nil without a label.
  public internal(set) var authors: [String]?
  /// ISO 8601, as precise as written.
  public internal(set) var published: String?
  public internal(set) var modified: String?
  /// A word such as "By" or "Published" says what the line is; a date alone may be the article's own.
  public internal(set) var isLabelled = false
  /// What stands beside them between signs that part: a place, a rubric, a name without a label.
  public internal(set) var others: [String] = []

  /// No line of a head is longer.
  public static let longest = 240

  /// - Parameters:
  ///   - order: which number of a date such as `3/4/2012` is the day.
  ///   - allowsOthers: up to two short parts may stand beside a date or byline, each parted by a sign.
  public init?(_ line: String, _ order: DayOrder = .unknown, allowsOthers: Bool = false) {
    guard (3...Self.longest).contains(line.utf8.count), Self.mayBegin(line) else { return nil }
    var reader = HeadLineReader(cursor: ByteCursor(Self.parted(Array(line.utf8))), order: order)
    guard reader.read() else { return nil }
    self = reader.line
    guard authors != nil || published != nil || modified != nil else { return nil }
    if !others.isEmpty {
      guard allowsOthers, others.count <= 2, others.allSatisfy(Self.isLabelLike) else { return nil }
    }
  }

  init() {}

  /// Whether a line has a digit, or a sign that parts, or begins with a label: most lines of a page have none of these.
  private static func mayBegin(_ line: String) -> Bool {
    if line.utf8.contains(where: { $0 &- 48 < 10 || $0 == UInt8(ascii: "|") }) { return true }
    // No label has more bytes.
    var cursor = ByteCursor(line.utf8.prefix(64).drop { $0 &- 65 >= 26 && $0 &- 97 >= 26 && $0 < 0x80 }.map { $0 })
    return cursor.label() != nil
  }

  /// Pages set labels in elements of their own, with nothing between them and the name before: `KernPublished`.
  private static func parted(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if index > 0, isGlued(bytes, index) { result.append(contentsOf: [32, 0x7C, 32]) }
      result.append(byte)
    }
    return result
  }
  private static func isGlued(_ bytes: [UInt8], _ index: Int) -> Bool {
    let (byte, before) = (bytes[index], bytes[index - 1])
    guard byte &- 65 < 26, before &- 97 < 26 || before &- 48 < 10 else { return false }
    // Behind a digit only a time zone or a "T" may stand close: at least three letters follow.
    if before &- 48 < 10 { return bytes[index...].prefix(4).dropFirst().count { $0 &- 97 < 26 } == 3 }
    return ["Published", "Updated", "Posted", "Last updated", "Reviewed"].contains {
      bytes[index...].starts(with: $0.utf8)
    }
  }

  /// A place or a rubric is short and has capitals; a sentence has small words and a point.
  private static func isLabelLike(_ part: String) -> Bool {
    part.utf8.count <= 40 && !part.hasSuffix(".")
      && (AuthorName.isNameLike(part) || (AuthorName.isRole(part) && part.split(separator: " ").count <= 5))
  }
}
