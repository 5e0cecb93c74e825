internal import PipelineKit

/// Persons of the dated tables, and offices that every state has: who holds them on the article's date, and whose
/// they are.
extension Linker {
  /// A person of the dated tables: one name may be that of several persons, one person may have held several
  /// offices. The state printed beside the role picks first, then an office on the article's date.
  /// - Parameter isUnions: whether the role printed is one of an international organisation.
  mutating func linkPerson(_ mention: Mention, _ first: NameRow, isUnions: Bool, _ entity: inout Entity) {
    var persons: [Int32] = []
    var (chosen, best) = (first, -1)
    var index = mention.row
    while index >= 0 {
      let row = lexicon.rows[Int(index)]
      index = row.next
      guard row.type == .person else { continue }
      if !persons.contains(row.actor) { persons.append(row.actor) }
      let fit = fit(row, mention)
      if fit > best { (chosen, best) = (row, fit) }
    }
    var serves = servedState(mention)
    if serves < 0, holds(chosen), !date.isNone || persons.count == 1, !isUnions { serves = chosen.serves }
    let id = lexicon.id(of: chosen.actor)
    (entity.actor, entity.kind, entity.via) = (id, .person, .name)
    entity.candidates =
      persons.count < 2
      ? [Entity.Candidate(actor: id, score: 0.95)] : ranked(id, best > 1 ? 0.7 : 0.5, persons)
    note(chosen.actor, id, serves: serves)
  }

  /// How well an office fits a mention: its state, its days, and whether it is one.
  private func fit(_ row: NameRow, _ mention: Mention) -> Int {
    let isState = mention.state >= 0 && row.serves == mention.state
    return (isState ? 4 : 0) + (holds(row) ? 2 : 0) + (row.serves >= 0 ? 1 : 0)
  }

  /// The first one with its score, and up to three others that share nearly all of the rest.
  func ranked(_ first: String, _ score: Double, _ actors: [Int32]) -> [Entity.Candidate] {
    let others = actors.map { lexicon.id(of: $0) }.filter { $0 != first }.prefix(3)
    let share = ((0.95 - score) / Double(max(1, others.count)) * 100).rounded(.down) / 100
    return [Entity.Candidate(actor: first, score: score)] + others.map { Entity.Candidate(actor: $0, score: share) }
  }

  /// `Foreign Minister Lavrov`: the persons of the dated tables who bear this last name in office on the article's
  /// date, for the state named beside the role if one is. A last name without a role is theirs who are the only
  /// ones in the tables that bear it.
  func officeHolders(_ mention: Mention, _ role: String?) -> [(actor: Int32, serves: Int32)] {
    guard mention.type == .person || mention.type == .other && mention.strength == .guess, mention.words.count == 1,
      case let word = words.piece(mention.words.lowerBound), word >= 0, Int(word) < lexicon.lastNames.count
    else { return [] }
    let isCommon = words[mention.words.lowerBound].small >= 0 || lexicon.flags[Int(word)].contains(.common)
    var found: [(actor: Int32, serves: Int32)] = []
    var isAlone = true
    var index = lexicon.lastNames[Int(word)]
    while index >= 0 {
      let row = lexicon.rows[Int(index)]
      index = row.nextLast
      if let first = found.first, first.actor != row.actor { isAlone = false }
      guard holds(row), row.serves >= 0, mention.state < 0 || row.serves == mention.state else {
        if found.isEmpty || found[0].actor != row.actor { isAlone = false }
        continue
      }
      if !found.contains(where: { $0.actor == row.actor }), found.count < 4 { found.append((row.actor, row.serves)) }
    }
    if role != nil { return found }
    return isAlone && !isCommon ? found : []
  }

  /// `India's Modi`: the person in office in the state that owns what the lists know as a small place too.
  func ownedPerson(_ mention: Mention, _ mentions: [Mention]) -> (actor: Int32, serves: Int32)? {
    let before = entities.count - 1
    guard mention.words.count == 1, before >= 0, entities[before].kind == .state, mentions[before].row >= 0,
      mentions[before].words.upperBound == mention.words.lowerBound - 1,
      words[mention.words.lowerBound - 1].shape.contains(.possessive)
    else { return nil }
    var person = mention
    (person.type, person.state) = (.person, lexicon.rows[Int(mentions[before].row)].actor)
    let holders = officeHolders(person, "")
    return holders.count == 1 ? holders[0] : nil
  }

  mutating func linkHolder(_ holder: (actor: Int32, serves: Int32), _ entity: inout Entity) {
    let id = lexicon.id(of: holder.actor)
    (entity.actor, entity.kind, entity.via, entity.type) = (id, .person, .alias, .person)
    entity.candidates = [Entity.Candidate(actor: id, score: entity.role == nil ? 0.6 : 0.8)]
    note(holder.actor, id, serves: holder.serves)
  }

  /// A minister or one of the deputies, of whom the text need not say each time whose.
  func isMinister(_ mention: Mention) -> Bool {
    guard let role = mention.role, pastRole(mention) == nil else { return false }
    return role.contains { words[$0].flags.contains(.minister) && words[$0].shape.contains(.capital) }
  }

  // MARK: - Former roles

  /// The state named beside a person's role, unless the role is one of former days.
  func servedState(_ mention: Mention) -> Int32 { pastRole(mention) == nil ? mention.state : -1 }

  /// A role of former days, with the word that says so: `then-Foreign Minister`, `Former Moldovan Prime Minister`.
  func pastRole(_ mention: Mention) -> Range<Int>? {
    guard let role = mention.role else { return nil }
    if role.contains(where: isPast) { return role }
    var index = role.lowerBound - 1
    while index >= 0, index >= role.lowerBound - 4 {
      if isPast(index) { return index..<role.upperBound }
      let word = words[index]
      guard word.shape.contains(.capital) || word.shape.contains(.hyphen) || word.flags.contains(.roleModifier),
        !word.flags.contains(.calendar)
      else { return nil }
      index -= 1
    }
    return nil
  }

  /// `former`, `late`; `then` in small letters or before a hyphen.
  private func isPast(_ index: Int) -> Bool {
    guard words[index].flags.contains(.past) else { return false }
    return !words[index].flags.contains(.function) || !words[index].shape.contains(.capital)
      || words[index + 1].shape.contains(.hyphen)
  }

  // MARK: - Offices

  /// An office that every state has: `Foreign Ministry`, whose by the words beside it, by the last one of this name
  /// in the document, or by the state of which the paragraph speaks.
  mutating func linkOffice(_ mention: Mention, _ row: NameRow, _ bytes: Span<UInt8>, _ entity: inout Entity) {
    (entity.kind, entity.via) = (row.kind, row.via)
    let general = lexicon.id(of: row.actor)
    guard let owner = mention.state >= 0 ? mention.state : officeStates[row.actor] ?? (subject >= 0 ? subject : nil)
    else {
      entity.actor = general
      entity.candidates = [Entity.Candidate(actor: general, score: 0.5)]
      return note(row.actor, general)
    }
    officeStates[row.actor] = owner
    let state = lexicon.actors[Int(owner)]
    let name = lexicon.text(lexicon.actors[Int(row.actor)].name) + " of " + lexicon.text(state.name)
    let id = NameIdentifier.make(prefix: "org:", name: name) ?? general
    entity.actor = id
    entity.candidates = [Entity.Candidate(actor: id, score: mention.state >= 0 ? 0.9 : 0.6)]
    if mention.state < 0, id != general { entity.candidates.append(Entity.Candidate(actor: general, score: 0.3)) }
    if known[id] == nil { known[id] = Actor(id: id, name: name, kind: row.kind, serves: lexicon.text(state.id)) }
  }
}
