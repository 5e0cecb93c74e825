/// Reads dates in the forms that pages, feeds, records and heads of articles use, to ISO 8601, as precise as they
/// are and with a zone only where one is written.
///
/// `3/4/2012` may be two days; it gives one only where the order is known. Names of months are those of English,
/// German, French, Spanish, Italian, Portuguese, Dutch, Polish, Romanian, Russian, Turkish and Ukrainian.
/// Cost: linear in the text's length.
public enum ArticleDate {
  /// The date that a text consists of, with its time; nil where the text is or holds anything else.
  ///
  /// `February 29, 2012`, `Wednesday, 29 Feb. 2012`, `February 2012`, `Wed, 29 Feb 2012 07:45:00 +0000`,
  /// `29.02.2012`, `29 февраля 2012 г.`, `2012年2月29日`, and what is ISO 8601 already.
  public static func whole(_ text: String) -> String? { whole(text, .unknown) }

  /// The same where a date such as `3/4/2012` is known to be one.
  public static func whole(_ text: String, _ order: DayOrder) -> String? {
    let text = trimmed(text)
    guard (7...64).contains(text.utf8.count) else { return nil }
    if let month = yearAndMonth(text) { return month }
    let bytes = Array(text.utf8)
    if let (date, rest) = ISODate.read(bytes), ISODate.isZoneName(rest) { return date }
    var cursor = ByteCursor(bytes)
    guard let found = cursor.writtenDate(order, monthAlone: true) else { return nil }
    guard found.hasDay, let time = cursor.timeBehindDate() else {
      cursor.skipBlanks()
      return cursor.isAtEnd ? found.date : nil
    }
    cursor.skipBlanks()
    return cursor.isAtEnd ? found.date + time : nil
  }

  /// The date that a value of metadata stands for; nil where it is none. What stands beside the date is passed
  /// over, and a year may stand alone.
  public static func value(_ value: String) -> String? { Self.value(value, .unknown) }

  /// The same where a date such as `3/4/2012` is known to be one.
  public static func value(_ value: String, _ order: DayOrder) -> String? {
    let text = trimmed(value)
    guard (4...64).contains(text.utf8.count) else { return nil }
    guard text.utf8.count >= 8 else { return year(text) ?? yearAndMonth(text) }
    return ISODate.read(Array(text.utf8))?.date ?? whole(text, order) ?? first(in: text, order)
  }

  /// The first date written in words or figures in a line of text, without its time.
  public static func first(in line: String) -> String? { first(in: line, .unknown) }

  /// The same where a date such as `3/4/2012` is known to be one.
  public static func first(in line: String, _ order: DayOrder) -> String? {
    guard line.utf8.contains(where: { $0 &- 48 < 10 }) else { return nil }
    var cursor = ByteCursor(line.utf8.prefix(1000).map { $0 })
    while !cursor.isAtEnd {
      if let found = cursor.writtenDate(order) { return String(found.date.prefix(10)) }
      cursor.skipToken()
    }
    return nil
  }

  /// The date in an address such as `/2012/02/29/`, `/2012-02-29-` or `/20120229/`; of `/2012/02/` the month.
  public static func inAddress(_ address: String) -> String? {
    var cursor = ByteCursor(address.utf8.prefix(1000).map { $0 })
    var month: String?
    while !cursor.isAtEnd {
      let start = cursor.index
      if let (number, digits) = cursor.number() {
        if digits == 4, let found = yearFirst(number, &cursor) {
          if found.utf8.count == 10 { return found }
          month = month ?? found
        } else if digits == 8, start > 0, let date = Calendar.date(number / 10000, number / 100 % 100, number % 100),
          Calendar.isPlausible(number / 10000), cursor.isAtEnd || cursor.letterLength(at: cursor.index) == 0
        {
          return date
        }
        while cursor.digit() != nil {}
      } else {
        cursor.skipToken()
      }
    }
    return month
  }

  /// What follows a year in an address: month and day behind any one sign, or a month between slashes.
  private static func yearFirst(_ year: Int, _ cursor: inout ByteCursor) -> String? {
    guard Calendar.isPlausible(year), let sign = cursor.peek, cursor.letterLength(at: cursor.index) == 0 else {
      return nil
    }
    var attempt = cursor
    attempt.skip()
    guard let (month, digits) = attempt.number(), digits <= 2, let next = attempt.peek else { return nil }
    attempt.skip()
    let afterMonth = attempt
    if let (day, more) = attempt.number(), more <= 2, next == sign, let date = Calendar.date(year, month, day) {
      cursor = attempt
      return date
    }
    let slash = UInt8(ascii: "/")
    guard sign == slash, next == slash, digits == 2, (1...12).contains(month) else { return nil }
    cursor = afterMonth
    return "\(year)-\(Calendar.two(month))"
  }

  private static func year(_ text: String) -> String? {
    text.utf8.count == 4 && Int(text).map(Calendar.isPlausible) == true ? text : nil
  }
  private static func yearAndMonth(_ text: String) -> String? {
    guard text.utf8.count == 7, text.dropFirst(4).first == "-", let year = Int(text.prefix(4)),
      Calendar.isPlausible(year), let month = Int(text.suffix(2)), (1...12).contains(month)
    else { return nil }
    return text
  }
}

extension ByteCursor {
  /// Moves behind the word or the number that stands here, or over one sign.
  mutating func skipToken() {
    let end = wordEnd(from: index)
    if end > index {
      index = end
    } else if digit() != nil {
      while digit() != nil {}
    } else {
      skip()
    }
  }
}

/// Which days there are, and how they are written.
enum Calendar {
  /// A number in figures alone is a year of the times that articles are written in.
  static func isPlausible(_ year: Int) -> Bool { (1800...2100).contains(year) }

  /// Nil where there is no such day.
  static func date(_ year: Int, _ month: Int, _ day: Int) -> String? {
    guard (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= days[month - 1] ? "\(year)-\(two(month))-\(two(day))" : nil
  }
  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
