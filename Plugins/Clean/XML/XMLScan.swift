/// A first look at a document, before libxml2 reads it: what no article needs is refused, and what does no harm is
/// mended.
///
/// libxml2 compares each attribute of a tag with all others, so that a tag of 100,000 attributes keeps it busy for
/// minutes; and it drops what stands behind a stray `&`. Here a tag's length and its attributes, the depth, and the
/// document type's length have a limit, and signs that are no markup are replaced for the parser by as many bytes
/// that mean nothing: offsets stay what they are, and the text is taken from the original. One pass. Cost: linear.
struct XMLScan {
  /// Bytes of a tag: longer ones would be data in an attribute.
  static let longestTag = 65_536
  /// Attributes of a tag: vocabularies of news have some 40.
  static let mostAttributes = 256
  /// Bytes of a document type with its declarations: all entities of HTML take 20,000.
  static let longestDocumentType = 65_536
  /// Elements in each other: deeper than any article.
  static let deepest = 512
  /// Stands for a sign that is no markup; XML allows it, and no text holds it.
  static let placeholder: UInt8 = 0x7F

  /// The document as libxml2 is to have it.
  private(set) var bytes: [UInt8]
  private var index = 0
  private var depth = 0

  /// - Throws: ``CleanProblem`` where the document is hostile.
  static func mended(_ bytes: [UInt8]) throws -> [UInt8] {
    var scan = XMLScan(bytes: bytes)
    scan.blankControls()
    try scan.run()
    return scan.bytes
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The line of an offset, from 1.
  static func line(of offset: Int, in bytes: [UInt8]) -> Int {
    bytes[..<min(offset, bytes.count)].reduce(1) { $1 == 10 ? $0 + 1 : $0 }
  }

  /// XML has neither control characters nor U+FFFE and U+FFFF.
  private mutating func blankControls() {
    for index in bytes.indices {
      let byte = bytes[index]
      if byte < 32 {
        if byte != 9 && byte != 10 && byte != 13 { bytes[index] = 32 }
      } else if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
        for place in index..<index + 3 { bytes[place] = 32 }
      }
    }
  }

  private mutating func run() throws {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "<"): try markup()
      case UInt8(ascii: "&"): reference()
      case UInt8(ascii: "]") where has("]]>", at: index):
        // libxml2 would drop the text before it.
        bytes[index + 2] = Self.placeholder
        index += 3
      default: index += 1
      }
    }
  }

  // MARK: Markup

  private mutating func markup() throws {
    if has("<!--", at: index) { return skip(past: "-->") }
    if has("<![CDATA[", at: index) { return skip(past: "]]>") }
    if has("<!DOCTYPE", at: index) { return try documentType() }
    switch byte(index + 1) {
    case UInt8(ascii: "?"): skip(past: "?>")
    case UInt8(ascii: "!"): index += 2
    case UInt8(ascii: "/"):
      depth -= 1
      index += 2
    case let first where Self.beginsName(first): try startTag()
    default:
      // "x < 5" is text.
      bytes[index] = Self.placeholder
      index += 1
    }
  }

  private mutating func startTag() throws {
    let start = index
    var attributes = 0
    index += 2
    while index < bytes.count, bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "<") {
      guard index - start < Self.longestTag else { throw CleanProblem.longTag(line: line(start)) }
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") else { continue }
      attributes += 1
      guard attributes <= Self.mostAttributes else { throw CleanProblem.manyAttributes(line: line(start)) }
      try value(until: byte, start)
    }
    if byte(index - 1) != UInt8(ascii: "/") {
      depth += 1
      guard depth <= Self.deepest else { throw CleanProblem.tooDeep(line: line(start)) }
    }
  }

  private mutating func value(until quote: UInt8, _ start: Int) throws {
    while index < bytes.count, bytes[index] != quote {
      guard index - start < Self.longestTag else { throw CleanProblem.longTag(line: line(start)) }
      if bytes[index] == UInt8(ascii: "&") { reference() } else { index += 1 }
    }
    index += 1
  }

  /// Up to the `>` that stands outside of brackets, literals and comments.
  private mutating func documentType() throws {
    let start = index
    var isInside = false
    while index < bytes.count {
      guard index - start < Self.longestDocumentType else { throw CleanProblem.longDocumentType(line: line(start)) }
      switch bytes[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let quote = bytes[index]
        index = bytes[(index + 1)...].firstIndex(of: quote) ?? bytes.count
      case UInt8(ascii: "<") where has("<!--", at: index):
        skip(past: "-->")
        continue
      case UInt8(ascii: "["): isInside = true
      case UInt8(ascii: "]"): isInside = false
      case UInt8(ascii: ">") where !isInside:
        index += 1
        return
      default: break
      }
      index += 1
    }
  }

  /// Goes on behind a mark; at the end where it is missing, which libxml2 then reports.
  private mutating func skip(past mark: StaticString) {
    let length = mark.utf8CodeUnitCount
    var place = index + 1
    while let end = bytes[min(place, bytes.count)...].firstIndex(of: UInt8(ascii: ">")) {
      place = end + 1
      if place - length > index, has(mark, at: place - length) { return index = place }
    }
    index = bytes.count
  }

  // MARK: References

  /// At an ampersand: one that begins no reference stands for itself.
  private mutating func reference() {
    let start = index
    index += 1
    let isNumber = byte(index) == UInt8(ascii: "#")
    if isNumber { index += byte(index + 1) | 32 == UInt8(ascii: "x") ? 2 : 1 }
    let first = index
    while index < bytes.count, index - start < 64, isNumber ? Self.isHexDigit(bytes[index]) : Self.isName(bytes[index])
    {
      index += 1
    }
    if index == first || byte(index) != UInt8(ascii: ";") || (!isNumber && !Self.beginsName(bytes[first])) {
      bytes[start] = Self.placeholder
      index = start + 1
    }
  }

  private static func beginsName(_ byte: UInt8) -> Bool {
    (byte | 32) &- 97 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || byte >= 0x80
  }
  private static func isName(_ byte: UInt8) -> Bool {
    beginsName(byte) || byte &- 48 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }
  private static func isHexDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 || (byte | 32) &- 97 < 6 }

  private func byte(_ index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : 0 }
  private func has(_ mark: StaticString, at start: Int) -> Bool { bytes.hasBytes(mark, at: start) }
  private func line(_ offset: Int) -> Int { Self.line(of: offset, in: bytes) }
}

extension [UInt8] {
  /// Whether a mark stands at an offset.
  func hasBytes(_ mark: StaticString, at start: Int) -> Bool {
    let length = mark.utf8CodeUnitCount
    guard start >= 0, start + length <= count else { return false }
    for offset in 0..<length where self[start + offset] != mark.utf8Start[offset] { return false }
    return true
  }
}
