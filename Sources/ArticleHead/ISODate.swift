/// Dates and times in figures: ISO 8601, its relatives with slashes or without separators, and the clock times of
/// mail and of newsletters.
enum ISODate {
  /// The date at the beginning, with its time, and what stands behind.
  static func read(_ bytes: [UInt8]) -> (date: String, rest: ArraySlice<UInt8>)? {
    var cursor = ByteCursor(bytes)
    guard let year = cursor.number(4), Calendar.isPlausible(year) else { return nil }
    let separator = cursor.peek.flatMap { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") ? $0 : nil }
    if separator != nil { cursor.skip() }
    guard let month = cursor.number(2) else { return nil }
    if separator != nil && cursor.peek == separator { cursor.skip() }
    guard let day = cursor.number(2), let date = Calendar.date(year, month, day) else { return nil }
    guard cursor.peek == UInt8(ascii: "T") || cursor.peek == UInt8(ascii: "t") || cursor.peek == 32 else {
      return (date, cursor.rest)
    }
    cursor.skip()
    guard let time = time(&cursor) else { return (date, cursor.rest) }
    return (date + time, cursor.rest)
  }

  /// Whether there is nothing but the name of a zone, which is not kept: names mean several zones.
  static func isZoneName(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.count <= 6 && rest.allSatisfy { $0 == 32 || ($0 | 32) &- 97 < 26 }
  }

  /// The time that stands here, with a `T` before it: `08:30:15.123Z`, `9:05 a.m. GMT`, `10h32`, `10.32 Uhr`.
  static func time(_ cursor: inout ByteCursor) -> String? {
    let start = cursor
    var attempt = cursor
    guard let (first, sign) = hour(&attempt), case var hour = first, hour < 24, let minute = attempt.number(2),
      minute < 60
    else { return nil }
    let isISO = sign == nil || sign == UInt8(ascii: ":")
    if !isISO, let next = attempt.peek, next &- 48 < 10 || next == sign { return nil }
    let seconds = isISO ? seconds(&attempt) : ""
    cursor = attempt
    while attempt.peek == 32 { attempt.skip() }
    if let isAfternoon = half(&attempt), hour <= 12 {
      hour = hour % 12 + (isAfternoon ? 12 : 0)
      cursor = attempt
    } else if attempt.take(word: "uhr") {
      cursor = attempt
    } else if sign == UInt8(ascii: ".") {
      cursor = start
      return nil
    }
    attempt = cursor
    while attempt.peek == 32 { attempt.skip() }
    let zone = zone(&attempt)
    if !zone.isEmpty { cursor = attempt }
    return "T\(Calendar.two(hour)):\(Calendar.two(minute))" + seconds + zone
  }

  /// Two digits, or one before a sign, with the sign.
  private static func hour(_ cursor: inout ByteCursor) -> (Int, sign: UInt8?)? {
    guard var hour = cursor.digit() else { return nil }
    let single = cursor.index
    if let second = cursor.digit() { hour = hour * 10 + second }
    if let sign = cursor.peek, [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "h")].contains(sign) {
      cursor.skip()
      return (hour, sign)
    }
    return cursor.index > single ? (hour, nil) : nil
  }

  /// Whether `pm` or `a.m.` stands here, in any case: true for the afternoon.
  private static func half(_ cursor: inout ByteCursor) -> Bool? {
    if cursor.take(word: "am") || cursor.take(word: "a.m.") { return false }
    return cursor.take(word: "pm") || cursor.take(word: "p.m.") ? true : nil
  }

  /// Fractions are read and left out.
  private static func seconds(_ cursor: inout ByteCursor) -> String {
    var attempt = cursor
    if attempt.peek == UInt8(ascii: ":") { attempt.skip() }
    guard let second = attempt.number(2), second < 61 else { return "" }
    cursor = attempt
    if cursor.peek == UInt8(ascii: ".") || cursor.peek == UInt8(ascii: ",") {
      cursor.skip()
      while cursor.digit() != nil {}
    }
    return ":" + Calendar.two(second)
  }

  private static func zone(_ cursor: inout ByteCursor) -> String {
    switch cursor.peek {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      cursor.skip()
      return "Z"
    case UInt8(ascii: "U"), UInt8(ascii: "G"):
      return cursor.take(word: "utc") || cursor.take(word: "gmt") || cursor.take(word: "ut") ? "Z" : ""
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let sign = cursor.peek == UInt8(ascii: "+") ? "+" : "-"
      cursor.skip()
      guard let hours = cursor.number(2), hours < 15 else { return "" }
      if cursor.peek == UInt8(ascii: ":") { cursor.skip() }
      return "\(sign)\(Calendar.two(hours)):\(Calendar.two(cursor.number(2) ?? 0))"
    default: return ""
    }
  }
}
