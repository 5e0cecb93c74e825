/// Names of authors out of a byline.
public enum Byline {
  /// The names in a line such as `By: Anna Kern and Iva Horn`; empty where it only says `By:`; nil where
  /// the line is no byline.
  public static func names(inLine line: String) -> [String]? {
    for prefix in ["By:", "Author:", "Authors:"] {
      if let rest = line.dropping(prefix: prefix) { return names(in: rest) }
    }
    guard let rest = line.dropping(prefix: "By "), line.utf8.count <= 100 else { return nil }
    let found = names(in: rest)
    // "By Tuesday the talks were over" begins like a byline: each name has two words, in capitals.
    let isName = { (name: String) in
      let words = name.split(separator: " ")
      return (2...5).contains(words.count) && words.allSatisfy { $0.first?.isUppercase == true || $0.utf8.count <= 3 }
    }
    return found.isEmpty || !found.allSatisfy(isName) ? nil : found
  }

  /// The names in the text of an element or of metadata that names authors.
  ///
  /// - Parameter single: the text is known to be one name, that may hold an "and".
  public static func names(in text: String, single: Bool = false) -> [String] {
    var text = trimmed(text)
    for prefix in ["By: ", "By ", "Written by ", "Posted by ", "Von ", "Par ", "Por ", "Author: "] {
      if let rest = text.dropping(prefix: prefix) { text = rest }
    }
    // What follows the names: a date, a place, a role.
    let end = text.firstIndex { "|·•∙/\n".contains($0) || $0.isNumber } ?? text.endIndex
    text = String(text[..<end])
    for word in [" Published", " Updated", " Posted", " in ", " for "] { text = before(word, in: text) }
    if single { return [text] }
    for word in [" and ", " & ", ";", " und ", " et "] {
      text = text.split(separator: word, omittingEmptySubsequences: false).joined(separator: ",")
    }
    var names: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: true) {
      let name = trimmed(part)
      if let last = names.last, suffixes.contains(name) {
        names[names.count - 1] = last + ", " + name
        continue
      }
      let letters = name.count { $0.isLetter }
      if letters >= 2, name.utf8.count <= 60, !isAddress(name), !names.contains(name) { names.append(name) }
    }
    return Array(names.prefix(20))
  }

  /// Stand behind a comma and yet belong to the name before it.
  private static let suffixes: Set = ["Jr.", "Jr", "Sr.", "Sr", "II", "III"]

  private static func before(_ word: String, in text: String) -> String {
    let parts: [Substring] = text.split(separator: word, maxSplits: 1, omittingEmptySubsequences: false)
    return String(parts[0])
  }
}
