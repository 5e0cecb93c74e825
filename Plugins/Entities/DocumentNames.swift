internal import PipelineKit

/// Settles a document's mentions with each other: what one place says surely holds where another is in doubt.
///
/// Names are compared by a hash of their words (64 bits: two names of one document that collide are not to
/// be expected). Three passes over the mentions: names by type, acronyms behind their long forms, last names.
struct DocumentNames {
  let lexicon: Lexicon
  private var entries: [UInt64: Entry] = [:]
  /// By last name: the mention of the latest full name.
  private var lastNames: [UInt64: Int] = [:]
  /// By last name: the mention of the first full name, for what stands before it.
  private var laterNames: [UInt64: Int] = [:]
  /// By what stands before `Group`, `Corporation` in a name: the mention of it.
  private var shortNames: [UInt64: Int] = [:]
  /// By acronym: the mention of the name that the document says it stands for, and its own beside that.
  private var acronyms: [UInt64: (long: Int, short: Int)] = [:]
  /// Words of four letters and more that the document has in small letters, filled when first asked for.
  private var small: Set<UInt64> = []

  private struct Entry {
    /// Votes for PER, ORG, LOC, MISC.
    var votes: (Int, Int, Int, Int) = (0, 0, 0, 0)
    /// The mention that knows most.
    var best: Int
    var strength: Mention.Strength
    /// The type of the name where it stands first, which decides where votes are even.
    var first: EntityType
  }

  init(lexicon: Lexicon) { self.lexicon = lexicon }

  mutating func settle(_ mentions: inout [Mention], _ words: TextWords, _ bytes: Span<UInt8>) {
    entries.removeAll(keepingCapacity: true)
    lastNames.removeAll(keepingCapacity: true)
    laterNames.removeAll(keepingCapacity: true)
    shortNames.removeAll(keepingCapacity: true)
    acronyms.removeAll(keepingCapacity: true)
    small.removeAll(keepingCapacity: true)
    doubt(&mentions, words, bytes)
    let keys = mentions.map { Self.key($0.words, words, bytes) }
    for index in mentions.indices {
      vote(index, keys[index], mentions[index])
      noteShorter(index, mentions[index], words, bytes)
    }
    addAcronyms(mentions, keys, words, bytes)
    for index in mentions.indices { settle(index, keys[index], &mentions, words, bytes) }
    dropCandidates(&mentions)
  }

  /// An unknown name is no person's where the document has one of its words in small letters.
  private mutating func doubt(_ mentions: inout [Mention], _ words: TextWords, _ bytes: Span<UInt8>) {
    for index in mentions.indices where mentions[index].strength == .guess && mentions[index].type == .person {
      if small.isEmpty { fillSmall(words, bytes) }
      let isCommon = mentions[index].words.contains { word in
        small.contains(Self.key(word..<word + 1, words, bytes, fold: 0x20))
      }
      if isCommon { mentions[index].type = .other }
    }
  }

  private mutating func fillSmall(_ words: TextWords, _ bytes: Span<UInt8>) {
    small.insert(0)
    for index in 0..<words.count
    where words[index].bytes.count > 3 && words[index].shape.contains(.letter) && !words[index].shape.contains(.capital)
    {
      small.insert(Self.key(index..<index + 1, words, bytes))
    }
  }

  private mutating func vote(_ index: Int, _ key: UInt64, _ mention: Mention) {
    guard mention.strength > .candidate else { return }
    var entry = entries[key] ?? Entry(best: index, strength: mention.strength, first: mention.type)
    let weight = mention.strength == .guess ? 1 : mention.strength == .shape ? 4 : 16
    switch mention.type {
    case .person: entry.votes.0 += weight
    case .organisation: entry.votes.1 += weight
    case .location: entry.votes.2 += weight
    case .other: if mention.strength > .guess { entry.votes.3 += weight }
    }
    if mention.strength > entry.strength { (entry.best, entry.strength) = (index, mention.strength) }
    entries[key] = entry
  }

  /// Notes by what a full name may be taken up.
  private mutating func noteShorter(_ index: Int, _ mention: Mention, _ words: TextWords, _ bytes: Span<UInt8>) {
    guard mention.words.count > 1, mention.strength > .guess else { return }
    let last = mention.words.upperBound - 1
    if mention.type == .person {
      let key = Self.key(last..<last + 1, words, bytes)
      if laterNames[key] == nil { laterNames[key] = index }
    } else if mention.type == .organisation, words[last].flags.contains(.orgEnd) {
      // Words that are none of the language's own: `Orlenko`, not `Energy`.
      let short = mention.words.lowerBound..<last
      if short.allSatisfy({ words[$0].small < 0 }) { shortNames[Self.key(short, words, bytes)] = index }
    }
  }

  /// `Asia-Pacific Economic Cooperation (APEC)`, `APEC (Asia-Pacific …)`: the acronym stands for the name beside it.
  private mutating func addAcronyms(
    _ mentions: [Mention], _ keys: [UInt64], _ words: TextWords, _ bytes: Span<UInt8>
  ) {
    for index in mentions.indices where mentions[index].type != .person {
      let end = mentions[index].words.upperBound
      guard end + 2 < words.count, words.isBracket(end, bytes) else { continue }
      if words[end + 1].shape.contains(.allCapitals), words.isAcronym(end + 1, of: mentions[index].words, bytes) {
        let isMention = index + 1 < mentions.count && mentions[index + 1].words == end + 1..<end + 2
        addAcronym(
          Self.key(end + 1..<end + 2, words, bytes), long: index, short: isMention ? index + 1 : -1,
          mentions[index].type)
      } else if let long = longForm(behind: index, mentions, words, bytes) {
        addAcronym(keys[index], long: long, short: index, mentions[long].type)
      }
    }
  }

  /// The name in parentheses, perhaps with an article, behind an acronym of it.
  private func longForm(behind index: Int, _ mentions: [Mention], _ words: TextWords, _ bytes: Span<UInt8>) -> Int? {
    let acronym = mentions[index].words
    guard acronym.count == 1, words[acronym.lowerBound].shape.contains(.allCapitals), index + 1 < mentions.count
    else { return nil }
    let name = mentions[index + 1].words
    let first = acronym.upperBound + 1
    guard name.lowerBound == first || name.lowerBound == first + 1 && words[first].flags.contains(.the),
      words.isAcronym(acronym.lowerBound, of: name, bytes)
    else { return nil }
    return index + 1
  }

  private mutating func addAcronym(_ key: UInt64, long: Int, short: Int, _ type: EntityType) {
    if acronyms[key] == nil { acronyms[key] = (long, short) }
    var entry = entries[key] ?? Entry(best: long, strength: .shape, first: type)
    if entry.strength != .list { (entry.best, entry.strength) = (long, .shape) }
    switch type {
    case .organisation: entry.votes.1 += 8
    case .location: entry.votes.2 += 8
    default: entry.votes.3 += 8
    }
    entries[key] = entry
  }

  private mutating func settle(
    _ index: Int, _ key: UInt64, _ mentions: inout [Mention], _ words: TextWords, _ bytes: Span<UInt8>
  ) {
    if let (long, short) = acronyms[key], settleAcronym(index, long: long, short: short, &mentions) { return }
    let mention = mentions[index]
    let last = Self.key(mention.words.upperBound - 1..<mention.words.upperBound, words, bytes)
    if mention.type == .person, mention.words.count > 1, mention.strength > .guess { lastNames[last] = index }
    if mention.type == .person, mention.words.count > 1, mention.strength == .guess, lastNames[last] == nil {
      lastNames[last] = index
    }
    guard mention.strength < .list || isCommon(mention) else { return }
    let isOpen = mention.type == .person || mention.type == .other
    if mention.words.count == 1, let person = lastNames[last] ?? (isOpen ? laterNames[last] : nil), person != index {
      (mentions[index].type, mentions[index].same, mentions[index].row) = (.person, person, -1)
      mentions[index].strength = .shape
      return
    }
    if mention.type == .other, mention.strength == .guess, let type = neighbour(of: index, mentions, words, bytes) {
      mentions[index].type = type
    }
    if mention.row < 0, mention.type != .location, mention.role == nil, let long = shortNames[key] {
      (mentions[index].type, mentions[index].same, mentions[index].strength) = (.organisation, long, .shape)
      return
    }
    guard let entry = entries[key] else { return }
    let isUnknown = mention.row < 0 && mention.strength == .shape
    if entry.strength > mention.strength || mention.strength == .guess || isUnknown {
      mentions[index].type = majority(entry, mentions[index].type)
    }
    if mention.strength < .shape, entry.strength > mention.strength { mentions[index].strength = .shape }
    if mention.strength == .candidate, entry.strength > .candidate { mentions[index].strength = .guess }
    // `Vladimir`, a town and a forename in one document, is not one actor.
    if entry.best != index, mention.row < 0, mentions[entry.best].type == mentions[index].type {
      mentions[index].same = entry.best
    }
  }

  /// What the document says of an acronym wins over what the lists know, unless only they know whom it means:
  /// then the long form takes their actor. Answers whether the acronym is settled.
  private func settleAcronym(_ index: Int, long: Int, short: Int, _ mentions: inout [Mention]) -> Bool {
    let (row, longRow) = (mentions[index].row, mentions[long].row)
    guard row >= 0 else { return false }
    if longRow < 0 {
      let kind = lexicon.rows[Int(row)].kind
      guard kind != .international, kind != .government, kind != .state, kind != .ministry else {
        if short >= 0 { mentions[long].same = short }
        return false
      }
    } else if lexicon.rows[Int(row)].actor == lexicon.rows[Int(longRow)].actor {
      return false
    }
    (mentions[index].row, mentions[index].same, mentions[index].strength) = (-1, long, .shape)
    mentions[index].type = mentions[long].type
    return true
  }

  /// The type of the name with which an unknown one is listed: `Habibi, Amer and Nicola`.
  private func neighbour(
    of index: Int, _ mentions: [Mention], _ words: TextWords, _ bytes: Span<UInt8>
  ) -> EntityType? {
    for other in [index - 1, index + 1] where mentions.indices.contains(other) {
      let between =
        other < index
        ? mentions[other].words.upperBound..<mentions[index].words.lowerBound
        : mentions[index].words.upperBound..<mentions[other].words.lowerBound
      guard mentions[other].strength > .guess, mentions[other].type != .other, between.count == 1 || between.count == 2,
        between.allSatisfy({ words[$0].flags.contains(.and) || words[$0].isComma }),
        mentions[other].type == .person || mentions[index].words.count == 1
      else { continue }
      return mentions[other].type
    }
    return nil
  }

  private func isCommon(_ mention: Mention) -> Bool {
    mention.row >= 0 && lexicon.rows[Int(mention.row)].isCommon && mention.words.count == 1
  }

  private func majority(_ entry: Entry, _ own: EntityType) -> EntityType {
    let (person, organisation, location, other) = entry.votes
    let most = max(person, organisation, location, other)
    if most == 0 { return own }
    let first =
      switch entry.first {
      case .person: person
      case .organisation: organisation
      case .location: location
      case .other: other
      }
    if first == most { return entry.first }
    if most == person { return .person }
    if most == organisation { return .organisation }
    return most == location ? .location : .other
  }

  /// Takes the candidates out that nothing spoke for, and lets `same` point to where the others now are.
  private func dropCandidates(_ mentions: inout [Mention]) {
    var moved = [Int](repeating: -1, count: mentions.count)
    var kept = 0
    for index in mentions.indices where mentions[index].strength > .candidate {
      moved[index] = kept
      mentions[kept] = mentions[index]
      kept += 1
    }
    mentions.removeLast(mentions.count - kept)
    for index in mentions.indices where mentions[index].same >= 0 { mentions[index].same = moved[mentions[index].same] }
  }

  /// A hash of the words' bytes, FNV-1a, without the blanks between them.
  /// - Parameter fold: bits set in each byte; 0x20 makes the letters of ASCII small.
  static func key(_ range: Range<Int>, _ words: TextWords, _ bytes: Span<UInt8>, fold: UInt8 = 0) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range {
      for offset in words[index].bytes { hash = (hash ^ UInt64(bytes[offset] | fold)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0x20) &* 0x100_0000_01B3
    }
    return hash
  }
}

extension TextWords {
  func isBracket(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    self[index].bytes.count == 1 && bytes[self[index].bytes.lowerBound] == UInt8(ascii: "(")
  }

  /// Whether a word's letters stand, in this order, among the initials of the capitalised words of a name,
  /// beginning with the first.
  func isAcronym(_ index: Int, of name: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    var letters = self[index].bytes
    guard letters.count >= 2, bytes[letters.lowerBound] == bytes[self[name.lowerBound].bytes.lowerBound] else {
      return false
    }
    for word in name where !letters.isEmpty {
      let initial = bytes[self[word].bytes.lowerBound] & 0xDF
      if initial == bytes[letters.lowerBound] & 0xDF { letters = letters.dropFirst() }
    }
    return letters.isEmpty
  }
}
