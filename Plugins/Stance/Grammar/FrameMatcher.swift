internal import PipelineKit

/// What a frame found beside its predicate.
struct Match {
  struct Target {
    var target: Stance.Target
    /// Several actors joined by `and` are several targets.
    var stretch: Stretch
    var isPartner = false
  }
  var targets: [Target] = []
  /// The word behind the match.
  var end: Int
  var isAmong = false
  var evaluation: Stance.Polarity?
  /// Where the first target begins, or the match ends.
  var firstTarget: Int { targets.first?.stretch.lowerBound ?? end }
}

extension Clauses {
  /// Matches the slots of a frame from a word on.
  func match(_ frame: Frame, at start: Int) -> Match? {
    var match = Match(end: start)
    for index in frame.slots.indices {
      // `gave Manila six boats`: two phrases side by side
      if case .actor = frame.slots[index], index + 1 < frame.slots.count, case .phrase = frame.slots[index + 1] {
        guard recipient(&match), !(frame.mode == .material && isContact(at: match.end)) else { return nil }
      } else if index + 1 < frame.slots.count, isOwner(frame.slots[index], before: frame.slots[index + 1]) {
        guard owner(frame.slots[index], &match) else { return nil }
      } else {
        if case .phrase = frame.slots[index], frame.mode == .material, isContact(at: match.end) { return nil }
        guard step(frame.slots[index], &match) else { return nil }
      }
    }
    return match
  }

  /// `sent a delegation`, `gave a letter`: who receives it has met the giver, no more.
  private func isContact(at start: Int) -> Bool {
    guard let core = core(at: start) else { return false }
    return has(core.upperBound - 1, .contact) && !isEntity(core.upperBound - 1)
  }

  /// `agreed on February 21 to …`: where what belongs to a verb goes on behind the time.
  func skipTime(from start: Int) -> Int {
    var index = start
    var hasTime = false
    while index < min(words.count, start + 7), !words[index].isEntity,
      has(index, [.time, .timeLead]) || hasTime && has(index, .number) || index > start && isWord(index, known.the)
    {
      if has(index, .time) { hasTime = true }
      index += 1
    }
    // `on May 4 on a tariff`: the second `on` belongs to what follows.
    while index > start, !has(index - 1, [.time, .number]) { index -= 1 }
    // `on Monday to`, but not `on Monday's talks` and `on Monday talks`
    guard hasTime, has(index - 1, [.time, .number]), index < words.count, !has(index, [.possessiveMark, .hyphen]),
      words[index].isEntity || has(index, [.phraseEnd, .determiner, .possessive])
    else { return start }
    return has(index, [.comma, .punctuation]) ? start : index
  }

  /// `shares Vilnius's view`: a name before `'s`
  private func isOwner(_ slot: Frame.Slot, before next: Frame.Slot) -> Bool {
    guard case .words(let ids) = next, ids.contains(known.possessiveMark) else { return false }
    switch slot {
    case .actor, .partner: return true
    default: return false
    }
  }

  private func owner(_ slot: Frame.Slot, _ match: inout Match) -> Bool {
    let start = isWord(match.end, known.the) ? match.end + 1 : match.end
    guard isEntity(start), canHold(words[start].entity) else { return false }
    var isPartner = false
    if case .partner = slot { isPartner = true }
    let stretch = start..<entityEnd(start)
    match.targets.append(
      Match.Target(target: .entity(Int(words[start].entity)), stretch: stretch, isPartner: isPartner))
    match.end = stretch.upperBound
    return true
  }

  private func recipient(_ match: inout Match) -> Bool {
    let start = isWord(match.end, known.the) ? match.end + 1 : match.end
    guard isEntity(start), entities[Int(words[start].entity)].via != .demonym else { return false }
    let end = entityEnd(start)
    guard !has(end, [.possessiveMark, .hyphen]), canHold(words[start].entity), let gift = core(at: end),
      !gift.contains(where: { has($0, .time) })
    else { return false }
    match.targets.append(Match.Target(target: .entity(Int(words[start].entity)), stretch: match.end..<end))
    match.end = end
    return true
  }

  private func step(_ slot: Frame.Slot, _ match: inout Match) -> Bool {
    switch slot {
    case .words(let ids):
      // `agreed with Kyiv on May 4 on a tariff`
      let later = skipTime(from: match.end)
      if later < words.count, ids.contains(words[later].id) { match.end = later }
      guard match.end < words.count, !words[match.end].isEntity, ids.contains(words[match.end].id) else { return false }
      match.end += 1
    case .target, .actor, .issue, .partner: return object(slot, &match)
    case .among:
      match.isAmong = true
    case .clause: return clause(&match)
    case .action: return action(&match)
    case .phrase:
      guard let phrase = core(at: match.end) else { return false }
      match.end = phrase.upperBound
    case .possessive: return possessive(&match)
    case .evaluation: return evaluation(&match)
    case .end:
      return match.end >= words.count || has(match.end, [.punctuation, .comma])
    }
    return true
  }

  private func object(_ slot: Frame.Slot, _ match: inout Match) -> Bool {
    guard let phrase = phrase(at: match.end) else { return gerund(slot, &match) }
    if phrase.actors.isEmpty {
      switch slot {
      case .actor, .partner: return false
      default: break
      }
      if phrase.stretch.allSatisfy({ has($0, [.time, .timeLead, .number, .past]) }) { return false }
      // `protested three times`
      if isWord(phrase.stretch.upperBound - 1, known.times), !has(phrase.stretch.lowerBound, .determiner) {
        return false
      }
      var stretch = phrase.stretch
      // `Kyiv joining the alliance`
      if isEntity(stretch.upperBound - 1), has(stretch.upperBound, .gerund) {
        stretch = stretch.lowerBound..<clauseEnd(from: stretch.lowerBound)
      }
      match.targets.append(Match.Target(target: .issue(span(stretch)), stretch: stretch))
      match.end = stretch.upperBound
      return true
    }
    if case .issue = slot { return false }
    var isPartner = false
    if case .partner = slot { isPartner = true }
    for actor in phrase.actors {
      match.targets.append(Match.Target(target: .entity(Int(actor)), stretch: phrase.stretch, isPartner: isPartner))
    }
    match.end = phrase.stretch.upperBound
    return true
  }

  /// `against joining the alliance`
  private func gerund(_ slot: Frame.Slot, _ match: inout Match) -> Bool {
    switch slot {
    case .actor, .partner: return false
    default: break
    }
    guard has(match.end, .gerund), !isEntity(match.end) else { return false }
    let stretch = match.end..<max(match.end + 1, tail(from: verbObjectEnd(match.end), start: match.end))
    match.targets.append(Match.Target(target: .issue(span(stretch)), stretch: stretch))
    match.end = stretch.upperBound
    return true
  }

  private func verbObjectEnd(_ verb: Int) -> Int { core(at: verb + 1)?.upperBound ?? verb + 1 }

  private func clause(_ match: inout Match) -> Bool {
    let end = clauseEnd(from: match.end)
    let isClause =
      (match.end..<end).contains { isFinite($0) || has($0, [.modal, .auxiliary, .participle]) }
      || (match.end..<end).contains { isWord($0, known.to) } || (match.end..<end).contains { has($0, .base) }
    guard end - match.end >= 3, core(at: match.end) != nil, isClause else { return false }
    match.targets.append(Match.Target(target: .issue(span(match.end..<end)), stretch: match.end..<end))
    match.end = end
    return true
  }

  private func action(_ match: inout Match) -> Bool {
    guard match.end < words.count, has(match.end, [.base, .gerund]) || words[match.end].classes.isEmpty,
      !isEntity(match.end)
    else { return false }
    let end = max(match.end + 1, clauseEnd(from: match.end))
    match.targets.append(Match.Target(target: .issue(span(match.end..<end)), stretch: match.end..<end))
    match.end = end
    return true
  }

  private func possessive(_ match: inout Match) -> Bool {
    if has(match.end, .possessive) {
      match.end += 1
      return true
    }
    guard isEntity(match.end), has(entityEnd(match.end), .possessiveMark) else { return false }
    match.end = entityEnd(match.end) + 1
    return true
  }

  /// `indispensable`, `a serious threat`: the word that ends the phrase decides.
  private func evaluation(_ match: inout Match) -> Bool {
    var index = match.end
    var found: Stance.Polarity?
    while index < min(words.count, match.end + 6) {
      let word = words[index]
      if word.has([.good, .bad]), !word.isEntity {
        found = word.has(.good) ? .support : .oppose
        if word.has(.good), has(index - 1, .negator) || isWord(index - 1, known.no) { found = .oppose }
        index += 1
        continue
      }
      if found == nil, word.has(.phraseEnd) || word.isEntity { return false }
      if found != nil || word.has([.phraseEnd, .auxiliary]) { break }
      index += 1
    }
    guard let found else { return false }
    match.evaluation = found
    match.end = index
    return true
  }
}
