/// Dates as lines of text have them: months in words, in figures with separators, with the signs of East Asia.
extension ByteCursor {
  /// A date that was read, and whether it names a day.
  struct Written {
    var date: String
    var hasDay = true
  }

  /// The date that begins here, without its time; the cursor moves behind it only if there is one. A day of the week
  /// before it and the word for "year" behind it belong to it.
  mutating func writtenDate(_ order: DayOrder, monthAlone: Bool = false) -> Written? {
    var attempt = self
    attempt.skipWeekday()
    guard let found = attempt.dateProper(order, monthAlone) else { return nil }
    attempt.skipYearName()
    self = attempt
    return found
  }

  /// The time behind a date, with a `T` before it. Names of zones are passed over: they mean several.
  mutating func timeBehindDate() -> String? {
    var attempt = self
    attempt.skipBlanks()
    while let byte = attempt.peek, [0x2C, 0x2D, 0x7C].contains(byte) {
      attempt.skip()
      attempt.skipBlanks()
    }
    for sign: StaticString in ["–", "—", "·", "•"] where attempt.take(bytes: sign) { attempt.skipBlanks() }
    attempt.skipJoint()
    guard let time = ISODate.time(&attempt) else { return nil }
    attempt.skipZoneName()
    self = attempt
    return time
  }

  mutating func skipWeekday() {
    let end = wordEnd(from: index)
    guard end > index, HeadWords.isWeekday(hash(index..<end)) else { return }
    index = end
    while let byte = peek, [0x20, 0x2C, 0x2E].contains(byte) { skip() }
    // Portuguese days have a second half: `terça-feira`.
    if take(byte: UInt8(ascii: "-")) { skipWeekday() }
  }

  /// `EST`, `(Moscow time)`.
  private mutating func skipZoneName() {
    var attempt = self
    attempt.skipBlanks()
    if attempt.take(byte: UInt8(ascii: "(")) {
      guard let close = attempt.rest.prefix(24).firstIndex(of: UInt8(ascii: ")")) else { return }
      index = close + 1
      return
    }
    let start = attempt.index
    while let byte = attempt.peek, byte &- 65 < 26 { attempt.skip() }
    if (2...5).contains(attempt.index - start), attempt.isAtEnd || attempt.letterLength(at: attempt.index) == 0 {
      self = attempt
    }
  }

  private mutating func skipYearName() {
    var attempt = self
    attempt.skipBlanks()
    let end = attempt.wordEnd(from: attempt.index)
    guard end > attempt.index, HeadWords.namesYear(hash(attempt.index..<end)) else { return }
    index = end
    _ = take(byte: UInt8(ascii: "."))
  }

  private mutating func skipJoint() {
    let end = wordEnd(from: index)
    guard end > index, HeadWords.joins(hash(index..<end)) else { return }
    index = end
    skipBlanks()
  }

  // MARK: Kinds

  private mutating func dateProper(_ order: DayOrder, _ monthAlone: Bool) -> Written? {
    guard let byte = peek else { return nil }
    if byte &- 48 < 10 {
      guard let (number, digits) = number() else { return nil }
      if digits == 4 { return yearFirst(number) }
      return digits <= 2 ? dayFirst(number, order) : nil
    }
    guard let month = month() else { return nil }
    return monthFirst(month, monthAlone)
  }

  /// `2012-03-03`, `2012/3/3`, `2012.03.03`, `2012年3月3日`, `2012 March 3`.
  private mutating func yearFirst(_ year: Int) -> Written? {
    guard Calendar.isPlausible(year) else { return nil }
    if take(bytes: "年") || take(bytes: "년") {
      skipBlanks()
      guard let (month, _) = number(), take(bytes: "月") || take(bytes: "월") else { return nil }
      skipBlanks()
      guard let (day, _) = number(), take(bytes: "日") || take(bytes: "일") else { return nil }
      return Calendar.date(year, month, day).map { Written(date: $0) }
    }
    if let separator = separator() {
      guard let (month, digits) = number(), digits <= 2, take(byte: separator), let (day, more) = number(), more <= 2
      else { return nil }
      return Calendar.date(year, month, day).map { Written(date: $0) }
    }
    skipBlanks()
    guard let month = month() else { return nil }
    skipBlanks()
    guard let (day, digits) = number(), digits <= 2 else { return nil }
    return Calendar.date(year, month, day).map { Written(date: $0) }
  }

  /// `3 March 2012`, `3rd of March, 2012`, `3. März 2012`, `3 de marzo de 2012`, `03.03.2012`, `28/03/2012`.
  private mutating func dayFirst(_ day: Int, _ order: DayOrder) -> Written? {
    var attempt = self
    if let separator = attempt.separator() {
      if separator == UInt8(ascii: ".") { attempt.skipBlanks() }
      if let (second, digits) = attempt.number() {
        guard digits <= 2, attempt.take(byte: separator) else { return nil }
        if separator == UInt8(ascii: ".") { attempt.skipBlanks() }
        let short = separator == UInt8(ascii: ".") ? attempt.shortYear() : nil
        guard let year = short ?? attempt.year() else { return nil }
        self = attempt
        return Self.figures(day, second, year, isGerman: separator == UInt8(ascii: "."), order)
      }
      self = attempt
    }
    skipOrdinal()
    skipBlanks()
    skipJoint()
    guard let month = month() else { return nil }
    skipSeparators()
    skipJoint()
    return year().flatMap { Calendar.date($0, month, day) }.map { Written(date: $0) }
  }

  /// The year of `03.03.12`, which is written so in this century.
  private mutating func shortYear() -> Int? {
    var attempt = self
    guard let (year, digits) = attempt.number(), digits == 2, year < 40, attempt.peek != UInt8(ascii: "."),
      attempt.peek != UInt8(ascii: ":"), bytes[index - 1] == UInt8(ascii: "."), index >= 6,
      bytes[index - 4] == UInt8(ascii: ".")
    else { return nil }
    self = attempt
    return 2000 + year
  }

  private static func figures(_ first: Int, _ second: Int, _ year: Int, isGerman: Bool, _ order: DayOrder) -> Written? {
    let isDayFirst = isGerman || first > 12 || first == second || (second <= 12 && order == .dayFirst)
    if isDayFirst { return Calendar.date(year, second, first).map { Written(date: $0) } }
    guard second > 12 || order == .monthFirst else { return nil }
    return Calendar.date(year, first, second).map { Written(date: $0) }
  }

  /// `March 3, 2012`, `Mar 3 10:32:00 EST 2012`; where months may stand alone, `March 2012`.
  private mutating func monthFirst(_ month: Int, _ monthAlone: Bool) -> Written? {
    skipSeparators()
    var attempt = self
    attempt.skipJoint()
    if let year = attempt.year() {
      self = attempt
      return monthAlone ? Written(date: "\(year)-\(Calendar.two(month))", hasDay: false) : nil
    }
    guard let (day, digits) = number(), digits <= 2 else { return nil }
    skipOrdinal()
    skipSeparators()
    // A clock time in a date of Unix has the year behind it.
    attempt = self
    if let time = ISODate.time(&attempt), time.utf8.count >= 9 {
      attempt.skipZoneName()
      attempt.skipBlanks()
      if let year = attempt.year(), let date = Calendar.date(year, month, day) {
        self = attempt
        return Written(date: date + time)
      }
    }
    skipJoint()
    return year().flatMap { Calendar.date($0, month, day) }.map { Written(date: $0) }
  }

  /// Moves over `3 May` or `May 3`.
  mutating func dayWithoutYear() -> Bool {
    skipWeekday()
    let isMonthFirst = month() != nil
    if isMonthFirst { skipSeparators() }
    guard let (day, digits) = number(), digits <= 2, (1...31).contains(day) else { return false }
    skipOrdinal()
    if isMonthFirst { return true }
    skipBlanks()
    skipJoint()
    return month() != nil
  }

  // MARK: Parts

  private mutating func month() -> Int? {
    let end = wordEnd(from: index)
    guard end - index >= 3, let month = HeadWords.month(hash(index..<end)) else { return nil }
    index = end
    return month
  }

  private mutating func separator() -> UInt8? {
    guard let byte = peek, [0x2D, 0x2E, 0x2F].contains(byte) else { return nil }
    skip()
    return byte
  }

  /// `3rd`, `1er`, `1º`, `3.`, `3-го`.
  private mutating func skipOrdinal() {
    for ending: StaticString in ["st", "nd", "rd", "th", "er", "e"] where take(word: ending) { return }
    if take(bytes: "º") || take(bytes: "ª") || take(bytes: "-го") || take(bytes: "-е") { return }
    _ = take(byte: UInt8(ascii: "."))
  }

  /// What may stand between a month and its day or year.
  private mutating func skipSeparators() {
    while let byte = peek, byte == 32 || [0x2C, 0x2D, 0x2E, 0x2F].contains(byte) { skip() }
    skipBlanks()
  }
}
