internal import TextScanning

/// Words of which expressions of time are made.
enum TimeWord: Hashable {
  /// 1 for Monday to 7 for Sunday.
  case weekday(Int)
  case unit(Unit)
  /// `last`, `this`, `next`: -1, 0, 1.
  case step(Int)
  /// `early`, `mid`, `late`, which leave the value as it is.
  case part
  /// `earlier` and `later`, which need `this` behind them.
  case comparison
  case the
  /// `yesterday`, `tomorrow`: days from the article's.
  case day(Int)
  case today
  case tonight
  /// 0 for spring to 3 for winter.
  case season(Int)
  case count(Int)
  /// `first` to `fourth`.
  case ordinal(Int)
  /// `end`, `beginning`, `start`, `middle`.
  case edge
  case quarter
  case half

  enum Unit: Int { case day, week, month, year, decade }

  private static let all: [(String, TimeWord)] = [
    ("Monday", .weekday(1)), ("Tuesday", .weekday(2)), ("Wednesday", .weekday(3)), ("Thursday", .weekday(4)),
    ("Friday", .weekday(5)), ("Saturday", .weekday(6)), ("Sunday", .weekday(7)),
    ("day", .unit(.day)), ("days", .unit(.day)), ("week", .unit(.week)), ("weeks", .unit(.week)),
    ("month", .unit(.month)), ("months", .unit(.month)), ("year", .unit(.year)), ("years", .unit(.year)),
    ("decade", .unit(.decade)), ("decades", .unit(.decade)),
    ("last", .step(-1)), ("this", .step(0)), ("next", .step(1)),
    ("early", .part), ("mid", .part), ("late", .part), ("earlier", .comparison), ("later", .comparison),
    ("the", .the), ("yesterday", .day(-1)), ("tomorrow", .day(1)), ("today", .today), ("tonight", .tonight),
    ("spring", .season(0)), ("summer", .season(1)), ("autumn", .season(2)), ("fall", .season(2)),
    ("winter", .season(3)), ("a", .count(1)), ("an", .count(1)), ("one", .count(1)), ("two", .count(2)),
    ("three", .count(3)), ("four", .count(4)), ("five", .count(5)), ("six", .count(6)), ("seven", .count(7)),
    ("eight", .count(8)), ("nine", .count(9)), ("ten", .count(10)), ("eleven", .count(11)), ("twelve", .count(12)),
    ("twenty", .count(20)), ("thirty", .count(30)),
    ("first", .ordinal(1)), ("second", .ordinal(2)), ("third", .ordinal(3)), ("fourth", .ordinal(4)),
    ("end", .edge), ("beginning", .edge), ("start", .edge), ("middle", .edge), ("quarter", .quarter), ("half", .half),
  ]
  private static let words = all.map(\.1)
  // Weekdays are names and have a capital; other words may have one where they begin a sentence.
  private static let table = WordTable(
    all.map(\.0) + all.dropFirst(7).map { $0.0.prefix(1).uppercased() + $0.0.dropFirst() })

  /// The word of letters at an offset, and the offset behind it.
  static func read(_ bytes: Span<UInt8>, at start: Int) -> (word: TimeWord, end: Int)? {
    var end = start
    while end < bytes.count, end - start < 10, bytes[end].isASCIILetter { end += 1 }
    guard end > start, end == bytes.count || !bytes[end].isASCIILetter && bytes[end] != UInt8(ascii: "_"),
      let value = table.value(of: bytes, start..<end)
    else { return nil }
    let index = Int(value)
    return (words[index < words.count ? index : index - words.count + 7], end)
  }
}
