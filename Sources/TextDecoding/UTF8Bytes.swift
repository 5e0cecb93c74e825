internal import Glibc

/// How bytes read as UTF-8.
///
/// One pass, eight bytes of ASCII at a time, nothing copied: most pages are valid UTF-8, and for them this is all
/// that decoding costs.
struct UTF8Scan {
  /// Whether all of it is valid; what follows the first broken byte isn't looked at.
  private(set) var isValid = true
  /// Characters beyond ASCII.
  private(set) var characters = 0
  /// Pairs of characters that stand side by side where UTF-8 was read as windows-1252 or windows-1251, and hardly
  /// ever otherwise; see ``Mojibake``.
  private(set) var suspects = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        while index + 8 <= bytes.count,
          raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        { index += 8 }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        continue
      }
      let length = lengthOfCharacter(in: bytes, at: index)
      guard length > 0 else {
        isValid = false
        return
      }
      characters += 1
      index += length
      if length == 2, index + 1 < bytes.count, bytes[index] >= 0x80 {
        suspects += isSuspect(bytes[index - 2], bytes[index - 1], before: bytes[index], bytes[index + 1]) ? 1 : 0
      }
    }
  }

  /// Whether a character of two bytes is what a lead byte looks like, and the next one what follows it.
  @inline(__always)
  private func isSuspect(_ lead: UInt8, _ tail: UInt8, before next: UInt8, _ second: UInt8) -> Bool {
    switch (lead, tail) {
    case (0xC3, 0x82...0xB4): true  // Â to ô
    case (0xD0, 0xA0), (0xD0, 0xA1):  // Р, С
      next == 0xC2 || next == 0xD2 || next == 0xE2 || (next == 0xD0 && second < 0x90)
        || (next == 0xD1 && second >= 0x90)
    case (0xD0, 0xB2): next == 0xD0 && second == 0x82  // вЂ
    default: false
    }
  }
}

/// The length of the character that begins at an index; where it is broken, minus the number of bytes that one
/// U+FFFD stands for, as browsers count them.
@inline(__always)
func lengthOfCharacter(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  let lead = bytes[index]
  if lead < 0x80 { return 1 }
  guard lead >= 0xC2, lead <= 0xF4, index + 1 < bytes.count else { return -1 }
  let second = bytes[index + 1]
  if lead < 0xE0 { return second & 0xC0 == 0x80 ? 2 : -1 }
  let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
  let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
  guard second >= lowest, second <= highest else { return -1 }
  guard index + 2 < bytes.count, bytes[index + 2] & 0xC0 == 0x80 else { return -2 }
  if lead < 0xF0 { return 3 }
  guard index + 3 < bytes.count, bytes[index + 3] & 0xC0 == 0x80 else { return -3 }
  return 4
}

/// How far bytes are from being UTF-8.
struct UTF8Damage {
  /// Whole characters beyond ASCII.
  private(set) var whole = 0
  /// Bytes that belong to no character.
  private(set) var broken = 0

  init(in bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count {
      let length = lengthOfCharacter(in: bytes, at: index)
      if length > 1 { whole += 1 } else if length < 0 { broken -= length }
      index += abs(length)
    }
  }

  /// Text of another encoding forms whole characters only by chance, far fewer than broken ones.
  var isSlight: Bool { whole >= 4 && broken * 4 <= whole }
}

/// Valid UTF-8 of bytes that are so but for some, each broken character a U+FFFD.
func mended(_ bytes: UnsafeBufferPointer<UInt8>) -> (utf8: [UInt8], pieces: [SourceMap.Piece]) {
  var utf8: [UInt8] = []
  utf8.reserveCapacity(bytes.count + 64)
  var pieces = [SourceMap.Piece(decoded: 0, original: 0)]
  var (index, copied) = (0, 0)
  while index < bytes.count {
    let length = lengthOfCharacter(in: bytes, at: index)
    if length < 0 {
      utf8.append(contentsOf: bytes[copied..<index])
      pieces.append(SourceMap.Piece(decoded: utf8.count, original: index))
      utf8.append(contentsOf: replacementCharacter)
      copied = index - length
      pieces.append(SourceMap.Piece(decoded: utf8.count, original: copied))
    }
    index += abs(length)
  }
  utf8.append(contentsOf: bytes[copied...])
  return (utf8, pieces)
}

/// U+FFFD.
let replacementCharacter: [UInt8] = [0xEF, 0xBF, 0xBD]

extension UnsafeBufferPointer<UInt8> {
  /// Whether a byte occurs; by `memchr`, faster than memory delivers.
  func has(_ byte: UInt8) -> Bool { baseAddress.map { memchr($0, Int32(byte), count) != nil } ?? false }
}
