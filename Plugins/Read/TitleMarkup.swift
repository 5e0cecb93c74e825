import CXML

/// Takes the markup out of titles of feeds.
///
/// A title of Atom says whether it is HTML. RSS 2.0 leaves that open, and readers of feeds show its titles as HTML: what
/// was escaped once more, or stands in CDATA, is resolved here, and the tags that lines of text have are dropped.
/// Cost: linear.
enum TitleMarkup {
  /// HTML as text: without tags, references resolved.
  static func text(ofHTML title: String) -> String { text(of: title) { _ in true } }

  /// The same where markup can only be guessed: `vector<int>`, `a < b`, `R&D` and `&c` stay.
  static func text(ofRSS title: String) -> String { text(of: title) { inline.contains($0.lowercased()) } }

  private static let inline: Set = [
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "div", "em", "font", "h1", "h2", "h3",
    "i",
    "img", "ins", "kbd", "mark", "p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
  ]

  private static func text(of title: String, isTag: (String) -> Bool) -> String {
    let bytes = Array(title.utf8)
    guard bytes.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else { return title }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), let end = endOfTag(bytes, at: index, isTag) {
        index = end
      } else if bytes[index] == UInt8(ascii: "&"), let found = reference(bytes, at: index) {
        result.append(contentsOf: UTF8.encode(found.scalar) ?? UTF8.encodedReplacementCharacter)
        index = found.end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Where the tag ends that begins here; nil where none does.
  private static func endOfTag(_ bytes: [UInt8], at start: Int, _ isTag: (String) -> Bool) -> Int? {
    var index = start + 1
    if index < bytes.count, bytes[index] == UInt8(ascii: "/") { index += 1 }
    let name = index
    while index < bytes.count, isLetter(bytes[index]) || (index > name && bytes[index] &- 48 < 10) { index += 1 }
    guard index > name, isTag(String(decoding: bytes[name..<index], as: UTF8.self)) else { return nil }
    // Where another tag begins, this was none: each byte is looked at once.
    while index < bytes.count, bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "<") { index += 1 }
    return index < bytes.count && bytes[index] == UInt8(ascii: ">") ? index + 1 : nil
  }

  /// The reference that begins here and ends with a semicolon; nil where the ampersand stands for itself.
  private static func reference(_ bytes: [UInt8], at start: Int) -> (scalar: Unicode.Scalar, end: Int)? {
    guard let end = bytes[start...].prefix(longestReference).firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    return scalar(named: name).map { ($0, end + 1) }
  }

  private static let longestReference = 12

  private static func scalar(named name: String) -> Unicode.Scalar? {
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHex = digits.first == "x" || digits.first == "X"
      let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return code.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }
    if name == "apos" { return "'" }
    guard name.utf8.allSatisfy({ isLetter($0) || $0 &- 48 < 10 }), let found = htmlEntityLookup(name) else {
      return nil
    }
    return Unicode.Scalar(found.pointee.value)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 }
}
