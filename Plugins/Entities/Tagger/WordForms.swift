internal import PipelineKit
internal import TextScanning

/// The forms of a document's words, the stretches in which there can be names, and the runs of capitalised words.
/// The arrays are scratch, used again for the next document.
struct WordForms {
  /// Words among which names may stand, with the sentence.
  struct Region {
    var words: Range<Int>
    var sentence: Int
  }

  private let table: ClusterTable?
  private var forms: [WordForm] = []
  private(set) var regions: [Region] = []
  /// For each word the number of its run plus one, 0 for none.
  private var runIndex: [Int32] = []
  private var runs: [Range<Int>] = []
  private var places: [UInt8] = []
  private var longest = LongestRuns()

  init(_ table: ClusterTable?) { self.table = table }

  private static let none = WordForm()
  subscript(word: Int) -> WordForm { word >= 0 && word < forms.count ? forms[word] : Self.none }

  /// How the sentence is written, and whether the word opens it.
  func place(of word: Int) -> UInt32 { UInt32(places[word] & 7) }

  /// The run of capitalised words in which a word stands.
  func run(of word: Int) -> Range<Int>? {
    runIndex[word] > 0 ? runs[Int(runIndex[word]) - 1] : nil
  }

  /// The longest run of the document that holds a word of this form, if it is another than the word's own.
  func longest(with word: Int) -> (run: Range<Int>, word: Int)? {
    guard runIndex[word] > 0, let found = longest[forms[word].folded] else { return nil }
    let run = runs[Int(found.run)]
    return run.contains(word) ? nil : (run, Int(found.word))
  }

  /// What stands beside this word at any place of the document.
  func evidence(of word: Int) -> NameEvidence? { runIndex[word] > 0 ? longest[forms[word].folded]?.evidence : nil }

  /// So many words without a capital may part capitalised words of one name: `Ministry for the Protection of …`.
  private static let longestGap = 3

  mutating func scan(_ words: TextWords, _ mentions: [Mention], _ lexicon: Lexicon, _ bytes: Span<UInt8>) {
    reset(words.count)
    for mention in mentions { for word in mention.words { places[word] |= 8 } }
    for index in words.sentences.indices { findRegions(words, index) }
    for region in regions {
      for word in max(0, region.words.lowerBound - 2)..<min(words.count, region.words.upperBound + 2)
      where forms[word].isNone {
        forms[word] = WordForm(bytes, words[word], table)
      }
    }
    for mention in mentions { mark(mention, lexicon) }
    findRuns(words)
  }

  private mutating func reset(_ count: Int) {
    regions.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    forms.removeAll(keepingCapacity: true)
    forms.append(contentsOf: repeatElement(Self.none, count: count))
    runIndex.removeAll(keepingCapacity: true)
    runIndex.append(contentsOf: repeatElement(0, count: count))
    places.removeAll(keepingCapacity: true)
    places.append(contentsOf: repeatElement(0, count: count))
  }

  private mutating func findRegions(_ words: TextWords, _ index: Int) {
    let sentence = words.sentences[index]
    let style: UInt8 = sentence.style == .running ? 0 : sentence.style == .titleCase ? 2 : 4
    for word in sentence.range { places[word] |= style }
    places[sentence.range.lowerBound] |= 1
    var open: Range<Int>?
    for word in sentence.range where words[word].shape.contains(.upper) {
      let start = startOfRegion(words, word, sentence.range)
      if let region = open, start <= region.upperBound + Self.longestGap {
        open = region.lowerBound..<word + 1
      } else {
        if let region = open { close(region, words, index) }
        open = start..<word + 1
      }
    }
    if let region = open { close(region, words, index) }
  }

  private mutating func close(_ region: Range<Int>, _ words: TextWords, _ sentence: Int) {
    // `The`, `But` before small letters: a third of all stretches, and no names.
    if region.count == 1, words[region.lowerBound].flags.contains(.function), places[region.lowerBound] & 8 == 0 {
      return
    }
    var end = region.upperBound
    let limit = min(words.sentences[sentence].range.upperBound, end + 4)
    while end < limit, words[end].shape.contains(.joined) { end += 1 }  // `Bae Sang-guk`
    regions.append(Region(words: region.lowerBound..<end, sentence: sentence))
  }

  /// Before particles and what hyphens join: `al-Qaeda`, `von der Leyen`.
  private func startOfRegion(_ words: TextWords, _ word: Int, _ sentence: Range<Int>) -> Int {
    var start = word
    let limit = max(sentence.lowerBound, word - 3)
    while start > limit {
      let isJoined = words[start].shape.contains(.joined)
      guard isJoined || words[start - 1].flags.contains(.particle) else { break }
      start -= 1
    }
    return start
  }

  /// What the rules found, for the model to weigh.
  private mutating func mark(_ mention: Mention, _ lexicon: Lexicon) {
    var base = UInt32(mention.strength.rawValue) << 8 | (mention.role == nil ? 0 : 1 << 12)
    switch mention.type {
    case .person: base |= 1 << 4
    case .organisation: base |= 2 << 4
    case .location: base |= 3 << 4
    case .other: base |= 4 << 4
    }
    var kind: UInt32 = 0
    if mention.row >= 0 {
      let row = lexicon.rows[Int(mention.row)]
      kind = 1 + UInt32(row.kind.index) << 4 | (row.isCommon ? 1 << 12 : 0) | (row.isGeneric ? 1 << 13 : 0)
      if row.via == .demonym { kind |= 1 << 14 }
      if row.via == .metonymy { kind |= 1 << 15 }
    }
    for word in mention.words {
      let isFirst = word == mention.words.lowerBound
      let isLast = word == mention.words.upperBound - 1
      forms[word].rule = base | (isFirst ? 1 : 0) | (isLast ? 2 : 0)
      forms[word].kind = kind
    }
  }

  private mutating func findRuns(_ words: TextWords) {
    longest.reset()
    for region in regions {
      var first = region.words.lowerBound
      while first < region.words.upperBound {
        guard words[first].shape.contains(.upper) else {
          first += 1
          continue
        }
        let end = endOfRun(words, first, region.words.upperBound)
        addRun(first..<end, words.sentences[region.sentence], words)
        first = end
      }
    }
  }

  private func endOfRun(_ words: TextWords, _ first: Int, _ limit: Int) -> Int {
    var end = first + 1
    while end < limit {
      if words[end].shape.contains(.upper) {
        end += 1
      } else if end + 1 < limit, words[end].shape.isSuperset(of: [.hyphen, .joined]),
        words[end + 1].shape.contains(.upper)
      {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  private mutating func addRun(_ run: Range<Int>, _ sentence: WordSentence, _ words: TextWords) {
    runs.append(run)
    let number = Int32(clamping: runs.count)
    for word in run { runIndex[word] = number }
    // The capitals of headlines and of first words tell nothing of names.
    guard sentence.style == .running else { return }
    var own = run
    if own.lowerBound == sentence.range.lowerBound, forms[own.lowerBound].rule == 0 { own = own.dropFirst() }
    guard !own.isEmpty else { return }
    if own != run {
      runs.append(own)
      for word in own { runIndex[word] = Int32(clamping: runs.count) }
    }
    let evidence = NameEvidence(beside: own, words, sentence.range)
    for word in own {
      longest.add(
        forms[word].folded, run: Int32(clamping: runs.count - 1), word: Int32(clamping: word), length: own.count,
        evidence: evidence)
    }
  }
}

extension ActorKind {
  /// A number for features.
  fileprivate var index: UInt32 {
    switch self {
    case .state: 0
    case .government: 1
    case .ministry: 2
    case .international: 3
    case .company: 4
    case .party: 5
    case .armedGroup: 6
    case .media: 7
    case .person: 8
    case .place: 9
    case .other: 10
    }
  }
}
