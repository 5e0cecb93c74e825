/// What the bytes themselves tell about their encoding.

/// A byte order mark and its length. Four bytes are tried first: UTF-32's mark begins with UTF-16's.
func byteOrderMark(of bytes: [UInt8]) -> (TextEncoding, length: Int)? {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
  if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return (TextEncoding(name: "utf-32le", iconvName: "UTF-32LE"), 4) }
  if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return (TextEncoding(name: "utf-32be", iconvName: "UTF-32BE"), 4) }
  if bytes.starts(with: [0xFF, 0xFE]) { return (utf16LittleEndian, 2) }
  if bytes.starts(with: [0xFE, 0xFF]) { return (utf16BigEndian, 2) }
  return nil
}

extension TextEncoding {
  static let utf8 = TextEncoding(name: "utf-8", iconvName: "UTF-8")
  static let windows1252 = TextEncoding(name: "windows-1252", iconvName: "CP1252")
}
private let utf16LittleEndian = TextEncoding(name: "utf-16le", iconvName: "UTF-16LE")
private let utf16BigEndian = TextEncoding(name: "utf-16be", iconvName: "UTF-16BE")

/// UTF-16 without a mark. ASCII in UTF-16 is valid UTF-8 with zeros in it, so this is asked first.
///
/// Text in UTF-16 has zeros in every second place wherever a space or a Latin letter stands, and few in the others
/// (一 is one); nothing else has that. A declaration alone is not believed: a page whose declaration could be read
/// byte by byte is not in UTF-16.
func wideEncoding(of bytes: ArraySlice<UInt8>, declared: TextEncoding?) -> TextEncoding? {
  let head = bytes.prefix(4096)
  guard head.withUnsafeBufferPointer({ $0.has(0) }) else { return nil }
  var zeros = [0, 0]
  for (offset, byte) in head.enumerated() where byte == 0 { zeros[offset & 1] += 1 }
  // A text of few spaces has few zeros; with a declaration one in a hundred units is enough.
  let isDeclared = declared?.isWide == true
  let wanted = isDeclared ? max(1, head.count / 200) : max(2, head.count / 25)
  if let declared, declared.name.hasPrefix("utf-32"), zeros[0] + zeros[1] >= head.count / 2 { return declared }
  if zeros[1] >= wanted, zeros[0] * 4 <= zeros[1] { return utf16LittleEndian }
  if zeros[0] >= wanted, zeros[1] * 4 <= zeros[0] { return utf16BigEndian }
  return nil
}

/// The escape sequences with which ISO-2022-JP goes over to Japanese; nothing else has them.
func hasJapaneseEscapes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard bytes.has(0x1B) else { return false }
  return bytes.indices.dropLast(2).contains { index in
    bytes[index] == 0x1B && bytes[index + 1] == UInt8(ascii: "$")
      && (bytes[index + 2] == UInt8(ascii: "B") || bytes[index + 2] == UInt8(ascii: "@"))
  }
}

/// How letters beyond ASCII stand in encodings of single bytes: what tells scripts apart before anything is decoded.
struct HighBytes {
  /// Bytes beyond ASCII.
  private(set) var high = 0
  /// Those behind another such, but for rows of blanks and dashes.
  private(set) var behindHigh = 0
  /// How many different ones stand there.
  private(set) var kinds = 0
  /// Bytes where most of these encodings have letters.
  private(set) var letters = 0
  /// Letters alone beside one of ASCII.
  private(set) var besideLatin = 0

  /// Counts in at most 64 KiB from the first byte beyond ASCII on.
  init(of bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return }
    var isSeen = [Bool](repeating: false, count: 256)
    for index in first..<min(bytes.count, first + 65_536) where bytes[index] >= 0x80 {
      let before = index > 0 ? bytes[index - 1] : 0
      let after = index + 1 < bytes.count ? bytes[index + 1] : 0
      high += 1
      if before >= 0x80, before != bytes[index] {
        behindHigh += 1
        isSeen[Int(bytes[index])] = true
      }
      guard bytes[index] >= 0xC0 else { continue }
      letters += 1
      if before < 0xC0, after < 0xC0, before.isLatinLetter || after.isLatinLetter { besideLatin += 1 }
    }
    kinds = isSeen.count(where: \.self)
  }

  /// Languages of Latin letters seldom have two in a row that are beyond ASCII, others nearly always.
  var isNotLatin: Bool { high >= 20 && behindHigh * 2 > high && kinds >= 10 }
  /// Letters of another alphabet don't stand one by one inside of Latin words.
  var isLatin: Bool { besideLatin * 2 > letters }
  /// Too few in a row for Vietnamese, which has letters with two marks.
  var isSparse: Bool { behindHigh * 8 < high }
}

extension UInt8 {
  var isLatinLetter: Bool { (self | 0x20) &- 97 < 26 }
}
