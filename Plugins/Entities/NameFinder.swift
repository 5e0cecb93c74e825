internal import PipelineKit
internal import TextScanning

/// Walks through a sentence from capitalised word to capitalised word. At each, the longest of what the
/// gazetteers know and what patterns make of the words wins; roles and demonyms before a name are remembered
/// for it. Each word is passed a bounded number of times.
struct NameFinder {
  let lexicon: Lexicon
  var words = TextWords()
  var mentions: [Mention] = []
  private(set) var sentence = WordSentence(range: 0..<0)
  /// A role that ends where the next name may begin.
  var role: Range<Int>? { didSet { if let role { lastRole = role } } }
  /// All roles in capitals that were met, in the order of the text.
  private(set) var roles: [Range<Int>] = []
  /// The last role in capitals, which `of Latvia` may part from the name.
  var lastRole = 0..<0

  /// Longest stretch of words looked at for one name: a bound that keeps the search linear.
  static let longestName = 14

  init(lexicon: Lexicon) { self.lexicon = lexicon }

  /// Forgets the last document.
  mutating func begin() {
    mentions.removeAll(keepingCapacity: true)
    roles.removeAll(keepingCapacity: true)
  }

  mutating func enter(sentence index: Int) { sentence = words.sentences[index] }

  mutating func findNames(in index: Int, _ bytes: Span<UInt8>) {
    enter(sentence: index)
    if sentence.style == .capitals { words.recase(sentence.range, bytes, lexicon) }
    if let place = dateline(bytes) { words.recase(place, bytes, lexicon) }
    role = nil
    var position = sentence.range.lowerBound
    while position < sentence.range.upperBound {
      let word = words[position]
      if word.shape.contains(.capital) {
        position = step(at: position, bytes)
      } else if word.flags.contains(.beginsSmall), let match = match(at: position),
        hasCapital(match.words) || lexicon.rows[Int(match.row)].isUsers
      {
        add(match)
        position = match.words.upperBound
      } else {
        position += 1
      }
    }
  }

  /// Looks at a capitalised word; answers where to go on.
  private mutating func step(at position: Int, _ bytes: Span<UInt8>) -> Int {
    let word = words[position]
    let match = match(at: position)
    if isBare(word), match.map({ $0.words.count == 1 && !word.shape.contains(.allCapitals) }) ?? true {
      return position + 1
    }
    // `The White House`: the article stands outside, but for `The Hague`.
    if let match, word.flags.contains(.the), opensSentence(position) || sentence.style != .running,
      self.match(at: position + 1)?.words.upperBound == match.words.upperBound
    {
      return position + 1
    }
    let runEnd = endOfRun(from: position)
    if let match, let person = namesake(match, runEnd) { return add(person, .person, .shape) }
    let organisation = organisation(at: position, runEnd, bytes)
    if let match, lexicon.rows[Int(match.row)].via == .demonym {
      return addDemonym(match, organisation)
    }
    if let role = roleSpan(at: position, runEnd), (match?.words.upperBound ?? 0) <= role.upperBound,
      (organisation?.upperBound ?? 0) <= role.upperBound
    {
      self.role = role
      roles.append(role)
      return role.upperBound
    }
    if let match, let organisation, let office = office(match, of: organisation) { return add(office) }
    if let organisation, organisation.upperBound > match?.words.upperBound ?? 0 {
      return add(organisation, .organisation, .shape)
    }
    if let person = person(at: position, runEnd, bytes), prefersPerson(person, over: match) {
      return add(person, .person, person.count > 1 || role?.upperBound == position ? .shape : .guess)
    }
    if let place = place(at: position, runEnd), place.upperBound > match?.words.upperBound ?? 0 {
      return add(place, .location, .shape)
    }
    if let match, let team = team(match, runEnd) { return add(team, .organisation, .shape) }
    if let match { return add(match) }
    return addUnknown(at: position, runEnd, bytes)
  }

  /// Function words, months and weekdays begin no name of their own.
  func isBare(_ word: Word) -> Bool { !word.flags.isDisjoint(with: [.function, .calendar]) }

  // MARK: - What the gazetteers know

  /// The longest name in the gazetteers that begins at a word: as printed, or without accents where that is longer.
  func match(at first: Int) -> Mention? {
    let exact = longest(at: first, isFolded: false)
    guard exact.isAccented else { return exact.row.map { mention(first..<exact.end, $0) } }
    let folded = longest(at: first, isFolded: true)
    let best = folded.end > exact.end ? folded : exact
    return best.row.map { mention(first..<best.end, $0) }
  }

  /// - Returns: the end of the longest name and its first row, and whether a word that was looked at has accents.
  private func longest(at first: Int, isFolded: Bool) -> (end: Int, row: Int32?, isAccented: Bool) {
    var node = WordTrie.root
    var best = (end: first, row: Int32?.none, isAccented: false)
    var index = first
    let limit = min(sentence.range.upperBound, first + Self.longestName)
    while index < limit {
      let last = index + 1 < words.count ? Int(words[index + 1].firstPiece) : words.pieces.count
      let isHyphen = words[index].shape.isSuperset(of: [.hyphen, .joined])
      if words[index].shape.contains(.accented) { best.isAccented = true }
      for piece in Int(words[index].firstPiece)..<last {
        // A hyphen and a blank are alike, inside a token too.
        if index > first, isHyphen || words.pieces[piece] == lexicon.hyphen && !words[index].shape.contains(.hyphen) {
          continue
        }
        let exact = words.pieces[piece]
        let folded = isFolded && exact >= 0 ? lexicon.folded[Int(exact)] : -1
        let number = folded >= 0 ? folded : exact
        guard number >= 0, let next = lexicon.names.child(of: node, number) else { return best }
        node = next
      }
      index += 1
      if !isHyphen || index == first + 1, let row = lexicon.names.value(at: node) {
        (best.end, best.row) = (index, row)
      }
    }
    return best
  }

  private func mention(_ range: Range<Int>, _ row: Int32) -> Mention {
    let name = lexicon.rows[Int(row)]
    let isPlain = !name.isCommon || range.count > 1 || name.isUsers
    return Mention(words: range, type: name.type, strength: isPlain ? .list : .shape, row: row)
  }

  func hasCapital(_ range: Range<Int>) -> Bool { range.contains { words[$0].shape.contains(.capital) } }

  // MARK: - Adding

  /// `the Texas Longhorns`: a place behind an article, and unknown words of which the last is a plural.
  private func team(_ match: Mention, _ runEnd: Int) -> Range<Int>? {
    let range = match.words
    guard match.type == .location, range.upperBound < runEnd, sentence.style == .running,
      range.lowerBound > sentence.range.lowerBound, words[range.lowerBound - 1].flags.contains(.the)
    else { return nil }
    var end = range.upperBound
    while end < runEnd, end < range.upperBound + 3, words[end].shape.contains(.capital), self.match(at: end) == nil,
      words[end].flags.isDisjoint(with: [.function, .calendar, .roleHead, .roleModifier, .forename, .placeEnd])
    {
      end += 1
    }
    return end > range.upperBound && words[end - 1].shape.contains(.plural) ? range.lowerBound..<end : nil
  }

  /// Adds what the gazetteers know. A common word at the beginning of a sentence is a candidate only.
  @discardableResult
  mutating func add(_ match: Mention) -> Int {
    var mention = match
    let name = lexicon.rows[Int(match.row)]
    let first = match.words.lowerBound
    if name.isCommon, match.words.count == 1, !name.isUsers {
      let isAcronym = words[first].shape.contains(.allCapitals) && sentence.style == .running
      let acts = name.via == .metonymy && isActing(match.words.upperBound)
      if name.kind != .state, !isAcronym, !acts, opensSentence(first) || sentence.style != .running {
        mention.strength = .candidate
      }
    }
    if name.type == .person || role?.upperBound == first && name.isCommon {
      if name.type != .person { (mention.type, mention.row) = (.person, -1) }
      return add(mention.words, .person, .list, row: mention.row)
    }
    if name.isGeneric, mention.state < 0 { mention.state = stateBefore(first) }
    if name.isGeneric, mention.state < 0 { mention.state = townBehind(match.words.upperBound) }
    role = nil
    mentions.append(mention)
    return mention.words.upperBound
  }

  /// A demonym stands for itself, unless it is the first word of an institution's own name. The office of a
  /// state (`Ukrainian Energy Ministry`) is named without it.
  private mutating func addDemonym(_ match: Mention, _ organisation: Range<Int>?) -> Int {
    if let organisation, organisation.upperBound > match.words.upperBound,
      !officeBehind(match.words.upperBound, organisation)
    {
      return add(organisation, .organisation, .shape)
    }
    mentions.append(match)
    role = nil
    return match.words.upperBound
  }

  private func officeBehind(_ first: Int, _ organisation: Range<Int>) -> Bool {
    if first < organisation.upperBound, words[first].flags.contains(.ministry) { return true }
    if words[organisation.upperBound - 1].flags.contains(.ministry) { return true }
    if let match = match(at: first), lexicon.rows[Int(match.row)].isGeneric { return true }
    return false
  }

  @discardableResult
  mutating func add(
    _ range: Range<Int>, _ type: EntityType, _ strength: Mention.Strength, row: Int32 = -1, exactly: Bool = false
  ) -> Int {
    var mention = Mention(words: range, type: type, strength: strength, row: row)
    if type == .person {
      let range = exactly ? range : startOfName(range.lowerBound)..<behindHyphens(range.upperBound)
      mention.words = range
      mention.role = role?.upperBound == range.lowerBound ? role.map(fullRole) : nil
      if mention.role == nil { mention.role = smallRole(before: range.lowerBound) }
      if mention.role == nil { mention.role = roleBehind(range.upperBound, state: &mention.state) }
      if mention.role == nil { mention.role = roleApart(range, state: &mention.state) }
      if let role = mention.role, mention.state < 0 { mention.state = stateBefore(role.lowerBound) }
    } else if type == .organisation {
      mention.state = stateBefore(range.lowerBound)
    }
    role = nil
    mentions.append(mention)
    return mention.words.upperBound
  }

  /// Before the particles of a name that begins with them: `al-Jaafari`, `bin Laden`.
  func startOfName(_ first: Int) -> Int {
    var start = first
    let limit = max(sentence.range.lowerBound, mentions.last?.words.upperBound ?? 0)
    while start > limit, first - start < 3 {
      let before = words[start - 1]
      let isHyphen =
        before.shape.contains(.hyphen) && before.shape.contains(.joined) && words[start].shape.contains(.joined)
      guard
        isHyphen
          || before.flags.contains(.particle) && !before.flags.contains(.link) && !before.shape.contains(.capital)
      else { break }
      start -= 1
    }
    return start == first || words[start].shape.contains(.hyphen) ? first : start
  }

  /// The state named right before a word: `Ukrainian`, `Ukraine's`, `Kyiv's`.
  func stateBefore(_ first: Int) -> Int32 {
    guard let last = mentions.last, last.row >= 0 else { return -1 }
    let isNext = last.words.upperBound == first
    let isOwner = last.words.upperBound == first - 1 && words[first - 1].shape.contains(.possessive)
    guard isNext || isOwner else { return -1 }
    let row = lexicon.rows[Int(last.row)]
    if row.isGeneric { return last.state }  // `Iranian Foreign Ministry spokesman`
    if row.kind == .government || row.kind == .ministry, row.via != .metonymy { return stateOf(last) }
    return row.kind == .state || row.kind == .government && row.via == .metonymy ? row.actor : -1
  }

  /// Whether a word's capital may come from its place: first in the sentence, or behind a mark that opens speech.
  func opensSentence(_ index: Int) -> Bool {
    guard index > sentence.range.lowerBound else { return true }
    let before = words[index - 1]
    return before.shape.isDisjoint(with: [.letter, .digit, .possessive, .hyphen])
      && !before.shape.contains(.joined) && index - 1 == sentence.range.lowerBound
  }

  /// Behind the last of the capitalised words that follow each other, hyphens and `&` between them included.
  func endOfRun(from first: Int) -> Int {
    let limit = min(sentence.range.upperBound, first + Self.longestName)
    var end = first + 1
    while end < limit {
      if words[end].shape.contains(.capital) {
        end += 1
      } else if end + 1 < limit, isBridge(end), words[end + 1].shape.contains(.capital) {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  /// A hyphen without blanks around it, or `&`.
  private func isBridge(_ index: Int) -> Bool {
    let shape = words[index].shape
    if shape.contains(.hyphen) { return shape.contains(.joined) && words[index + 1].shape.contains(.joined) }
    return shape.isDisjoint(with: [.letter, .digit]) && words[index].flags.contains(.link)
  }
}
