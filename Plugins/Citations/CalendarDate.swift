internal import TextScanning

/// A day, a month or a year of the Gregorian calendar.
struct CalendarDate: Hashable {
  var year: Int
  /// 1 to 12; nil where only the year is known.
  var month: Int?
  /// 1 to 31; nil where only the month is known.
  var day: Int?

  init(year: Int, month: Int? = nil, day: Int? = nil) { (self.year, self.month, self.day) = (year, month, day) }

  /// The date at the beginning of an ISO 8601 text: `2012-02-29T10:00`, `2012-02`, `2012`.
  init?(iso text: String) {
    let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    // Other years are mistakes, and their neighbours might have five digits.
    guard let first = parts.first, let year = Self.number(first, digits: 4), (1000...2999).contains(year) else {
      return nil
    }
    self.init(year: year)
    guard parts.count > 1, let month = Self.number(parts[1], digits: 2), (1...12).contains(month) else { return }
    self.month = month
    guard parts.count > 2, let day = Self.number(parts[2], digits: 2), (1...Self.days(year, month)).contains(day) else {
      return
    }
    self.day = day
  }

  /// `Int` would take a sign as well.
  private static func number(_ text: Substring, digits: Int) -> Int? {
    text.utf8.count == digits && text.utf8.allSatisfy(\.isASCIIDigit) ? Int(text) : nil
  }

  var iso: String {
    var text = Self.padded(year, 4)
    if let month { text += "-" + Self.padded(month, 2) }
    if month != nil, let day { text += "-" + Self.padded(day, 2) }
    return text
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  static func days(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since a fixed day, for differences; a missing month or day counts as the middle of its span. The year
  /// is taken to begin in March, so that the leap day comes last.
  var number: Int {
    let month = month ?? 7
    let day = self.month == nil ? 1 : self.day ?? 15
    let shifted = (month + 9) % 12
    let year = month <= 2 ? year - 1 : year
    return 365 * year + year / 4 - year / 100 + year / 400 + (shifted * 306 + 5) / 10 + day - 1
  }
}

/// A date as printed: what is not printed is nil.
struct PrintedDate: Hashable {
  var year: Int?
  var month: Int?
  var day: Int?
  /// The last day of a range: `March 3–5`, `March 30–April 2`.
  var lastMonth: Int?
  var lastDay: Int?

  /// ISO 8601, as precise as known: `2012-03-04`, `2012-03`, `2012`, the interval `2012-03-03/2012-03-05`, and
  /// `--03-04` where no year is known.
  /// - Parameter choose: gives the year of a month and day, or nil.
  func iso(year choose: (PrintedDate) -> Int?) -> String? {
    guard let month else { return year.map { CalendarDate(year: $0).iso } }
    guard let year = year ?? choose(self) else {
      return "--" + CalendarDate.padded(month, 2) + (day.map { "-" + CalendarDate.padded($0, 2) } ?? "")
    }
    let first = CalendarDate(year: year, month: month, day: day)
    guard let lastDay else { return first.iso }
    let lastMonth = lastMonth ?? month
    return first.iso + "/" + CalendarDate(year: lastMonth < month ? year + 1 : year, month: lastMonth, day: lastDay).iso
  }

  /// The year of a date that was in print when the article was: the article's, or the one before where the date
  /// would be later than the article by more than the leeway.
  func yearOfSource(_ published: CalendarDate?, leeway: Int) -> Int? {
    guard let published, let month else { return nil }
    let same = CalendarDate(year: published.year, month: month, day: day)
    // A month alone counts from its first day, so that `May` in early May is this May.
    let number = day == nil ? CalendarDate(year: published.year, month: month, day: 1).number : same.number
    return number - published.number > leeway ? published.year - 1 : published.year
  }

  /// The year that brings a date nearest to the article's: it may lie ahead.
  func nearestYear(_ published: CalendarDate?) -> Int? {
    guard let published, let month else { return nil }
    func distance(_ year: Int) -> Int {
      abs(CalendarDate(year: year, month: month, day: day).number - published.number)
    }
    return (published.year - 1...published.year + 1).min { distance($0) < distance($1) }
  }
}
