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

  /// The outlets of the table that the text names: one, or several joined by `and` or a slash; none where a part
  /// is unknown. `the Interfax news agency` names Interfax.
  func known(_ outlets: OutletTable) -> [String] {
    let bare = Self.bare(text)
    guard let first = bare.first, first.isUppercase || first.isNumber else { return [] }
    if outlets.outlet(bare) != nil { return [bare] }
    for joint in [" and ", " & ", "/"] {
      let parts = bare.split(separator: joint).map { Self.bare(String($0)) }
      if parts.count > 1, parts.allSatisfy({ outlets.outlet($0) != nil }) { return parts }
    }
    return []
  }

  /// Without what stands around a name in a phrase.
  private static func bare(_ text: String) -> String {
    var name = text[...]
    for lead in ["and ", "the "] where name.hasPrefix(lead) { name = name.dropFirst(lead.count) }
    for tail in [" news agency", " agency", " newspaper", " daily", " website", " television", " radio"]
    where name.hasSuffix(tail) { name = name.dropLast(tail.count) }
    return String(name)
  }

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
