internal import PipelineKit

/// Who a verb says it of.
struct Subject {
  var holders: [Int32]
  /// The words from the first holder to the last.
  var stretch: Stretch
  var isNegated = false
  /// Under `if` or `whether`.
  var isConditional = false
  /// `X, one might think, …`
  var isHedged = false
  var directness = Directness.beside
}

/// How a holder was found; each way is as sure as `Confidence` says.
enum Directness: Int {
  case beside, insertion, relative, coordinated, pronoun
}

/// Backwards from a verb to its subject.
extension Clauses {
  /// The subject that ends before a word, which begins a group of verbs.
  ///
  /// - Parameter mayShare: whether a verb behind `and` may take the subject of the verb before.
  func subject(before verb: Int, mayShare: Bool = true) -> Subject? {
    var end = skipAdverbials(before: verb)
    guard end > 0 else { return nil }
    if let direct = holders(endingAt: end) { return checked(direct) }
    let word = words[end - 1]
    if word.has(.comma) {
      return insertion(closedAt: end - 1).flatMap(checked) ?? (mayShare ? shared(before: end - 1) : nil)
    }
    if word.has(.relative), !word.isEntity {
      end -= 1
      if has(end - 1, .comma) { end -= 1 }
      guard !has(end - 1, [.saying, .punctuation]), var found = holders(endingAt: end) else { return nil }
      found.directness = .relative
      return found
    }
    if word.has(.coordinator), mayShare { return shared(before: end - 1) }
    if word.has(.pronoun) { return pronoun(at: end - 1) }
    return nil
  }

  /// Steps back over `on Tuesday`, `again`, `last week` and the like.
  private func skipAdverbials(before verb: Int) -> Int {
    var end = verb
    while end > 0, verb - end < 12 {
      if has(end - 1, [.adverb, .hedge]), !isEntity(end - 1) {
        end -= 1
      } else if has(end - 1, .time) || has(end - 1, .number) && has(end - 2, .time) {
        var start = end - 1
        while start > 0, end - start < 6, has(start - 1, [.time, .timeLead, .number]), !isEntity(start - 1) {
          start -= 1
        }
        end = start
      } else {
        break
      }
    }
    return end
  }

  /// Holders whose noun phrase ends before a word, with those joined to them.
  func holders(endingAt end: Int) -> Subject? {
    guard let last = holder(endingAt: end, depth: 0) else { return nil }
    var found = Subject(holders: [last.holder], stretch: last.start..<end)
    var start = last.start
    while found.holders.count < 8, start > 1 {
      var before = start
      if isWord(before - 1, known.asWord), isWord(before - 2, known.well), isWord(before - 3, known.asWord) {
        before -= 3
      } else if has(before - 1, .coordinator) {
        if isWord(before - 1, known.nor) { found.isNegated = true }
        before -= 1
        if has(before - 1, .comma) { before -= 1 }
      } else if has(before - 1, .comma), found.holders.count > 1 {
        before -= 1
      } else {
        break
      }
      guard let next = holder(endingAt: before, depth: 0) else { break }
      found.holders.insert(next.holder, at: 0)
      start = next.start
    }
    found.stretch = start..<end
    if isWord(start - 1, known.neither) {
      found.isNegated = true
      found.stretch = start - 1..<end
    }
    if isWord(start - 1, known.both) { found.stretch = start - 1..<end }
    let lead = found.stretch.lowerBound - 1
    if has(lead, .preposition), !has(lead, .subordinator) { return nil }
    return found
  }

  /// One holder whose noun phrase ends before a word, and where the phrase begins.
  private func holder(endingAt end: Int, depth: Int) -> (holder: Int32, start: Int)? {
    guard end > 0, depth < 3 else { return nil }
    let last = end - 1
    guard words[last].isEntity || words[last].has(.office) else { return nil }
    var start = words[last].isEntity ? entityStart(last) : last
    while start > 0, end - start < 12, isInsidePhrase(start - 1) {
      start = words[start - 1].isEntity ? entityStart(start - 1) : start - 1
    }
    if has(start - 1, .preposition), !has(start - 1, .subordinator), !isEntity(start - 1) {
      return throughPreposition(start..<end, depth: depth)
    }
    guard let actor = actor(of: start..<end), canHold(actor) else { return nil }
    return (actor, start)
  }

  /// `officials from Ankara`, `the Foreign Ministry in Moscow`.
  private func throughPreposition(_ inner: Stretch, depth: Int) -> (holder: Int32, start: Int)? {
    let preposition = inner.lowerBound - 1
    guard preposition > 0 else { return nil }
    if let outer = holder(endingAt: preposition, depth: depth + 1) { return outer }
    let links = [known.of, known.from, known.forWord]
    guard has(preposition - 1, .office), links.contains(words[preposition].id),
      let actor = actor(of: inner)
    else { return nil }
    var start = preposition - 1
    while start > 0, inner.upperBound - start < 12, isInsidePhrase(start - 1) { start -= 1 }
    if has(start - 1, .preposition), !has(start - 1, .subordinator) { return nil }
    return (actor, start)
  }

  private func isInsidePhrase(_ index: Int) -> Bool {
    let word = words[index]
    if word.isEntity || word.has([.possessiveMark, .hyphen]) { return true }
    if word.has(.phraseEnd) || word.has(.auxiliary) { return false }
    if word.has(.capital) { return true }
    if word.has(.saying) && !word.has(.office) { return false }
    if word.has(.past), !has(index - 1, [.determiner, .possessiveMark]) { return false }
    if word.has(.verb), !word.has(.noun), !word.has(.office), word.has([.gerund, .third]) { return false }
    return !(word.has([.adverb, .hedge, .time]) && !word.has(.noun))
  }

  /// Places are where things happen, and what is neither name nor body does nothing.
  func canHold(_ index: Int32) -> Bool {
    let entity = entities[Int(index)]
    return entity.kind != .place && entity.type != .other
  }

  /// `Kyiv, which …, rejected`: a name before the comma that opens the insertion.
  private func insertion(closedAt comma: Int) -> Subject? {
    var opening = comma - 1
    var tries = 0
    while opening > 0, comma - opening < 40, tries < 3 {
      if has(opening, .punctuation) { return nil }
      if has(opening, .comma) {
        tries += 1
        if var found = holders(endingAt: opening), startsClause(found.stretch.lowerBound) {
          found.directness = .insertion
          found.isHedged = isOpinion(opening + 1..<comma)
          // `the foreign minister of Kenya, Grace Atieno, said`: the person is the holder.
          if let inner = holders(endingAt: comma), inner.stretch.lowerBound == opening + 1,
            entities[Int(inner.holders[0])].type == .person, inner.holders.count == 1
          {
            found.holders = inner.holders
          }
          return found
        }
      }
      opening -= 1
    }
    return nil
  }

  /// `one might think`, `it seems`, `some say`
  private func isOpinion(_ insertion: Stretch) -> Bool {
    let start = isWord(insertion.lowerBound, known.asWord) ? insertion.lowerBound + 1 : insertion.lowerBound
    let rest = start..<max(start, insertion.upperBound)
    guard has(start, .vague), !has(start + 1, .preposition), !rest.contains(where: isEntity) else { return false }
    if isWord(start, known.it), rest.contains(where: { has($0, .saying) }) { return has(start + 1, .copula) }
    return rest.contains { has($0, [.modal, .saying, .copula]) || has($0, .verb) && !has($0, .noun) }
  }

  private func startsClause(_ start: Int) -> Bool {
    start == 0 || has(start - 1, [.comma, .punctuation, .coordinator, .subordinator, .relative])
  }

  /// The subject of the first finite verb of the clause in which a word stands.
  ///
  /// - Parameter isVerb: whether a verb takes the subject, which then may be that of the clause around it.
  func shared(before word: Int, isVerb: Bool = true) -> Subject? {
    var start = word
    var isConditional = false
    while start > 0, word - start < Self.reach {
      let previous = start - 1
      if has(previous, .punctuation) { break }
      if has(previous, .conditional) { isConditional = true; break }
      if isWord(previous, known.that), has(previous - 1, [.saying, .verb]) { break }
      if has(previous, .subordinator), !has(previous, .preposition), !isWord(previous, known.asWord) {
        // `X spoke when Y came, demanded talks`: either may have demanded them.
        if previous > 0, (start..<word).contains(where: { has($0, .comma) }) || has(word, .comma) { return nil }
        break
      }
      if has(previous, .coordinator), has(previous - 1, .comma), isEntity(start) { break }
      start = previous
    }
    for verb in start..<word where isFinite(verb) {
      guard var found = subject(before: verb, mayShare: false) else { return nil }
      found.directness = .coordinated
      found.isNegated = false
      found.isConditional = found.isConditional || isConditional
      return isVerb ? amongClauses(found, verb: verb, second: word) : found
    }
    return nil
  }

  /// `X said that Y left and called …`: X or Y may have called. The tense decides, or `his` and `its`, else nobody.
  private func amongClauses(_ found: Subject, verb: Int, second word: Int) -> Subject? {
    guard let reported = attributions.last(where: { $0.isReported && $0.stretch.contains(word) }),
      reported.source.lowerBound < verb || reported.source.contains(verb),
      !has(reported.stretch.lowerBound - 1, .punctuation),
      word - reported.stretch.lowerBound < Self.reach,
      words[word].isQuoted == words[reported.source.upperBound - 1].isQuoted
    else { return found }
    guard let inner = (reported.stretch.lowerBound..<word).first(where: isFinite) else { return nil }
    // `X said it would leave and called …`: both are X.
    if var own = subject(before: inner, mayShare: false), own.holders == [reported.speaker] {
      own.directness = .coordinated
      return own
    }
    let next = (word..<min(words.count, word + 6)).first(where: { has($0, [.past, .third, .modal, .auxiliary]) })
    if let next, has(reported.source.upperBound - 1, .past), !isPast(next), !isPast(inner) {
      return reported.source.contains(verb) ? subject(before: inner, mayShare: false) : found
    }
    return byPossessive(reported, inner: inner, from: word)
  }

  private func isPast(_ index: Int) -> Bool {
    isWord(index, known.had) || isWord(index, known.were) || has(index, .past) && !has(index, .third)
  }

  /// The subject with which the first possessive behind a verb agrees, if only one of the two can be meant.
  private func byPossessive(_ reported: Attribution, inner: Int, from word: Int) -> Subject? {
    guard reported.isKnown, var own = subject(before: inner, mayShare: false), own.holders.count == 1,
      let mark = (word..<min(words.count, word + 12)).first(where: {
        isWord($0, known.his) || isWord($0, known.her) || isWord($0, known.its)
      })
    else { return nil }
    let isOfPerson = words[mark].id != known.its
    let speaks = entities[Int(reported.speaker)].type == .person
    guard speaks != (entities[Int(own.holders[0])].type == .person) else { return nil }
    own.directness = .coordinated
    if speaks == isOfPerson { own.holders = [reported.speaker]; own.stretch = reported.source }
    return own
  }

  func isFinite(_ index: Int) -> Bool {
    let word = words[index]
    if word.isEntity || word.has(.possessiveMark) { return false }
    if word.has(.modal) { return true }
    if word.has(.auxiliary) { return !word.has(.gerund) && word.id != known.be && word.id != known.been }
    if word.has(.noun) || has(index - 1, [.determiner, .possessive, .possessiveMark, .preposition]) { return false }
    return word.has(.past)
      || word.has(.third) && (isEntity(index - 1) || has(index - 1, [.office, .relative, .adverb]))
  }

  private func checked(_ subject: Subject) -> Subject {
    var subject = subject
    let before = subject.stretch.lowerBound - 1
    if has(before, .conditional) { subject.isConditional = true }
    return subject
  }
}
