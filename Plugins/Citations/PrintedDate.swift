internal import CalendarDates

/// A date as printed: what is not printed is nil.
struct PrintedDate: Hashable {
  var year: Int?
  var month: Int?
  var day: Int?
  /// The last day of a range, `March 3–5`, `March 30–April 2`, or its last month, `March–May`.
  var lastMonth: Int?
  var lastDay: Int?

  /// ISO 8601, as precise as known: `2012-03-04`, `2012-03`, `2012`, the interval `2012-03-03/2012-03-05`, and
  /// `--03-04` where no year is known.
  /// - Parameter choose: gives the year of a month and day, or nil.
  func iso(year choose: (PrintedDate) -> Int?) -> String? {
    guard let month else { return year.map { PartialDate(year: $0).iso } }
    let isRange = lastDay != nil || lastMonth != nil
    let lastMonth = lastMonth ?? month
    let isAcrossYears = lastMonth < month
    // A printed year belongs to the last day.
    guard let year = year.map({ isAcrossYears ? $0 - 1 : $0 }) ?? choose(self) else {
      let first = Self.yearless(month, day)
      return isRange ? first + "/" + Self.yearless(lastMonth, lastDay) : first
    }
    let first = PartialDate(year: year, month: month, day: day)
    guard isRange else { return first.iso }
    let last = PartialDate(year: isAcrossYears ? year + 1 : year, month: lastMonth, day: lastDay)
    return first.iso + "/" + last.iso
  }

  private static func yearless(_ month: Int, _ day: Int?) -> String {
    "--" + PartialDate.padded(month, 2) + (day.map { "-" + PartialDate.padded($0, 2) } ?? "")
  }

  /// The year of a date that was in print when the article was: the article's, or the one before where the date
  /// would be later than the article by more than the leeway.
  func yearOfSource(_ published: PartialDate?, leeway: Int) -> Int? {
    guard let published, let month else { return nil }
    // A month alone counts from its first day, so that `May` in early May is this May.
    let number = PartialDate(year: published.year, month: month, day: day ?? 1).dayNumber
    let year = number - published.dayNumber > leeway ? published.year - 1 : published.year
    return exists(in: year) ? year : nil
  }

  /// The year that brings a date nearest to the article's: it may lie ahead.
  func nearestYear(_ published: PartialDate?) -> Int? {
    guard let published, let month else { return nil }
    func distance(_ year: Int) -> Int {
      abs(PartialDate(year: year, month: month, day: day).dayNumber - published.dayNumber)
    }
    return (published.year - 1...published.year + 1).filter(exists).min { distance($0) < distance($1) }
  }

  /// Whether the year has the day: February 29 is in one of four.
  private func exists(in year: Int) -> Bool {
    let longest = { PartialDate.days(inMonth: $0, of: year) }
    guard let month else { return true }
    return (day ?? 1) <= longest(month) && (lastDay ?? 1) <= longest(lastMonth ?? month)
  }
}
