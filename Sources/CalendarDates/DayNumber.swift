/// Arithmetic on days by their number. The year is taken to begin in March, so that the leap day comes last and a
/// month's first day is a linear function of the month; the method is Hinnant's, its cost a few multiplications.
extension PartialDate {
  /// Days in 400 years, after which the calendar repeats itself.
  private static var cycle: Int { 146_097 }
  /// From the first of March of the year 0 to the first of January 1970.
  private static var epoch: Int { 719_468 }

  /// Days of a month.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01. A missing month or day counts as the middle of its span.
  public var dayNumber: Int {
    let month = month ?? 7
    let day = self.month == nil ? 1 : self.day ?? 15
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * Self.cycle + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - Self.epoch
  }

  /// The day with a number.
  public init(dayNumber: Int) {
    let days = dayNumber + Self.epoch
    let era = (days >= 0 ? days : days - Self.cycle + 1) / Self.cycle
    let dayOfEra = days - era * Self.cycle
    // Takes out the leap days so that all years have 365.
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// 1 for Monday to 7 for Sunday.
  public var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 + 1 }

  /// The day so many days later.
  public func adding(days: Int) -> PartialDate { PartialDate(dayNumber: dayNumber + days) }

  /// The month so many months later; of a year alone, its middle counts.
  public func adding(months: Int) -> PartialDate {
    let index = year * 12 + (month ?? 7) - 1 + months
    return PartialDate(year: index / 12, month: index % 12 + 1)
  }

  /// Its week in ISO 8601, which belongs to the year of its Thursday: `2012-W09`.
  public var isoWeek: String {
    let thursday = adding(days: 4 - weekday)
    let week = (thursday.dayNumber - PartialDate(year: thursday.year, month: 1, day: 1).dayNumber) / 7 + 1
    return Self.padded(thursday.year, 4) + "-W" + Self.padded(week, 2)
  }
}
