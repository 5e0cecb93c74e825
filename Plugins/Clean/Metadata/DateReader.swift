/// Reads dates in the forms that pages use, to ISO 8601, as precise as they are and with a zone only where
/// one is written.
///
/// `3/4/2012` may be two days; it gives none. English names of months only. Cost: linear in the text's length.
enum DateReader {
  /// The date that a value of an attribute or of JSON-LD stands for; nil where it is none.
  static func iso(_ value: String) -> String? {
    let text = trimmed(value)
    let bytes = Array(text.utf8)
    guard bytes.count >= 8, bytes.count <= 64 else { return bytes.count >= 4 ? year(text) : nil }
    return numeric(bytes) ?? first(in: text)
  }

  /// The first date written in words or figures in a line of text.
  static func first(in line: String) -> String? {
    let tokens = tokens(of: line)
    for index in tokens.indices {
      if let date = written(tokens, at: index) ?? figures(tokens, at: index) { return date }
    }
    return nil
  }

  /// The date in an address such as `/2012/02/29/` or `/2012-02-29-`.
  static func inAddress(_ address: String) -> String? {
    let tokens = tokens(of: address)
    for index in tokens.indices {
      guard index + 2 < tokens.count, tokens[index].text.utf8.count == 4, let date = yearFirst(tokens, at: index) else {
        continue
      }
      return date
    }
    return nil
  }

  // MARK: ISO 8601 and its relatives

  private static func year(_ text: String) -> String? {
    guard text.utf8.count == 4, let number = Int(text), plausible(number) else {
      guard text.utf8.count == 7, text.dropFirst(4).first == "-", let year = Int(text.prefix(4)), plausible(year),
        let month = Int(text.suffix(2)), (1...12).contains(month)
      else { return nil }
      return text
    }
    return text
  }

  private static func numeric(_ bytes: [UInt8]) -> String? {
    var cursor = Cursor(bytes)
    guard let year = cursor.number(4), plausible(year) else { return nil }
    let separator = cursor.peek
    if separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") { cursor.skip() }
    guard let month = cursor.number(2) else { return nil }
    if cursor.peek == separator, separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") { cursor.skip() }
    guard let day = cursor.number(2), let date = date(year, month, day) else { return nil }
    guard cursor.peek == UInt8(ascii: "T") || cursor.peek == UInt8(ascii: "t") || cursor.peek == 32 else { return date }
    cursor.skip()
    return date + (time(&cursor) ?? "")
  }

  private static func time(_ cursor: inout Cursor) -> String? {
    guard let hour = cursor.number(2), hour < 24 else { return nil }
    if cursor.peek == UInt8(ascii: ":") { cursor.skip() }
    guard let minute = cursor.number(2), minute < 60 else { return nil }
    var result = "T\(two(hour)):\(two(minute))"
    if cursor.peek == UInt8(ascii: ":") || cursor.peek.map({ $0 &- 48 < 10 }) == true {
      if cursor.peek == UInt8(ascii: ":") { cursor.skip() }
      guard let second = cursor.number(2), second < 61 else { return result }
      result += ":\(two(second))"
      if cursor.peek == UInt8(ascii: ".") || cursor.peek == UInt8(ascii: ",") {
        cursor.skip()
        while cursor.digit() != nil {}
      }
    }
    while cursor.peek == 32 { cursor.skip() }
    return result + zone(&cursor)
  }

  private static func zone(_ cursor: inout Cursor) -> String {
    switch cursor.peek {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return "Z"
    case UInt8(ascii: "U"), UInt8(ascii: "G"): return cursor.restIs("UTC") || cursor.restIs("GMT") ? "Z" : ""
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let sign = cursor.peek == UInt8(ascii: "+") ? "+" : "-"
      cursor.skip()
      guard let hours = cursor.number(2), hours < 15 else { return "" }
      if cursor.peek == UInt8(ascii: ":") { cursor.skip() }
      return "\(sign)\(two(hours)):\(two(cursor.number(2) ?? 0))"
    default: return ""
    }
  }

  // MARK: Words and figures

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
    return Words.fold(byte) &- 97 < 26 || byte >= 0x80 ? 1 : nil
  }

  /// `March 3, 2012`, `3 March 2012`, `3rd of March 2012`.
  private static func written(_ tokens: [Token], at index: Int) -> String? {
    if let month = month(tokens[index].text) {
      guard let (day, next) = day(tokens, at: index + 1), let year = fourDigits(tokens, at: next) else { return nil }
      return date(year, month, day)
    }
    guard let (day, afterDay) = day(tokens, at: index) else { return nil }
    var next = afterDay
    if next < tokens.count, tokens[next].text == "of" { next += 1 }
    guard next < tokens.count, let month = month(tokens[next].text), let year = fourDigits(tokens, at: next + 1) else {
      return nil
    }
    return date(year, month, day)
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
    if separator == UInt8(ascii: ".") || first > 12 || first == second { return date(year, second, first) }
    return second > 12 ? date(year, first, second) : nil
  }

  private static func yearFirst(_ tokens: [Token], at index: Int) -> String? {
    guard index + 2 < tokens.count, let year = fourDigits(tokens, at: index), tokens[index + 1].text.utf8.count <= 2,
      tokens[index + 2].text.utf8.count <= 2, let month = Int(tokens[index + 1].text),
      let day = Int(tokens[index + 2].text)
    else { return nil }
    return date(year, month, day)
  }

  private static func day(_ tokens: [Token], at index: Int) -> (Int, Int)? {
    guard index < tokens.count, tokens[index].text.utf8.count <= 2, let day = Int(tokens[index].text) else {
      return nil
    }
    let hasOrdinal = index + 1 < tokens.count && ["st", "nd", "rd", "th"].contains(tokens[index + 1].text)
    return (day, hasOrdinal ? index + 2 : index + 1)
  }
  private static func fourDigits(_ tokens: [Token], at index: Int) -> Int? {
    guard index < tokens.count, tokens[index].text.utf8.count == 4, let year = Int(tokens[index].text), plausible(year)
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

  // MARK: Parts

  private static func plausible(_ year: Int) -> Bool { (1800...2100).contains(year) }
  private static func date(_ year: Int, _ month: Int, _ day: Int) -> String? {
    guard (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= days[month - 1] ? "\(year)-\(two(month))-\(two(day))" : nil
  }
  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private struct Cursor {
    let bytes: [UInt8]
    var index = 0
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }
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
    func restIs(_ word: String) -> Bool { bytes[index...].elementsEqual(word.utf8) }
  }
}
