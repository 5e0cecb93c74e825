internal import PipelineKit

/// What a capital or a government's building stands for: the government when it acts or is dealt with, the place
/// when things happen there.
///
/// Signs before and behind the name are weighed against each other; `Moscow and Beijing rejected` is read as one
/// subject. What stands before says whether the name is an object, of what, or may be a subject; what stands
/// behind says what it does or has. The weights are judgements, not learned: they are measured on cases of our
/// own. Looks at a bounded number of words on each side.
struct Metonymy {
  let words: TextWords
  let sentence: WordSentence
  /// A town, whose name takes no article; else a building: `the Kremlin`.
  let isTown: Bool
  /// Whether the state itself stands behind a comma: `Kyiv, Ukraine`.
  var isBeforeItsState = false

  /// Above 0 for the government, below for the place; from -4 to 4.
  /// - Parameter subject: the words of the name, or of the list of names in which it stands.
  func leaning(of subject: Range<Int>, _ bytes: Span<UInt8>) -> Int {
    if isBeforeItsState || isTown && isDateline(subject, bytes) { return -4 }
    let end = subject.upperBound
    if word(end, .possessive) { return owner(end + 1, before: preposition(before(subject))) }
    if words[end].shape.isSuperset(of: [.hyphen, .joined]) { return compound(end + 1) }
    if isSecondOfPair(subject.lowerBound) { return pair(end) }
    if isStance(subject.lowerBound - 1) { return 4 }
    if isTown, hasArticle(subject) { return attribute(end) }
    let before = preposition(before(subject)) + (isTown ? 0 : 1)
    let behind = before < -1 ? (has(end, .locus) ? -1 : 0) : predicate(end, bytes)
    return min(4, max(-4, before + behind))
  }

  // MARK: - Words

  private func has(_ index: Int, _ flags: WordFlags) -> Bool {
    index >= sentence.range.lowerBound && index < sentence.range.upperBound
      && !words[index].flags.isDisjoint(with: flags)
  }
  private func word(_ index: Int, _ shape: WordShape) -> Bool {
    index >= sentence.range.lowerBound && index < sentence.range.upperBound && words[index].shape.contains(shape)
  }
  private func isComma(_ index: Int) -> Bool { index < sentence.range.upperBound && words[index].isComma }
  /// A form of `be`, which makes a passive of what follows.
  private func isBe(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    guard has(index, .aux) else { return false }
    let (start, end) = (Int(words[index].start), Int(words[index].end))
    return bytes.has("is", at: start, end: end) && end - start == 2
      || bytes.has("was", at: start, end: end) || bytes.has("were", at: start, end: end)
      || bytes.has("are", at: start, end: end) || bytes.has("be", at: start, end: end)
  }

  // MARK: - Before the name

  private func hasArticle(_ subject: Range<Int>) -> Bool {
    has(subject.lowerBound - 1, .determiner) && !has(subject.lowerBound - 1, .clause)
  }

  /// The word that governs the name: the one before it, or before its article.
  private func before(_ subject: Range<Int>) -> Int {
    !isTown && hasArticle(subject) ? subject.lowerBound - 2 : subject.lowerBound - 1
  }

  /// `pro-Moscow`, `anti-Beijing`.
  private func isStance(_ index: Int) -> Bool {
    has(index, .stance) || word(index, [.hyphen, .joined]) && has(index - 1, .stance)
  }

  private func preposition(_ index: Int) -> Int {
    guard index >= sentence.range.lowerBound else { return 1 }  // opens the sentence, as subjects do
    let flags = words[index].flags
    if flags.contains(.relating) { return governed(index) }
    if flags.contains(.side) { return governed(index) < 0 ? -3 : 2 }
    if flags.contains(.clause) { return 1 }
    if flags.contains(.place) { return -3 }
    if !flags.isDisjoint(with: [.part, .region, .locus]) { return -3 }
    if flags.contains(.motion) { return -3 }
    if flags.contains(.addressing) { return 3 }
    if words[index].shape.isDisjoint(with: [.letter, .digit, .hyphen, .stop, .possessive]) { return 1 }  // `; Moscow`
    if words[index].shape.contains(.capital), index > sentence.range.lowerBound { return 0 }
    if !flags.isDisjoint(with: [.act, .speech]) || words[index].shape.contains(.verbEnding) { return 1 }
    return 0
  }

  /// Behind `to`, `from`, `of`, `on`, `for`, `toward`, `between`: by the word on which these depend, `pressure on`,
  /// `a flight to`; where none tells, towns are what lies behind `to`, `from` and `of`, sides behind the others.
  private func governed(_ index: Int) -> Int {
    var before = index - 1
    let limit = max(sentence.range.lowerBound, index - 4)
    while before >= limit, !words[before].isComma {
      let flags = words[before].flags
      if flags.contains(.relation) { return 3 }
      if !flags.isDisjoint(with: [.motion, .locus, .region]) { return -3 }
      if flags.contains(.side), before < index - 1 { break }
      before -= 1
    }
    if words[index].flags.contains(.of) { return -1 }
    return words[index].flags.contains(.place) ? -2 : 1
  }

  // MARK: - Behind the name

  /// `Moscow-based`, `Moscow-backed`, `Moscow-Beijing axis`.
  private func compound(_ index: Int) -> Int {
    if has(index, .backing) { return 4 }
    return word(index, .capital) ? pair(index + 1) : -4
  }

  /// `the Moscow-Beijing axis`, but `the Moscow-Beijing railway`.
  private func pair(_ end: Int) -> Int { has(end, [.motion, .locus, .region]) ? -3 : 2 }

  /// `Moscow-` before the name.
  private func isSecondOfPair(_ first: Int) -> Bool {
    word(first - 1, [.hyphen, .joined]) && words[first].shape.contains(.joined) && word(first - 2, .capital)
  }

  /// What a name behind an article belongs to: `the Baku government`, `the Moscow talks`.
  private func attribute(_ index: Int) -> Int {
    has(index, .policy) && !has(index, [.locus, .event]) ? 3 : -3
  }

  /// What the name owns: `Seoul's policy`, `Seoul's busy streets`.
  private func owner(_ first: Int, before: Int) -> Int {
    var index = first
    while index < min(sentence.range.upperBound, first + 4) {
      let flags = words[index].flags
      if !flags.isDisjoint(with: [.locus, .placeEnd]) { return -3 }
      // `Independence Avenue` is no independence.
      let isNamed = word(index, .capital) && word(index + 1, .capital) && has(index + 1, [.locus, .placeEnd])
      if flags.contains(.policy), !isNamed { return 3 }
      if !flags.isDisjoint(with: [.place, .relating, .side, .clause, .aux]) { break }
      index += 1
    }
    return before <= -3 ? -1 : 1
  }

  private func predicate(_ first: Int, _ bytes: Span<UInt8>) -> Int {
    if isComma(first) { return behindComma(first + 1, bytes) }
    if has(first, [.event, .locus, .region]), !has(first, .act) { return -3 }
    return verb(first, bytes)
  }

  private func verb(_ first: Int, _ bytes: Span<UInt8>) -> Int {
    if has(first, .aux), has(first + 1, .determiner), (first + 2..<first + 5).contains(where: { has($0, .locus) }) {
      return -4  // `has a new funicular`
    }
    var index = first
    var (isBehindAux, isPassive) = (false, false)
    while index < min(sentence.range.upperBound, first + 5), isAuxiliary(index) {
      if has(index, .aux) { isBehindAux = true }
      if isBe(index, bytes) { isPassive = true }
      index += 1
    }
    guard index < sentence.range.upperBound, words[index].shape.contains(.letter) else { return isBehindAux ? 1 : 0 }
    if isPassive { return isTownsState(index) ? -4 : 1 }
    if has(index, [.act, .speech]) { return isNoun(index) ? -2 : 3 }
    if isBehindAux { return 2 }
    if has(index, .policy) { return 2 }
    if word(index, .verbEnding) { return isNoun(index) ? -3 : 2 }
    let isVerb = !has(index, .function) && has(index + 1, [.determiner, .clause])
    return isVerb && !word(index, .capital) ? 1 : 0
  }

  /// What is said of towns behind `is`, `was`: `was shelled`, `is home to`, `is a quiet city`.
  private func isTownsState(_ index: Int) -> Bool {
    (index..<min(index + 3, sentence.range.upperBound)).contains {
      has($0, $0 == index ? [.motion, .region, .locus] : [.region])
    }
  }

  /// Whether a word in `s` is a plural behind the name and no verb: `Baku analysts doubt`, `Moscow banks were`.
  private func isNoun(_ index: Int) -> Bool {
    guard word(index, .plural), index + 1 < sentence.range.upperBound else { return false }
    if has(index + 1, .of), !has(index, [.act, .speech]) { return true }
    return !has(index + 1, .function) && has(index + 1, [.aux, .act, .speech])
      || has(index + 1, .aux) && !has(index + 1, [.place, .side])
        && !word(index + 1, .adverbEnding) && has(index + 2, [.aux, .act])
  }

  private func isAuxiliary(_ index: Int) -> Bool { has(index, .aux) || word(index, .adverbEnding) }

  /// `, where`, `, the Georgian capital`; `, which refused`; `, for its part, agreed`.
  private func behindComma(_ first: Int, _ bytes: Span<UInt8>) -> Int {
    if has(first, .whereabouts) { return -4 }
    let limit = min(sentence.range.upperBound, first + 10)
    if has(first, .relative) { return min(2, max(0, verb(first + 1, bytes))) }
    guard let comma = (first..<max(first, limit)).first(where: isComma) else { return 0 }
    if (first..<min(comma, first + 5)).contains(where: { has($0, .region) }) { return -4 }
    return verb(comma + 1, bytes)
  }

  /// `MOSCOW (Interfax) --`, `KYIV, March 3 --`, `Minsk --` at the beginning of a sentence.
  private func isDateline(_ subject: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    guard subject.lowerBound == sentence.range.lowerBound else { return false }
    var (index, isBracketed) = (subject.upperBound, false)
    let isShouted = sentence.style == .running && words[subject.lowerBound].shape.contains(.allCapitals)
    if isShouted, isComma(index) || words.isBracket(index, bytes) { return true }
    while index < min(sentence.range.upperBound, subject.upperBound + 10) {
      let word = words[index]
      if Self.isDash(word, bytes) { return !word.shape.contains(.joined) }
      if words.isBracket(index, bytes) {
        isBracketed = true
      } else if bytes[Int(word.start)] == UInt8(ascii: ")") {
        isBracketed = false
      } else if !isBracketed, !word.isComma, word.shape.isDisjoint(with: .digit), !word.flags.contains(.calendar) {
        return false
      }
      index += 1
    }
    return false
  }

  /// A hyphen or dash, or two.
  static func isDash(_ word: Word, _ bytes: Span<UInt8>) -> Bool {
    let (start, end) = (Int(word.start), Int(word.end))
    return bytes[start] == UInt8(ascii: "-") || bytes.has("–", at: start, end: end)
      || bytes.has("—", at: start, end: end)
  }
}
