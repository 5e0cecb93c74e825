/// Dates with months in words, and in figures with separators, inside of lines.
enum WrittenDate {
  /// The date that a text consists of; a day of the week before it and a time behind it belong to it.
  static func whole(_ text: String) -> String? {
    let tokens = tokens(of: text)
    let start = tokens.first.map { isWeekday($0.text) } == true ? 1 : 0
    guard start < tokens.count, text.first?.isLetter == true || text.first?.isNumber == true else { return nil }
    if let (date, next) = written(tokens, at: start) { return withTime(date, text[tokens[next - 1].text.endIndex...]) }
    if let date = figures(tokens, at: start) { return withTime(date, text[tokens[start + 2].text.endIndex...]) }
    guard tokens.count == start + 2, let month = month(tokens[start].text),
      let year = fourDigits(tokens, at: start + 1), tokens[start + 1].next == 0
    else { return nil }
    return "\(year)-\(Calendar.two(month))"
  }

  static func first(in line: String) -> String? {
    let tokens = tokens(of: line)
    for index in tokens.indices {
      if let date = written(tokens, at: index)?.date ?? figures(tokens, at: index) { return date }
    }
    return nil
  }

  static func inAddress(_ address: String) -> String? {
    let tokens = tokens(of: address)
    for index in tokens.indices where index + 2 < tokens.count && tokens[index].text.utf8.count == 4 {
      if let date = yearFirst(tokens, at: index) { return date }
    }
    return nil
  }

  /// Nil where anything but a time stands behind the date.
  private static func withTime(_ date: String, _ behind: Substring) -> String? {
    let rest = trimmed(behind.drop { $0 == "," || $0 == " " })
    if rest.isEmpty { return date }
    guard let (time, end) = ISODate.time(Array((rest.dropping(prefix: "at ") ?? rest).utf8)), ISODate.isZoneName(end)
    else { return nil }
    return date + time
  }

  private static func isWeekday(_ word: Substring) -> Bool {
    let word = word.lowercased()
    return word.utf8.count >= 3 && weekdays.contains { $0.hasPrefix(word) }
  }
  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// A run of letters or of digits, with the byte behind it.
  private struct Token {
    var text: Substring
    var next: UInt8
  }

  private static func tokens(of line: String) -> [Token] {
    var tokens: [Token] = []
    let utf8 = line.utf8
    var index = utf8.startIndex
    while index < utf8.endIndex, tokens.count < 200 {
      guard let kind = kind(utf8[index]) else {
        index = utf8.index(after: index)
        continue
      }
      let start = index
      while index < utf8.endIndex, Self.kind(utf8[index]) == kind { index = utf8.index(after: index) }
      tokens.append(Token(text: line[start..<index], next: index < utf8.endIndex ? utf8[index] : 0))
    }
    return tokens
  }
  private static func kind(_ byte: UInt8) -> Int? {
    if byte &- 48 < 10 { return 0 }
    return (byte | 32) &- 97 < 26 || byte >= 0x80 ? 1 : nil
  }

  /// `March 3, 2012`, `3 March 2012`, `3rd of March 2012`, with the index behind it.
  private static func written(_ tokens: [Token], at index: Int) -> (date: String, next: Int)? {
    if let month = month(tokens[index].text) {
      guard let (day, next) = day(tokens, at: index + 1), let year = fourDigits(tokens, at: next) else { return nil }
      return Calendar.date(year, month, day).map { ($0, next + 1) }
    }
    guard let (day, afterDay) = day(tokens, at: index) else { return nil }
    var next = afterDay
    if next < tokens.count, tokens[next].text == "of" { next += 1 }
    guard next < tokens.count, let month = month(tokens[next].text), let year = fourDigits(tokens, at: next + 1) else {
      return nil
    }
    return Calendar.date(year, month, day).map { ($0, next + 2) }
  }

  /// `2012-03-03`, `28.03.2012`, `28/03/2012`.
  private static func figures(_ tokens: [Token], at index: Int) -> String? {
    guard index + 2 < tokens.count else { return nil }
    let separator = tokens[index].next
    guard [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")].contains(separator),
      tokens[index + 1].next == separator
    else { return nil }
    if tokens[index].text.utf8.count == 4 { return yearFirst(tokens, at: index) }
    guard let first = Int(tokens[index].text), let second = Int(tokens[index + 1].text),
      let year = fourDigits(tokens, at: index + 2)
    else { return nil }
    if separator == UInt8(ascii: ".") || first > 12 || first == second { return Calendar.date(year, second, first) }
    return second > 12 ? Calendar.date(year, first, second) : nil
  }

  private static func yearFirst(_ tokens: [Token], at index: Int) -> String? {
    guard index + 2 < tokens.count, let year = fourDigits(tokens, at: index), tokens[index + 1].text.utf8.count <= 2,
      tokens[index + 2].text.utf8.count <= 2, let month = Int(tokens[index + 1].text),
      let day = Int(tokens[index + 2].text)
    else { return nil }
    return Calendar.date(year, month, day)
  }

  private static func day(_ tokens: [Token], at index: Int) -> (Int, Int)? {
    guard index < tokens.count, tokens[index].text.utf8.count <= 2, let day = Int(tokens[index].text) else {
      return nil
    }
    let hasOrdinal = index + 1 < tokens.count && ["st", "nd", "rd", "th"].contains(tokens[index + 1].text)
    return (day, hasOrdinal ? index + 2 : index + 1)
  }
  private static func fourDigits(_ tokens: [Token], at index: Int) -> Int? {
    guard index < tokens.count, tokens[index].text.utf8.count == 4, let year = Int(tokens[index].text),
      Calendar.isPlausible(year)
    else { return nil }
    return year
  }
  private static func month(_ word: Substring) -> Int? {
    guard word.utf8.count >= 3 else { return nil }
    let word = word.lowercased()
    let index = months.firstIndex { $0 == word || (word.utf8.count <= 4 && $0.hasPrefix(word)) }
    return index.map { $0 + 1 }
  }
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]
}
