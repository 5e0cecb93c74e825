internal import PipelineKit

/// Words that stand on somebody's word.
struct Attribution {
  /// Index of the entity that speaks; -1 where somebody speaks and it is not plain who.
  var speaker: Int32
  var stretch: Stretch
  /// `X said that …`: the clause begins here and a pronoun in front of it is most likely the speaker.
  var isReported: Bool
  /// The verb and its subject are here.
  var source: Stretch

  var isKnown: Bool { speaker >= 0 }
}

extension Clauses {
  /// Who says what in the sentence: `X said (that) …`, `…, X said`, `…, said X`, `according to X`.
  func findAttributions() -> [Attribution] {
    var found: [Attribution] = []
    for index in words.indices where found.count < 16 {
      if words[index].has(.saying), !words[index].isEntity { found += saying(at: index).map { [$0] } ?? [] }
      if words[index].id == known.according, isWord(index + 1, known.to) {
        found += according(at: index).map { [$0] } ?? []
      }
    }
    return found.map { cut($0, inside: found) }
  }

  /// `X said that Y had announced a truce and that …`: the second `that` goes back to the first.
  private func cut(_ inner: Attribution, inside all: [Attribution]) -> Attribution {
    let start = inner.stretch.lowerBound
    guard inner.isReported, !isWord(start - 1, known.that),
      all.contains(where: {
        $0.isReported && $0.stretch.lowerBound < start && isWord($0.stretch.lowerBound - 1, known.that)
      }
      ),
      let end = inner.stretch.first(where: { has($0, .coordinator) && isWord($0 + 1, known.that) })
    else { return inner }
    var cut = inner
    cut.stretch = start..<end
    return cut
  }

  private func saying(at verb: Int) -> Attribution? {
    guard !isAfterDeterminer(verb) else { return nil }
    if isInverted(verb), let phrase = speaker(at: verb + 1) {
      // A verb that stands between quoted words and the speaker.
      return Attribution(
        speaker: phrase.0, stretch: statementStart(before: verb)..<verb, isReported: false, source: verb..<phrase.1)
    }
    let forms = words[verb].classes.intersection(.verb)
    guard let group = group(at: verb, forms: forms), !group.isPassive, !group.isBlocked else { return nil }
    guard let subject = subject(before: group.start), subject.holders.count == 1 else {
      return statementStart(after: verb).map {
        Attribution(speaker: -1, stretch: $0..<words.count, isReported: true, source: verb..<verb + 1)
      }
    }
    let source = subject.stretch.lowerBound..<verb + 1
    let begins = subject.stretch.lowerBound
    if subject.directness == .beside, let comma = commaBefore(role: begins), endsStatement(verb) {
      return Attribution(
        speaker: subject.holders[0], stretch: statementStart(before: comma)..<comma, isReported: false, source: source)
    }
    guard let start = statementStart(after: verb) else { return nil }
    return Attribution(speaker: subject.holders[0], stretch: start..<words.count, isReported: true, source: source)
  }

  private func isAfterDeterminer(_ index: Int) -> Bool {
    has(index - 1, [.determiner, .possessive, .possessiveMark, .preposition])
  }

  /// `, said X` and `" said X`.
  private func isInverted(_ verb: Int) -> Bool {
    guard verb > 1, words[verb].has(.past) || words[verb].has(.third) else { return false }
    return has(verb - 1, .comma) || words[verb - 1].isQuoted && !words[verb].isQuoted
  }

  private func speaker(at start: Int) -> (Int32, Int)? {
    guard let core = core(at: start) else { return nil }
    guard let last = core.last, words[last].isEntity, canHold(words[last].entity) else {
      return actor(of: core).map { ($0, core.upperBound) }
    }
    return (words[last].entity, core.upperBound)
  }

  /// The comma before `State Secretary Urs Imhof`; also where quoted words end without one.
  private func commaBefore(role start: Int) -> Int? {
    guard start > 1 else { return nil }
    if has(start - 1, .comma) { return start - 1 }
    return words[start - 1].isQuoted && !words[start].isQuoted ? start : nil
  }

  /// Whether nothing that could be said follows: the end, a sign, or when and to whom.
  private func endsStatement(_ verb: Int) -> Bool {
    let next = verb + 1
    if next >= words.count || has(next, [.punctuation, .comma, .preposition, .adverb, .time]) { return true }
    guard let told = core(at: next) else { return false }
    return told.upperBound >= words.count
      || has(told.upperBound, [.punctuation, .comma, .preposition, .time])
        && !(told.lowerBound..<told.upperBound + 3).contains { isWord($0, known.that) }
  }

  private func statementStart(before end: Int) -> Int {
    var start = end
    while start > 0, end - start < 2 * Self.reach, !(has(start - 1, .punctuation)) { start -= 1 }
    return start
  }

  /// Where the clause behind `said` begins: behind `that`, at a quotation, or at a new subject.
  private func statementStart(after verb: Int) -> Int? {
    var index = verb + 1
    if has(index, .punctuation) { return index + 1 }
    if isWord(index, known.that) { return index + 1 }
    // `told the court “we reject it”`
    for next in index..<min(index + 8, words.count) where words[next].isQuoted && !words[next - 1].isQuoted {
      return next
    }
    // `told Interfax that`, `said on Monday that`, `told him`
    var limit = 0
    while limit < 8, index < words.count, !has(index, .punctuation) {
      // `and that` goes back to a verb before this one.
      if isWord(index, known.that), has(index - 1, .coordinator) { break }
      if isWord(index, known.that) { return index + 1 }
      index += 1
      limit += 1
    }
    index = verb + 1
    if has(index, .pronoun) || core(at: index) != nil { return index }
    return nil
  }

  private func according(at index: Int) -> Attribution? {
    guard let (speaker, end) = speaker(at: index + 2) else { return nil }
    let source = index..<end
    if index == 0 || has(index - 1, .punctuation), has(end, .comma) {
      return Attribution(speaker: speaker, stretch: end + 1..<words.count, isReported: false, source: source)
    }
    let start = statementStart(before: index)
    return Attribution(speaker: speaker, stretch: start..<index, isReported: false, source: source)
  }
}
