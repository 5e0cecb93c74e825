/// Dates and times in figures: ISO 8601, its relatives with slashes or without separators, and the clock times of
/// mail and of newsletters.
enum ISODate {
  /// The date at the beginning, with its time, and what stands behind.
  static func read(_ bytes: [UInt8]) -> (date: String, rest: ArraySlice<UInt8>)? {
    var cursor = Cursor(bytes)
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

  /// The time at the beginning, with the `T` before it, and what stands behind.
  static func time(_ bytes: [UInt8]) -> (time: String, rest: ArraySlice<UInt8>)? {
    var cursor = Cursor(bytes)
    return time(&cursor).map { ($0, cursor.rest) }
  }

  /// Whether there is nothing but the name of a zone, which is not kept: names mean several zones.
  static func isZoneName(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.count <= 6 && rest.allSatisfy { $0 == 32 || ($0 | 32) &- 97 < 26 }
  }

  private static func time(_ cursor: inout Cursor) -> String? {
    var attempt = cursor
    guard var hour = attempt.hour(), hour < 24 else { return nil }
    if attempt.peek == UInt8(ascii: ":") { attempt.skip() }
    guard let minute = attempt.number(2), minute < 60 else { return nil }
    cursor = attempt
    let seconds = seconds(&cursor)
    while cursor.peek == 32 { cursor.skip() }
    if let isAfternoon = cursor.half(), hour <= 12 { hour = hour % 12 + (isAfternoon ? 12 : 0) }
    while cursor.peek == 32 { cursor.skip() }
    return "T\(Calendar.two(hour)):\(Calendar.two(minute))" + seconds + zone(&cursor)
  }

  /// Fractions are read and left out.
  private static func seconds(_ cursor: inout Cursor) -> String {
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

  private static func zone(_ cursor: inout Cursor) -> String {
    switch cursor.peek {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      cursor.skip()
      return "Z"
    case UInt8(ascii: "U"), UInt8(ascii: "G"):
      return cursor.take("UTC") || cursor.take("GMT") || cursor.take("UT") ? "Z" : ""
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

/// A place in a line of bytes.
private struct Cursor {
  let bytes: [UInt8]
  var index = 0
  init(_ bytes: [UInt8]) { self.bytes = bytes }
  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }
  var rest: ArraySlice<UInt8> { bytes[min(index, bytes.count)...] }
  mutating func skip() { index += 1 }
  mutating func digit() -> Int? {
    guard let byte = peek, byte &- 48 < 10 else { return nil }
    index += 1
    return Int(byte - 48)
  }
  mutating func number(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }
  /// Two digits, or one before a colon.
  mutating func hour() -> Int? {
    guard let first = digit() else { return nil }
    if peek == UInt8(ascii: ":") { return first }
    return digit().map { first * 10 + $0 }
  }
  /// Whether `pm` or `a.m.` stands here, in any case: true for the afternoon.
  mutating func half() -> Bool? {
    for (word, isAfternoon) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)] where take(word) {
      return isAfternoon
    }
    return nil
  }
  mutating func take(_ word: String) -> Bool {
    guard rest.count >= word.utf8.count, zip(rest, word.utf8).allSatisfy({ $0 | 32 == $1 | 32 }) else { return false }
    let next = index + word.utf8.count
    if next < bytes.count, (bytes[next] | 32) &- 97 < 26 { return false }
    index = next
    return true
  }
}
