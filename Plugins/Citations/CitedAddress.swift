internal import TextScanning

/// An address in a citation: `https://news.example/1.html`, `www.government.ru`, `newsru.com`.
struct CitedAddress {
  let printed: String
  let host: String
  /// Has a scheme or a path: it is that of a page rather than of an outlet.
  let isPage: Bool
  /// Behind it in the text.
  let end: Int

  init?(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) {
    var end = start
    while end < limit, !bytes[end].isASCIISpace { end += 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: ",") || bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    var hostStart = start
    let hasScheme = bytes.has("http://", at: start, end: end) || bytes.has("https://", at: start, end: end)
    if hasScheme {
      while bytes[hostStart] != UInt8(ascii: "/") || bytes[hostStart - 1] != UInt8(ascii: "/") { hostStart += 1 }
    }
    if hasScheme { hostStart += 1 }
    guard let hostEnd = Self.hostEnd(bytes, hostStart, end) else { return nil }
    // `Gazeta.ru` with a capital is a name; an address is printed small.
    isPage = hasScheme || hostEnd + 1 < end
    guard isPage || bytes[hostStart] &- 0x41 >= 26 else { return nil }
    printed = Self.text(bytes, start..<end)
    host = Self.text(bytes, hostStart..<hostEnd)
    self.end = end
  }

  /// Behind a host: labels of letters, digits and hyphens with periods between, the last of letters alone; a path
  /// or the end follows.
  private static func hostEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var offset = start
    var label = start
    var labels = 0
    while offset < end {
      let byte = bytes[offset]
      if byte == UInt8(ascii: ".") {
        guard offset > label else { return nil }
        (labels, label) = (labels + 1, offset + 1)
      } else if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: ":") {
        break
      } else if !byte.isASCIILetter, !byte.isASCIIDigit, byte != UInt8(ascii: "-"), byte < 0x80 {
        return nil
      }
      offset += 1
    }
    guard labels > 0, offset - label >= 2 else { return nil }
    for index in label..<offset where bytes[index].isASCIIDigit { return nil }
    return offset
  }

  private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    var text: [UInt8] = []
    for offset in range { text.append(bytes[offset]) }
    return String(decoding: text, as: UTF8.self)
  }
}
