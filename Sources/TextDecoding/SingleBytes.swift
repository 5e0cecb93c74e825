/// Encodings of one byte a character, as tables: decoding is then a look-up a byte.

extension TextEncoding {
  /// One byte a character.
  var isSingleByte: Bool { unit == 1 && !isMultibyte && !escapesIntoASCII && name != "utf-8" }

  /// The characters of the bytes from 0x80 on, the unreadable ones U+FFFD; nil where the encoding isn't one of single
  /// bytes, or the machine lacks its converter.
  var upperHalf: [Unicode.Scalar]? { isSingleByte ? upperHalves[name] : nil }
}

/// The text of bytes in an encoding of single bytes.
func decodeSingleBytes(_ bytes: ArraySlice<UInt8>, _ upper: [Unicode.Scalar]) -> [UInt8] {
  let encoded = upper.map { Array(UTF8.encode($0) ?? UTF8.encodedReplacementCharacter) }
  // Two or three bytes each, as none of these encodings has anything beyond the first plane.
  let (first, second, third) = (encoded.map { $0[0] }, encoded.map { $0[1] }, encoded.map { $0.count > 2 ? $0[2] : 0 })
  let capacity = bytes.reduce(0) { $0 + ($1 < 0x80 ? 1 : 3) }
  return [UInt8](unsafeUninitializedCapacity: capacity) { utf8, count in
    for byte in bytes {
      if byte < 0x80 {
        utf8[count] = byte
        count += 1
        continue
      }
      let letter = Int(byte) & 0x7F
      utf8[count] = first[letter]
      utf8[count + 1] = second[letter]
      count += 2
      if third[letter] != 0 {
        utf8[count] = third[letter]
        count += 1
      }
    }
  }
}

/// By the encodings' names; from the C library's converter, but for windows-1252 as browsers read it.
private let upperHalves: [String: [Unicode.Scalar]] = {
  var halves: [String: [Unicode.Scalar]] = ["windows-1252": windows1252Upper]
  for encoding in Set(encodingsByLabel.values) where encoding.isSingleByte && halves[encoding.name] == nil {
    let upper = (UInt8(0x80)...0xFF).map { byte -> Unicode.Scalar? in
      Converter.utf8(of: [byte], from: encoding).flatMap { String(decoding: $0, as: UTF8.self).unicodeScalars.first }
    }
    if !upper.contains(nil) { halves[encoding.name] = upper.compactMap { $0 } }
  }
  return halves
}()

/// The five bytes without a meaning are control characters, so that decoding never fails.
private let windows1252Upper: [Unicode.Scalar] =
  [
    "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž", "\u{8F}",
    "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
  ] + (UInt8(0xA0)...0xFF).map { Unicode.Scalar($0) }
