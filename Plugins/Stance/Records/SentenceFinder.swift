internal import PipelineKit

/// Finds the stances of one sentence: each predicate of the lexicon is looked at in turn, and what its frame,
/// its group of verbs and its subject say together becomes a record, or nothing.
struct SentenceFinder {
  var clauses: Clauses
  var found: [Stance] = []
  /// Words up to here belong to a target whose predicates state no position, as in `urged him to back it`.
  private var silentUntil = 0
  /// Words up to here were used by a predicate, as in `voiced its support for`.
  private var usedUntil = 0

  init(clauses: Clauses) { self.clauses = clauses }

  private var words: [Word] { clauses.words }
  private var lexicon: Lexicon { clauses.lexicon }

  mutating func run() {
    clauses.attributions = clauses.findAttributions()
    clauses.markReality()
    for index in words.indices where words[index].has(.predicate) && !words[index].isEntity {
      if words[index].reality == .open { continue }
      guard index >= silentUntil else { continue }
      if words[index].has([.good, .bad]) { evaluation(at: index) }
      for reading in lexicon.readings(of: words[index].id) {
        let lexeme = lexicon.lexemes[Int(reading.lexeme)]
        let isDone =
          reading.forms.isEmpty
          ? nounOrAdjective(lexeme, at: index) : verb(lexeme, forms: reading.forms, at: index)
        if isDone { break }
      }
    }
  }

  // MARK: Verbs

  private mutating func verb(_ lexeme: Lexeme, forms: WordClass, at index: Int) -> Bool {
    guard index >= usedUntil, !(lexeme.verb.isEmpty && lexeme.author.isEmpty && !lexeme.isSaying),
      let group = clauses.group(at: index, forms: forms)
    else { return false }
    if group.isPassive || group.isBare && forms.has(.participle) || isReducedPassive(index, forms) {
      return passive(lexeme, group, at: index)
    }
    let next = clauses.skipTime(from: index + 1)
    for frame in lexeme.verb {
      guard let match = clauses.match(frame, at: next), !isCutClause(match) else { continue }
      if isTransparent(lexeme, frame, match) { return false }
      if group.isBare && !startsParticipleClause(group.start) { return false }
      let subject = subject(of: group)
      if match.isAmong, (subject?.holders.count ?? 0) < 2 { continue }
      if let subject { active(frame, match, group, subject, at: index) }
      silence(frame, match)
      usedUntil = max(usedUntil, match.firstTarget)
      return true
    }
    for frame in lexeme.author {
      if let match = clauses.match(frame, at: index + 1) { return verdict(frame, match, group, at: index) }
    }
    return lexeme.isSaying && demand(group, at: index)
  }

  /// `, calling the base indispensable`, `while backing the plan`
  private func startsParticipleClause(_ start: Int) -> Bool {
    clauses.has(start - 1, .comma) || clauses.has(start - 1, .subordinator) && !clauses.has(start - 1, .preposition)
  }

  /// `agreed to supply Manila with radars`: the second verb says more than the first.
  private func isTransparent(_ lexeme: Lexeme, _ frame: Frame, _ match: Match) -> Bool {
    guard lexeme.chain != nil, case .action? = frame.slots.last else { return false }
    let verb = match.firstTarget
    return lexicon.readings(of: words[verb].id).contains { reading in
      reading.forms.has(.base)
        && lexicon.lexemes[Int(reading.lexeme)].verb.contains { clauses.match($0, at: verb + 1) != nil }
    }
  }

  /// `doubts the ads would work`: what looked like the target is the subject of a clause.
  private func isCutClause(_ match: Match) -> Bool {
    guard let target = match.targets.last, target.stretch.upperBound == match.end, match.end < words.count,
      clauses.isFinite(match.end)
    else { return false }
    return !words[match.end].has(.past) || words[match.end].has(.auxiliary)
  }

  private func isReducedPassive(_ index: Int, _ forms: WordClass) -> Bool {
    forms.has(.participle) && clauses.isWord(index + 1, clauses.known.by)
  }

  private func subject(of group: VerbGroup) -> Subject? {
    guard let subject = clauses.subject(before: group.start), !subject.isConditional else { return nil }
    return subject
  }

  /// Targets in which others are to act hold predicates that are nobody's position yet.
  private mutating func silence(_ frame: Frame, _ match: Match) {
    for slot in frame.slots {
      switch slot {
      case .clause, .action: silentUntil = max(silentUntil, match.end)
      default: break
      }
    }
  }

  private mutating func active(_ frame: Frame, _ match: Match, _ group: VerbGroup, _ subject: Subject, at index: Int) {
    guard let reading = stated(frame, match, group, subject) else { return }
    let evidence = clauses.span(subject.stretch.lowerBound..<max(match.end, index + 1))
    let confidence = Confidence.of(subject.directness)
    if match.isAmong {
      guard subject.holders.count > 1 else { return }
      for holder in subject.holders {
        for other in subject.holders where other != holder {
          add(holder, .entity(Int(other)), reading, evidence, confidence, at: index)
        }
      }
    }
    for target in match.targets {
      for holder in subject.holders {
        add(holder, target.target, reading, evidence, confidence, at: index)
        guard target.isPartner, case .entity(let partner) = target.target else { continue }
        add(Int32(partner), .entity(Int(holder)), reading, evidence, confidence, at: index)
      }
    }
  }

  // MARK: Passives

  private mutating func passive(_ lexeme: Lexeme, _ group: VerbGroup, at index: Int) -> Bool {
    for frame in lexeme.verb {
      guard let (slot, next) = passiveObject(frame, at: index), let by = agent(after: next) else { continue }
      let holders = by.actors.filter(clauses.canHold)
      guard !holders.isEmpty,
        let target = clauses.object(before: group.start, wants: slot, mayFollowComma: !group.isPassive)
      else { continue }
      let subject = Subject(holders: holders, stretch: by.stretch)
      guard let reading = stated(frame, Match(end: next), group, subject) else { return false }
      let evidence = clauses.span(target.stretch.lowerBound..<by.stretch.upperBound)
      for holder in holders { add(holder, target.target, reading, evidence, Confidence.passive, at: index) }
      return true
    }
    return false
  }

  /// The slot that the subject of the passive fills, and the word behind what stands before it in the frame.
  private func passiveObject(_ frame: Frame, at index: Int) -> (Frame.Slot, Int)? {
    var next = index + 1
    for slot in frame.slots {
      switch slot {
      case .words(let ids):
        guard next < words.count, ids.contains(words[next].id) else { return nil }
        next += 1
      case .target, .actor, .issue: return frame.polarity == nil ? nil : (slot, next)
      default: return nil
      }
    }
    return nil
  }

  /// Who stands behind `by`, at most some words on.
  private func agent(after index: Int) -> Phrase? {
    for next in index..<min(index + 8, words.count) {
      if clauses.has(next, [.comma, .punctuation]) { return nil }
      guard words[next].id == clauses.known.by else { continue }
      guard let phrase = clauses.phrase(at: next + 1), !phrase.actors.isEmpty else { return nil }
      return phrase
    }
    return nil
  }

  // MARK: Nouns and adjectives

  private mutating func nounOrAdjective(_ lexeme: Lexeme, at index: Int) -> Bool {
    for frame in lexeme.adjective {
      guard let match = clauses.match(frame, at: index + 1),
        let group = clauses.copula(before: index, isPhrase: false)
      else { continue }
      if let subject = subject(of: group) { active(frame, match, group, subject, at: index) }
      usedUntil = max(usedUntil, match.firstTarget)
      return true
    }
    guard index >= usedUntil else { return false }
    for frame in lexeme.noun {
      guard let match = clauses.match(frame, at: index + 1) else { continue }
      return nominal(frame, match, at: index)
    }
    return false
  }

  private mutating func nominal(_ frame: Frame, _ match: Match, at index: Int) -> Bool {
    if let light = clauses.light(before: index), let subject = subject(of: light.group) {
      var group = light.group
      if light.isDenied { group.isNegated.toggle() }
      guard let reading = stated(frame, match, group, subject) else { return true }
      let evidence = clauses.span(subject.stretch.lowerBound..<match.end)
      let sure = min(Confidence.light, Confidence.of(subject.directness))
      for target in match.targets {
        for holder in subject.holders { add(holder, target.target, reading, evidence, sure, at: index) }
      }
      return true
    }
    let match = clauses.withoutOwner(match)
    guard let owner = clauses.owner(of: index, behind: match.end) else { return false }
    let subject = Subject(holders: owner.actors, stretch: owner.stretch)
    guard let reading = stated(frame, match, VerbGroup(start: index), subject) else { return true }
    let first = min(owner.stretch.lowerBound, index)
    let evidence = clauses.span(first..<max(match.end, owner.stretch.upperBound))
    for target in match.targets {
      for holder in owner.actors { add(holder, target.target, reading, evidence, Confidence.nominal, at: index) }
    }
    return true
  }

  // MARK: Demands and evaluations

  /// `X said that Y must …`, `“Y must …,” X said`: X is for what is to be.
  private mutating func demand(_ group: VerbGroup, at index: Int) -> Bool {
    guard !group.isNegated, !group.isBlocked, !group.isPassive, !group.isDeontic,
      let attribution = clauses.attributions.first(where: { $0.source.contains(index) }), attribution.isKnown
    else { return false }
    let start = attribution.stretch.lowerBound
    let end = attribution.isReported ? clauses.clauseEnd(from: start) : attribution.stretch.upperBound
    guard start < end, end - start < Clauses.reach, clauses.isDemand(start..<end),
      attribution.isReported || clauses.core(at: start) != nil
    else { return false }
    let reading = Reading(polarity: .support, strength: 2, mode: .verbal, hedged: group.isHedged, negated: false)
    let evidence = clauses.span(min(attribution.source.lowerBound, start)..<max(attribution.source.upperBound, end))
    add(attribution.speaker, .issue(clauses.span(start..<end)), reading, evidence, Confidence.demand, at: index)
    if attribution.isReported { silentUntil = max(silentUntil, end) }
    return true
  }

  /// `Y is unacceptable`, said by somebody, or by the article where the word is clear enough.
  private mutating func evaluation(at index: Int) {
    guard index >= usedUntil, let group = clauses.copula(before: index, isPhrase: true), !group.isBlocked,
      let target = clauses.object(before: group.start, wants: .target)
    else { return }
    let isGood = words[index].has(.good)
    guard !group.isNegated || isGood else { return }
    let reading = Reading(
      polarity: isGood != group.isNegated ? .support : .oppose, strength: group.isNegated ? 1 : 2, mode: .verbal,
      hedged: group.isHedged, negated: group.isNegated)
    judge(target, reading, mayBeAuthor: words[index].has(.authorial), end: index + 1, at: index)
  }

  /// `Y deserves to be copied`
  private mutating func verdict(_ frame: Frame, _ match: Match, _ group: VerbGroup, at index: Int) -> Bool {
    guard !group.isNegated, !group.isBlocked, !group.isPassive, !group.isBare, let polarity = frame.polarity,
      let target = clauses.object(before: group.start, wants: .target)
    else { return false }
    let reading = Reading(
      polarity: polarity, strength: frame.strength, mode: .verbal, hedged: group.isHedged, negated: false)
    judge(target, reading, mayBeAuthor: true, end: match.end, at: index)
    return true
  }

  private mutating func judge(_ target: Match.Target, _ reading: Reading, mayBeAuthor: Bool, end: Int, at index: Int) {
    if let attribution = attribution(at: index) {
      guard attribution.isKnown else { return }
      let start = attribution.isReported ? attribution.source.lowerBound : target.stretch.lowerBound
      let evidence = clauses.span(start..<max(end, start + 1))
      return add(attribution.speaker, target.target, reading, evidence, Confidence.evaluation, at: index)
    }
    guard mayBeAuthor, !words[index].isQuoted, !reading.hedged, clauses.attributions.isEmpty else { return }
    append(
      Stance(
        holder: .author, target: target.target, polarity: reading.polarity, strength: reading.strength, mode: .verbal,
        evidence: clauses.span(target.stretch.lowerBound..<end), negated: reading.negated,
        confidence: Confidence.author))
  }

  // MARK: Records

  /// What a predicate says after negation and modality.
  private struct Reading {
    var polarity: Stance.Polarity
    var strength: Int
    var mode: Stance.Mode
    var hedged: Bool
    var negated: Bool
  }

  private func stated(_ frame: Frame, _ match: Match, _ group: VerbGroup, _ subject: Subject) -> Reading? {
    guard !group.isBlocked, !group.isDeontic, let polarity = match.evaluation ?? frame.polarity else { return nil }
    var reading = Reading(
      polarity: polarity, strength: frame.strength, mode: frame.mode,
      hedged: group.isHedged || frame.hedged || subject.isHedged,
      negated: false)
    let isNegated = group.isNegated != subject.isNegated
    if isNegated || group.isInverted {
      if isNegated && group.isInverted || reading.polarity != .support { return nil }
      guard let strength = frame.negation.strength else { return nil }
      if frame.negation.onlyIntention, !group.isIntention, !group.isInverted { return nil }
      reading.polarity = .oppose
      reading.negated = isNegated
      reading.strength = group.isInverted ? frame.strength : strength
      if frame.mode == .material { reading.mode = .verbal }
    }
    if reading.hedged { reading.strength = min(reading.strength, 2) }
    return reading
  }

  private func attribution(at index: Int) -> Attribution? {
    let covering = clauses.attributions.filter { $0.stretch.contains(index) }
    return covering.filter(\.isReported).max { $0.stretch.lowerBound < $1.stretch.lowerBound } ?? covering.first
  }

  private mutating func add(
    _ holder: Int32, _ target: Stance.Target, _ reading: Reading, _ evidence: TextSpan, _ confidence: Double,
    at index: Int
  ) {
    guard clauses.canHold(holder) else { return }
    if case .entity(let other) = target, isSame(Int(holder), other) { return }
    var reading = reading
    if words[index].reality == .hedged {
      reading.hedged = true
      reading.strength = min(reading.strength, 2)
    }
    let speaker = attribution(at: index).flatMap { $0.isKnown ? Int($0.speaker) : nil }
    append(
      Stance(
        holder: .entity(Int(holder)), target: target, polarity: reading.polarity, strength: reading.strength,
        mode: reading.mode, evidence: evidence, hedged: reading.hedged, negated: reading.negated,
        speaker: speaker.flatMap { isSame($0, Int(holder)) ? nil : $0 },
        confidence: reading.hedged ? confidence * Confidence.hedged : confidence))
  }

  private func isSame(_ one: Int, _ other: Int) -> Bool {
    if one == other { return true }
    guard let actor = clauses.entities[one].actor else { return false }
    return actor == clauses.entities[other].actor
  }

  /// One record for each pair of holder and target: the first stays. Only the last records are compared with,
  /// so that a sentence without an end costs linear time.
  private mutating func append(_ stance: Stance) {
    guard !found.suffix(64).contains(where: { isSame($0.holder, stance.holder) && isSame($0.target, stance.target) })
    else { return }
    found.append(stance)
  }

  private func isSame(_ one: Stance.Holder, _ other: Stance.Holder) -> Bool {
    guard case .entity(let a) = one, case .entity(let b) = other else { return one == other }
    return isSame(a, b)
  }

  private func isSame(_ one: Stance.Target, _ other: Stance.Target) -> Bool {
    switch (one, other) {
    case (.entity(let a), .entity(let b)): isSame(a, b)
    case (.issue(let a), .issue(let b)): a.overlaps(b)
    default: false
    }
  }
}
