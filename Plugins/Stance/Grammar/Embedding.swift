internal import PipelineKit

/// How far the text itself stands by the clause in which a word is.
enum Reality: UInt8 {
  case stated
  /// `reports that …`, `it seems that …`
  case hedged
  /// `doubts that …`, `no evidence that …`, `if …`: nothing in the clause is anybody's position.
  case open
}

/// Clauses that the text does not state, by the word that governs them.
///
/// A `that` is followed back some words to its governor, whose class in `words.tsv` decides: verbs of doubt,
/// nouns of report that are denied, nouns of evidence that is missing, adjectives that say untrue, and any verb
/// that is negated or whose subject is nobody. Conditions count too, with or without `if`. Each search is
/// limited, so the cost stays linear.
extension Clauses {
  private static let farthestGovernor = 7

  /// Notes in each word how far the text stands by it.
  mutating func markReality() {
    for index in words.indices where !words[index].isEntity {
      if words[index].id == known.that {
        governThat(at: index)
      } else if has(index, .conditional), words[index].id != known.provided {
        mark(governed(from: isWord(index + 1, known.or) ? index + 3 : index + 1, isCondition: true), .open)
      } else if isInvertedCondition(index) {
        mark(governed(from: index + 1, isCondition: true), .open)
      } else if let reality = bareGovernor(index) {
        mark(governed(from: index + 1), reality)
      }
    }
  }

  private mutating func mark(_ stretch: Stretch, _ reality: Reality) {
    for index in stretch where words[index].reality.rawValue < reality.rawValue { words[index].reality = reality }
  }

  // MARK: that

  private mutating func governThat(at that: Int) {
    var index = that - 1
    while index >= 0, that - index < Self.farthestGovernor, !has(index, [.comma, .punctuation, .relative]) {
      defer { index -= 1 }
      guard !words[index].isEntity else { continue }
      if has(index, .report) {
        let denial = denial(ofReport: index)
        mark(governed(from: that + 1), denial == nil ? .hedged : .open)
        // `rejected reports that …` is no position on the reports either.
        if let denial { mark(denial..<denial + 1, .open) }
        return
      }
      if let reality = reality(governedBy: index) { return mark(governed(from: that + 1), reality) }
      if has(index, .verb), !has(index, .noun) { return }
    }
  }

  private func reality(governedBy index: Int) -> Reality? {
    if has(index, .untrue) { return .open }
    if has(index, .doubt) { return isDoubt(index) ? .open : nil }
    if has(index, .evidence) { return isMissing(index) ? .open : nil }
    if has(index, .truth) { return isDenied(index) ? .open : nil }
    if has(index, .chance) { return isDenied(index) ? .open : .hedged }
    guard has(index, .verb), !has(index, .noun) else { return nil }
    return isDenied(index) || isNobody(before: index) ? .open : isImpersonal(index) ? .hedged : nil
  }

  /// `doubt`, but not `no doubt`.
  private func isDoubt(_ index: Int) -> Bool {
    has(index, .doubt) && !has(index - 1, .scant) && !isWord(index - 1, known.without)
  }

  /// The word that denies what is reported: `rejected reports`, `contrary to a report`, `false claims`.
  private func denial(ofReport noun: Int) -> Int? {
    for index in (max(0, noun - 4)..<noun).reversed() where !words[index].isEntity {
      if has(index, [.comma, .punctuation]) { return nil }
      if has(index, [.doubt, .rejection, .untrue, .bad, .scant]) { return index }
    }
    return nil
  }

  /// `no evidence`, `little concrete proof`, `did not see any sign`
  private func isMissing(_ noun: Int) -> Bool {
    for index in (max(0, noun - 5)..<noun).reversed() where !words[index].isEntity {
      if has(index, [.comma, .punctuation]) { return false }
      if has(index, [.scant, .negator]) || isWord(index, known.without) || isWord(index, known.lack) { return true }
    }
    return false
  }

  /// Whether a negation stands before a verb or an adjective, among its auxiliaries.
  private func isDenied(_ index: Int) -> Bool {
    var before = index - 1
    while before >= 0, index - before < 6, !words[before].isEntity,
      has(before, [.auxiliary, .modal, .adverb, .negator, .hedge, .determiner])
    {
      if has(before, .negator) { return true }
      before -= 1
    }
    return false
  }

  /// `nobody believes`, `few analysts think`
  private func isNobody(before verb: Int) -> Bool {
    var index = verb - 1
    while index >= 0, verb - index < 6, !words[index].isEntity, !has(index, [.comma, .punctuation, .verb]) {
      if has(index, .scant) { return true }
      index -= 1
    }
    return false
  }

  /// `it seems`, `it is said`
  private func isImpersonal(_ verb: Int) -> Bool {
    var index = verb - 1
    var isPassive = has(verb, .copula)
    while index >= 0, verb - index < 5, has(index, [.auxiliary, .modal, .adverb, .hedge]), !words[index].isEntity {
      if has(index, .copula), has(verb, [.saying, .participle]) { isPassive = true }
      index -= 1
    }
    return isPassive && isWord(index, known.it)
  }

  // MARK: Without that

  /// `doubts Russia supports the plan`, `nobody believes China supports Taiwan`
  private func bareGovernor(_ index: Int) -> Reality? {
    guard has(index, .verb), !has(index, .noun), !has(index, .auxiliary),
      has(index, .doubt) || has(index, .saying) && (isDenied(index) || isNobody(before: index)),
      !has(index - 1, [.determiner, .preposition, .scant])
    else { return nil }
    if has(index + 1, .pronoun) { return has(index + 2, [.third, .modal, .auxiliary]) ? .open : nil }
    guard let subject = core(at: index + 1) else { return nil }
    let next = subject.upperBound
    return has(next, [.third, .modal, .auxiliary]) && !has(next, .possessiveMark) ? .open : nil
  }

  /// `Had Iran supported the deal`, `Were Iran to support it`, `Should Iran support it`
  private func isInvertedCondition(_ index: Int) -> Bool {
    let id = words[index].id
    guard id == known.had || id == known.were || id == known.should, !isEntity(index - 1),
      let subject = core(at: index + 1), actor(of: subject) != nil
    else { return false }
    let next = skipAdverbs(subject.upperBound)
    if id == known.had { return has(next, .participle) }
    return id == known.were ? isWord(next, known.to) : has(next, .base)
  }

  private func skipAdverbs(_ start: Int) -> Int {
    var index = start
    while has(index, [.adverb, .negator]), !isEntity(index) { index += 1 }
    return index
  }

  // MARK: Extent

  /// The clause that begins at a word, with what is coordinated to it: up to the first comma behind its verb.
  private func governed(from start: Int, isCondition: Bool = false) -> Stretch {
    let start = min(start, words.count)
    var index = start
    var hasVerb = false
    var isInserted = false
    while index < min(words.count, start + Self.reach) {
      if has(index, .punctuation), !has(index, .hyphen) { break }
      if has(index, .comma) {
        if isInserted {
          isInserted = false
        } else if has(index + 1, .relative), !hasVerb {
          // `that Turkey, which backs Hamas, left`
          isInserted = true
        } else if !(has(index + 1, .coordinator) && isWord(index + 2, known.that)) {
          // `few, if any, members`
          if hasVerb || isCondition && index < start + 3 { break }
        }
      } else if !isInserted, !words[index].isEntity, has(index, [.verb, .modal, .auxiliary]),
        !has(index, [.noun, .possessiveMark])
      {
        hasVerb = true
      }
      index += 1
    }
    return start..<index
  }
}
