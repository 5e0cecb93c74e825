internal import PipelineKit
internal import TextScanning

/// Finds date expressions in running text: `March 4`, `October 30, 2013`, `last October`, `in 2012`,
/// `early May`, `last year`.
///
/// One pass over the words. A word that begins with a month's first letter, a digit, or one of `last`, `this`,
/// `next` is looked at; bare months and years count only behind a word that makes them dates.
struct DateScanner {
  let published: CalendarDate?

  /// 1 for bytes with which a date can begin.
  private static let starts = ByteTable { byte in
    switch byte {
    case 0x30...0x39: 1
    default: "JFMASONDLTNlntme".utf8.contains(byte) ? 1 : 0
    }
  }

  /// Words behind which a bare month or year is a date.
  private static let prepositions = WordTable(
    [
      "in", "since", "by", "until", "till", "from", "during", "before", "after", "early", "late", "mid", "through",
      "around", "of", "between", "for", "and", "to", "this", "last", "next", "every",
    ], foldsCase: true)
  /// Those behind which four digits are a year rather than a count.
  private static let beforeYears = WordTable(
    ["in", "since", "by", "until", "till", "from", "during", "before", "after", "early", "late", "mid", "through"],
    foldsCase: true)

  /// - Parameter citations: spans in which dates belong to sources, in order.
  func dates(_ bytes: Span<UInt8>, outside citations: [TextSpan]) -> [DateMention] {
    var dates: [DateMention] = []
    var citation = 0
    var offset = 0
    let starts = Self.starts
    while offset < bytes.count {
      while citation < citations.count, Int(citations[citation].end) <= offset { citation += 1 }
      if citation < citations.count, Int(citations[citation].start) <= offset {
        offset = Int(citations[citation].end)
        continue
      }
      guard starts[bytes[offset]] == 1, offset == 0 || !Self.isWordByte(bytes[offset - 1]) else {
        offset += 1
        continue
      }
      if let found = mention(bytes, at: offset) {
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

  /// Hyphens and periods join what stands before to the word: `mid-March`, `v2.3`.
  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
      || byte == UInt8(ascii: "$")
  }

  private func mention(_ bytes: Span<UInt8>, at start: Int) -> (value: String, end: Int)? {
    if let (date, end) = DateReader.date(bytes, at: start, end: bytes.count) {
      return date.iso { $0.nearestYear(published) }.map { ($0, end) }
    }
    if bytes[start].isASCIIDigit { return year(bytes, at: start) }
    return relative(bytes, at: start) ?? month(bytes, at: start)
  }

  private func year(_ bytes: Span<UInt8>, at start: Int) -> (value: String, end: Int)? {
    guard let (year, end) = DateReader.year(bytes, at: start, end: bytes.count) else { return nil }
    guard Self.beforeYears.contains(bytes, Self.wordBefore(bytes, start)) else { return nil }
    // `in 2000 meters`, `by 2000 percent` count something.
    let next = bytes.skipSpace(from: end, to: bytes.count)
    for unit: StaticString in ["percent", "per cent", "meter", "metre", "kilo", "tons", "tonnes", "people", "dollar"]
    where bytes.has(unit, at: next, end: bytes.count) { return nil }
    return (CalendarDate(year: year).iso, end)
  }

  /// A month alone, behind `in`, `since`, `early` and the like.
  private func month(_ bytes: Span<UInt8>, at start: Int) -> (value: String, end: Int)? {
    guard let (month, end) = DateReader.month(bytes, at: start, end: bytes.count),
      end == bytes.count || !bytes[end].isASCIILetter, Self.prepositions.contains(bytes, Self.wordBefore(bytes, start))
    else { return nil }
    return PrintedDate(month: month).iso { $0.nearestYear(published) }.map { ($0, end) }
  }

  /// `last October`, `next year`, `this month`, resolved against the article's date.
  private func relative(_ bytes: Span<UInt8>, at start: Int) -> (value: String, end: Int)? {
    guard let published else { return nil }
    let step: Int
    if bytes.has("last ", at: start, end: bytes.count) || bytes.has("Last ", at: start, end: bytes.count) {
      step = -1
    } else if bytes.has("next ", at: start, end: bytes.count) || bytes.has("Next ", at: start, end: bytes.count) {
      step = 1
    } else if bytes.has("this ", at: start, end: bytes.count) || bytes.has("This ", at: start, end: bytes.count) {
      step = 0
    } else {
      return nil
    }
    let next = bytes.skipSpace(from: start + 5, to: bytes.count)
    if let end = Self.word("year", bytes, next) { return (CalendarDate(year: published.year + step).iso, end) }
    if let end = Self.word("month", bytes, next), let month = published.month {
      let index = published.year * 12 + month - 1 + step
      return (CalendarDate(year: index / 12, month: index % 12 + 1).iso, end)
    }
    guard let (month, end) = DateReader.month(bytes, at: next, end: bytes.count) else { return nil }
    return (CalendarDate(year: year(of: month, step, published), month: month).iso, end)
  }

  /// `last March` is the latest March that is over, `next March` the first to come, `this March` this year's.
  private func year(of month: Int, _ step: Int, _ published: CalendarDate) -> Int {
    let current = published.month ?? 6
    switch step {
    case -1: return month < current ? published.year : published.year - 1
    case 1: return month > current ? published.year : published.year + 1
    default: return published.year
    }
  }

  private static func word(_ word: StaticString, _ bytes: Span<UInt8>, _ start: Int) -> Int? {
    let end = start + word.utf8CodeUnitCount
    guard bytes.has(word, at: start, end: bytes.count) else { return nil }
    return end == bytes.count || !bytes[end].isASCIILetter ? end : nil
  }

  /// The word before an offset, behind white space or a hyphen.
  private static func wordBefore(_ bytes: Span<UInt8>, _ offset: Int) -> Range<Int> {
    var end = bytes.skipSpace(backFrom: offset, to: max(0, offset - 8))
    if end == offset, end > 0, bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
    guard end < offset else { return offset..<offset }
    var start = end
    while start > 0, end - start < 12, bytes[start - 1].isASCIILetter { start -= 1 }
    return start..<end
  }
}
