// Strings and whole numbers as JSON, over bytes. Only quotation marks, backslashes and control characters
// are escaped; everything else, U+2028 too, goes through as UTF-8. Eight bytes are looked at together, and
// stretches without escapes are copied whole.

/// Appends a string in quotation marks.
func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
  var text = text
  text.withUTF8 { appendQuoted($0, to: &bytes) }
}

/// Appends UTF-8 bytes in quotation marks.
func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
  var index = nextEscape(in: text, from: 0)
  if index == text.count {
    return bytes.append(atMost: text.count + 2) {
      $0.byte(UInt8(ascii: "\""))
      $0.copy(text)
      $0.byte(UInt8(ascii: "\""))
    }
  }
  bytes.append(UInt8(ascii: "\""))
  var start = 0
  while index < text.count {
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
    appendEscape(text[index], to: &bytes)
    start = index + 1
    index = nextEscape(in: text, from: start)
  }
  bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
  bytes.append(UInt8(ascii: "\""))
}

/// The index of the next byte that needs an escape; the count where none does.
private func nextEscape(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  var index = start
  let raw = UnsafeRawBufferPointer(text)
  while index + 8 <= raw.count {
    if hasEscape(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) { break }
    index += 8
  }
  while index < raw.count, raw[index] >= 0x20, raw[index] != 0x22, raw[index] != 0x5C { index += 1 }
  return index
}

/// Whether one of eight bytes is below 0x20, a quotation mark or a backslash. A borrow may also report a
/// byte above one that is: harmless, since the caller looks again byte by byte.
@inline(__always) private func hasEscape(_ word: UInt64) -> Bool {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let high: UInt64 = 0x8080_8080_8080_8080
  let control = (word &- 0x20 &* ones) & ~word
  let quote = word ^ (0x22 &* ones)
  let backslash = word ^ (0x5C &* ones)
  return (control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & high != 0
}

private func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
  bytes.append(UInt8(ascii: "\\"))
  switch byte {
  case 0x22, 0x5C: bytes.append(byte)
  case 0x08: bytes.append(UInt8(ascii: "b"))
  case 0x09: bytes.append(UInt8(ascii: "t"))
  case 0x0A: bytes.append(UInt8(ascii: "n"))
  case 0x0C: bytes.append(UInt8(ascii: "f"))
  case 0x0D: bytes.append(UInt8(ascii: "r"))
  default:
    bytes.append(contentsOf: "u00".utf8)
    bytes.append(hexDigit(byte >> 4))
    bytes.append(hexDigit(byte & 15))
  }
}

private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
