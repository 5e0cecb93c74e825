import Glibc

/// White space as XML, HTML and JSON have it, the form feed of HTML not among it.
@inline(__always) func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }

extension UnsafeBufferPointer<UInt8> {
  /// Without the white space at both ends.
  func trimmed() -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (0, count)
    while start < end, isSpace(self[start]) { start += 1 }
    while end > start, isSpace(self[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(rebasing: self[start..<end])
  }

  /// The first place of a byte at or behind an index; the count where there is none.
  @inline(__always) func index(of byte: UInt8, from start: Int) -> Int {
    guard let base = baseAddress, start < count, let found = memchr(base + start, CInt(byte), count - start) else {
      return count
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Whether it begins with ASCII, letters in either case; `word` is in lower case.
  @inline(__always) func starts(with word: StaticString, at start: Int = 0) -> Bool {
    let length = word.utf8CodeUnitCount
    guard start + length <= count else { return false }
    for index in 0..<length where lowered(self[start + index]) != word.utf8Start[index] { return false }
    return true
  }
  /// Whether it is ASCII, letters in either case; `word` is in lower case.
  @inline(__always) func equals(_ word: StaticString) -> Bool {
    count == word.utf8CodeUnitCount && starts(with: word)
  }
  /// Whether one of its words is that one, letters in either case.
  func hasWord(_ word: StaticString) -> Bool {
    split { isSpace($0) || $0 == UInt8(ascii: ",") }.contains { UnsafeBufferPointer(rebasing: $0).equals(word) }
  }

  /// Whether it is an address of http or https.
  var isHTTP: Bool { starts(with: "http://") && count > 7 || starts(with: "https://") && count > 8 }
}

extension [UInt8] {
  /// Where ASCII stands, letters in either case; `word` is in lower case.
  func firstOffset(of word: StaticString) -> Int? {
    withUnsafeBufferPointer { bytes in (0..<bytes.count).first { bytes.starts(with: word, at: $0) } }
  }
}

@inline(__always) func lowered(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 32 : byte }

/// References to characters in attributes of HTML: numbers, and the five names that addresses need. `&copy=1` and its
/// like stay as they are, as HTML has it for attributes.
func resolvingReferences(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
  guard bytes.index(of: UInt8(ascii: ";"), from: bytes.index(of: UInt8(ascii: "&"), from: 0)) < bytes.count else {
    return String(decoding: bytes, as: UTF8.self)
  }
  var text: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "&"), let found = reference(in: bytes, at: index) {
      text += Array(String(found.scalar).utf8)
      index += found.length
    } else {
      text.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: text, as: UTF8.self)
}

private func reference(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (scalar: Unicode.Scalar, length: Int)? {
  let rest = UnsafeBufferPointer(rebasing: bytes[start..<min(start + 12, bytes.count)])
  guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { return nil }
  let name = UnsafeBufferPointer(rebasing: rest[1..<end])
  let scalar: Unicode.Scalar? =
    if name.equals("amp") { "&" } else if name.equals("lt") { "<" } else if name.equals("gt") {
      ">"
    } else if name
      .equals("quot")
    { "\"" } else if name.equals("apos") { "'" } else if name.first == UInt8(ascii: "#") { number(name) } else { nil }
  return scalar.map { ($0, end + 1) }
}

/// The character of `#38` or `#x26`.
private func number(_ name: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
  let digits = String(decoding: name.dropFirst(), as: UTF8.self)
  let value = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  return value.flatMap { $0 > 31 ? Unicode.Scalar($0) : nil }
}
