/// What the bytes themselves tell about their encoding.

/// A byte order mark and its length. Four bytes are tried first: UTF-32's mark begins with UTF-16's.
func byteOrderMark(of bytes: [UInt8]) -> (TextEncoding, length: Int)? {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (utf8, 3) }
  if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return (TextEncoding(name: "utf-32le", iconvName: "UTF-32LE"), 4) }
  if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return (TextEncoding(name: "utf-32be", iconvName: "UTF-32BE"), 4) }
  if bytes.starts(with: [0xFF, 0xFE]) { return (utf16LittleEndian, 2) }
  if bytes.starts(with: [0xFE, 0xFF]) { return (utf16BigEndian, 2) }
  return nil
}

private let utf8 = TextEncoding(name: "utf-8", iconvName: "UTF-8")
private let utf16LittleEndian = TextEncoding(name: "utf-16le", iconvName: "UTF-16LE")
private let utf16BigEndian = TextEncoding(name: "utf-16be", iconvName: "UTF-16BE")

/// UTF-16 without a mark. ASCII in UTF-16 is valid UTF-8 with zeros in it, so this is asked first.
///
/// Text in UTF-16 has zeros in every second place wherever a space or a Latin letter stands; nothing else has
/// them in only one of the two. A declaration alone is not believed: a page whose declaration could be read
/// byte by byte is not in UTF-16.
func wideEncoding(of bytes: ArraySlice<UInt8>, declared: TextEncoding?) -> TextEncoding? {
  let head = bytes.prefix(4096)
  var zeros = [0, 0]
  for (offset, byte) in head.enumerated() where byte == 0 { zeros[offset & 1] += 1 }
  // A text of few spaces has few zeros; with a declaration one in a hundred units is enough.
  let isDeclared = declared?.isWide == true
  let wanted = isDeclared ? max(1, head.count / 200) : max(2, head.count / 25)
  if let declared, declared.name.hasPrefix("utf-32"), zeros[0] + zeros[1] >= head.count / 2 { return declared }
  if zeros[1] >= wanted, zeros[0] * 16 <= zeros[1] { return utf16LittleEndian }
  if zeros[0] >= wanted, zeros[1] * 16 <= zeros[0] { return utf16BigEndian }
  return nil
}

/// How far bytes are from being UTF-8.
struct UTF8Damage {
  /// Whole characters beyond ASCII.
  private(set) var whole = 0
  /// Bytes that belong to no character.
  private(set) var broken = 0

  /// One pass; reads no byte twice but those behind a broken beginning.
  init(in bytes: ArraySlice<UInt8>) {
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let byte = bytes[position]
      guard byte >= 0x80 else {
        position += 1
        continue
      }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      let tail = bytes[(position + 1)...].prefix(length - 1)
      if byte >= 0xC2, byte <= 0xF4, tail.count == length - 1, tail.allSatisfy({ $0 & 0xC0 == 0x80 }) {
        whole += 1
        position += length
      } else {
        broken += 1
        position += 1
      }
    }
  }

  /// Text of another encoding forms whole characters only by chance, far fewer than broken ones.
  var isSlight: Bool { whole >= 4 && broken * 4 <= whole }
}
