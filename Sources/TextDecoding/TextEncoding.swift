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

  /// The text, through windows-1252 where the machine lacks a converter.
  func decode(_ bytes: ArraySlice<UInt8>) -> String { decodeIfAvailable(bytes) ?? decodeWindows1252(bytes) }

  /// The text; nil where the machine has no converter for this encoding.
  func decodeIfAvailable(_ bytes: ArraySlice<UInt8>) -> String? {
    switch name {
    case "utf-8": String(decoding: bytes, as: UTF8.self)
    case "windows-1252": decodeWindows1252(bytes)
    default: convert(bytes, from: self)
    }
  }
}

/// Windows-1252 as browsers read it: the five bytes without a meaning are control characters, so that it never fails.
func decodeWindows1252(_ bytes: ArraySlice<UInt8>) -> String {
  var utf8: [UInt8] = []
  utf8.reserveCapacity(bytes.count + bytes.count / 8)
  for byte in bytes {
    if byte < 0x80 {
      utf8.append(byte)
    } else {
      utf8.append(contentsOf: UTF8.encode(scalarOfWindows1252(byte)) ?? UTF8.encodedReplacementCharacter)
    }
  }
  return String(decoding: utf8, as: UTF8.self)
}

private func scalarOfWindows1252(_ byte: UInt8) -> Unicode.Scalar {
  byte < 0xA0 ? windows1252Upper[Int(byte) - 0x80] : Unicode.Scalar(byte)
}

/// The characters of 0x80 to 0x9F.
private let windows1252Upper: [Unicode.Scalar] = [
  "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž", "\u{8F}",
  "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
]
