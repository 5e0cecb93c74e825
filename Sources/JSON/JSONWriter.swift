/// Writes JSON, appending only. The same calls give the same bytes.
///
/// Commas and, if wished, indentation come by themselves; that keys and ends stand where they must is the
/// caller's business and not checked.
///
/// ```swift
/// var json = JSONWriter()
/// json.beginObject()
/// json.key("id")
/// json.string("a")
/// json.endObject()
/// json.text  // {"id":"a"}
/// ```
public struct JSONWriter: Sendable {
  /// How the text is laid out.
  public enum Layout: Sendable {
    /// One line without white space.
    case compact
    /// Two spaces a level, for files that people read.
    case indented
  }

  /// What has been written, in UTF-8.
  public private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var depth = 0
  /// Whether a value stands before the next one in the same container.
  private var follows = false

  public init(_ layout: Layout = .compact, capacity: Int = 0) {
    self.layout = layout
    bytes.reserveCapacity(capacity)
  }

  /// The same as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func beginObject() { begin(UInt8(ascii: "{")) }
  public mutating func endObject() { end(UInt8(ascii: "}")) }
  public mutating func beginArray() { begin(UInt8(ascii: "[")) }
  public mutating func endArray() { end(UInt8(ascii: "]")) }

  /// The key of the value that comes next.
  public mutating func key(_ name: String) {
    separate()
    appendQuoted(name, to: &bytes)
    afterKey()
  }
  /// A key that needs no escapes.
  public mutating func key(_ name: StaticString) {
    separate()
    bytes.append(atMost: name.utf8CodeUnitCount + 2) {
      $0.byte(UInt8(ascii: "\""))
      $0.text(name)
      $0.byte(UInt8(ascii: "\""))
    }
    afterKey()
  }
  /// A key that needs no escapes, with a whole number: the short way for what stands in a record by the thousand.
  public mutating func member(_ name: StaticString, _ value: Int) {
    guard layout == .compact else {
      key(name)
      return integer(value)
    }
    let follows = follows
    bytes.append(atMost: name.utf8CodeUnitCount + 4 + RawCursor.decimalSize) {
      if follows { $0.byte(UInt8(ascii: ",")) }
      $0.byte(UInt8(ascii: "\""))
      $0.text(name)
      $0.byte(UInt8(ascii: "\""))
      $0.byte(UInt8(ascii: ":"))
      $0.decimal(value)
    }
    self.follows = true
  }

  public mutating func null() { literal("null") }
  public mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }
  public mutating func integer(_ value: Int) {
    separate()
    bytes.append(atMost: RawCursor.decimalSize) { $0.decimal(value) }
    follows = true
  }
  /// The shortest digits that give the same number again; null for what is not finite.
  public mutating func number(_ value: Double) {
    guard value.isFinite else { return null() }
    separate()
    bytes.append(contentsOf: value.description.utf8)
    follows = true
  }
  public mutating func string(_ value: String) {
    separate()
    appendQuoted(value, to: &bytes)
    follows = true
  }
  /// A string whose UTF-8 bytes are given.
  public mutating func string(utf8 value: Span<UInt8>) {
    separate()
    value.withUnsafeBufferPointer { appendQuoted($0, to: &bytes) }
    follows = true
  }
  /// A value that is JSON already.
  public mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
    follows = true
  }
  /// Ends a line of JSON Lines, or the file; the next value begins anew.
  public mutating func newline() {
    bytes.append(UInt8(ascii: "\n"))
    follows = false
  }

  /// Any value. Recursive: values from a text are at most ``JSONValue/depthLimit`` deep.
  public mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .boolean(let value): boolean(value)
    case .integer(let value): integer(value)
    case .number(let value): number(value)
    case .string(let value): string(value)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.key)
        self.value(member.value)
      }
      endObject()
    }
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    depth += 1
    follows = false
  }
  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    if follows { indent() }
    bytes.append(bracket)
    follows = true
  }
  private mutating func literal(_ text: StaticString) {
    separate()
    bytes.append(atMost: text.utf8CodeUnitCount) { $0.text(text) }
    follows = true
  }
  private mutating func afterKey() {
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(UInt8(ascii: " ")) }
    follows = false
    isAfterKey = true
  }
  /// Whether a key waits for its value, which then stays on its line.
  private var isAfterKey = false

  @inline(__always) private mutating func separate() {
    if follows { bytes.append(UInt8(ascii: ",")) }
    if layout == .indented, !isAfterKey, depth > 0 { indent() }
    isAfterKey = false
  }
  private mutating func indent() {
    guard layout == .indented else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<max(0, depth) { bytes.append(contentsOf: [0x20, 0x20]) }
  }
}

extension JSONValue {
  /// The value as JSON in UTF-8.
  public func bytes(_ layout: JSONWriter.Layout = .compact) -> [UInt8] {
    var writer = JSONWriter(layout)
    writer.value(self)
    return writer.bytes
  }
}
