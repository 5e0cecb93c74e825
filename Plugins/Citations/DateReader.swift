internal import CalendarDates
internal import TextScanning

/// Reads one date that begins at an offset: `March 4`, `March 3–5, 2012`, `4 March 2012`, `February 2012`,
/// `2012-03-04`, `4.3.2012`.
enum DateReader {
  /// Months by their names and abbreviations.
  private static let months = WordTable(
    [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December", "Jan", "Feb", "Mar", "Apr", "May.", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ])

  /// Months as Russian and Ukrainian dates have them, in the genitive.
  private static let genitives = WordTable(
    [
      "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
      "декабря", "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
      "листопада", "грудня",
    ])

  /// Months as dates have them in German, French, Spanish, Italian, Polish and Turkish, behind their day.
  /// Capitals outside ASCII are spelled out.
  private static let foreign: WordTable = {
    var table = WordTable(foldsCase: true)
    for language in [
      "januar februar märz april mai juni juli august september oktober november dezember",
      "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
      "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
      "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
      "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
      "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık", "Ocak Şubat",
    ] {
      for (month, name) in language.split(separator: " ").enumerated() { table.insert(name, value: Int32(month)) }
    }
    return table
  }()

  /// A date and the offset behind it; nil where none begins. A month alone is none.
  /// - Parameter dotted: whether a period may stand behind the day, `2. April`, which elsewhere ends a sentence.
  static func date(
    _ bytes: Span<UInt8>, at start: Int, end: Int, dotted: Bool = false
  ) -> (date: PrintedDate, end: Int)? {
    guard start < end else { return nil }
    if bytes[start].isASCIIDigit {
      return numeric(bytes, at: start, end: end) ?? dayFirst(bytes, at: start, end: end, dotted)
    }
    guard let (month, next) = month(bytes, at: start, end: end) else { return nil }
    return behindMonth(bytes, month, from: next, end: end)
  }

  /// A month's name with the period of an abbreviation, as a word of its own.
  static func month(_ bytes: Span<UInt8>, at start: Int, end: Int) -> (month: Int, end: Int)? {
    guard start < end, bytes[start] &- 0x41 < 26, start == 0 || !bytes[start - 1].isASCIILetter else { return nil }
    var offset = start
    while offset < end, offset < start + 10, bytes[offset].isASCIILetter { offset += 1 }
    let isSept = offset - start == 4 && bytes.has("Sept", at: start, end: end)
    guard let value = isSept ? 8 : months.value(of: bytes, start..<offset) else { return nil }
    let isShort = offset - start <= 4 && value != 4 && !(value == 5 || value == 6) || isSept
    if isShort, offset < end, bytes[offset] == UInt8(ascii: ".") { offset += 1 }
    return (Int(value) % 12 + 1, offset)
  }

  private static func behindMonth(
    _ bytes: Span<UInt8>, _ month: Int, from start: Int, end: Int
  ) -> (date: PrintedDate, end: Int)? {
    let next = blank(bytes, start, end)
    if let (day, behind) = day(bytes, at: next, end: end) {
      var date = PrintedDate(month: month, day: day)
      var offset = behind
      if let range = rangeEnd(bytes, date, from: offset, end: end) { (date, offset) = range }
      if let year = yearBehind(bytes, from: offset, end: end) { (date.year, offset) = (year.0, year.1) }
      return isValid(date) ? (date, offset) : nil
    }
    var date = PrintedDate(month: month)
    var offset = start
    if let (last, behind) = lastMonth(bytes, from: start, end: end), last != month {
      date.lastMonth = last
      offset = behind
    }
    if let (year, behind) = yearBehind(bytes, from: offset, end: end) { (date.year, offset) = (year, behind) }
    return date.year == nil && date.lastMonth == nil ? nil : (date, offset)
  }

  /// `–May` or `/May` behind a month, with no day behind it.
  private static func lastMonth(_ bytes: Span<UInt8>, from start: Int, end: Int) -> (Int, Int)? {
    let slash = bytes.has("/", at: start, end: end) ? start + 1 : nil
    guard let offset = dash(bytes, start, end) ?? slash, let (month, next) = month(bytes, at: offset, end: end),
      day(bytes, at: blank(bytes, next, end), end: end) == nil
    else { return nil }
    return (month, next)
  }

  /// Behind a hyphen or a dash.
  static func dash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    if bytes.has("-", at: start, end: end) { return start + 1 }
    return bytes.has("–", at: start, end: end) || bytes.has("—", at: start, end: end) ? start + 3 : nil
  }

  /// `–5`, `-April 2`, ` and 5`, ` to 5`.
  private static func rangeEnd(
    _ bytes: Span<UInt8>, _ first: PrintedDate, from start: Int, end: Int
  ) -> (PrintedDate, Int)? {
    var offset = blank(bytes, start, end)
    if let next = dash(bytes, offset, end) {
      offset = next
    } else if bytes.has("and ", at: offset, end: end) {
      offset += 3
    } else if bytes.has("& ", at: offset, end: end) {
      offset += 1
    } else if bytes.has("to ", at: offset, end: end) {
      offset += 2
    } else {
      return nil
    }
    offset = blank(bytes, offset, end)
    var date = first
    if let (month, next) = month(bytes, at: offset, end: end) {
      date.lastMonth = month
      offset = blank(bytes, next, end)
    }
    guard let (day, next) = day(bytes, at: offset, end: end) else { return nil }
    date.lastDay = day
    if countsNoun(bytes, next, end) { return nil }
    guard date.lastMonth != nil || day > (date.day ?? 0) else { return nil }
    return (date, next)
  }

  /// `March 3 and 5 people`: a word in small letters that a number counts, by its plural.
  private static func countsNoun(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard bytes.has(" ", at: start, end: end) else { return false }
    var offset = start + 1
    while offset < end, bytes[offset] &- 0x61 < 26 { offset += 1 }
    return offset > start + 4 && bytes[offset - 1] == UInt8(ascii: "s") || bytes.has(" people", at: start, end: end)
  }

  /// `4 March 2012`, `4th of March`, `3–5 March`.
  private static func dayFirst(
    _ bytes: Span<UInt8>, at start: Int, end: Int, _ dotted: Bool
  ) -> (date: PrintedDate, end: Int)? {
    guard let (day, next) = day(bytes, at: start, end: end) else { return nil }
    var date = PrintedDate(day: day)
    var offset = next
    if let (range, behind) = rangeEnd(bytes, date, from: offset, end: end), range.lastMonth == nil {
      (date, offset) = (range, behind)
    }
    if dotted, bytes.has(".", at: offset, end: end) { offset += 1 }
    let before = offset
    offset = blank(bytes, offset, end)
    for word: StaticString in ["of ", "de "] where bytes.has(word, at: offset, end: end) {
      offset = blank(bytes, offset + 2, end)
    }
    guard offset > before,
      let (month, behind) = month(bytes, at: offset, end: end) ?? genitive(bytes, at: offset, end: end)
        ?? foreignMonth(bytes, at: offset, end: end)
    else { return nil }
    date.month = month
    let yearStart = bytes.skipWords(" de ", at: behind, end: end).map { $0 - 1 } ?? behind
    guard let (year, last) = yearBehind(bytes, from: yearStart, end: end) else {
      return isValid(date) ? (date, behind) : nil
    }
    date.year = year
    // `2011 года`
    return isValid(date) ? (date, bytes.skipWords(" года", at: last, end: end) ?? last) : nil
  }

  private static func genitive(_ bytes: Span<UInt8>, at start: Int, end: Int) -> (Int, Int)? {
    var offset = start
    while offset < end, offset < start + 24, bytes[offset] >= 0x80 { offset += 1 }
    return genitives.value(of: bytes, start..<offset).map { (Int($0) % 12 + 1, offset) }
  }

  private static func foreignMonth(_ bytes: Span<UInt8>, at start: Int, end: Int) -> (Int, Int)? {
    var offset = start
    while offset < end, offset < start + 16,
      bytes[offset].isASCIILetter || bytes[offset] >= 0xC3 && bytes[offset] < 0xC6
        || bytes[offset] & 0xC0 == 0x80
    { offset += 1 }
    guard offset > start + 2 else { return nil }
    return foreign.value(of: bytes, start..<offset).map { (Int($0) + 1, offset) }
  }

  /// `2012-03-04` and `4.3.2012`.
  private static func numeric(_ bytes: Span<UInt8>, at start: Int, end: Int) -> (date: PrintedDate, end: Int)? {
    guard let (first, a) = number(bytes, at: start, end: end, digits: 4), a < end else { return nil }
    let mark = bytes[a]
    guard mark == UInt8(ascii: "-") || mark == UInt8(ascii: "."),
      let (second, b) = number(bytes, at: a + 1, end: end, digits: 2), b < end, bytes[b] == mark,
      let (third, c) = number(bytes, at: b + 1, end: end, digits: 4)
    else { return nil }
    let isISO = mark == UInt8(ascii: "-")
    let date = PrintedDate(year: isISO ? first : third, month: second, day: isISO ? third : first)
    let yearDigits = isISO ? a - start : c - b - 1
    return yearDigits == 4 && isValid(date) ? (date, c) : nil
  }

  /// A day of the month with or without its ordinal ending; not the beginning of a longer number or of a time.
  static func day(_ bytes: Span<UInt8>, at start: Int, end: Int) -> (Int, Int)? {
    guard let (day, next) = number(bytes, at: start, end: end, digits: 2), (1...31).contains(day) else { return nil }
    var offset = next
    for ending: StaticString in ["st", "nd", "rd", "th"] where bytes.has(ending, at: next, end: end) { offset += 2 }
    if offset < end {
      let byte = bytes[offset]
      if byte.isASCIILetter || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%") { return nil }
      let isDecimal = byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
      if isDecimal, offset + 1 < end, bytes[offset + 1].isASCIIDigit { return nil }
    }
    return (day, offset)
  }

  /// A year behind a blank or a comma.
  private static func yearBehind(_ bytes: Span<UInt8>, from start: Int, end: Int) -> (Int, Int)? {
    var offset = start
    if offset < end, bytes[offset] == UInt8(ascii: ",") { offset += 1 }
    let next = blank(bytes, offset, end)
    guard next > start else { return nil }
    return year(bytes, at: next, end: end)
  }

  /// Four digits from 1800 to 2100 that stand alone.
  static func year(_ bytes: Span<UInt8>, at start: Int, end: Int) -> (Int, Int)? {
    guard let (year, next) = number(bytes, at: start, end: end, digits: 4), next == start + 4,
      (1800...2100).contains(year)
    else { return nil }
    if next < end {
      if bytes[next].isASCIILetter || bytes[next] == UInt8(ascii: "%") { return nil }
      let isJoined = bytes[next] == UInt8(ascii: ".") || bytes[next] == UInt8(ascii: ",")
      if isJoined, next + 1 < end, bytes[next + 1].isASCIIDigit { return nil }
    }
    return (year, next)
  }

  /// At most so many digits, and no further one behind them.
  private static func number(_ bytes: Span<UInt8>, at start: Int, end: Int, digits: Int) -> (Int, Int)? {
    var offset = start
    var value = 0
    while offset < end, offset < start + digits, bytes[offset].isASCIIDigit {
      value = value * 10 + Int(bytes[offset] &- 0x30)
      offset += 1
    }
    guard offset > start, offset == end || !bytes[offset].isASCIIDigit else { return nil }
    return (value, offset)
  }

  private static func isValid(_ date: PrintedDate) -> Bool {
    guard let month = date.month, (1...12).contains(month) else { return false }
    let longest = { PartialDate.days(inMonth: $0, of: date.year ?? 2000) }
    guard (1...longest(month)).contains(date.day ?? 1) else { return false }
    return (1...longest(date.lastMonth ?? month)).contains(date.lastDay ?? 1)
  }

  static func blank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int { bytes.skipSpace(from: start, to: end) }
}
