/// A date as heads, records and feeds write it, in ISO 8601 and as precise as it is; nil where the text is
/// anything but a date.
///
/// Understood are `February 29, 2012`, `29 Feb. 2012`, `Wednesday, February 29, 2012`, `February 2012`,
/// `Wed, 29 Feb 2012 07:45:00 +0000`, and what is ISO 8601 already. Dates in figures alone, `3/4/2012`, mean
/// different days to different readers and are not.
func isoDate(of text: String) -> String? {
  if isISODate(text) { return text }
  var words = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" })[...]
  if let first = words.first, weekdays.contains(String(first.prefix(3)).lowercased()), first.allSatisfy(isNamePart) {
    words = words.dropFirst()
  }
  guard words.count >= 2, let (year, month, day) = day(takenFrom: &words) else { return nil }
  let date =
    day.map { "\(padded(year, 4))-\(padded(month, 2))-\(padded($0, 2))" }
    ?? "\(padded(year, 4))-\(padded(month, 2))"
  if words.isEmpty { return date }
  guard day != nil, let time = time(of: words) else { return nil }
  return date + "T" + time
}

private let weekdays: Set = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
private let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
private let monthNames = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
  "december",
]
private let monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

private func isNamePart(_ character: Character) -> Bool { character.isLetter || character == "." }

/// Whether a text begins with `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and has at most a time behind it.
private func isISODate(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  guard bytes.count == 7 || bytes.count >= 10, bytes.count <= 40 else { return false }
  for (index, byte) in bytes.prefix(10).enumerated() {
    let isDigit = (0x30...0x39).contains(byte)
    if index == 4 || index == 7 { if byte != 0x2D { return false } } else if !isDigit { return false }
  }
  guard let month = Int(text.dropFirst(5).prefix(2)), (1...12).contains(month) else { return false }
  guard bytes.count > 10 else { return true }
  guard bytes[10] == 0x54 || bytes[10] == 0x20 else { return false }
  return bytes.dropFirst(11).allSatisfy { (0x30...0x3A).contains($0) || [0x2B, 0x2D, 0x2E, 0x5A].contains($0) }
}

/// Takes day, month and year, in either order of the first two; the day may be missing.
private func day(takenFrom words: inout ArraySlice<Substring>) -> (year: Int, month: Int, day: Int?)? {
  var day: Int?
  var month: Int?
  var year: Int?
  var taken = 0
  for word in words.prefix(3) {
    if month == nil, let number = monthNumber(word) {
      month = number
    } else if day == nil, word.count <= 2, let number = Int(word), (1...31).contains(number) {
      day = number
    } else if month != nil, word.count == 4, let number = Int(word), (1000...2999).contains(number) {
      year = number
    } else {
      break
    }
    taken += 1
    if year != nil { break }
  }
  guard let year, let month, (day ?? 1) <= monthLengths[month - 1] else { return nil }
  words = words.dropFirst(taken)
  return (year, month, day)
}

private func monthNumber(_ word: Substring) -> Int? {
  let name = (word.hasSuffix(".") ? word.dropLast() : word).lowercased()
  if name == "sept" { return 9 }
  return (months.firstIndex(of: name) ?? monthNames.firstIndex(of: name)).map { $0 + 1 }
}

/// `07:45`, `07:45:00`, with a zone such as `+0000`, `GMT` or `Z` behind it; a zone that is only a name is left out.
private func time(of words: ArraySlice<Substring>) -> String? {
  guard let clock = words.first, words.count <= 2 else { return nil }
  let parts = clock.split(separator: ":").map { Int($0) }
  guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1], (0...23).contains(hour),
    (0...59).contains(minute), let second = parts.count == 3 ? parts[2] : 0, (0...60).contains(second)
  else { return nil }
  let time = "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
  guard let zone = words.dropFirst().first else { return time }
  if ["GMT", "UT", "UTC", "Z"].contains(zone) { return time + "Z" }
  let digits = zone.dropFirst()
  guard zone.hasPrefix("+") || zone.hasPrefix("-"), digits.count == 4, digits.allSatisfy(\.isNumber) else {
    return zone.allSatisfy(\.isLetter) ? time : nil
  }
  return time + zone.prefix(3) + ":" + zone.suffix(2)
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
