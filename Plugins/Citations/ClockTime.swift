internal import CalendarDates
internal import TextScanning

/// A time of day: `10:30 a.m. Moscow time`, `5 p.m.`, `14:30 GMT`.
struct ClockTime {
  private(set) var hour: Int
  private(set) var minute = 0
  /// Its difference to universal time, where it is known.
  private(set) var zone: String?
  /// Behind it in the text.
  private(set) var end: Int
  /// Without `a.m.` or a zone it might be a score or a verse.
  private(set) var isSure = false

  var iso: String { "T" + PartialDate.padded(hour, 2) + ":" + PartialDate.padded(minute, 2) + (zone ?? "") }

  init?(_ bytes: Span<UInt8>, at start: Int, on day: PartialDate?) {
    guard let (hour, next) = Self.number(bytes, start) else { return nil }
    (self.hour, end) = (hour, next)
    var hasMinutes = false
    if end < bytes.count, bytes[end] == UInt8(ascii: ":"), let (minute, next) = Self.number(bytes, end + 1) {
      guard next == end + 3, minute < 60 else { return nil }
      (self.minute, end, hasMinutes) = (minute, next, true)
    }
    readHalf(bytes)
    guard self.hour < 24, hasMinutes || isSure else { return nil }
    readZone(bytes, day)
  }

  /// `noon` and `midnight`.
  init?(word bytes: Span<UInt8>, at start: Int) {
    if let end = bytes.skipWords("noon", at: start, end: bytes.count) {
      (hour, self.end) = (12, end)
    } else if let end = bytes.skipWords("midnight", at: start, end: bytes.count) {
      (hour, self.end) = (0, end)
    } else {
      return nil
    }
  }

  /// Two digits at most.
  private static func number(_ bytes: Span<UInt8>, _ start: Int) -> (Int, Int)? {
    var (offset, value) = (start, 0)
    while offset < bytes.count, offset < start + 3, bytes[offset].isASCIIDigit {
      value = value * 10 + Int(bytes[offset] &- 0x30)
      offset += 1
    }
    return (1...2).contains(offset - start) ? (value, offset) : nil
  }

  private mutating func readHalf(_ bytes: Span<UInt8>) {
    let next = bytes.skipSpace(from: end, to: bytes.count)
    guard (1...12).contains(hour) else { return }
    for (word, shift) in [("a.m.", 0), ("p.m.", 12), ("am", 0), ("pm", 12)] as [(StaticString, Int)] {
      let behind = next + word.utf8CodeUnitCount
      guard bytes.has(word, at: next, end: bytes.count), behind == bytes.count || !bytes[behind].isASCIILetter else {
        continue
      }
      (hour, end, isSure) = (hour % 12 + shift, behind, true)
      return
    }
  }

  private mutating func readZone(_ bytes: Span<UInt8>, _ day: PartialDate?) {
    for word: StaticString in [" GMT", " UTC"] {
      if let next = bytes.skipWords(word, at: end, end: bytes.count) { (zone, end, isSure) = ("Z", next, true) }
    }
    if let next = bytes.skipWords(" Moscow time", at: end, end: bytes.count) {
      (zone, end, isSure) = (Self.moscow(day), next, true)
    } else if let next = bytes.skipWords(" local time", at: end, end: bytes.count) {
      (end, isSure) = (next, true)
    }
  }

  /// Moscow kept summer time all the year from 27 March 2011 to 26 October 2014; before that the clocks were
  /// changed twice a year, and what held on a day is left open.
  private static func moscow(_ day: PartialDate?) -> String? {
    guard let day, !day.isBefore(PartialDate(year: 2011, month: 3, day: 27)) else { return nil }
    return day.isBefore(PartialDate(year: 2014, month: 10, day: 26)) ? "+04:00" : "+03:00"
  }
}
