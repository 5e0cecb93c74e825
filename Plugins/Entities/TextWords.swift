internal import PipelineKit
internal import TextScanning

/// A token with what the lexicon knows of it.
struct Word {
  var start: UInt32
  var end: UInt32
  var flags: WordFlags
  var shape: WordShape
  /// Index of its first piece; those of the next word begin behind its last.
  var firstPiece: UInt32
  /// Number of the word in small letters, for roles; -1 where the lexicon lacks it.
  var small: Int32
  var bytes: Range<Int> { Int(start)..<Int(end) }
  var isComma: Bool { shape.contains(.stop) && !shape.contains(.letter) }
  var isAbbreviated: Bool { shape.contains(.stop) && shape.contains(.letter) }
}

struct WordShape: OptionSet {
  let rawValue: UInt16
  static let capital = WordShape(rawValue: 1)
  static let allCapitals = WordShape(rawValue: 2)
  static let letter = WordShape(rawValue: 4)
  static let digit = WordShape(rawValue: 8)
  /// No white space stands before it.
  static let joined = WordShape(rawValue: 16)
  static let hyphen = WordShape(rawValue: 32)
  /// `'s` or an apostrophe.
  static let possessive = WordShape(rawValue: 64)
  /// A comma, or a word with a period at its end.
  static let stop = WordShape(rawValue: 128)
  /// In small letters, and ends in `ed` or `s` as verbs of a third person do.
  static let verbEnding = WordShape(rawValue: 256)
  /// In small letters, and ends in `ly`.
  static let adverbEnding = WordShape(rawValue: 512)
  /// Ends as English nouns and participles do and names of persons don't: `-tion`, `-ing`.
  static let nounEnding = WordShape(rawValue: 1024)
  /// Ends in `s`, but not in `ss` or `us`.
  static let plural = WordShape(rawValue: 2048)
  /// Ends as surnames of many languages do and few other words: `-enko`, `-sson`.
  static let surnameEnding = WordShape(rawValue: 4096)
  /// Holds letters or marks beyond ASCII.
  static let accented = WordShape(rawValue: 8192)
  /// Has a capital anywhere: `iPhone`, `3M`.
  static let upper = WordShape(rawValue: 16_384)
}

/// A sentence of a text, by its words.
struct WordSentence {
  enum Style { case running, titleCase, capitals }
  var range: Range<Int>
  var style = Style.running
}

/// A document's tokens, sentences and pieces. The arrays are scratch, used again for the next document.
struct TextWords {
  private(set) var words: [Word] = []
  private(set) var sentences: [WordSentence] = []
  /// The number of each piece's word in the lexicon, -1 where it has none.
  private(set) var pieces: [Int32] = []

  /// A word; one without properties where the index is out of range, so that looking around needs no checks.
  subscript(index: Int) -> Word { index >= 0 && index < words.count ? words[index] : Self.outside }
  private static let outside = Word(start: 0, end: 0, flags: [], shape: [], firstPiece: 0, small: -1)
  var count: Int { words.count }
  /// Whether two ranges of one length hold the same bytes.
  func haveSameText(_ a: Range<Int>, _ b: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    a.indices.allSatisfy { bytes[$0] == bytes[$0 - a.lowerBound + b.lowerBound] }
  }

  /// Whether a word is a single piece.
  func isSingle(_ index: Int) -> Bool {
    Int(words[index].firstPiece) + 1 == (index + 1 < words.count ? Int(words[index + 1].firstPiece) : pieces.count)
  }
  /// The number of a word's first piece, -1 where the lexicon lacks it.
  func piece(_ index: Int) -> Int32 { pieces[Int(words[index].firstPiece)] }

  mutating func scan(_ bytes: Span<UInt8>, tokens: [Token], lexicon: Lexicon) {
    words.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    words.reserveCapacity(tokens.count)
    pieces.reserveCapacity(tokens.count + tokens.count / 8)
    var previous = -1
    for token in tokens {
      let range = token.span.bytes.clamped(to: 0..<bytes.count)
      // A foreign stage may give tokens that hold nothing; at the end of a text there is no byte to look at.
      guard !range.isEmpty else { continue }
      var word = Word(
        start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: range.upperBound), flags: [], shape: [],
        firstPiece: UInt32(clamping: pieces.count), small: -1)
      word.shape = Self.shape(bytes, range)
      if range.lowerBound == previous { word.shape.insert(.joined) }
      previous = range.upperBound
      addPieces(of: &word, bytes, lexicon)
      words.append(word)
    }
  }

  private mutating func addPieces(of word: inout Word, _ bytes: Span<UInt8>, _ lexicon: Lexicon) {
    let isCapital = word.shape.contains(.capital)
    let range = word.bytes
    Pieces.forEach(in: bytes, range) { piece in
      var number = lexicon.words.value(of: bytes, piece) ?? -1
      if number < 0, bytes.hasAccents(in: piece), let folded = NameIdentifier.fold(bytes, piece) {
        number = lexicon.words.value(of: folded.span, 0..<folded.count) ?? -1
      }
      if number < 0, let mark = Pieces.plainMark(bytes, piece) {
        number = mark == "-" ? lexicon.hyphen : lexicon.apostrophe
      }
      pieces.append(number)
    }
    let isWhole = pieces.count == Int(word.firstPiece) + 1
    let exact = isWhole ? pieces[pieces.count - 1] : lexicon.words.value(of: bytes, range) ?? -1
    if exact >= 0 { word.flags = lexicon.flags[Int(exact)] }
    word.small = isCapital ? lexicon.words.value(of: bytes, range, lowercasedFrom: 0) ?? -1 : exact
    if isCapital, word.small >= 0 { word.flags.formUnion(lexicon.flags[Int(word.small)].subtracting(.beginsSmall)) }
  }

  private static func shape(_ bytes: Span<UInt8>, _ range: Range<Int>) -> WordShape {
    var shape: WordShape = []
    var offset = range.lowerBound
    var hasSmall = false
    var capitals = 0
    while offset < range.upperBound {
      let scalar = bytes.scalar(at: offset)
      let kind = scalar.kind
      if kind.isLetter { shape.insert(.letter) }
      if kind.isUpper {
        capitals += 1
        shape.insert(.upper)
        if offset == range.lowerBound { shape.insert(.capital) }
      }
      if kind.isLower { hasSmall = true }
      if scalar.length > 1, kind.isLetter || kind.contains(.mark) { shape.insert(.accented) }
      if kind.isDigit { shape.insert(.digit) }
      offset += scalar.length
    }
    if capitals == 0, hasSmall { shape.formUnion(ending(bytes, range)) }
    if hasSmall, range.count > 3, bytes[range.upperBound - 1] == UInt8(ascii: "s"),
      bytes[range.upperBound - 2] != UInt8(ascii: "s"), bytes[range.upperBound - 2] != UInt8(ascii: "u")
    {
      shape.insert(.plural)
    }
    if hasSmall, hasNounEnding(bytes, range) { shape.insert(.nounEnding) }
    if capitals > 1, !hasSmall { shape.insert(.allCapitals) }
    if let last = range.last, bytes[last] == UInt8(ascii: ",") || bytes[last] == UInt8(ascii: ".") && range.count > 1 {
      shape.insert(.stop)
    }
    if !shape.contains(.letter), !range.isEmpty {
      if range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "-") { shape.insert(.hyphen) }
      if bytes.has("'", at: range.lowerBound, end: range.upperBound) && range.count == 1 { shape.insert(.possessive) }
      if bytes.has("’", at: range.lowerBound, end: range.upperBound) { shape.insert(.possessive) }
    } else if bytes.has("'s", at: range.lowerBound, end: range.upperBound) && range.count == 2
      || bytes.has("’s", at: range.lowerBound, end: range.upperBound)
    {
      shape.insert(.possessive)
    }
    if shape.contains(.capital), hasSmall, hasSurnameEnding(bytes, range) { shape.insert(.surnameEnding) }
    return shape
  }

  private static func hasSurnameEnding(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count > 4 else { return false }
    let end = range.upperBound
    func has(_ ending: StaticString) -> Bool {
      bytes.has(ending, at: end - ending.utf8CodeUnitCount, end: end)
    }
    switch bytes[end - 1] {
    case UInt8(ascii: "v"): return has("ov") || has("ev")
    case UInt8(ascii: "a"): return has("ova") || has("eva") || has("skaya") || has("ska")
    case UInt8(ascii: "y"): return has("sky") || has("ley")
    case UInt8(ascii: "i"):
      return has("ski") || has("skii") || has("shvili") || has("elli") || has("etti") || has("ini")
    case UInt8(ascii: "o"): return has("enko") || has("moto")
    case UInt8(ascii: "k"): return has("chuk") || has("czyk")
    case UInt8(ascii: "h"): return has("vich") || has("vych") || has("zadeh") || has("bach")
    case UInt8(ascii: "c"): return has("vic") || has("jic")
    case UInt8(ascii: "n"):
      return has("yan") || has("sson") || has("son") || has("sen") || has("mann") || has("man") || has("stein")
    case UInt8(ascii: "e"): return has("dze")
    case UInt8(ascii: "u"): return has("escu") || has("oglu")
    case UInt8(ascii: "t"): return has("quist") || has("qvist") || has("ardt") || has("ett")
    case UInt8(ascii: "z"): return has("ez") || has("itz")
    case UInt8(ascii: "g"): return has("berg")
    case UInt8(ascii: "r"): return has("meyer") || has("maier")
    case UInt8(ascii: "s"): return has("poulos") || has("akis") || has("idis")
    default: return false
    }
  }

  private static func hasNounEnding(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count > 4 else { return false }
    let end = range.upperBound
    switch bytes[end - 1] {
    case UInt8(ascii: "g"): return bytes.has("ing", at: end - 3, end: end)
    case UInt8(ascii: "n"): return bytes.has("tion", at: end - 4, end: end) || bytes.has("sion", at: end - 4, end: end)
    case UInt8(ascii: "t"): return bytes.has("ment", at: end - 4, end: end) || bytes.has("est", at: end - 3, end: end)
    case UInt8(ascii: "y"):
      return bytes.has("ity", at: end - 3, end: end) || bytes.has("ology", at: end - 5, end: end)
        || bytes.has("aphy", at: end - 4, end: end)
    case UInt8(ascii: "m"): return bytes.has("ism", at: end - 3, end: end)
    case UInt8(ascii: "s"):
      return bytes.has("ness", at: end - 4, end: end) || bytes.has("ics", at: end - 3, end: end)
        || bytes.has("ings", at: end - 4, end: end) || bytes.has("ions", at: end - 4, end: end)
    case UInt8(ascii: "e"): return bytes.has("ence", at: end - 4, end: end) || bytes.has("ance", at: end - 4, end: end)
    case UInt8(ascii: "l"): return bytes.has("nal", at: end - 3, end: end) || bytes.has("cal", at: end - 3, end: end)
    default: return false
    }
  }

  private static func ending(_ bytes: Span<UInt8>, _ range: Range<Int>) -> WordShape {
    let end = range.upperBound
    guard range.count > 3 else { return [] }
    if bytes.has("ly", at: end - 2, end: end) { return .adverbEnding }
    if bytes.has("ed", at: end - 2, end: end) { return .verbEnding }
    guard bytes[end - 1] == UInt8(ascii: "s") else { return [] }
    return bytes[end - 2] == UInt8(ascii: "s") || bytes[end - 2] == UInt8(ascii: "u") ? [] : .verbEnding
  }

  /// Looks the words of a headline in capitals up as they would be printed in running text.
  mutating func recase(_ range: Range<Int>, _ bytes: Span<UInt8>, _ lexicon: Lexicon) {
    for index in range where words[index].shape.contains(.allCapitals) {
      var piece = Int(words[index].firstPiece)
      Pieces.forEach(in: bytes, words[index].bytes) { part in
        // Short words are acronyms as a rule: `US`, `NATO`.
        if pieces[piece] < 0 || part.count > 4, let number = Self.recased(bytes, part, lexicon) {
          pieces[piece] = number
          words[index].flags.formUnion(lexicon.flags[Int(number)])
        }
        piece += 1
      }
    }
  }

  /// The number of a word in capitals as it is printed elsewhere: `Moscow` for `MOSCOW`, `Caputova` for `ČAPUTOVÁ`.
  private static func recased(_ bytes: Span<UInt8>, _ word: Range<Int>, _ lexicon: Lexicon) -> Int32? {
    if let number = lexicon.words.value(of: bytes, word, lowercasedFrom: 1) { return number }
    guard bytes.hasAccents(in: word), let folded = NameIdentifier.fold(bytes, word) else { return nil }
    return lexicon.words.value(of: folded.span, 0..<folded.count, lowercasedFrom: 1)
  }

  /// Parts the words into sentences; a word outside of all of them is in none.
  mutating func part(into layer: [Sentence]) {
    sentences.removeAll(keepingCapacity: true)
    var index = 0
    for sentence in layer {
      while index < words.count, words[index].start < sentence.span.start { index += 1 }
      let first = index
      while index < words.count, words[index].end <= sentence.span.end { index += 1 }
      if index > first { sentences.append(WordSentence(range: first..<index, style: style(of: first..<index))) }
    }
  }

  /// Headlines tell nothing by their capitals: all of the letters, or of all words but the small ones.
  private func style(of range: Range<Int>) -> WordSentence.Style {
    var (letters, capital, all, small) = (0, 0, 0, 0)
    for index in range where words[index].shape.contains(.letter) {
      letters += 1
      if words[index].shape.contains(.allCapitals) { all += 1 }
      if words[index].shape.contains(.capital) {
        capital += 1
      } else if !words[index].flags.contains(.function), !words[index].shape.contains(.possessive) {
        small += 1
      }
    }
    if letters >= 3, all * 4 >= letters * 3 { return .capitals }
    if letters >= 4, capital >= 4, small * 8 <= capital { return .titleCase }
    return .running
  }
}
