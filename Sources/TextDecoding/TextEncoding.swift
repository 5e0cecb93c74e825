/// An encoding: its name, and what the C library's converter calls it.
struct TextEncoding: Hashable, Sendable {
  /// Lower case, as browsers use it.
  let name: String
  let iconvName: String

  init(name: String, iconvName: String) { (self.name, self.iconvName) = (name, iconvName) }

  /// The encoding that browsers mean by a label; nil for a label that none of them knows.
  init?(label: String) {
    let key = String(label.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" })
    guard let encoding = encodingsByLabel[key] else { return nil }
    self = encoding
  }

  /// UTF-16 and UTF-32, in which ASCII bytes don't stand for themselves.
  var isWide: Bool { name.hasPrefix("utf-16") || name.hasPrefix("utf-32") }
  /// Encodings that write everything in seven bits, so that they look like ASCII.
  var escapesIntoASCII: Bool { name.hasPrefix("iso-2022") }
  /// Bytes of the smallest unit, by which a decoder steps over what it cannot read.
  var unit: Int { name.hasPrefix("utf-16") ? 2 : name.hasPrefix("utf-32") ? 4 : 1 }
  /// Two bytes and more for a character, the first from 0x81 on.
  var isMultibyte: Bool { ["gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"].contains(name) }

  /// The text as UTF-8; nil where the machine has no converter for this encoding.
  func utf8(of bytes: ArraySlice<UInt8>) -> [UInt8]? {
    if name == "utf-8" { return bytes.withUnsafeBufferPointer { mended($0).utf8 } }
    if isSingleByte { return upperHalf.map { decodeSingleBytes(bytes, $0) } }
    return Converter.utf8(of: bytes, from: self)
  }
}
