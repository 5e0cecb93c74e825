internal import TextScanning

/// The name of an outlet as printed in a citation.
struct CitedName {
  let text: String
  /// Begins with a capital or a digit.
  let hasCapital: Bool
  /// Each word begins with a capital or a digit, or is one that titles write small; few words, no end of a sentence.
  let isLikeAnOutlet: Bool

  static let weekdays: Set<String> = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  /// Words that names of outlets write small, in the languages of the press.
  private static let small = WordTable([
    "of", "the", "and", "for", "on", "in", "at", "to", "de", "del", "la", "le", "les", "des", "du", "di", "da", "do",
    "der", "die", "das", "den", "und", "am", "im", "i", "y", "e", "et", "a", "o", "v", "na", "u", "w", "z", "al", "el",
    "ve",
  ])

  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var range = range
    // Quotation marks around a title.
    if let first = range.first, range.count > 2, bytes[first] == UInt8(ascii: "\""),
      bytes[range.upperBound - 1] == UInt8(ascii: "\"")
    {
      range = first + 1..<range.upperBound - 1
    }
    var text: [UInt8] = []
    for offset in range {
      // A line break inside a name is a blank.
      let isSpace = bytes[offset].isASCIISpace
      if !isSpace || text.last != 0x20 { text.append(isSpace ? 0x20 : bytes[offset]) }
    }
    self.text = String(decoding: text, as: UTF8.self)
    let first = bytes.kind(at: range.lowerBound, end: range.upperBound)
    hasCapital = first.isUpper || first.isDigit
    isLikeAnOutlet = Self.isLikeAnOutlet(bytes, range)
  }

  var isIbid: Bool { text == "ibid." || text == "Ibid." || text == "ibid" || text == "Ibid" }

  private static func isLikeAnOutlet(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard (2...80).contains(range.count) else { return false }
    var words = 0
    var hasLetter = false
    var offset = range.lowerBound
    while offset < range.upperBound {
      offset = bytes.skipSpace(from: offset, to: range.upperBound)
      var end = offset
      while end < range.upperBound, !bytes[end].isASCIISpace { end += 1 }
      guard end > offset else { break }
      let first = bytes.kind(at: offset, end: end)
      let isCapital = first.isUpper || first.isDigit || first.isLetter && !first.isLower
      let isJoiner = bytes[offset] == UInt8(ascii: "&") && end == offset + 1
      guard isCapital || words > 0 && (isJoiner || small.contains(bytes, offset..<end)) else { return false }
      if holdsForeignMark(bytes, offset..<end) { return false }
      hasLetter = hasLetter || first.isLetter || bytes[end - 1].isASCIILetter
      words += 1
      offset = end
    }
    return hasLetter && words <= 7
  }

  /// Marks that names of outlets do not hold.
  private static func holdsForeignMark(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for offset in range {
      switch bytes[offset] {
      case UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: "$"), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "["), UInt8(ascii: "]"):
        return true
      case UInt8(ascii: ":") where offset + 1 < range.upperBound: continue
      case UInt8(ascii: ":"): return true
      default: continue
      }
    }
    return false
  }
}

/// An address in a citation: `https://news.example/1.html`, `www.government.ru`, `newsru.com`.
struct CitedAddress {
  let printed: String
  let host: String
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
    guard hasScheme || bytes[hostStart] &- 0x41 >= 26 else { return nil }
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
