/// The head that a newsletter prints above its text:
/// `Publication: Eurasia Daily Monitor Volume: 9 Issue: 41`, `By: …`, a line with the date.
struct NewsletterHead {
  var publication: String?
  var volume: String?
  var issue: String?
  /// Empty where a byline stands without a name; nil without a byline.
  var authors: [String]?
  var date: String?

  /// Takes a line of the head.
  /// - Returns: false where the line is none.
  mutating func take(_ line: String) -> Bool {
    if let rest = line.dropping(prefix: "Publication:") { return takePublication(rest) }
    if line.utf8.count <= 200, let names = Byline.names(inLine: line) {
      authors = authors ?? names
      return true
    }
    return takeDate(line)
  }

  private mutating func takePublication(_ line: String) -> Bool {
    let (name, afterName) = Self.part(line, before: "Volume:")
    let (volume, afterVolume) = Self.part(afterName, before: "Issue:")
    publication = name.isEmpty ? nil : name
    self.volume = volume.isEmpty ? nil : volume
    let words = afterVolume.split(separator: " ", maxSplits: 1)
    issue = words.first.map(String.init)
    if words.count > 1 { _ = take(String(words[1])) }
    return true
  }

  private mutating func takeDate(_ line: String) -> Bool {
    // A date line begins with its date, a day of the week or a word such as "Published", and is short.
    guard line.utf8.count <= 120, let found = DateReader.first(in: line) else { return false }
    let words = line.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).prefix(3).map { $0.lowercased() }
    guard let first = words.first else { return false }
    let begins = first.first?.isNumber == true || Self.beginnings.contains { first.hasPrefix($0) }
    guard begins, line.split(separator: " ").count <= 14, !line.hasSuffix(".") || line.utf8.count < 30 else {
      return false
    }
    date = date ?? found
    return true
  }

  private static let beginnings = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu",
    "fri", "sat", "sun", "published", "posted", "updated", "date", "first", "last",
  ]

  private static func part(_ text: String, before word: String) -> (String, String) {
    let parts = text.split(separator: word, maxSplits: 1, omittingEmptySubsequences: false)
    return (trimmed(parts[0]), parts.count > 1 ? trimmed(parts[1]) : "")
  }
}
