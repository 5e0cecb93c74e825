internal import TextScanning

/// What an abbreviation lets follow it; `Data/en/abbreviations.txt` says what each class means.
enum AbbreviationClass: Int32 {
  case title, rank, number, measure, ending, inner, bound

  init?(name: Substring) {
    let names: [Substring: Self] = [
      "title": .title, "rank": .rank, "number": .number, "measure": .measure, "ending": .ending, "inner": .inner,
      "bound": .bound,
    ]
    guard let found = names[name] else { return nil }
    self = found
  }
}

/// What a word is to the rules; the data files say what each kind means.
struct WordKinds: OptionSet {
  let rawValue: Int32
  /// Words that open a sentence behind an abbreviation: function words, and names of places.
  static let function = Self(rawValue: 1)
  static let place = Self(rawValue: 2)
  /// Goes on a name behind `U.S.` and the like.
  static let follower = Self(rawValue: 4)
  static let preposition = Self(rawValue: 8)
  static let article = Self(rawValue: 16)
  /// Has a capital wherever it stands.
  static let capital = Self(rawValue: 32)
  static let month = Self(rawValue: 64)
  static let note = Self(rawValue: 128)
  /// `Yahoo!`, without its mark.
  static let bang = Self(rawValue: 256)
  static let unit = Self(rawValue: 512)
  static let time = Self(rawValue: 1024)
  static let quantity = Self(rawValue: 2048)
  /// An ending of family names.
  static let surname = Self(rawValue: 4096)
  static let vowel = Self(rawValue: 8192)

  static let opener: Self = [.function, .place]

  fileprivate static let names: [Substring: Self] = [
    "function": .function, "place": .place, "follower": .follower, "preposition": .preposition, "article": .article,
    "capital": .capital, "month": .month, "note": .note, "bang": .bang, "unit": .unit, "time": .time,
    "quantity": .quantity,
    "surname": .surname, "vowel": .vowel,
  ]
}

/// The words and switches behind the rules: those of one language, and what it takes from its guests.
package struct SentenceLexicon: Sendable {
  /// What holds for a language and not for others; `Data/en/rules.txt` says what each rule means.
  struct Rules: OptionSet {
    let rawValue: Int32
    static let cutHyphens = Self(rawValue: 1)
    static let speechDashes = Self(rawValue: 2)
    static let spacedAbbreviations = Self(rawValue: 4)
    static let clippedWords = Self(rawValue: 8)
    static let decimalComma = Self(rawValue: 16)

    fileprivate static let names: [Substring: Self] = [
      "cut-hyphens": .cutHyphens, "speech-dashes": .speechDashes, "spaced-abbreviations": .spacedAbbreviations,
      "clipped-words": .clippedWords, "decimal-comma": .decimalComma,
    ]
  }

  private(set) var rules: Rules = []
  /// The code points of its letters, where a text that names no language is told by them.
  private(set) var script: ClosedRange<UInt32>?
  private(set) var abbreviations = WordTable()
  /// Whether there are any with blanks between their parts.
  private(set) var hasSpacedAbbreviations = false
  private var kinds = WordTable()
  /// `anti`, before a hyphen.
  private(set) var prefixes = WordTable(foldsCase: true)
  /// `cannot`, with the length of its first part.
  private(set) var cuts = WordTable(foldsCase: true)
  /// What stands behind an apostrophe that words are cut at, with the letter before it that goes along, or 0.
  private(set) var clitics = WordTable(foldsCase: true)
  /// Last bytes of clitics, one bit for each value of the lower six bits: most words are told by it to have none.
  private(set) var cliticEnds: UInt64 = 0
  /// Length of the longest clitic, in bytes.
  private(set) var longestClitic = 0

  /// - Parameter further: a user's abbreviations, with or without the last period.
  init(_ language: Sentences.Language, further: [String] = []) {
    let rows = language.rows
    rules = Rules(rows)
    // A word of two classes keeps the first: the file has the surer classes first, and a language comes before its guests.
    addShared(rows)
    for row in rows { addOwn(row.key, row.words) }
    for guest in rows.filter({ $0.key == "guest" }).flatMap(\.words) {
      if let guest = Sentences.Language(rawValue: String(guest)) { addShared(guest.rows) }
    }
    for word in further {
      let bare = word.hasSuffix(".") ? word.dropLast() : word[...]
      abbreviations.insert(bare, value: AbbreviationClass.inner.rawValue)
    }
  }

  /// What is of use in texts of other languages too.
  private mutating func addShared(_ rows: [(key: Substring, words: [Substring])]) {
    let isSpaced = Rules(rows).contains(.spacedAbbreviations)
    for row in rows {
      if let kind = AbbreviationClass(name: row.key) {
        for word in row.words {
          abbreviations.insert(word, value: kind.rawValue) { old, _ in old }
          if isSpaced, word.contains(".") { addSpaced(word, kind) }
        }
      } else if let kind = WordKinds.names[row.key] {
        for word in row.words {
          kinds.insert(kind == .bang ? word.dropLast() : word, value: kind.rawValue) { $0 | $1 }
          if kind == .time || kind == .preposition || kind == .month { addCapitalised(word, kind) }
        }
      }
    }
  }

  /// `т. е` for `т.е`, with either blank.
  private mutating func addSpaced(_ word: Substring, _ kind: AbbreviationClass) {
    hasSpacedAbbreviations = true
    for blank in [" ", "\u{A0}"] {
      abbreviations.insert(word.split(separator: ".").joined(separator: "." + blank), value: kind.rawValue) { old, _ in
        old
      }
    }
  }

  /// As it begins a sentence.
  private mutating func addCapitalised(_ word: Substring, _ kind: WordKinds) {
    kinds.insert(word.prefix(1).uppercased() + word.dropFirst(), value: kind.rawValue) { $0 | $1 }
  }

  /// What holds in texts of this language alone: how its words are cut.
  private mutating func addOwn(_ key: Substring, _ words: [Substring]) {
    if key == "script", let ends = Self.codePoints(words) { script = ends }
    for word in words {
      switch key {
      case "prefix": prefixes.insert(word, value: 0)
      case "cut": cuts.insert(word.filter { $0 != "|" }, value: Int32(clamping: word.prefix { $0 != "|" }.utf8.count))
      case "clitic": addClitic(word)
      default: break
      }
    }
  }

  private static func codePoints(_ words: [Substring]) -> ClosedRange<UInt32>? {
    let ends = words.compactMap { UInt32($0, radix: 16) }
    return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
  }

  /// `'s`, or `n't`, whose `n` is cut off with it.
  private mutating func addClitic(_ word: Substring) {
    let parts = word.split(separator: "'", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let last = parts[1].utf8.last else { return }
    clitics.insert(parts[1], value: Int32(parts[0].utf8.last ?? 0))
    longestClitic = max(longestClitic, parts[1].utf8.count)
    for byte in [last, last ^ 0x20] { cliticEnds |= 1 << UInt64(byte & 63) }
  }

  /// Keys and rules of the data files that nothing here knows: misspelt ones, of which a test finds none.
  package static func unknown(in language: Sentences.Language) -> [String] {
    language.rows.flatMap { row -> [String] in
      switch row.key {
      case "prefix", "cut", "clitic", "guest", "script": []
      case "rule": row.words.filter { Rules.names[$0] == nil }.map(String.init)
      default: AbbreviationClass(name: row.key) == nil && WordKinds.names[row.key] == nil ? [String(row.key)] : []
      }
    }
  }

  /// The class of the word in a range, its last period not included.
  func abbreviation(_ bytes: Span<UInt8>, _ range: Range<Int>) -> AbbreviationClass? {
    // No abbreviation is longer; this keeps a text of one endless word linear.
    guard range.count <= 24 else { return nil }
    return abbreviations.value(of: bytes, range).flatMap { AbbreviationClass(rawValue: $0) }
  }

  /// Whether the word in a range is of one of these kinds.
  func isWord(_ bytes: Span<UInt8>, _ range: Range<Int>, _ wanted: WordKinds) -> Bool {
    kinds.value(of: bytes, range).map { !wanted.isDisjoint(with: WordKinds(rawValue: $0)) } ?? false
  }
}

extension SentenceLexicon.Rules {
  /// Those that a language's rows name.
  fileprivate init(_ rows: [(key: Substring, words: [Substring])]) {
    self = rows.filter { $0.key == "rule" }.flatMap(\.words).reduce(into: []) { $0.formUnion(Self.names[$1] ?? []) }
  }
}
