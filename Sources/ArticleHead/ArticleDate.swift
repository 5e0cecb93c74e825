/// Reads dates in the forms that pages, feeds, records and heads of articles use, to ISO 8601, as precise as they
/// are and with a zone only where one is written.
///
/// `3/4/2012` may be two days; it gives none. English names of months only. Cost: linear in the text's length.
public enum ArticleDate {
  /// The date that a text consists of, with its time; nil where the text is or holds anything else.
  ///
  /// `February 29, 2012`, `Wednesday, 29 Feb. 2012`, `February 2012`, `Wed, 29 Feb 2012 07:45:00 +0000`,
  /// `29.02.2012`, and what is ISO 8601 already.
  public static func whole(_ text: String) -> String? {
    let text = trimmed(text)
    guard (7...64).contains(text.utf8.count) else { return nil }
    if let month = yearAndMonth(text) { return month }
    if let (date, rest) = ISODate.read(Array(text.utf8)) { return ISODate.isZoneName(rest) ? date : nil }
    return WrittenDate.whole(text)
  }

  /// The date that a value of metadata stands for; nil where it is none. What stands beside the date is passed
  /// over, and a year may stand alone.
  public static func value(_ value: String) -> String? {
    let text = trimmed(value)
    guard (4...64).contains(text.utf8.count) else { return nil }
    guard text.utf8.count >= 8 else { return year(text) ?? yearAndMonth(text) }
    return ISODate.read(Array(text.utf8))?.date ?? first(in: text)
  }

  /// The first date written in words or figures in a line of text, without its time.
  public static func first(in line: String) -> String? { WrittenDate.first(in: line) }

  /// The date in an address such as `/2012/02/29/` or `/2012-02-29-`.
  public static func inAddress(_ address: String) -> String? { WrittenDate.inAddress(address) }

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
