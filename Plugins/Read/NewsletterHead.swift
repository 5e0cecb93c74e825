import PipelineKit

/// The head of a newsletter in plain text: what stands before the article and is no part of it.
///
/// ```
/// A Title of One Line
/// Publication: Steppe and Straits Monitor Volume: 9 Issue: 41
/// By: Ilie Morarescu
/// February 29, 2012
/// ```
/// The title comes first, the other lines follow in any order, blank lines may stand between them. Text is kept
/// verbatim, so a head is only taken where it is certain: there is a line `Publication:`, or both a line `By:` and
/// a date on a line of its own.
struct NewsletterHead {
  private(set) var metadata = Metadata()
  /// The byte at which the article begins.
  private(set) var end = 0
  private var hasPublication = false
  private var hasByline = false
  private var hasDate = false

  /// No title of an article is longer; a first line that is belongs to the text.
  private static let longestLine = 300

  /// Nil where the text has no such head.
  init?(of utf8: UnsafeBufferPointer<UInt8>) {
    var lines = Lines(utf8)
    var title: String?
    while let range = lines.next() {
      if utf8[range].isBlank { continue }
      guard range.count <= Self.longestLine else { break }
      let line = String(decoding: utf8[range], as: UTF8.self).trimmed
      if !take(line) {
        guard title == nil, !hasPublication, !hasByline, !hasDate else { break }
        title = line
      }
      end = lines.position
    }
    guard hasPublication || (hasByline && hasDate) else { return nil }
    if let title { metadata.set(.title, title, from: "text") }
  }

  /// Whether a line belongs to the head, and has not been there before.
  private mutating func take(_ line: String) -> Bool {
    if let rest = line.rest(after: "Publication:"), !hasPublication {
      hasPublication = true
      takePublication(rest)
      return true
    }
    if let rest = line.rest(after: "By:"), !hasByline {
      hasByline = true
      metadata.set(.authors, list: authors(in: rest), from: "text")
      return true
    }
    if !hasDate, let date = isoDate(of: line) {
      hasDate = true
      metadata.set(.published, date, from: "text")
      return true
    }
    return false
  }

  /// `Name Volume: 9 Issue: 41`, perhaps with a date behind it.
  private mutating func takePublication(_ line: String) {
    let (beforeIssue, issue) = line.cut(at: "Issue:")
    let (name, volume) = beforeIssue.cut(at: "Volume:")
    metadata.set(.publication, name, from: "text")
    metadata.set(.volume, volume ?? "", from: "text")
    guard let issue else { return }
    let number = issue.prefix { !$0.isWhitespace }
    metadata.set(.issue, String(number), from: "text")
    if let date = isoDate(of: String(issue.dropFirst(number.count)).trimmed) {
      hasDate = true
      metadata.set(.published, date, from: "text")
    }
  }
}

/// The names in a byline: `A`, `A and B`, `A, B and C`.
func authors(in line: String) -> [String] {
  var names: [String] = []
  for part in line.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "&" }) {
    var words: [Substring] = []
    for word in part.split(separator: " ") {
      if word == "and" {
        if !words.isEmpty { names.append(words.joined(separator: " ")) }
        words = []
      } else {
        words.append(word)
      }
    }
    let name = words.joined(separator: " ")
    if let last = names.last, ["Jr.", "Jr", "Sr.", "Sr", "II", "III"].contains(name) {
      names[names.count - 1] = last + ", " + name
    } else if !name.isEmpty {
      names.append(name)
    }
  }
  return names
}

extension String {
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// What follows a key at the beginning, in whatever case; nil where the text begins otherwise.
  fileprivate func rest(after key: String) -> String? {
    prefix(key.count).lowercased() == key.lowercased() ? String(dropFirst(key.count)).trimmed : nil
  }

  /// What stands before and behind a key; nil behind where the key is not there.
  fileprivate func cut(at key: String) -> (String, String?) {
    var position = startIndex
    while position < endIndex {
      if self[position...].hasPrefix(key) {
        return (String(self[..<position]).trimmed, String(self[position...].dropFirst(key.count)).trimmed)
      }
      position = index(after: position)
    }
    return (trimmed, nil)
  }
}
