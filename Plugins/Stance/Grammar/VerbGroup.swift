internal import PipelineKit

/// What stands around a verb: auxiliaries, negation, and verbs that pass their subject on to an infinitive.
struct VerbGroup {
  /// The first word of the group.
  var start: Int
  var isNegated = false
  var isHedged = false
  /// `will`, `would`: an intention is declared.
  var isIntention = false
  /// `refuses to`: turned round without a negation.
  var isInverted = false
  /// `should`, `must`: said of somebody, not a position of his own.
  var isDeontic = false
  /// No position follows: `failed to`, `can`, `asked him to`.
  var isBlocked = false
  var isPassive = false
  /// A participle without a verb before it: `, calling the base indispensable`, `the plan backed by Kyiv`.
  var isBare = false
}

extension Clauses {
  /// The group that ends in a verb; nil where the word is no verb here.
  func group(at verb: Int, forms: WordClass) -> VerbGroup? {
    var group = VerbGroup(start: verb)
    var forms = forms
    var links = 0
    while links < 5 {
      guard let step = auxiliaries(&group, forms: forms) else { return nil }
      guard step == .infinitive else { break }
      guard let next = chain(&group) else { return nil }
      forms = next
      links += 1
    }
    return links < 5 ? group : nil
  }

  private enum Step { case finite, infinitive }

  /// Walks left over what stands before a verb, until the group is finite or begins with `to`.
  private func auxiliaries(_ group: inout VerbGroup, forms: WordClass) -> Step? {
    var forms = forms
    var isOwnForm = true
    var isPerfect = false
    while group.start > 0 {
      let index = group.start - 1
      let word = words[index]
      if word.isEntity { break }
      if word.has(.negator) || word.id == known.longer && isWord(index - 1, known.no) {
        group.isNegated.toggle()
        group.start = word.id == known.longer ? index - 1 : index
      } else if word.has([.adverb, .hedge]), !word.has(.noun) {
        if word.has(.hedge) { group.isHedged = true }
        group.start = index
      } else if word.id == known.to {
        guard forms.has(.base) else { break }
        group.start = index
        return .infinitive
      } else if word.has(.modal) {
        modal(word.id, &group)
        // `would have backed it` is what did not happen.
        if isPerfect, word.id != known.will { group.isBlocked = true }
        group.start = index
        return .finite
      } else if word.has(.auxiliary), !word.has(.possessiveMark) || forms.has([.participle, .gerund]) && isOwnForm {
        guard auxiliary(word, forms: forms, isOwnForm: isOwnForm, &group) else { break }
        if word.id == known.have { isPerfect = true }
        forms = word.classes
        isOwnForm = false
        group.start = index
        if word.id == known.be { forms = .base }
      } else {
        break
      }
    }
    return finite(&group, forms: forms, isOwnForm: isOwnForm)
  }

  /// Takes an auxiliary into the group; false where it does not go with the form behind it.
  private func auxiliary(_ word: Word, forms: WordClass, isOwnForm: Bool, _ group: inout VerbGroup) -> Bool {
    let isBe = word.has(.copula) || word.id == known.be || word.id == known.been || word.id == known.being
    if isBe, isOwnForm {
      if forms.has(.gerund) { return true }
      guard forms.has(.participle) else { return false }
      group.isPassive = true
      return true
    }
    if isBe { return true }
    let isHave = word.id == known.have || word.id == known.has || word.id == known.had
    return isHave ? !isOwnForm || forms.has(.participle) : !isOwnForm || forms.has(.base)
  }

  private func modal(_ id: Int32, _ group: inout VerbGroup) {
    switch id {
    case known.may, known.might, known.could: group.isHedged = true
    case known.should, known.must, known.ought: group.isDeontic = true
    case known.can: if !group.isNegated { group.isBlocked = true }
    case known.cannot:
      group.isNegated = true
    default: group.isIntention = true
    }
  }

  private func finite(_ group: inout VerbGroup, forms: WordClass, isOwnForm: Bool) -> Step? {
    if !isOwnForm { return .finite }
    if forms.has([.past, .third]) {
      // After a determiner it is a noun or an adjective.
      return has(group.start - 1, [.determiner, .possessive, .possessiveMark, .hyphen]) ? nil : .finite
    }
    if forms.has([.gerund, .participle]) {
      group.isBare = true
      return has(group.start - 1, [.determiner, .possessive, .possessiveMark, .preposition, .hyphen]) ? nil : .finite
    }
    return takesPlural(group.start) ? .finite : nil
  }

  /// Whether a verb in its base form has a plural subject right before it.
  private func takesPlural(_ start: Int) -> Bool {
    if has(start - 1, [.pronoun, .relative]) { return true }
    if has(start - 1, .office) { return true }
    guard isEntity(start - 1), let subject = holders(endingAt: start) else { return false }
    return subject.holders.count > 1
  }

  /// `agreed to`, `is ready to`, `refuses to`: the forms of the word before `to`, or nil where it passes nothing on.
  private func chain(_ group: inout VerbGroup) -> WordClass? {
    var index = group.start - 1
    if has(index, .negator) {
      group.isNegated.toggle()
      index -= 1
    }
    guard index >= 0, !words[index].isEntity else { return nil }
    for reading in lexicon.readings(of: words[index].id) {
      guard let effect = lexicon.lexemes[Int(reading.lexeme)].chain else { continue }
      switch effect {
      case .same: break
      case .hedged: group.isHedged = true
      case .inverted: group.isInverted.toggle()
      case .blocked: group.isBlocked = true
      }
      // What is denied of the infinitive is settled; what stands before belongs to the chain.
      group.start = index
      return reading.forms.isEmpty ? .gerund : reading.forms
    }
    return nil
  }
}
