internal import CalendarDates
internal import TextScanning

/// Reads expressions of time that begin with a word: `last week`, `two days ago`, `the end of March`, `on Tuesday`.
///
/// What depends on the article's date is left alone where there is none. `early`, `mid` and `the end of` belong
/// to the mention; its value is that of the whole month or year.
struct RelativeDate {
  typealias Found = (value: String, end: Int)
  let published: PartialDate?

  /// The expression at an offset, where one begins there.
  func found(_ bytes: Span<UInt8>, at start: Int) -> Found? {
    guard let (word, end) = TimeWord.read(bytes, at: start) else { return nil }
    let next = bytes.skipSpace(from: end, to: bytes.count)
    if case .part = word, end < bytes.count, bytes[end] == UInt8(ascii: "-") { return period(bytes, at: end + 1) }
    switch word {
    case .weekday(let day): return weekday(day, bytes, start, end)
    case .day(let days): return day(days).map { ($0, Self.partOfDay(bytes, behind: end)) }
    case .tonight: return day(0).map { ($0, end) }
    case .step(let step): return next > end ? stepped(step, bytes, at: next) : nil
    case .count(let count): return ago(count, bytes, at: next)
    case .comparison: return next > end ? compared(bytes, at: next) : nil
    case .part: return next > end ? period(bytes, at: next) : nil
    case .season(let season): return self.season(season, bytes, behind: end)
    case .edge: return edge(bytes, behind: end)
    case .the: return next > end ? definite(bytes, at: next, from: start) : nil
    case .today, .unit, .ordinal, .quarter, .half: return nil
    }
  }

  private func day(_ days: Int) -> String? {
    guard let published, published.day != nil else { return nil }
    return published.adding(days: days).iso
  }

  /// A number with a unit and `ago` behind it, as precise as the unit.
  func ago(_ count: Int, _ bytes: Span<UInt8>, at start: Int) -> Found? {
    guard let published, case (.unit(let unit), let next)? = TimeWord.read(bytes, at: start),
      let end = bytes.skipWords(" ago", at: next, end: bytes.count), count < 1000
    else { return nil }
    switch unit {
    case .day: return day(-count).map { ($0, end) }
    case .week: return published.day == nil ? nil : (published.adding(days: -7 * count).isoWeek, end)
    case .month: return published.month == nil ? nil : (published.adding(months: -count).iso, end)
    case .year: return (PartialDate(year: published.year - count).iso, end)
    case .decade: return count > 50 ? nil : (PartialDate(year: published.year - 10 * count).iso, end)
    }
  }

  /// What stands behind `last`, `this` or `next`.
  private func stepped(_ step: Int, _ bytes: Span<UInt8>, at start: Int) -> Found? {
    guard let published else { return nil }
    if let (month, end) = DateReader.month(bytes, at: start, end: bytes.count) {
      return (PartialDate(year: year(of: month, step, published), month: month).iso, end)
    }
    guard let (word, end) = TimeWord.read(bytes, at: start) else { return partOfDay(step, bytes, at: start) }
    // Not `this week-long`.
    if bytes.has("-long", at: end, end: bytes.count) { return nil }
    switch word {
    case .unit(.week) where published.day != nil: return (published.adding(days: 7 * step).isoWeek, end)
    case .unit(.month) where published.month != nil: return (published.adding(months: step).iso, end)
    case .unit(.year): return (PartialDate(year: published.year + step).iso, end)
    case .season(let season): return (interval(season, near: published, step), end)
    case .weekday(let day) where published.day != nil:
      let back = (published.weekday - day + 7) % 7
      let days = step == 0 ? day - published.weekday : step < 0 ? -(back == 0 ? 7 : back) : 7 - back
      return (published.adding(days: days).iso, end)
    default: return nil
    }
  }

  /// `morning` behind `this`, `night` behind `last`.
  private func partOfDay(_ step: Int, _ bytes: Span<UInt8>, at start: Int) -> Found? {
    let end = Self.partOfDay(bytes, behind: start - 1)
    guard end >= start, step == 0 || step < 0 && bytes.has("night", at: start, end: end) else { return nil }
    return day(step).map { ($0, end) }
  }

  /// Behind ` morning` and the like, where it stands at an offset; else the offset.
  private static func partOfDay(_ bytes: Span<UInt8>, behind start: Int) -> Int {
    for word: StaticString in [" morning", " afternoon", " evening", " night"] {
      if let end = bytes.skipWords(word, at: start, end: bytes.count), end == bytes.count || !bytes[end].isASCIILetter {
        return end
      }
    }
    return start
  }

  /// `of last year`, `this year` behind a month.
  func month(_ month: Int, _ bytes: Span<UInt8>, behind start: Int) -> Found? {
    let next = bytes.skipWords(" of ", at: start, end: bytes.count) ?? bytes.skipSpace(from: start, to: bytes.count)
    guard let published, next > start, case (.step(let step), let end)? = TimeWord.read(bytes, at: next),
      let behind = bytes.skipWords(" year", at: end, end: bytes.count),
      behind == bytes.count || !bytes[behind].isASCIILetter
    else { return nil }
    return (PartialDate(year: published.year + step, month: month).iso, behind)
  }

  /// `last March` is the latest March that is over, `next March` the first to come, `this March` this year's.
  private func year(of month: Int, _ step: Int, _ published: PartialDate) -> Int {
    let current = published.month ?? 6
    switch step {
    case -1: return month < current ? published.year : published.year - 1
    case 1: return month > current ? published.year : published.year + 1
    default: return published.year
    }
  }

  /// `earlier this month`, `later this year`, `earlier today`.
  private func compared(_ bytes: Span<UInt8>, at start: Int) -> Found? {
    guard let (word, end) = TimeWord.read(bytes, at: start) else { return nil }
    if case .today = word { return day(0).map { ($0, end) } }
    guard case .step(0) = word else { return nil }
    return stepped(0, bytes, at: bytes.skipSpace(from: end, to: bytes.count))
  }

  /// A month or year, printed or relative: what `early`, `mid` and `the end of` have behind them.
  private func period(_ bytes: Span<UInt8>, at start: Int) -> Found? {
    if let (year, end) = DateReader.year(bytes, at: start, end: bytes.count) {
      return (PartialDate(year: year).iso, end)
    }
    if let (date, end) = DateReader.date(bytes, at: start, end: bytes.count) {
      guard date.day == nil else { return nil }
      return date.iso { $0.nearestYear(published) }.map { ($0, end) }
    }
    if let (month, end) = DateReader.month(bytes, at: start, end: bytes.count) {
      return PrintedDate(month: month).iso { $0.nearestYear(published) }.map { ($0, end) }
    }
    guard case (.step(let step), let end)? = TimeWord.read(bytes, at: start) else {
      return Self.decade(bytes, at: start)
    }
    return stepped(step, bytes, at: bytes.skipSpace(from: end, to: bytes.count))
  }

  /// `end of March`, `beginning of the year`.
  private func edge(_ bytes: Span<UInt8>, behind start: Int) -> Found? {
    guard let next = bytes.skipWords(" of ", at: start, end: bytes.count) else { return nil }
    if let published {
      if let end = bytes.skipWords("the year", at: next, end: bytes.count) {
        return (PartialDate(year: published.year).iso, end)
      }
      if published.month != nil, let end = bytes.skipWords("the month", at: next, end: bytes.count) {
        return (published.adding(months: 0).iso, end)
      }
    }
    return period(bytes, at: next)
  }

  /// What stands behind `the`, which then belongs to it.
  private func definite(_ bytes: Span<UInt8>, at start: Int, from the: Int) -> Found? {
    if let found = Self.decade(bytes, at: start) ?? Self.century(bytes, at: start) { return found }
    if let end = bytes.skipWords("day before yesterday", at: start, end: bytes.count) {
      return day(-2).map { ($0, end) }
    }
    guard let (word, end) = TimeWord.read(bytes, at: start) else { return nil }
    switch word {
    case .edge: return edge(bytes, behind: end)
    case .season(let season): return self.season(season, bytes, behind: end)
    case .ordinal(let number): return part(number, bytes, behind: end, from: the)
    case .part:
      let isJoined = end < bytes.count && bytes[end] == UInt8(ascii: "-")
      return Self.decade(bytes, at: isJoined ? end + 1 : bytes.skipSpace(from: end, to: bytes.count))
    default: return nil
    }
  }

  /// `fourth quarter of 2013`; without a year only where a preposition says that it is a time.
  private func part(_ number: Int, _ bytes: Span<UInt8>, behind start: Int, from the: Int) -> Found? {
    let next = bytes.skipSpace(from: start, to: bytes.count)
    guard next > start, let (word, end) = TimeWord.read(bytes, at: next), word == .quarter || word == .half else {
      return nil
    }
    let months = word == .quarter ? 3 : 6
    guard number * months <= 12 else { return nil }
    func interval(_ year: Int) -> String { Self.interval(year, number * months - months + 1, months) }
    if let of = bytes.skipWords(" of ", at: end, end: bytes.count) {
      if let (year, behind) = DateReader.year(bytes, at: of, end: bytes.count) { return (interval(year), behind) }
      guard let published,
        let behind = bytes.skipWords("this year", at: of, end: bytes.count)
          ?? bytes.skipWords("the year", at: of, end: bytes.count)
      else { return nil }
      return (interval(published.year), behind)
    }
    guard let published, DateScanner.isBehindYearWord(bytes, the) else { return nil }
    return (interval(published.year), end)
  }

  /// `spring of 2012`, `summer 2013`.
  private func season(_ season: Int, _ bytes: Span<UInt8>, behind start: Int) -> Found? {
    let next = bytes.skipWords(" of ", at: start, end: bytes.count) ?? bytes.skipSpace(from: start, to: bytes.count)
    guard next > start, let (year, end) = DateReader.year(bytes, at: next, end: bytes.count) else { return nil }
    // `winter of 2010–2011`
    if season == 3, let last = DateReader.dash(bytes, end, bytes.count),
      let (next, behind) = DateReader.year(bytes, at: last, end: bytes.count), next == year + 1
    {
      return (Self.interval(year, 12, 3), behind)
    }
    return (Self.interval(year, season * 3 + 3, 3), end)
  }

  /// The latest season that is over, this year's, the first to come.
  private func interval(_ season: Int, near published: PartialDate, _ step: Int) -> String {
    let first = season * 3 + 3
    // January and February belong to the winter of the year before.
    let month = published.month ?? 6
    let current = published.year * 12 + month
    var year = month < 3 ? published.year - 1 : published.year
    if step < 0, year * 12 + first + 2 >= current { year -= 1 }
    if step > 0, year * 12 + first <= current { year += 1 }
    return Self.interval(year, first, 3)
  }

  /// Months from one of a year on.
  static func interval(_ year: Int, _ month: Int, _ count: Int) -> String {
    let first = PartialDate(year: year, month: month)
    return first.iso + "/" + first.adding(months: count - 1).iso
  }

  /// `1990s`.
  static func decade(_ bytes: Span<UInt8>, at start: Int) -> Found? {
    let end = start + 5
    guard end <= bytes.count, bytes[start + 3] == UInt8(ascii: "0"), bytes[start + 4] == UInt8(ascii: "s"),
      end == bytes.count || !bytes[end].isASCIILetter
    else { return nil }
    var year = 0
    for offset in start..<start + 4 {
      guard bytes[offset].isASCIIDigit else { return nil }
      year = year * 10 + Int(bytes[offset] &- 0x30)
    }
    guard (1000...2100).contains(year) else { return nil }
    return (PartialDate(year: year).iso + "/" + PartialDate(year: year + 9).iso, end)
  }

  /// `19th century`.
  static func century(_ bytes: Span<UInt8>, at start: Int) -> Found? {
    guard start < bytes.count, bytes[start].isASCIIDigit,
      let (number, next) = DateReader.day(bytes, at: start, end: bytes.count), number <= 22, number > 9,
      let end = bytes.skipWords(" century", at: next, end: bytes.count)
    else { return nil }
    return (PartialDate(year: number * 100 - 99).iso + "/" + PartialDate(year: number * 100).iso, end)
  }

  /// `Tuesday, March 6`, `Friday (March 2)`, and a weekday alone: the last one, or the first to come behind `will`.
  private func weekday(_ day: Int, _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Found? {
    guard !Self.isNoCertainDay(bytes, start), !Self.isInName(bytes, start, end) else { return nil }
    let isInBrackets = bytes.has(" (", at: end, end: bytes.count)
    if let next = isInBrackets ? end + 2 : bytes.skipWords(", ", at: end, end: bytes.count),
      let (date, behind) = DateReader.date(bytes, at: next, end: bytes.count), date.day != nil,
      !isInBrackets || bytes.has(")", at: behind, end: bytes.count)
    {
      return date.iso { $0.nearestYear(published) }.map { ($0, isInBrackets ? behind + 1 : behind) }
    }
    let next = bytes.skipSpace(from: end, to: bytes.count)
    if next > end, next < bytes.count, bytes[next].isASCIIDigit,
      let (date, behind) = DateReader.date(bytes, at: next, end: bytes.count), date.day != nil
    {
      return date.iso { $0.nearestYear(published) }.map { ($0, behind) }
    }
    guard let published, published.day != nil,
      end == bytes.count || bytes[end] < 0x80 || bytes.has("’", at: end, end: bytes.count)
    else { return nil }
    let back = (published.weekday - day + 7) % 7
    let value = published.adding(days: Self.isAhead(bytes, start) ? 7 - back : -back).iso
    return DateScanner.withTime(value, bytes, Self.partOfDay(bytes, behind: end))
  }

  /// `the Friday Times`, `Sunday school`.
  private static func isInName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for word: StaticString in [" school", " prayer", " service", " market"]
    where bytes.skipWords(word, at: end, end: bytes.count) != nil { return true }
    let before = DateScanner.wordBefore(bytes, start)
    let next = bytes.skipSpace(from: end, to: bytes.count)
    return before.count == 3 && bytes.hasWord("the", in: before) && next > end
      && bytes.kind(at: next, end: bytes.count).isUpper
      && DateReader.month(bytes, at: next, end: bytes.count) == nil
  }

  private static let everyDay = WordTable(["a", "any", "each", "every", "one", "per"], foldsCase: true)

  /// A word with a capital before it, as in `Bloody Sunday`, unless it begins a sentence as `On` does; or one that
  /// says that no certain day is meant.
  private static func isNoCertainDay(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    let word = DateScanner.wordBefore(bytes, start)
    if everyDay.contains(bytes, word) { return true }
    guard !word.isEmpty, bytes[word.lowerBound] &- 0x41 < 26 else { return false }
    return word.count > 2 && !bytes.has("Last", at: word.lowerBound, end: word.upperBound)
      && !bytes.has("Since", at: word.lowerBound, end: word.upperBound)
  }

  /// Whether the sentence speaks of what will be, as far as that is near.
  private static func isAhead(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    var first = start
    while first > 0, start - first < 80, bytes[first - 1] != UInt8(ascii: "."), bytes[first - 1] != UInt8(ascii: ";"),
      bytes[first - 1] != 10
    { first -= 1 }
    return bytes.hasWord(" will ", in: first..<start)
  }
}
