internal import CalendarDates
internal import PipelineKit
internal import TextScanning

/// Finds date expressions in running text: `March 4`, `October 30, 2013`, `last week`, `in 2012`, `10:30 a.m.`.
///
/// One pass over the words. At a digit or a capital absolute dates are tried, at any word those of `RelativeDate`;
/// bare months and years count only behind a word that makes them dates.
struct DateScanner {
  let published: PartialDate?

  /// Words behind which a bare month is a date.
  private static let prepositions = WordTable(
    [
      "in", "since", "by", "until", "till", "from", "during", "before", "after", "early", "late", "mid", "through",
      "around", "of", "between", "for", "and", "to", "this", "last", "next", "every",
    ], foldsCase: true)
  /// Those behind which four digits are a year rather than a count.
  private static let beforeYears = WordTable(
    [
      "in", "since", "by", "until", "till", "from", "during", "before", "after", "early", "late", "mid", "through",
      "between",
    ], foldsCase: true)
  /// Those behind which digits with a colon are a time.
  private static let beforeTimes = WordTable(
    ["at", "by", "until", "till", "from", "since", "before", "after", "around", "about", "to"], foldsCase: true)
  /// What a number counts, so that it is no year; by beginnings of words.
  private static let units: [StaticString] = [
    "percent", "per cent", "meter", "metre", "kilo", "tons", "tonnes", "people", "dollar", "ruble", "rouble", "men ",
    "hryvnia", "troops", "euro", "votes", "seats", "jobs",
  ]

  /// - Parameter citations: spans in which dates belong to sources, in order.
  func dates(_ bytes: Span<UInt8>, outside citations: [TextSpan]) -> [DateMention] {
    var dates: [DateMention] = []
    var citation = 0
    var offset = 0
    while offset < bytes.count {
      while citation < citations.count, Int(citations[citation].end) <= offset { citation += 1 }
      if citation < citations.count, Int(citations[citation].start) <= offset {
        offset = Int(citations[citation].end)
        continue
      }
      guard bytes[offset].isASCIIDigit || bytes[offset].isASCIILetter,
        offset == 0 || !Self.isWordByte(bytes[offset - 1])
      else {
        offset += 1
        continue
      }
      if let found = mention(bytes, at: offset, behind: dates.last) {
        dates.append(DateMention(span: TextSpan(offset, found.end), value: found.value))
        offset = found.end
      } else {
        // Behind the word, so that `12,345` is not tried at each digit.
        offset += 1
        while offset < bytes.count, Self.isWordByte(bytes[offset]) { offset += 1 }
      }
    }
    return dates
  }

  /// Periods join what stands before to the word: `v2.3`.
  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
      || byte == UInt8(ascii: "$")
  }

  private func mention(_ bytes: Span<UInt8>, at start: Int, behind last: DateMention?) -> RelativeDate.Found? {
    let isDigit = bytes[start].isASCIIDigit
    guard isDigit || bytes[start] &- 0x41 < 26 else {
      return RelativeDate(published: published).found(bytes, at: start)
    }
    if let (date, end) = DateReader.date(bytes, at: start, end: bytes.count) {
      guard let value = date.iso(year: { $0.nearestYear(published) }) else { return nil }
      return withTime(value, date, bytes, end)
    }
    if isDigit { return number(bytes, at: start, behind: last) }
    return RelativeDate(published: published).found(bytes, at: start) ?? month(bytes, at: start)
      ?? quarter(bytes, at: start)
  }

  /// `March 3 at 10:30 a.m.`
  private func withTime(_ value: String, _ date: PrintedDate, _ bytes: Span<UInt8>, _ end: Int) -> RelativeDate.Found {
    guard date.day != nil, date.lastDay == nil else { return (value, end) }
    return Self.withTime(value, bytes, end)
  }

  /// A day with the time of day behind it: ` at 10:30 a.m.`, `, 18:00 UTC`, `, at noon`.
  static func withTime(_ value: String, _ bytes: Span<UInt8>, _ end: Int) -> RelativeDate.Found {
    for joint: StaticString in [" at ", ", at ", ", "] {
      guard let next = bytes.skipWords(joint, at: end, end: bytes.count) else { continue }
      if let time = ClockTime(bytes, at: next, on: PartialDate(value)) ?? ClockTime(word: bytes, at: next),
        time.isSure || joint.utf8CodeUnitCount > 2
      {
        return (value + time.iso, time.end)
      }
    }
    return (value, end)
  }

  /// What begins with a digit and is no full date.
  private func number(_ bytes: Span<UInt8>, at start: Int, behind last: DateMention?) -> RelativeDate.Found? {
    if let found = RelativeDate.decade(bytes, at: start) ?? RelativeDate.century(bytes, at: start) { return found }
    if let time = ClockTime(bytes, at: start, on: published),
      time.isSure || Self.beforeTimes.contains(bytes, Self.wordBefore(bytes, start))
    {
      // `10:30 a.m. on March 4`
      if let next = bytes.skipWords(" on ", at: time.end, end: bytes.count),
        let (date, end) = DateReader.date(bytes, at: next, end: bytes.count), date.day != nil, date.lastDay == nil,
        let value = date.iso(year: { $0.nearestYear(published) })
      {
        return (value + time.iso, end)
      }
      return (time.iso, time.end)
    }
    if let (count, end) = DateReader.day(bytes, at: start, end: bytes.count) {
      return RelativeDate(published: published).ago(count, bytes, at: bytes.skipSpace(from: end, to: bytes.count))
    }
    return year(bytes, at: start, behind: last)
  }

  private func year(_ bytes: Span<UInt8>, at start: Int, behind last: DateMention?) -> RelativeDate.Found? {
    guard let (year, end) = DateReader.year(bytes, at: start, end: bytes.count) else { return nil }
    if let found = Self.yearRange(bytes, from: year, behind: end) {
      return Self.isBehindYearWord(bytes, start) || Self.isInBrackets(bytes, start, found.end)
        || Self.isBehind(bytes, start, ["of", "the", "for"])
        || Self.isBehind(bytes, start, ["and"]) && last.map({ start - Int($0.span.end) < 6 }) == true ? found : nil
    }
    guard
      Self.isBehindYearWord(bytes, start) || Self.isInBrackets(bytes, start, end)
        || Self.isBehind(bytes, start, ["and", "to"]) && last.map({ start - Int($0.span.end) < 6 }) == true
        || Self.isBehind(bytes, start, ["the"]) && Self.describes(bytes, end) && year % 100 != 0
        || (1900...2050).contains(year) && Self.isBehind(bytes, start, ["of"]) && Self.endsClause(bytes, end)
    else { return nil }
    let next = bytes.skipSpace(from: end, to: bytes.count)
    for unit in Self.units where bytes.has(unit, at: next, end: bytes.count) { return nil }
    return (PartialDate(year: year).iso, end)
  }

  /// `2008–2009`, `2016-20`, `2001/2002`.
  private static func yearRange(_ bytes: Span<UInt8>, from year: Int, behind start: Int) -> RelativeDate.Found? {
    let slash = bytes.has("/", at: start, end: bytes.count) ? start + 1 : nil
    guard let next = DateReader.dash(bytes, start, bytes.count) ?? slash else { return nil }
    if let (last, end) = DateReader.year(bytes, at: next, end: bytes.count), last > year {
      return (PartialDate(year: year).iso + "/" + PartialDate(year: last).iso, end)
    }
    guard let (short, end) = DateReader.day(bytes, at: next, end: bytes.count), end == next + 2,
      short > year % 100
    else { return nil }
    return (PartialDate(year: year).iso + "/" + PartialDate(year: year / 100 * 100 + short).iso, end)
  }

  private static func isInBrackets(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    start > 0 && bytes[start - 1] == UInt8(ascii: "(") && bytes.has(")", at: end, end: bytes.count)
  }

  /// `the election of 2004.`
  private static func endsClause(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
    guard end < bytes.count else { return true }
    return [UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ")"), 10].contains(bytes[end])
  }

  /// Whether a noun follows that a year may describe: a word in small letters, in no obvious plural, which a
  /// number would count.
  private static func describes(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
    let start = bytes.skipSpace(from: end, to: bytes.count)
    var offset = start
    while offset < bytes.count, bytes[offset] &- 0x61 < 26 { offset += 1 }
    return start > end && offset > start + 1 && bytes[offset - 1] != UInt8(ascii: "s")
  }

  /// A month alone, behind `in`, `since`, `early` and the like.
  private func month(_ bytes: Span<UInt8>, at start: Int) -> RelativeDate.Found? {
    guard let (month, end) = DateReader.month(bytes, at: start, end: bytes.count) else { return nil }
    if let found = RelativeDate(published: published).month(month, bytes, behind: end) { return found }
    guard end == bytes.count || !bytes[end].isASCIILetter,
      Self.prepositions.contains(bytes, Self.wordBefore(bytes, start)),
      !isForename(bytes, start, month, end)
    else { return nil }
    return PrintedDate(month: month).iso { $0.nearestYear(published) }.map { ($0, end) }
  }

  /// `by June Hay`: months that are names too, with a capital behind them.
  private func isForename(_ bytes: Span<UInt8>, _ start: Int, _ month: Int, _ end: Int) -> Bool {
    guard [1, 4, 5, 6, 8].contains(month), Self.isBehind(bytes, start, ["by", "of", "for", "and", "to", "from"]) else {
      return false
    }
    return end + 1 < bytes.count && bytes[end] == 0x20 && bytes[end + 1] &- 0x41 < 26
  }

  /// `Q3 2013`.
  private func quarter(_ bytes: Span<UInt8>, at start: Int) -> RelativeDate.Found? {
    guard start + 2 < bytes.count, bytes[start] == UInt8(ascii: "Q"), (0x31...0x34).contains(bytes[start + 1]) else {
      return nil
    }
    let next =
      bytes.skipWords(" of ", at: start + 2, end: bytes.count) ?? bytes.skipSpace(from: start + 2, to: bytes.count)
    guard next > start + 2, let (year, end) = DateReader.year(bytes, at: next, end: bytes.count) else { return nil }
    return (RelativeDate.interval(year, Int(bytes[start + 1] &- 0x31) * 3 + 1, 3), end)
  }

  /// Whether the word before makes what follows a time.
  static func isBehindYearWord(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    beforeYears.contains(bytes, wordBefore(bytes, start))
  }

  private static func isBehind(_ bytes: Span<UInt8>, _ start: Int, _ words: [StaticString]) -> Bool {
    let word = wordBefore(bytes, start)
    return words.contains { $0.utf8CodeUnitCount == word.count && bytes.hasWord($0, in: word) }
  }

  /// The word before an offset, behind white space or a hyphen.
  static func wordBefore(_ bytes: Span<UInt8>, _ offset: Int) -> Range<Int> {
    var end = bytes.skipSpace(backFrom: offset, to: max(0, offset - 8))
    if end == offset, end > 0, bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
    guard end < offset else { return offset..<offset }
    var start = end
    while start > 0, end - start < 12, bytes[start - 1].isASCIILetter { start -= 1 }
    return start..<end
  }
}
