/// Rows of CSV by RFC 4180 from bytes: fields may be quoted, quotes inside them doubled; lines end as on any system.
///
/// What the standard leaves open is told: a quotation mark that opens a field must be closed, and only the end of the
/// field may follow, else the mistake is where it opens and not where the file ends.
struct CSVReader {
  private let bytes: [UInt8]
  private var offset: Int
  /// What parts fields: of comma, semicolon and tab the one that the first line holds most often.
  let separator: UInt8
  /// The line on which the row that was read last begins, from 1.
  private(set) var line = 0
  private var nextLine = 1
  /// The fields of that row one behind the other, without quotation marks and blanks around them.
  private(set) var text: [UInt8] = []
  private(set) var fields: [Range<Int>] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // Spreadsheets put a byte order mark before UTF-8.
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    separator = Self.separator(of: bytes)
  }

  /// What is wrong with a quoted field that begins on a line.
  enum Mistake: Error, Equatable {
    /// Nothing closes it.
    case open(line: Int)
    /// Text follows behind its end.
    case goesOn(line: Int)
  }

  /// Reads the next row that holds anything; false at the end. Behind a mistake the reader goes on with the line after
  /// the one on which the field opens.
  mutating func next() throws(Mistake) -> Bool {
    while offset < bytes.count {
      line = nextLine
      text.removeAll(keepingCapacity: true)
      fields.removeAll(keepingCapacity: true)
      repeat { try readField() } while isSeparator()
      endLine()
      // Spreadsheets write an empty row as separators alone.
      if fields.contains(where: { !$0.isEmpty }) { return true }
    }
    return false
  }

  private mutating func readField() throws(Mistake) {
    skipBlanks()
    let start = text.count
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
      try readQuoted()
    } else {
      while offset < bytes.count, bytes[offset] != separator, !isLineEnd(offset) {
        text.append(bytes[offset])
        offset += 1
      }
    }
    var (first, end) = (start, text.count)
    while first < end, Self.isBlank(text[first]) { first += 1 }
    while end > first, Self.isBlank(text[end - 1]) { end -= 1 }
    fields.append(first..<end)
  }

  private mutating func readQuoted() throws(Mistake) {
    let (opening, openingLine) = (offset, nextLine)
    offset += 1
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        offset += 1
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { return try end(opening, openingLine) }
      } else if isLineEnd(offset), byte == 0x0A || offset + 1 == bytes.count || bytes[offset + 1] != 0x0A {
        nextLine += 1
      }
      text.append(byte)
      offset += 1
    }
    try fail(.open(line: openingLine), opening, openingLine)
  }

  /// Behind a closing quotation mark only blanks may stand before the field's end.
  private mutating func end(_ opening: Int, _ openingLine: Int) throws(Mistake) {
    skipBlanks()
    guard offset == bytes.count || bytes[offset] == separator || isLineEnd(offset) else {
      return try fail(.goesOn(line: openingLine), opening, openingLine)
    }
  }

  private mutating func fail(_ mistake: Mistake, _ opening: Int, _ openingLine: Int) throws(Mistake) {
    (offset, nextLine) = (opening, openingLine)
    while offset < bytes.count, !isLineEnd(offset) { offset += 1 }
    endLine()
    throw mistake
  }

  private mutating func isSeparator() -> Bool {
    guard offset < bytes.count, bytes[offset] == separator else { return false }
    offset += 1
    return true
  }

  private mutating func endLine() {
    guard offset < bytes.count else { return }
    offset += bytes[offset] == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A ? 2 : 1
    nextLine += 1
  }

  private mutating func skipBlanks() {
    while offset < bytes.count, bytes[offset] != separator, Self.isBlank(bytes[offset]) { offset += 1 }
  }

  private func isLineEnd(_ offset: Int) -> Bool { bytes[offset] == 0x0A || bytes[offset] == 0x0D }
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func separator(of bytes: [UInt8]) -> UInt8 {
    var (commas, semicolons, tabs, isQuoted) = (0, 0, 0, false)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: commas += 1
      case UInt8(ascii: ";") where !isQuoted: semicolons += 1
      case 0x09 where !isQuoted: tabs += 1
      case 0x0A, 0x0D:
        // Empty lines may stand before the header.
        if commas + semicolons + tabs > 0 { return choice(commas, semicolons, tabs) }
      default: break
      }
    }
    return choice(commas, semicolons, tabs)
  }
  private static func choice(_ commas: Int, _ semicolons: Int, _ tabs: Int) -> UInt8 {
    if tabs > max(commas, semicolons) { return 0x09 }
    return semicolons > commas ? UInt8(ascii: ";") : UInt8(ascii: ",")
  }
}
