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
    let range = Self.withoutQuotes(bytes, range)
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

  /// Without quotation marks at its edges.
  private static func withoutQuotes(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    for mark: StaticString in ["\"", "“", "«", "„", "‘"] where bytes.has(mark, at: start, end: end) {
      start += mark.utf8CodeUnitCount
    }
    for mark: StaticString in ["\"", "”", "»", "“", "’"] {
      let last = end - mark.utf8CodeUnitCount
      if last > start, bytes.has(mark, at: last, end: end) { end = last }
    }
    return start..<max(start, end)
  }

  /// `op. cit.`, `loc. cit.`: the work named before.
  var isOpCit: Bool {
    ["op. cit.", "op. cit", "op.cit.", "loc. cit.", "loc. cit", "Op. cit.", "Loc. cit."].contains(text)
  }

  /// A time behind an agency, `1430 GMT`.
  var isTime: Bool {
    guard text.first?.isNumber == true else { return false }
    return [" GMT", " UTC", " a.m.", " p.m.", " MSK", " Moscow time", " local time"].contains { text.hasSuffix($0) }
  }

  /// Persons with a title and events with a date look like unknown outlets.
  var isPersonOrEvent: Bool {
    let bytes = text.utf8Span.span
    return Self.titles.contains { bytes.has($0, at: 0, end: bytes.count) }
      || Self.events.contains {
        bytes.count > $0.utf8CodeUnitCount && bytes.has($0, at: bytes.count - $0.utf8CodeUnitCount, end: bytes.count)
      }
  }
  private static let titles: [StaticString] = [
    "Mr. ", "Mrs. ", "Ms. ", "Dr. ", "Prof. ", "Gen. ", "Col. ", "Lt. ", "Maj. ", "Capt. ", "Sgt. ", "Pvt. ", "Adm. ",
    "Sen. ", "Rep. ", "Gov. ", "Senator ", "President ", "General ", "Colonel ", "Major ", "Captain ", "Admiral ",
    "Minister ", "Ambassador ", "Deputy ", "Prime Minister ", "Treaty of ", "Treaty on ", "Battle of ", "Siege of ",
    "Law on ", "Law of ", "Law No", "Resolution ", "Decree ", "Protocol ", "Agreement on ", "Article ", "Operation ",
  ]
  private static let events: [StaticString] = [
    " Day", " Summit", " Conference", " Congress", " Forum", " Festival", " Games", " Olympics", " Election",
    " Elections", " Referendum", " Revolution", " War", " Battle", " Treaty", " Agreement", " Protocol", " Act",
    " Resolution", " Decree", " Year", " Eve", " Battalion", " Brigade", " Regiment", " Division", " Party",
  ]

  /// The name in `Telegram channel Name`, `Name’s YouTube channel`, `Telegram/Name`, and `@name`.
  var channel: String? {
    if text.hasPrefix("@"), text.count > 2 { return text }
    let bytes = text.utf8Span.span
    guard Self.platformNames.contains(where: { bytes.hasWord($0, in: 0..<bytes.count) }) else { return nil }
    for lead in Self.channelLeads where text.hasPrefix(lead) { return Self.channelName(text.dropFirst(lead.count)) }
    for tail in Self.channelTails where text.hasSuffix(tail) { return Self.channelName(text.dropLast(tail.count)) }
    return nil
  }
  private static let platforms = ["Telegram", "YouTube", "Youtube", "WhatsApp", "VK", "TikTok"]
  /// In small letters.
  private static let platformNames: [StaticString] = ["telegram", "youtube", "whatsapp", "vk", "tiktok"]
  private static let channelLeads = platforms.flatMap {
    ["\($0) channel ", "the \($0) channel ", "The \($0) channel ", "\($0)/", "\($0): "]
  }
  private static let channelTails = platforms.flatMap { platform in
    ["’s ", "'s ", "” ", " "].flatMap {
      ["\($0)\(platform) channel", "\($0)\(platform) account", "\($0)\(platform)-channel"]
    }
  }

  private static func channelName(_ text: Substring) -> String? {
    var name = text
    let marks: Set<Character> = ["“", "”", "\"", "«", "»", "’", " "]
    while let first = name.first, marks.contains(first) { name = name.dropFirst() }
    while let last = name.last, marks.contains(last) { name = name.dropLast() }
    if name.hasPrefix("the ") || name.hasPrefix("The ") { name = name.dropFirst(4) }
    return name.isEmpty ? nil : String(name)
  }

  /// `Author’s interview`: a source without an outlet.
  var isOwnInterview: Bool {
    guard let first = text.utf8.first, "AaIiPp".utf8.contains(first) else { return false }
    let bytes = text.utf8Span.span
    guard bytes.hasWord("interview", in: 0..<bytes.count) else { return false }
    return Self.ownInterviews.contains { text.lowercased().hasPrefix($0) }
  }
  private static let ownInterviews = [
    "author's interview", "author’s interview", "authors' interview", "authors’ interview", "author interview",
    "interview with author", "interview with the author", "interviews with author", "interviews with the author",
    "interview by author", "interview by the author", "personal interview",
  ]

  /// A forename and one or two names behind it: the author of an article, or somebody with a date.
  var isPerson: Bool {
    let bytes = text.utf8Span.span
    var words = 1
    var first = bytes.count
    for offset in 0..<bytes.count where bytes[offset] == 0x20 {
      guard offset + 1 < bytes.count, bytes.kind(at: offset + 1, end: bytes.count).isUpper else { return false }
      if words == 1 { first = offset }
      words += 1
    }
    return (2...3).contains(words) && Self.forenames.contains(bytes, 0..<first)
  }
  private static let forenames = WordTable(
    """
    Aleksandr Aleksei Aleksey Alexander Alexandra Alexei Alexey Ali Anastasia Anatoly Andrei Andrew Andrey Andriy Anna
    Anton Arkady Arseny Artem Boris Bogdan Bohdan Charles Daniel Daria David Denis Dmitri Dmitriy Dmitry Dmytro Elena
    Emil Evgeny Farid Fyodor Gennady Georgy Giorgi Gleb Grigory Hasan Igor Ihor Ilham Ilya Irina Ivan James John Joseph
    Karen Kirill Konstantin Leonid Levan Lyudmila Maksim Marat Maria Mark Maxim Mehmet Michael Mikhail Murat Mustafa
    Mykola Natalia Natalya Nikolai Nikolay Nino Nurlan Oksana Oleg Oleh Oleksandr Oleksiy Olena Olga Oxana Paul Pavel
    Peter Petr Pyotr Ramil Richard Robert Roman Ruslan Rustam Sergei Sergey Serhiy Stanislav Stepan Svetlana Tatiana
    Tatyana Thomas Timur Vadim Valentin Valery Vasily Viktor Vitaly Vladimir Vladislav Volodymyr Vyacheslav William
    Yaroslav Yekaterina Yelena Yevgeny Yulia Yuri Yuriy Yury Zaur Zurab
    """.split(whereSeparator: \.isWhitespace))

  var isIbid: Bool { text == "ibid." || text == "Ibid." || text == "ibid" || text == "Ibid" }

  /// The outlets of the table that the text names: one, or several joined by `and` or a slash; none where a part
  /// is unknown. `the Interfax news agency` names Interfax.
  func known(_ outlets: OutletTable) -> [String] {
    if hasCapital, outlets.knows(text) {
      return [straight.flatMap { outlets.knows($0) ? $0 : nil } ?? text]
    }
    let bare = Self.bare(text)
    if let straight, outlets.knows(straight) { return [straight] }
    if let plain, outlets.knows(plain) { return [plain] }
    guard let first = bare.first, first.isUppercase || first.isNumber else { return [] }
    if outlets.knows(bare) { return [bare] }
    let bytes = bare.utf8Span.span
    guard bytes.hasWord(" and ", in: 0..<bytes.count) || bare.utf8.contains(where: { "&/".utf8.contains($0) }) else {
      return []
    }
    for joint in [" and ", " & ", "/"] {
      let parts = bare.split(separator: joint).map { Self.bare(String($0)) }
      if parts.count > 1, parts.allSatisfy({ outlets.knows($0) }) { return parts }
    }
    return []
  }

  /// With a typewriter's apostrophes for the typographic ones.
  private var straight: String? {
    text.utf8.contains(0xE2) ? text.split(separator: "’", omittingEmptySubsequences: false).joined(separator: "'") : nil
  }

  /// Without apostrophes, which stand for soft signs: `Komsomol'skaya Pravda`.
  private var plain: String? {
    guard text.utf8.contains(0x27) || text.utf8.contains(0xE2) else { return nil }
    return text.split { $0 == "'" || $0 == "’" || $0 == "ʹ" }.joined()
  }

  /// Without what stands around a name in a phrase.
  private static func bare(_ text: String) -> String {
    var name = text[...]
    guard text.utf8.contains(0x20) else { return text }
    for lead in [
      "and ", "the ", "newspaper ", "daily ", "weekly ", "news agency ", "agency ", "magazine ", "website ", "radio ",
      "television ", "TV channel ",
    ] where name.hasPrefix(lead) { name = name.dropFirst(lead.count) }
    for tail in [" news agency", " agency", " newspaper", " daily", " website", " television", " radio", " TV"]
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
      // Titles in Cyrillic letters have a capital in the first word alone.
      let isCyrillic = bytes[offset] == 0xD0 || bytes[offset] == 0xD1
      guard isCapital || words > 0 && (isJoiner || isCyrillic || small.contains(bytes, offset..<end)) else {
        return false
      }
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
