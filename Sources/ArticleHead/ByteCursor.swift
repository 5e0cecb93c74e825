/// A place in the bytes of a line, read from left to right, with capitals folded beside them.
///
/// Folding keeps lengths, so that an index is good for both: ASCII, and the Latin and Cyrillic letters of two bytes.
struct ByteCursor {
  let bytes: [UInt8]
  let folded: [UInt8]
  var index = 0

  init(_ line: some StringProtocol) { self.init(Array(line.utf8)) }
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    folded = Self.folding(bytes)
  }

  var isAtEnd: Bool { index >= bytes.count }
  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }
  var rest: ArraySlice<UInt8> { bytes[min(index, bytes.count)...] }
  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  mutating func skip() { index += 1 }
  mutating func skipBlanks() {
    while index < bytes.count {
      if bytes[index] == 32 || bytes[index] &- 9 < 5 {
        index += 1
      } else if bytes[index] == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 {
        index += 2
      } else {
        return
      }
    }
  }
  /// Moves over a byte if it is the next.
  mutating func take(byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    index += 1
    return true
  }
  mutating func take(bytes wanted: StaticString) -> Bool {
    guard bytes.count - index >= wanted.utf8CodeUnitCount else { return false }
    for offset in 0..<wanted.utf8CodeUnitCount where bytes[index + offset] != wanted.utf8Start[offset] { return false }
    index += wanted.utf8CodeUnitCount
    return true
  }
  /// Moves over a word of ASCII, in small letters here and in any there, if it stands here and ends there.
  mutating func take(word: StaticString) -> Bool {
    let end = index + word.utf8CodeUnitCount
    guard end <= bytes.count else { return false }
    for offset in 0..<word.utf8CodeUnitCount where folded[index + offset] != word.utf8Start[offset] { return false }
    if end < bytes.count, letterLength(at: end) > 0 { return false }
    index = end
    return true
  }

  // MARK: Numbers

  mutating func digit() -> Int? {
    guard let byte = peek, byte &- 48 < 10 else { return nil }
    index += 1
    return Int(byte - 48)
  }
  /// A number of this many digits; more may follow.
  mutating func number(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }
  /// All digits that stand here, eight at most.
  mutating func number() -> (value: Int, digits: Int)? {
    let start = index
    var value = 0
    while index - start < 9, let digit = digit() { value = value * 10 + digit }
    let digits = index - start
    return (1...8).contains(digits) ? (value, digits) : nil
  }
  /// A year of four digits with none behind it.
  mutating func year() -> Int? {
    guard let (year, digits) = number(), digits == 4, Calendar.isPlausible(year) else { return nil }
    return year
  }

  // MARK: Words

  /// Bytes of the letter at an index; 0 where none stands there.
  func letterLength(at index: Int) -> Int {
    let byte = bytes[index]
    if byte < 0x80 { return (byte | 32) &- 97 < 26 ? 1 : 0 }
    guard Self.isLetter(byte, index + 1 < bytes.count ? bytes[index + 1] : 0) else { return 0 }
    return min(byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4, bytes.count - index)
  }
  /// Whether the character that begins with these bytes is a letter; signs of Latin-1, general punctuation and symbols,
  /// those of East Asia, and full-width forms are none.
  static func isLetter(_ first: UInt8, _ second: UInt8) -> Bool {
    first > 0xC2 && first != 0xE2 && !(first == 0xE3 && second == 0x80) && !(first == 0xEF && second >= 0xBC)
  }
  /// Where the run of letters ends that begins at an index.
  func wordEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, case let length = letterLength(at: end), length > 0 { end += length }
    return end
  }
  /// The hash of a word under which `HeadWords` knows it.
  func hash(_ range: Range<Int>, continuing hash: UInt64 = HeadWords.seed) -> UInt64 {
    var hash = hash
    for place in range { hash = HeadWords.add(folded[place], to: hash) }
    return hash
  }

  private static func folding(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var index = 0
    while index < result.count {
      let byte = result[index]
      if byte < 0x80 {
        if byte &- 65 < 26 { result[index] = byte | 32 }
        index += 1
      } else if byte & 0xE0 == 0xC0, index + 1 < result.count {
        (result[index], result[index + 1]) = folded(byte, result[index + 1])
        index += 2
      } else {
        index += byte < 0xF0 ? 3 : 4
      }
    }
    return result
  }

  /// The small letter of one of two bytes.
  static func folded(_ first: UInt8, _ second: UInt8) -> (UInt8, UInt8) {
    let small = smallLetter(UInt16(first & 31) << 6 | UInt16(second & 63))
    return (0xC0 | UInt8(small >> 6), 0x80 | UInt8(small & 63))
  }

  private static func smallLetter(_ scalar: UInt16) -> UInt16 {
    switch scalar {
    case 0xD7, 0x130, 0x131: scalar
    case 0xC0...0xDE, 0x410...0x42F: scalar + 32
    case 0x100...0x137, 0x14A...0x177, 0x490...0x4BF: scalar | 1
    case 0x139...0x148, 0x179...0x17E: scalar + (scalar & 1)
    case 0x400...0x40F: scalar + 80
    default: scalar
    }
  }
}
