internal import TextScanning

/// Web and mail addresses, which are one token each.
enum Addresses {
  /// The address in a run, without the brackets and marks around it; nil where the run holds none.
  static func find(_ bytes: Span<UInt8>, _ run: Tokenizer.Run) -> Range<Int>? {
    var start = run.start
    while start < run.end, !bytes.kind(at: start, end: run.end).isWord { start += bytes.scalar(at: start).length }
    guard start < run.end else { return nil }
    let isHost = bytes[start] == UInt8(ascii: "w") && bytes.has("www.", at: start, end: run.end)
    // All others hold a colon, a slash or an at sign.
    guard isHost || run.flags & 16 != 0 else { return nil }
    if isHost || scheme(bytes, from: start, run.end) || hasHost(bytes, from: start, run.end) {
      return start..<trimmed(bytes, from: start, run.end)
    }
    return mail(bytes, from: start, run.end)
  }

  /// `https://`, `mailto:` and the like.
  private static func scheme(_ bytes: Span<UInt8>, from start: Int, _ end: Int) -> Bool {
    var offset = start
    while offset < min(end, start + 12), bytes[offset].isASCIILetter { offset += 1 }
    guard offset > start else { return false }
    return bytes.has("://", at: offset, end: end) || bytes.has("mailto:", at: start, end: end)
  }

  /// `docs.example.org/x`: labels with periods between, the last one a country's or a common one, and a path.
  private static func hasHost(_ bytes: Span<UInt8>, from start: Int, _ end: Int) -> Bool {
    var offset = start
    var label = start
    while offset < end, bytes[offset] != UInt8(ascii: "/") {
      let byte = bytes[offset]
      if byte == UInt8(ascii: ".") {
        guard offset > label else { return false }
        label = offset + 1
      } else if !byte.isASCIILetter, !byte.isASCIIDigit, byte != UInt8(ascii: "-") {
        return false
      }
      offset += 1
    }
    guard label > start, offset + 1 < end else { return false }
    let isCountry = offset - label == 2 && bytes[label] &- 0x61 < 26 && bytes[label + 1] &- 0x61 < 26
    return isCountry || topLabels.contains(bytes, label..<offset)
  }

  private static let topLabels = WordTable(["com", "org", "net", "edu", "gov", "mil", "int", "info"])

  private static func mail(_ bytes: Span<UInt8>, from start: Int, _ end: Int) -> Range<Int>? {
    var at: Int?
    for offset in start..<end where bytes[offset] == UInt8(ascii: "@") { at = offset }
    guard let at, at > start, bytes.kind(at: at + 1, end: end).isWord else { return nil }
    return start..<trimmed(bytes, from: start, end)
  }

  /// Closing brackets and marks at the end are not part of it, but for a bracket that the address opened.
  private static func trimmed(_ bytes: Span<UInt8>, from start: Int, _ limit: Int) -> Int {
    var end = limit
    // Counted once: a run of ten thousand brackets would otherwise cost their square.
    var open = 0
    var close = 0
    for offset in start..<limit {
      if bytes[offset] == UInt8(ascii: "(") { open += 1 }
      if bytes[offset] == UInt8(ascii: ")") { close += 1 }
    }
    while end > start {
      let last = bytes.scalar(before: end)
      switch last.value {
      case 0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x22, 0x27, 0x5D, 0x7D, 0x3E, 0x201D, 0x2019, 0xBB, 0x2026:
        end -= last.length
      case 0x29 where close > open:
        (end, close) = (end - 1, close - 1)
      default: return end
      }
    }
    return end
  }
}
