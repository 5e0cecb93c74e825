/// The dates of HTTP (RFC 9110 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT` and its two older forms,
/// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
package enum HTTPDate {
  /// Seconds since 1970; nil for what is none. The name of the day isn't checked, servers get it wrong.
  ///
  /// `now` places years of two digits: one that would lie more than 50 years ahead is the last such year.
  package static func seconds(_ text: String, now: Double) -> Double? {
    let words = text.utf8.split { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "-") }
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count >= 5 else { return nil }
    if let month = month(words[1]) {
      guard words.count == 5 else { return nil }
      return seconds(year(words[4], now), month, number(words[2], 1...2), time(words[3]))
    }
    guard words.count == 5 || (words.count == 6 && zones.contains(words[5].lowercased())) else { return nil }
    return seconds(year(words[3], now), month(words[2]), number(words[1], 1...2), time(words[4]))
  }

  /// The RFC wants GMT; the others mean the same.
  private static let zones: Set = ["gmt", "utc", "ut", "z", "+0000"]

  private static func seconds(_ year: Int?, _ month: Int?, _ day: Int?, _ time: Int?) -> Double? {
    guard let year, let month, let day, let time, (1...daysOfMonth(month, year)).contains(day) else { return nil }
    return Double(days(year, month, day) * 86_400 + time)
  }

  private static func month(_ name: String) -> Int? {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return names.firstIndex(of: name.lowercased()).map { $0 + 1 }
  }

  private static func year(_ text: String, _ now: Double) -> Int? {
    guard let year = number(text, 2...4) else { return nil }
    guard text.utf8.count == 2 else { return text.utf8.count == 4 ? year : nil }
    // The year of `now`, to a day or two.
    let present = 1970 + Int(min(max(now, 0), 2.5e11) / (365.2425 * 86_400))
    let candidate = present / 100 * 100 + year
    return candidate > present + 50 ? candidate - 100 : candidate
  }

  /// Seconds of the day; a leap second is allowed.
  private static func time(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { number(String($0), 2...2) }
    guard parts.count == 3, let hour = parts[0], let minute = parts[1], let second = parts[2] else { return nil }
    return hour < 24 && minute < 60 && second <= 60 ? hour * 3_600 + minute * 60 + second : nil
  }

  private static func number(_ text: String, _ lengths: ClosedRange<Int>) -> Int? {
    guard lengths.contains(text.utf8.count), text.utf8.allSatisfy(isDigit) else { return nil }
    return Int(text)
  }

  private static func daysOfMonth(_ month: Int, _ year: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970-01-01 in the Gregorian calendar: years are counted from March, so that the leap day
  /// is the last, and months of them have 153 days in five.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}
