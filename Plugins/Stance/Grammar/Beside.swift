internal import PipelineKit

/// What stands around nouns and adjectives of stance, and before passives.
extension Clauses {
  /// The copula before an adjective, with its negation: `is not at all opposed`.
  ///
  /// - Parameter isPhrase: whether other words of a noun phrase may stand between, as in `is a serious threat`.
  func copula(before adjective: Int, isPhrase: Bool) -> VerbGroup? {
    var index = adjective
    var isNegated = false
    var isHedged = false
    while index > 0, adjective - index < 6 {
      let word = words[index - 1]
      if word.isEntity { return nil }
      if word.has(.negator) || word.id == known.no {
        isNegated = true
      } else if word.has(.hedge) {
        isHedged = true
      } else if word.has(.copula) && !word.has(.possessiveMark) || word.id == known.be || word.id == known.been {
        break
      } else if !isPhrase && !word.has(.adverb) {
        return nil
      } else if word.has([.phraseEnd, .possessiveMark]) || word.has(.verb) && !word.has([.participle, .base]) {
        return nil
      }
      index -= 1
    }
    guard index > 0,
      has(index - 1, .copula) && !has(index - 1, .possessiveMark) || isWord(index - 1, known.be)
        || isWord(index - 1, known.been)
    else {
      return nil
    }
    // `be` stands behind a modal or `to`; the copula is no participle, so that nothing here is a passive.
    let forms: WordClass = isWord(index - 1, known.be) ? .base : isWord(index - 1, known.been) ? .participle : .past
    guard var group = group(at: index - 1, forms: forms) else { return nil }
    group.isNegated = group.isNegated != isNegated
    group.isHedged = group.isHedged || isHedged
    group.isPassive = false
    return group
  }

  /// The verb before a noun of stance that only carries it: `voiced its strong`, `has no`.
  func light(before noun: Int) -> (group: VerbGroup, isDenied: Bool)? {
    var index = noun - 1
    var isDenied = false
    while index >= 0, noun - index < 6 {
      let word = words[index]
      if word.isEntity { return nil }
      if word.has(.light) {
        guard let group = group(at: index, forms: words[index].classes.intersection(.verb)), !group.isPassive else {
          return nil
        }
        return (group, isDenied)
      }
      if word.id == known.no { isDenied = true }
      if word.has(.phraseEnd) || word.has([.possessiveMark, .auxiliary]) { return nil }
      index -= 1
    }
    return nil
  }

  /// Whose noun it is: `X's`, a demonym before it, or `by X` and `from X` behind its target.
  func owner(of noun: Int, behind end: Int) -> Phrase? {
    var index = noun - 1
    while index >= 0, noun - index < 5, !words[index].isEntity, !has(index, .possessiveMark) {
      if has(index, .phraseEnd) || has(index, [.determiner, .possessive, .auxiliary]) { break }
      index -= 1
    }
    if has(index, .possessiveMark), let subject = holders(endingAt: index),
      !isDenied(before: subject.stretch.lowerBound)
    {
      return Phrase(stretch: subject.stretch, actors: subject.holders)
    }
    if isEntity(index), entities[Int(words[index].entity)].via == .demonym, canHold(words[index].entity) {
      let start = entityStart(index)
      return isDenied(before: start) ? nil : Phrase(stretch: start..<index + 1, actors: [words[index].entity])
    }
    guard isWord(end, known.by) || isWord(end, known.from), let phrase = phrase(at: end + 1),
      phrase.actors.contains(where: canHold), !isDenied(before: noun)
    else { return nil }
    return Phrase(stretch: phrase.stretch, actors: phrase.actors.filter(canHold))
  }

  /// `opposition to the levy from X`: what stands behind the target names the holder and is no part of it.
  func withoutOwner(_ match: Match) -> Match {
    guard let target = match.targets.first, match.targets.count == 1, case .issue = target.target else { return match }
    for index in target.stretch.dropFirst() where isWord(index, known.by) || isWord(index, known.from) {
      guard let phrase = phrase(at: index + 1), !phrase.actors.isEmpty, phrase.stretch.upperBound == match.end else {
        continue
      }
      let stretch = target.stretch.lowerBound..<index
      return Match(targets: [Match.Target(target: .issue(span(stretch)), stretch: stretch)], end: index)
    }
    return match
  }

  private func isDenied(before index: Int) -> Bool {
    (max(0, index - 3)..<index).contains { isWord($0, known.without) || isWord($0, known.lack) || isWord($0, known.no) }
  }

  /// The noun phrase that ends before a passive or a copula, as a target.
  func object(before verb: Int, wants slot: Frame.Slot, mayFollowComma: Bool = false) -> Match.Target? {
    var end = verb
    while end > 0, has(end - 1, [.adverb, .hedge]), !isEntity(end - 1) { end -= 1 }
    // `the ban, opposed by X, …`
    if mayFollowComma, has(end - 1, .comma) { end -= 1 }
    if has(end - 1, .relative), !isEntity(end - 1) {
      end -= has(end - 2, .comma) ? 2 : 1
      if isEntity(end - 1) { return target(entityStart(end - 1)..<end, wants: slot) }
    }
    var start = end
    let limit =
      attributions.last { $0.stretch.lowerBound < end && $0.stretch.contains(end - 1) }?.stretch.lowerBound ?? 0
    while start > limit, end - start < 14 {
      let word = words[start - 1]
      if !word.isEntity {
        if word.has([.comma, .punctuation, .coordinator, .subordinator, .conditional, .relative, .modal, .pronoun]),
          !word.has(.preposition) || word.has(.subordinator) && start - 1 > 0 && !has(start - 2, .noun)
        {
          break
        }
        if word.has([.auxiliary, .saying]), !word.has(.possessiveMark) { break }
        if word.has(.past), !has(start - 2, [.determiner, .possessive, .possessiveMark]) { break }
      }
      start -= 1
    }
    return target(start..<end, wants: slot)
  }

  private func target(_ found: Stretch, wants slot: Frame.Slot) -> Match.Target? {
    var start = found.lowerBound
    while start < found.upperBound, has(start, [.preposition, .adverb]), !isEntity(start) { start += 1 }
    guard start < found.upperBound, start == found.lowerBound || !has(found.lowerBound, .preposition) else {
      return nil
    }
    let stretch = start..<found.upperBound
    guard let core = core(at: start) else { return nil }
    if core.upperBound == stretch.upperBound, let actor = actor(of: core) {
      if case .issue = slot { return nil }
      return Match.Target(target: .entity(Int(actor)), stretch: stretch)
    }
    if case .actor = slot { return nil }
    if core.allSatisfy({ has($0, [.determiner, .pronoun, .time, .number]) }) { return nil }
    return Match.Target(target: .issue(span(stretch)), stretch: stretch)
  }

  /// Whether a clause says what is to be: its first finite verb is `must`, `should`, `ought to`, `has to`.
  func isDemand(_ clause: Stretch) -> Bool {
    for index in clause where index < words.count && isFinite(index) {
      let id = words[index].id
      if id == known.should || id == known.must || id == known.ought { return true }
      return (id == known.has || id == known.have || id == known.needs) && isWord(index + 1, known.to)
    }
    return false
  }
}
