/// Which number of `3/4/2012` is the day.
public enum DayOrder: Sendable {
  case dayFirst, monthFirst
  /// A date that may be two is none.
  case unknown

  /// The habit of the country that a tag of a language names, such as `en-US`; a language without a country says so
  /// where one habit holds wherever it is spoken.
  public init(language tag: String) {
    let parts = tag.lowercased().split { $0 == "-" || $0 == "_" }
    let country = parts.dropFirst().first { $0.utf8.count == 2 }
    guard let language = parts.first else { self = .unknown; return }
    if let country, language == "en" {
      self = Self.monthFirstCountries.contains(String(country)) ? .monthFirst : country == "ca" ? .unknown : .dayFirst
    } else {
      self = Self.dayFirstLanguages.contains(String(language)) ? .dayFirst : .unknown
    }
  }

  /// The habit of the country in whose domain a host is.
  public init(host: String) {
    let end = host.lowercased().split(separator: ".").last.map(String.init) ?? ""
    self = ["us", "gov", "mil"].contains(end) ? .monthFirst : Self.dayFirstDomains.contains(end) ? .dayFirst : .unknown
  }

  /// The order that a date in figures shows, such as `25/12/2012`; what else is written on the same page is likely
  /// to keep it.
  public init(shownBy line: String) {
    self = .unknown
    guard line.utf8.count < 200 else { return }
    var cursor = ByteCursor(line)
    while !cursor.isAtEnd {
      guard let (first, digits) = cursor.number() else {
        // Nine digits and more were read by then.
        cursor.skip()
        continue
      }
      guard digits <= 2, cursor.take(byte: UInt8(ascii: "/")), let second = cursor.number(), second.digits <= 2,
        cursor.take(byte: UInt8(ascii: "/")), let year = cursor.number(), year.digits == 4 || year.digits == 2
      else { continue }
      if first > 12, first <= 31, (1...12).contains(second.value) { self = .dayFirst }
      if second.value > 12, second.value <= 31, (1...12).contains(first) { self = .monthFirst }
      if self != .unknown { return }
    }
  }

  private static let monthFirstCountries: Set = ["us", "ph", "pr", "gu"]
  private static let dayFirstLanguages: Set = [
    "de", "fr", "es", "it", "pt", "ru", "uk", "be", "tr", "pl", "nl", "cs", "sk", "ro", "bg", "el", "fi", "da", "nb",
    "no", "sv", "az", "ka", "hy", "kk", "uz", "ky", "tg", "tk", "hr", "sr", "sl", "bs", "mk", "sq", "et", "lv", "lt",
  ]
  private static let dayFirstDomains: Set = [
    "uk", "ie", "au", "nz", "in", "pk", "za", "ng", "ke", "de", "at", "ch", "fr", "be", "nl", "es", "it", "pt", "br",
    "ar", "mx", "cl", "co", "pe", "ru", "ua", "by", "tr", "pl", "cz", "sk", "ro", "bg", "gr", "fi", "dk", "no", "az",
    "ge", "am", "kz", "uz", "kg", "tj", "tm", "md", "hr", "rs", "si", "ba", "mk", "al", "ee", "lv", "il", "eu",
  ]
}
