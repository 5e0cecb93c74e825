internal import PipelineKit

/// A stretch of words, by index, half-open.
typealias Stretch = Range<Int>

/// A noun phrase: where it stands, and who is meant where it names an actor.
struct Phrase {
  var stretch: Stretch
  /// Entities that the phrase names, several where they are joined by `and`; empty for an issue.
  var actors: [Int32]
}

/// The words of one sentence, and the rules that find phrases in them.
///
/// A chunker without tagging: noun phrases end at words of closed classes, verbs are known from the lexicon
/// and from endings, and every search is limited to some dozen words, so that the cost stays linear.
struct Clauses {
  var words: [Word]
  let lexicon: Lexicon
  var entities: [Entity]
  /// Who says what; filled before predicates are looked for.
  var attributions: [Attribution] = []
  /// Longest search for a subject or the end of a clause, in words.
  static let reach = 60

  var known: KnownWords { lexicon.known }

  @inline(__always) func has(_ index: Int, _ classes: WordClass) -> Bool {
    words.indices.contains(index) && words[index].has(classes)
  }
  @inline(__always) func isWord(_ index: Int, _ id: Int32) -> Bool {
    words.indices.contains(index) && words[index].id == id
  }
  func isEntity(_ index: Int) -> Bool { words.indices.contains(index) && words[index].isEntity }

  func span(_ stretch: Stretch) -> TextSpan {
    guard let first = stretch.first, let last = stretch.last, words.indices.contains(last) else {
      return TextSpan(0, 0)
    }
    return TextSpan(Int(words[first].start), Int(words[last].end))
  }

  /// The first word of the entity that covers a word.
  func entityStart(_ index: Int) -> Int {
    var start = index
    while start > 0, words[start - 1].isEntity, words[start - 1].entity == words[index].entity { start -= 1 }
    return start
  }
  func entityEnd(_ index: Int) -> Int {
    var end = index + 1
    while end < words.count, words[end].isEntity, words[end].entity == words[index].entity { end += 1 }
    return end
  }
}

// MARK: Forwards

extension Clauses {
  /// The noun phrase that begins at a word, without what follows its head.
  func core(at start: Int) -> Stretch? {
    var index = start
    var last = -1
    scan: while index < min(words.count, start + 20) {
      if words[index].isEntity {
        index = entityEnd(index)
        last = index - 1
        continue
      }
      switch part(at: index, start: start, last: last) {
      case .link: break
      case .noun: last = index
      case .end: break scan
      case .verb: return nil
      }
      index += 1
    }
    return last >= start ? start..<last + 1 : nil
  }

  /// What a word is to a noun phrase: between its nouns, one of them, behind it, or a verb that has it as its object.
  private enum Part { case link, noun, end, verb }

  /// - Parameter last: the last noun so far, -1 for none.
  private func part(at index: Int, start: Int, last: Int) -> Part {
    let word = words[index]
    let isBegun = last >= 0
    if word.has(.hyphen) || word.has(.possessiveMark) && isBegun { return .link }
    if word.has(.phraseEnd) || word.has(.auxiliary) { return .end }
    if word.has([.determiner, .possessive]) {
      return isBegun && !has(index - 1, .possessiveMark) ? .end : .link
    }
    if word.has([.adverb, .hedge]) && !word.has(.noun) {
      return isBegun && !has(index - 1, [.determiner, .possessive, .possessiveMark]) ? .end : .link
    }
    if isBegun { return endsNoun(index, last: last) ? .end : .noun }
    // `closing the border` is no noun phrase.
    let isVerb =
      index == start && word.has([.gerund, .base]) && !word.has(.noun)
      && (has(index + 1, [.determiner, .possessive]) || word.has(.gerund) && isEntity(index + 1))
    return isVerb ? .verb : .noun
  }

  /// Whether the noun before a word ends its phrase.
  private func endsNoun(_ index: Int, last: Int) -> Bool {
    let word = words[index]
    if word.has([.past, .third]), !word.has(.noun), endsPhrase(index, after: last) { return true }
    if word.has(.gerund), !word.has(.noun), isEntity(last) || has(index + 1, [.determiner, .possessive]) {
      return true
    }
    // `called the base indispensable`
    if word.has([.good, .bad]), !startsNoun(index + 1), !has(index - 1, [.possessiveMark, .hyphen]) { return true }
    return word.has(.time) && !isEntity(last) && has(index - 1, .noun)
  }

  /// Whether a word can go on a noun phrase.
  private func startsNoun(_ index: Int) -> Bool {
    index < words.count && !has(index, .phraseEnd) && !has(index, [.auxiliary, .determiner, .possessive, .adverb])
  }

  /// Whether a word that may be a finite verb is one behind a noun.
  private func endsPhrase(_ index: Int, after last: Int) -> Bool {
    let next = index + 1
    if words[index].has(.past) {
      return !(has(index - 1, [.determiner, .possessive, .possessiveMark, .adverb, .number, .hyphen]))
    }
    return has(next, [.determiner, .possessive, .pronoun, .adverb]) || isWord(next, known.that) || isEntity(next)
  }

  /// Who a noun phrase names: the entity at its end, or the one beside a word for an office.
  func actor(of core: Stretch) -> Int32? {
    guard let last = core.last else { return nil }
    if words[last].isEntity {
      return entities[Int(words[last].entity)].type == .other ? nil : words[last].entity
    }
    guard words[last].has(.office), !words[last].has(.gerund) else { return nil }
    return (core.lowerBound..<last).reversed().first { words[$0].isEntity }.map { words[$0].entity }
  }

  /// The noun phrase that begins at a word: actors, with those joined to them, or an issue with its tail.
  func phrase(at start: Int) -> Phrase? {
    guard start < words.count, let first = core(at: start) else { return nil }
    if let (actor, end) = actorAndTail(first) { return joined(Phrase(stretch: start..<end, actors: [actor])) }
    return Phrase(stretch: start..<tail(from: first.upperBound, start: start), actors: [])
  }

  /// `the government of Georgia` is an actor as well as `Georgia`.
  private func actorAndTail(_ core: Stretch) -> (Int32, Int)? {
    if let actor = actor(of: core) {
      let end = core.upperBound
      // `Kyiv joining the alliance`, `Kyiv's bid` and `NATO - led forces` are no actors.
      if has(end, .possessiveMark) || has(end, .hyphen) { return nil }
      if has(end, .gerund), has(end + 1, [.determiner, .possessive, .preposition]) || isEntity(end + 1) { return nil }
      return (actor, end)
    }
    let end = core.upperBound
    guard has(end - 1, .office), isWord(end, known.of) || isWord(end, known.from), let of = self.core(at: end + 1),
      let actor = actor(of: of), isEntity(of.upperBound - 1)
    else { return nil }
    return (actor, of.upperBound)
  }

  private func joined(_ first: Phrase) -> Phrase {
    var phrase = first
    while phrase.actors.count < 8 {
      var next = phrase.stretch.upperBound
      if has(next, .comma) { next += 1 }
      let isLast = isWord(next, known.and) || isWord(next, known.or) || isWord(next, known.nor)
      if isLast { next += 1 }
      guard next > phrase.stretch.upperBound, next < words.count, !has(next, [.past, .third]),
        let core = core(at: next),
        let (actor, end) = actorAndTail(core), isLast || has(end, .comma) || isWord(end, known.and)
      else { break }
      // `…, and Beijing rejected it` begins a clause of its own.
      if has(end, [.past, .third, .modal, .auxiliary]), !has(end, .possessiveMark) { break }
      if has(end, .adverb), has(end + 1, [.past, .third, .modal, .auxiliary]) { break }
      phrase = Phrase(stretch: phrase.stretch.lowerBound..<end, actors: phrase.actors + [actor])
    }
    return phrase
  }

  /// Where the prepositional phrases and infinitives behind a head end.
  func tail(from end: Int, start: Int) -> Int {
    var index = end
    while index < min(words.count, start + 25) {
      if has(index, .gerund), !has(index, .noun), index == end, isEntity(index - 1) {
        guard let object = core(at: index + 1) ?? afterPreposition(index + 1) else { return index + 1 }
        index = object.upperBound
      } else if isWord(index, known.to), has(index + 1, .base) {
        index = action(from: index + 1)
      } else if has(index, .preposition), !has(index, [.subordinator, .coordinator]) || isWord(index, known.of) {
        guard let object = object(ofPreposition: index) else { return index }
        index = object
      } else {
        return index
      }
    }
    return min(index, words.count)
  }

  private func object(ofPreposition index: Int) -> Int? {
    if has(index + 1, .gerund), !has(index + 1, .noun) {
      return (core(at: index + 2) ?? afterPreposition(index + 2))?.upperBound ?? index + 2
    }
    guard let core = core(at: index + 1) else { return nil }
    // `on Tuesday`, `in May` and `after two weeks` tell when, not what.
    if core.contains(where: { has($0, .time) && !isEntity($0) }) || core.allSatisfy({ has($0, .number) }) { return nil }
    return core.upperBound
  }

  private func afterPreposition(_ index: Int) -> Stretch? {
    guard has(index, .preposition), let object = core(at: index + 1) else { return nil }
    return index..<object.upperBound
  }

  /// Where a verb with its object ends.
  private func action(from verb: Int) -> Int {
    var index = verb + 1
    if let object = core(at: index) { index = object.upperBound }
    return index
  }

  /// Where the clause that begins at a word ends: before a comma, a sign, or `, X said`.
  func clauseEnd(from start: Int) -> Int {
    var index = start
    while index < min(words.count, start + Self.reach) {
      if has(index, .punctuation) && !has(index, .hyphen) { break }
      if has(index, .comma), index >= start + 3 { break }
      if has(index, .subordinator), has(index - 1, .comma) { break }
      if has(index, .coordinator), has(index + 1, [.modal, .auxiliary, .past]) && !has(index + 1, .noun) { break }
      if isWord(index, known.according) { break }
      index += 1
    }
    return index
  }
}
