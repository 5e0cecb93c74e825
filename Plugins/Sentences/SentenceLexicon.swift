internal import SentencesData
internal import TextScanning

/// What an abbreviation lets follow it; `Data/abbreviations.txt` says what each class means.
enum AbbreviationClass: Int32 {
  case title, number, ending, inner, bound

  init?(name: Substring) {
    let names: [Substring: Self] = [
      "title": .title, "number": .number, "ending": .ending, "inner": .inner, "bound": .bound,
    ]
    guard let found = names[name] else { return nil }
    self = found
  }
}

/// The word lists behind the rules, read once from the executable and shared by all workers.
struct SentenceLexicon: Sendable {
  private(set) var abbreviations = WordTable()
  /// Words that open a sentence behind an abbreviation: 0 for function words, 1 for names of places.
  private(set) var openers = WordTable()
  /// Words that go on a name behind `U.S.` and the like.
  let followers: WordTable
  /// `Yahoo!`, without its mark.
  private(set) var bangNames = WordTable()
  /// `anti`, before a hyphen.
  private(set) var prefixes = WordTable(foldsCase: true)
  /// `cannot`, with the length of its first part.
  private(set) var cuts = WordTable(foldsCase: true)
  private(set) var units = WordTable()

  /// - Parameter further: a user's abbreviations, with or without the last period.
  init(further: [String]) {
    followers = WordTable(Self.lines(sentences_followers()).flatMap { $0.split(separator: " ") })
    for row in Self.lines(sentences_openers()).rows where row.count == 2 {
      for word in row[1].split(separator: " ") { openers.insert(word, value: row[0] == "place" ? 1 : 0) }
    }
    for row in Self.lines(sentences_abbreviations()).rows where row.count == 2 {
      guard let kind = AbbreviationClass(name: row[0]) else { continue }
      // A word of two classes keeps the first: the file has the surer classes first.
      for word in row[1].split(separator: " ") { abbreviations.insert(word, value: kind.rawValue) { old, _ in old } }
    }
    for word in further {
      let bare = word.hasSuffix(".") ? word.dropLast() : word[...]
      abbreviations.insert(bare, value: AbbreviationClass.inner.rawValue)
    }
    for row in Self.lines(sentences_words()).rows where row.count == 2 { add(row[1], as: row[0]) }
  }

  private mutating func add(_ words: Substring, as kind: Substring) {
    for word in words.split(separator: " ") {
      switch kind {
      case "bang": bangNames.insert(word.dropLast(), value: 0)
      case "prefix": prefixes.insert(word, value: 0)
      case "unit": units.insert(word, value: 0)
      default:
        let parts = word.split(separator: "|")
        cuts.insert(parts.joined(), value: Int32(clamping: parts[0].utf8.count))
      }
    }
  }

  private static func lines(_ file: embedded_file) -> LexiconLines {
    LexiconLines(constant: file.bytes, count: file.count)
  }

  /// The class of the word in a range, its last period not included.
  func abbreviation(_ bytes: Span<UInt8>, _ range: Range<Int>) -> AbbreviationClass? {
    // No abbreviation is longer; this keeps a text of one endless word linear.
    guard range.count <= 24 else { return nil }
    return abbreviations.value(of: bytes, range).flatMap { AbbreviationClass(rawValue: $0) }
  }
}
