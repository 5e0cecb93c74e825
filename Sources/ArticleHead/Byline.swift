/// Names of authors out of a byline.
public enum Byline {
  /// The names in a line such as `By: Anna Kern and Iva Horn`; empty where it only says `By:`; nil where
  /// the line is no byline.
  public static func names(inLine line: String) -> [String]? { HeadLine(line)?.authors }

  /// The names in the text of an element or of metadata that names authors: without labels, dates, places, roles,
  /// addresses and what is nobody's name, and with capitals only where names have them.
  ///
  /// - Parameter single: the text is known to be one name, that may hold an "and" or a comma.
  public static func names(in text: String, single: Bool = false) -> [String] {
    guard text.utf8.count <= 600 else { return [] }
    // Some pages link the name to the person's address and print both.
    let text = withoutAddresses(trimmed(text))
    if single {
      let name = ["By: ", "By "].lazy.compactMap { text.dropping(prefix: $0) }.first ?? text
      return AuthorName.name(name, behind: nil).map { [$0] } ?? []
    }
    let part = namePart(of: ByteCursor(text))
    var names: [String] = []
    for piece in pieces(of: part) {
      if let last = names.last, AuthorName.suffixes.contains(piece) {
        names[names.count - 1] = last + ", " + piece
      } else if let name = AuthorName.name(piece, behind: names.last), !names.contains(name) {
        names.append(name)
      }
    }
    return Array(names.prefix(20))
  }

  /// Whether each word begins like one of a name: with a capital, or as `von` does.
  public static func isNameLike(_ text: String) -> Bool { AuthorName.isNameLike(text) && !AuthorName.isRole(text) }

  /// A text without its labels before, and without date, rubric, place or role behind.
  private static func namePart(of line: ByteCursor) -> String {
    var cursor = line
    cursor.skipBlanks()
    while let label = cursor.label(), label == .author || label == .authorBeforeColon || label == .published {
      cursor.skipBlanks()
      let isMarked = cursor.take(byte: UInt8(ascii: ":"))
      // "Text Publishing" is a name that begins with a label.
      if label != .author, !isMarked { return line.string(line.index..<line.nameEnd(from: line.index)) }
      cursor.skipBlanks()
    }
    return cursor.string(cursor.index..<cursor.nameEnd(from: cursor.index))
  }

  /// The parts of a list of names.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var words: [Substring] = []
    func end() {
      let piece = words.joined(separator: " ")
      if !piece.isEmpty { pieces.append(piece) }
      words = []
    }
    for word in text.split(separator: " ") {
      if Self.joints.contains(word) {
        end()
      } else if let last = word.utf8.last, last == UInt8(ascii: ",") || last == UInt8(ascii: ";") {
        words.append(word.dropLast())
        end()
      } else if let comma = word.firstIndex(where: { $0 == "," || $0 == ";" }) {
        words.append(word[..<comma])
        end()
        words.append(word[word.index(after: comma)...])
      } else {
        words.append(word)
      }
    }
    end()
    return pieces
  }
  /// Words between names.
  static let joints: Set<Substring> = ["and", "And", "AND", "&", "und", "et", "e", "y", "и", "і", "та", "with"]

  private static func withoutAddresses(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "/") }) else { return text }
    return text.split(separator: " ").filter { !isAddress(String($0)) && !($0.contains("@") && $0.contains(".")) }
      .joined(separator: " ")
  }
}

extension ByteCursor {
  /// Moves over the longest label that stands here; of up to four words.
  mutating func label() -> HeadWords.Label? {
    var hash = HeadWords.seed
    var found: (HeadWords.Label, end: Int)?
    var place = index
    for _ in 0..<4 {
      let end = wordEnd(from: place)
      guard end > place else { break }
      hash = self.hash(place..<end, continuing: hash)
      if let label = HeadWords.label(hash) { found = (label, end) }
      guard end < bytes.count, bytes[end] == 32 || bytes[end] == UInt8(ascii: "-") else { break }
      hash = HeadWords.add(32, to: hash)
      place = end + 1
    }
    if let found { index = found.end }
    return found?.0
  }

  /// Where the names end that begin at an index: at a sign that parts, a digit, a date, or a label in words.
  func nameEnd(from start: Int) -> Int {
    var cursor = self
    cursor.index = start
    while !cursor.isAtEnd {
      let place = cursor.index
      let byte = cursor.bytes[place]
      // Digits belong to the names of accounts: `kern94`.
      if byte &- 48 < 10, place > start, bytes[place - 1] != 32 {
        cursor.skip()
        continue
      }
      if byte &- 48 < 10 || [0x7C, 0x28, 0x5B, 0x2F, 0x0A, 0x3A, 0x3C].contains(byte) { break }
      for sign: StaticString in ["·", "•", "∙", "–", "—", "►"] where cursor.take(bytes: sign) { return place }
      let end = cursor.wordEnd(from: place)
      guard end > place else {
        // A hyphen between blanks parts; inside of names it does not.
        if byte == UInt8(ascii: "-"), place > start, bytes[place - 1] == 32 { break }
        cursor.skip()
        continue
      }
      if place > start {
        var attempt = cursor
        if attempt.endsNames() { break }
      }
      cursor.index = end
    }
    return cursor.index
  }

  /// Whether a date, a day of the week, or a word such as "Published", "in" or "for" stands here.
  private mutating func endsNames() -> Bool {
    let start = index
    let end = wordEnd(from: index)
    let word = hash(start..<end)
    if HeadWords.isPlaceBefore(word) || HeadWords.isWeekday(word) && end < bytes.count && bytes[end] == 0x2C {
      return true
    }
    if let label = label(), label != .author && label != .authorBeforeColon { return end - start > 3 }
    index = start
    return HeadWords.month(word) != nil && writtenDate(.unknown, monthAlone: true) != nil
  }
}
