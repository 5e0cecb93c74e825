internal import TextScanning

/// One item of a parenthesis, between semicolons: names and addresses, each with the date that comes next.
///
/// Read from left to right, part by part between commas. A date goes to all names before it that have none yet
/// (`RIA-Novosti, Itar-Tass, March 3`).
struct CitationItem {
  enum What: Hashable {
    case name(String)
    case address(String, host: String)
    /// A channel of Telegram or YouTube that is no known outlet's.
    case channel(String)
    /// `ibid.`, or a date with nothing before it: the source before.
    case same
    /// Nothing before a comma: the outlet was left out.
    case nothing
  }
  struct Mention: Hashable {
    var what: What
    var date: PrintedDate?
    /// Printed beside the name.
    var address: String?
    /// `op. cit.` stands behind it: what it is stands farther up in the text.
    var isCitedBefore = false
  }

  /// Without white space at the edges.
  let range: Range<Int>
  private(set) var mentions: [Mention] = []
  /// Everything in it was understood.
  var isRead = true
  /// Begins with `see` or the like.
  private(set) var isReference = false
  /// One of its names is in the table, or is an address.
  private(set) var isKnown = false
  /// An agency's name by itself, which needs no date; an acronym may just explain the name before it.
  private(set) var isAgencyAlone = false
  /// A person stands before the source.
  var hasAuthor = false
  /// A volume or a number of a series was printed.
  var hasIssue = false
  private(set) var undated = 0

  var names: [String] {
    mentions.compactMap { if case .name(let name) = $0.what { name } else { nil } }
  }
  /// Dates only.
  var isBareDate: Bool { !isIbid && mentions.allSatisfy { $0.what == .same } }
  /// Whether its names are all the article's own publication.
  func isReferenceToArticle(_ isOwn: (String) -> Bool) -> Bool {
    let names = names
    return names.isEmpty ? isReference && !hasAddress : names.allSatisfy(isOwn)
  }
  private var hasDate: Bool { mentions.contains { $0.date != nil } }
  private var hasAddress: Bool {
    mentions.contains { if case .address = $0.what { true } else { false } }
  }

  init(_ bytes: Span<UInt8>, _ item: Range<Int>, _ outlets: OutletTable) {
    let start = bytes.skipSpace(from: item.lowerBound, to: item.upperBound)
    let end = max(start, bytes.skipSpace(backFrom: item.upperBound, to: start))
    range = start..<end
    var offset = skipLead(bytes, start, end)
    if offset < end, bytes[offset] == UInt8(ascii: ",") { mentions.append(Mention(what: .nothing)) }
    while isRead {
      offset = Self.skipBetweenParts(bytes, offset, end)
      guard offset < end else { break }
      offset = skipAside(bytes, offset, end, outlets) ?? readPart(bytes, offset, end, outlets)
    }
    if mentions.isEmpty { isRead = false }
    isAgencyAlone = mentions.count == 1 && names.first.map { Self.isAgency($0, outlets) } == true
  }

  /// Behind commas, white space, and quotation marks that close behind a comma.
  static func skipBetweenParts(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var offset = start
    while offset < end {
      if bytes[offset] == UInt8(ascii: ",") || bytes[offset].isASCIISpace {
        offset += 1
      } else if bytes.has("”", at: offset, end: end) || bytes.has("’ ", at: offset, end: end) {
        offset += 3
      } else {
        break
      }
    }
    return offset
  }

  /// Whether items make up a citation: all are read, and one of them carries a date or is an address. Where a
  /// known outlet has a date, the others may be remarks.
  static func makeCitation(_ items: [CitationItem]) -> Bool {
    let read = items.filter(\.isRead)
    guard !read.isEmpty else { return false }
    // The first item's dates need a source before them: `(June 1–3)` is none.
    guard read.contains(where: { !$0.isBareDate }) else { return false }
    let isSourced = read.contains { $0.hasDate || $0.hasAddress || $0.isAgencyAlone || $0.isIbid }
    let isKnown = read.contains { $0.isKnown && ($0.hasDate || $0.hasAddress) }
    return isSourced && (read.count == items.count || isKnown)
  }
  private(set) var isIbid = false

  private static func isAgency(_ name: String, _ outlets: OutletTable) -> Bool {
    outlets.outlet(name)?.kind == "agency" && name.contains(where: \.isLowercase)
  }

  private static let leads: [StaticString] = [
    "see, for example, ", "see, e.g., ", "see e.g., ", "see for example ", "for background, see ",
    "for background see ",
    "for more, see ", "for more see ", "for analysis, see ", "in detail, see ", "For details, see ", "see also, ",
    "see also ", "See also ", "see ", "See ", "also see ", "cf. ", "Cf. ", "as cited by ", "as quoted by ",
    "as reported by ",
    "cited by ", "cited in ", "quoted by ", "quoted in ", "reported by ", "according to ", "via ", "source: ",
    "Source: ",
    "sources: ", "Sources: ", "also ", "e.g., ", "for example, ", "for details see ", "for details, see ", "from ",
  ]

  private mutating func skipLead(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    // Most items begin with a name, and no lead with other capitals than these.
    guard start < end, bytes[start] >= 0x61 || "SCF".utf8.contains(bytes[start]) else { return start }
    for lead in Self.leads {
      guard let next = bytes.skipWords(lead, at: start, end: end) else { continue }
      isReference = bytes.hasWord("see", in: start..<next)
      return next
    }
    return start
  }

  /// Reads what stands at an offset and gives the offset behind it.
  private mutating func readPart(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ outlets: OutletTable) -> Int {
    let dateStart = Self.skipAccessed(bytes, start, end)
    if let (date, next) = DateReader.date(bytes, at: dateStart, end: end, dotted: true), Self.endsPart(bytes, next, end)
    {
      // The day of the page counts, not that on which it was looked up.
      if dateStart == start || undated > 0 || !hasDate { take(date) }
      return next
    }
    if isKnown, undated > 0, let (month, next) = DateReader.month(bytes, at: start, end: end),
      Self.endsPart(bytes, next, end)
    {
      take(PrintedDate(month: month))
      return next
    }
    if let (year, next) = DateReader.year(bytes, at: start, end: end), Self.endsPart(bytes, next, end) {
      take(year: year)
      return next
    }
    let dayStart = bytes.skipWords("and ", at: start, end: end) ?? start
    if let (day, next) = DateReader.day(bytes, at: dayStart, end: end), Self.endsPart(bytes, next, end), extend(to: day)
    {
      return next
    }
    var next = start
    while next < end, bytes[next] != UInt8(ascii: ","), !Self.opensBracket(bytes, next, start) { next += 1 }
    if let address = CitedAddress(bytes, start, end) {
      take(address)
      return address.end
    }
    if mentions.isEmpty, isRemark(bytes, start..<next) {
      isRead = false
      return next
    }
    // `Interfax March 3`: the name ends before the month.
    let dated = Self.monthInside(bytes, start, next)
    let nameEnd = Self.mediation(bytes, start, dated ?? next) ?? dated ?? next
    var last = bytes.skipSpace(backFrom: nameEnd, to: start)
    // `Interfax on March 3`
    if dated == nameEnd, last - start > 3, bytes.has(" on", at: last - 3, end: last) { last -= 3 }
    takeName(bytes, start..<last, outlets)
    return nameEnd
  }

  mutating func takeName(_ bytes: Span<UInt8>, _ range: Range<Int>, _ outlets: OutletTable) {
    let name = CitedName(bytes, range)
    let known = name.known(outlets)
    guard known.isEmpty else {
      isKnown = true
      if isChannelBefore(known, outlets) { return }
      for outlet in known { append(.name(outlet)) }
      return
    }
    if name.isIbid {
      isIbid = true
      return append(.same)
    }
    if name.isOpCit { return takeOpCit() }
    if name.isOwnInterview {
      isKnown = true
      return append(.nothing)
    }
    if name.isPerson {
      hasAuthor = true
      return
    }
    if CitedName.weekdays.contains(name.text) || isKnown && name.isTime { return }
    if let channel = name.channel { return takeChannel(channel, outlets) }
    // A remark behind a dated source, `Interfax, March 3, in Russian`, and a town behind a name, `The Times, London`.
    if isKnown, hasDate, undated == 0, !name.hasCapital { return }
    if isKnown, !mentions.isEmpty, outlets.isPlace(name.text) { return }
    guard name.isLikeAnOutlet, !name.isPersonOrEvent, !outlets.isPlace(name.text) else {
      isRead = false
      return
    }
    append(.name(name.text))
  }

  /// Most remarks end here: in small letters a part begins only as one of these.
  private func isRemark(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first, bytes[first] &- 0x61 < 26 else { return false }
    let end = range.upperBound
    switch bytes[first] {
    // `ibid.`, `op. cit.`, `loc. cit.`, `the Name`
    case UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "l"), UInt8(ascii: "t"): return false
    case UInt8(ascii: "a"): return !bytes.has("author", at: first, end: end)
    case UInt8(ascii: "n"): return !bytes.has("news", at: first, end: end)
    case UInt8(ascii: "d"): return !bytes.has("daily ", at: first, end: end)
    default: return true
    }
  }

  /// Without the names before a title that are no known outlets: its authors.
  mutating func dropAuthors(_ outlets: OutletTable) {
    while undated > 0, case .name(let name)? = mentions.last?.what, !outlets.knows(name) {
      mentions.removeLast()
      undated -= 1
    }
  }

  /// `Coal Men, Telegram`: an unknown name before a platform is a channel there.
  private mutating func isChannelBefore(_ known: [String], _ outlets: OutletTable) -> Bool {
    guard undated > 0, known.count == 1, outlets.outlet(known[0])?.kind == "social",
      let last = mentions.indices.last, case .name(let name) = mentions[last].what, !outlets.knows(name)
    else { return false }
    mentions[last].what = .channel(name)
    return true
  }

  private mutating func append(_ what: What) {
    mentions.append(Mention(what: what))
    undated += 1
  }

  private mutating func takeOpCit() {
    isIbid = true
    guard undated > 0 else { return append(.same) }
    for index in mentions.indices.suffix(undated) { mentions[index].isCitedBefore = true }
    undated = 0
  }

  private mutating func takeChannel(_ name: String, _ outlets: OutletTable) {
    isKnown = true
    // `Telegram, @name`: the channel says more than where it is.
    if name.hasPrefix("@"), undated > 0, let last = names.last, outlets.outlet(last)?.kind == "social" {
      mentions.removeLast()
      undated -= 1
    }
    append(outlets.outlet(name) == nil ? .channel(name) : .name(name))
  }

  /// An address of a page belongs to the name before it; a bare host is a source of its own.
  private mutating func take(_ address: CitedAddress) {
    isKnown = true
    if address.isPage, let last = mentions.indices.last, mentions[last].address == nil,
      case .name = mentions[last].what
    {
      mentions[last].address = address.printed
    } else {
      append(.address(address.printed, host: address.host))
    }
  }

  mutating func take(_ date: PrintedDate) {
    if mentions.isEmpty {
      // The date of a person, `Vladimir Petrov, March 3`, is none of the source before.
      if hasAuthor { isRead = false }
      append(.same)
    }
    for index in mentions.indices where mentions[index].date == nil { mentions[index].date = date }
    if undated == 0, mentions.last?.date != date, mentions.last?.what != .nothing {
      // A second date of the same source.
      if let what = mentions.last?.what {
        shareYear(date, what)
        mentions.append(Mention(what: what, date: date))
      }
    }
    undated = 0
  }

  /// `March 2, May 4, 2011`: both are of the year.
  private mutating func shareYear(_ date: PrintedDate, _ what: What) {
    guard let year = date.year, let month = date.month, let day = date.day else { return }
    for index in mentions.indices.reversed() {
      guard mentions[index].what == what, let earlier = mentions[index].date, earlier.year == nil,
        let earlierMonth = earlier.month, (earlierMonth, earlier.day ?? 1) < (month, day)
      else { return }
      mentions[index].date?.year = year
    }
  }

  /// A year alone is a date only for outlets that are known; else it may count anything.
  mutating func take(year: Int) {
    if let last = mentions.indices.last, let date = mentions[last].date, date.year == nil {
      for index in mentions.indices where mentions[index].date == date { mentions[index].date?.year = year }
    } else if isKnown || hasIssue, undated > 0 {
      take(PrintedDate(year: year))
    } else {
      isRead = false
    }
  }

  /// `March 3, 4`: a further day.
  private mutating func extend(to day: Int) -> Bool {
    guard let last = mentions.indices.last, let first = mentions[last].date?.day, day > first else { return false }
    mentions[last].date?.lastDay = day
    return true
  }

  private static let accessed: [StaticString] = [
    "accessed on ", "accessed ", "last accessed on ", "last accessed ", "Last accessed on ", "Last accessed ",
    "Accessed on ", "Accessed ", "retrieved on ", "retrieved ", "viewed on ", "viewed ", "last viewed ", "updated on ",
    "updated ", "last updated ", "posted on ", "posted ", "published on ", "published ", "dated ", "on ",
  ]
  static func skipAccessed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard start < end, bytes[start] >= 0x61 || "AL".utf8.contains(bytes[start]) else { return start }
    for word in accessed {
      if let next = bytes.skipWords(word, at: start, end: end) { return next }
    }
    return start
  }

  static func endsPart(_ bytes: Span<UInt8>, _ offset: Int, _ end: Int) -> Bool {
    let next = bytes.skipSpace(from: offset, to: end)
    return next == end || bytes[next] == UInt8(ascii: ",") || bytes[next] == UInt8(ascii: ".") && next + 1 == end
      || opensBracket(bytes, next, offset)
  }

  private static func monthInside(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    for offset in start..<end where offset > start && bytes[offset - 1].isASCIISpace {
      guard bytes[offset] &- 0x41 < 26 || bytes[offset].isASCIIDigit else { continue }
      if let (date, next) = DateReader.date(bytes, at: offset, end: end), date.day != nil, endsPart(bytes, next, end) {
        return offset
      }
    }
    return nil
  }
}

extension Span<UInt8> {
  /// Behind words that stand at an offset, where a blank among them is any white space; nil where they don't.
  func skipWords(_ words: StaticString, at start: Int, end: Int) -> Int? {
    var offset = start
    for index in 0..<words.utf8CodeUnitCount {
      let byte = words.utf8Start[index]
      if byte == 0x20 {
        let next = skipSpace(from: offset, to: end)
        guard next > offset else { return nil }
        offset = next
      } else {
        guard offset < end, self[offset] == byte else { return nil }
        offset += 1
      }
    }
    return offset
  }

  /// Whether a word stands in a range, in small letters or with a capital.
  func hasWord(_ word: StaticString, in range: Range<Int>) -> Bool {
    let count = word.utf8CodeUnitCount
    guard count > 0, count <= range.count else { return false }
    let first = word.utf8Start[0]
    for offset in range.lowerBound...range.upperBound - count where self[offset].asciiLowercased == first {
      var index = 1
      while index < count, self[offset + index].asciiLowercased == word.utf8Start[index] { index += 1 }
      if index == count { return true }
    }
    return false
  }
}
