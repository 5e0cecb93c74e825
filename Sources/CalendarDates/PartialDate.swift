/// A year, a month or a day of the Gregorian calendar, as precise as known: `2012`, `2012-02`, `2012-02-29`.
///
/// The calendar is taken to hold for all years from 0 to 9999, as ISO 8601 does.
public struct PartialDate: Hashable, Sendable {
  public var year: Int
  /// 1 to 12; nil where only the year is known.
  public var month: Int?
  /// 1 to 31; nil where only the month is known.
  public var day: Int?

  public init(year: Int, month: Int? = nil, day: Int? = nil) { (self.year, self.month, self.day) = (year, month, day) }

  /// Nil where the text is anything but such a date.
  public init?(_ text: String) {
    guard !text.utf8.contains(where: { $0 == UInt8(ascii: "T") || $0 == 0x20 }) else { return nil }
    self.init(beginningOf: text)
  }

  /// The date with which an ISO 8601 text begins; a time behind it is passed over.
  public init?(beginningOf text: String) {
    let fields = text.utf8.prefix { $0 != UInt8(ascii: "T") && $0 != 0x20 }
      .split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard (1...3).contains(fields.count), let year = Self.number(fields[0], digits: 4) else { return nil }
    self.init(year: year)
    guard fields.count > 1 else { return }
    guard let month = Self.number(fields[1], digits: 2), (1...12).contains(month) else { return nil }
    self.month = month
    guard fields.count > 2 else { return }
    guard let day = Self.number(fields[2], digits: 2), (1...Self.days(inMonth: month, of: year)).contains(day) else {
      return nil
    }
    self.day = day
  }

  /// `Int` would take a sign as well.
  private static func number(_ digits: Substring.UTF8View, digits width: Int) -> Int? {
    guard digits.count == width, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// ISO 8601, as precise as known.
  public var iso: String {
    var text = Self.padded(year, 4)
    if let month { text += "-" + Self.padded(month, 2) }
    if month != nil, let day { text += "-" + Self.padded(day, 2) }
    return text
  }

  /// A number with zeros before it, so wide at least.
  public static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Whether it lies before another as far as both are precise: February 2012 is neither before nor after a day in it.
  public func isBefore(_ other: PartialDate) -> Bool { order(other) < 0 }
  /// Whether it lies after another as far as both are precise.
  public func isAfter(_ other: PartialDate) -> Bool { order(other) > 0 }

  private func order(_ other: PartialDate) -> Int {
    if year != other.year { return year < other.year ? -1 : 1 }
    guard let month, let otherMonth = other.month else { return 0 }
    if month != otherMonth { return month < otherMonth ? -1 : 1 }
    guard let day, let otherDay = other.day else { return 0 }
    return day == otherDay ? 0 : day < otherDay ? -1 : 1
  }
}
