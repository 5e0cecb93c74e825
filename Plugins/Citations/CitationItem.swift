internal import TextScanning

/// One item of a parenthesis, between semicolons: names and addresses, each with the date that comes next.
///
/// Read from left to right, part by part between commas. A date goes to all names before it that have none yet
/// (`RIA-Novosti, Itar-Tass, March 3`).
struct CitationItem {
  enum What: Hashable {
    case name(String)
    case address(String, host: String)
    /// `ibid.`, or a date with nothing before it: the source before.
    case same
    /// Nothing before a comma: the outlet was left out.
    case nothing
  }
  struct Mention: Hashable {
    var what: What
    var date: PrintedDate?
  }

  /// Without white space at the edges.
  let range: Range<Int>
  private(set) var mentions: [Mention] = []
  /// Everything in it was understood.
  private(set) var isRead = true
  /// Begins with `see` or the like.
  private(set) var isReference = false
  /// One of its names is in the table, or is an address.
  private(set) var isKnown = false
  /// An agency's name by itself, which needs no date; an acronym may just explain the name before it.
  private(set) var isAgencyAlone = false
  private var undated = 0

  var names: [String] {
    mentions.compactMap { if case .name(let name) = $0.what { name } else { nil } }
  }
  /// Dates only.
  var isBareDate: Bool { !isIbid && mentions.allSatisfy { $0.what == .same } }
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
      while offset < end, bytes[offset] == UInt8(ascii: ",") || bytes[offset].isASCIISpace { offset += 1 }
      guard offset < end else { break }
      offset = readPart(bytes, offset, end, outlets)
    }
    if mentions.isEmpty { isRead = false }
    isAgencyAlone = mentions.count == 1 && names.first.map { Self.isAgency($0, outlets) } == true
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
    "see also ", "See also ", "see ", "See ", "also see ", "cf. ", "Cf. ", "as cited by ", "as quoted by ",
    "as reported by ",
    "cited by ", "cited in ", "quoted by ", "quoted in ", "reported by ", "according to ", "via ", "source: ",
    "Source: ",
    "sources: ", "Sources: ", "also ", "e.g., ", "for example, ", "for details see ", "for details, see ", "from ",
  ]

  private mutating func skipLead(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
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
    if let (date, next) = DateReader.date(bytes, at: dateStart, end: end), Self.endsPart(bytes, next, end) {
      take(date)
      return next
    }
    if let (year, next) = DateReader.year(bytes, at: start, end: end), Self.endsPart(bytes, next, end) {
      take(year: year)
      return next
    }
    if let (day, next) = DateReader.day(bytes, at: start, end: end), Self.endsPart(bytes, next, end), extend(to: day) {
      return next
    }
    var next = start
    while next < end, bytes[next] != UInt8(ascii: ",") { next += 1 }
    if let address = CitedAddress(bytes, start, end) {
      append(.address(address.printed, host: address.host))
      isKnown = true
      return address.end
    }
    // `Interfax March 3`: the name ends before the month.
    let nameEnd = Self.monthInside(bytes, start, next) ?? next
    let last = bytes.skipSpace(backFrom: nameEnd, to: start)
    takeName(bytes, start..<last, outlets)
    return nameEnd
  }

  private mutating func takeName(_ bytes: Span<UInt8>, _ range: Range<Int>, _ outlets: OutletTable) {
    let name = CitedName(bytes, range)
    if name.isIbid {
      isIbid = true
      return append(.same)
    }
    if CitedName.weekdays.contains(name.text) { return }
    if outlets.outlet(name.text) != nil, name.hasCapital {
      isKnown = true
      return append(.name(name.text))
    }
    // A remark behind a dated source: `Interfax, March 3, in Russian`.
    if isKnown, hasDate, undated == 0, !name.hasCapital { return }
    guard name.isLikeAnOutlet, !outlets.isPlace(name.text) else {
      isRead = false
      return
    }
    append(.name(name.text))
  }

  private mutating func append(_ what: What) {
    mentions.append(Mention(what: what))
    undated += 1
  }

  private mutating func take(_ date: PrintedDate) {
    if mentions.isEmpty { append(.same) }
    for index in mentions.indices where mentions[index].date == nil { mentions[index].date = date }
    if undated == 0, mentions.last?.date != date, mentions.last?.what != .nothing {
      // A second date of the same source.
      if let what = mentions.last?.what { mentions.append(Mention(what: what, date: date)) }
    }
    undated = 0
  }

  /// A year alone is a date only for outlets that are known; else it may count anything.
  private mutating func take(year: Int) {
    if let last = mentions.indices.last, let date = mentions[last].date, date.year == nil {
      for index in mentions.indices where mentions[index].date == date { mentions[index].date?.year = year }
    } else if isKnown, undated > 0 {
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
    "accessed on ", "accessed ", "last accessed ", "Accessed ", "retrieved ", "viewed ", "updated ", "posted ",
    "dated ",
  ]
  private static func skipAccessed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    for word in accessed {
      if let next = bytes.skipWords(word, at: start, end: end) { return next }
    }
    return start
  }

  private static func endsPart(_ bytes: Span<UInt8>, _ offset: Int, _ end: Int) -> Bool {
    let next = bytes.skipSpace(from: offset, to: end)
    return next == end || bytes[next] == UInt8(ascii: ",") || bytes[next] == UInt8(ascii: ".") && next + 1 == end
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
    for offset in range where offset + word.utf8CodeUnitCount <= range.upperBound {
      var isSame = true
      for index in 0..<word.utf8CodeUnitCount
      where self[offset + index].asciiLowercased != word.utf8Start[index] {
        isSame = false
      }
      if isSame { return true }
    }
    return false
  }
}
