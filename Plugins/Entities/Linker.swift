internal import PipelineKit

/// Says which actor each mention stands for, and collects the actors.
struct Linker {
  let lexicon: Lexicon
  let words: TextWords
  /// The article's; none where unknown.
  let date: Day
  var known: [String: Actor] = [:]
  private(set) var entities: [Entity] = []
  /// By state, the sum of what the contexts of its capital said so far.
  var usage: [Int32: Int] = [:]
  /// By office, the state whose office was named last: what `the Foreign Ministry` means behind it.
  var officeStates: [Int32: Int32] = [:]
  /// The state whose name, people or government opened a sentence of this paragraph last: whose a minister is of
  /// whom nothing else is said. -1 for none.
  private(set) var subject: Int32 = -1
  /// By the first meaning of a state's name, the region that the document means by it.
  private var regions: [Int32: NameRow] = [:]
  /// The entities that share the actor of one behind them.
  private var waiting: [Int] = []

  init(lexicon: Lexicon, words: TextWords, date: Day) {
    (self.lexicon, self.words, self.date) = (lexicon, words, date)
  }

  /// Every actor that an entity stands for, sorted by identifier.
  func actors() -> [Actor] { known.values.sorted { $0.id < $1.id } }

  mutating func link(_ mentions: [Mention], _ bytes: Span<UInt8>) -> [Entity] {
    entities.reserveCapacity(mentions.count)
    var sentence = 0
    for mention in mentions {
      while sentence + 1 < words.sentences.count,
        words.sentences[sentence].range.upperBound <= mention.words.lowerBound
      {
        sentence += 1
        if opensBlock(words.sentences[sentence].range.lowerBound, bytes) { subject = -1 }
      }
      let entity = entity(mention, mentions, words.sentences[sentence], bytes)
      entities.append(entity)
      noteSubject(entity, mention, words.sentences[sentence])
    }
    for index in waiting { shareLater(index, mentions[index], bytes) }
    return entities
  }

  private mutating func entity(
    _ mention: Mention, _ mentions: [Mention], _ sentence: WordSentence, _ bytes: Span<UInt8>
  ) -> Entity {
    let span = TextSpan(
      Int(words[mention.words.lowerBound].start), Int(words[mention.words.upperBound - 1].end))
    if isMisread(mention, sentence.range, bytes) { return Entity(span: span, type: .organisation) }
    var entity = Entity(span: span, type: mention.type)
    if let role = mention.role { entity.role = roleText(pastRole(mention) ?? role, bytes) }
    if mention.row < 0, mention.same >= 0, mention.same < mentions.count {
      guard mention.same < entities.count, entities[mention.same].via != nil else {
        waiting.append(entities.count)
        return entity
      }
      share(entities[mention.same], mention, bytes, &entity)
    } else if mention.row >= 0 {
      linkKnown(mention, mentions, sentence, bytes, &entity)
    } else {
      linkUnknown(mention, bytes, &entity)
    }
    return entity
  }

  /// An acronym read as a party or a person where sources are named: no reading is better than this one.
  private func isMisread(_ mention: Mention, _ sentence: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    guard mention.words.count == 1, words[mention.words.lowerBound].shape.contains(.allCapitals) else { return false }
    var kind: ActorKind? = mention.type == .person ? .person : nil
    if mention.row >= 0 {
      kind = lexicon.medium(mention.row)?.kind ?? meaning(of: mention.row).kind
    } else if mention.same >= 0, mention.same < entities.count {
      kind = entities[mention.same].kind
    }
    guard kind == .party || kind == .person else { return false }
    return words.isCited(mention.words, in: sentence, bytes)
  }

  // MARK: - Known names

  private mutating func linkKnown(
    _ mention: Mention, _ mentions: [Mention], _ sentence: WordSentence, _ bytes: Span<UInt8>, _ entity: inout Entity
  ) {
    var row = meaning(of: mention.row)
    if row.kind != .media, let medium = lexicon.medium(mention.row),
      words.isCited(mention.words, in: sentence.range, bytes)
    {
      row = medium
    }
    if row.kind == .place, row.isCommon, let person = ownedPerson(mention, mentions) {
      return linkHolder(person, &entity)
    }
    if row.type == .person {
      linkPerson(mention, row, isUnions: isUnions(mention, mentions), &entity)
    } else if row.via == .metonymy {
      linkCapital(mention, mostMeant(row, from: mention.row), mentions, sentence, bytes, &entity)
    } else if row.isGeneric {
      linkOffice(mention, row, bytes, &entity)
    } else {
      if row.kind == .state, let region = region(mention, mentions) { row = region }
      let id = lexicon.id(of: row.actor)
      (entity.actor, entity.kind, entity.via) = (id, row.kind, row.via)
      entity.candidates = others(row, from: mention.row, first: id)
      note(row.actor, id)
    }
  }

  /// The first meaning that holds on the article's date; the first of all where none does.
  private func meaning(of first: Int32) -> NameRow {
    var index = first
    while index >= 0 {
      let row = lexicon.rows[Int(index)]
      if holds(row) { return row }
      index = row.next
    }
    return lexicon.rows[Int(first)]
  }
  func holds(_ row: NameRow) -> Bool {
    date.isNone || (row.first.isNone || row.first <= date) && (row.last.isNone || date <= row.last)
  }

  /// The meanings that hold, the chosen one first. Scores by rank: no list says how frequent a meaning is.
  private func others(_ chosen: NameRow, from first: Int32, first id: String) -> [Entity.Candidate] {
    var ids = [id]
    var index = first
    while index >= 0, ids.count < 4 {
      let row = lexicon.rows[Int(index)]
      if holds(row) {
        let other = lexicon.id(of: row.actor)
        if !ids.contains(other) { ids.append(other) }
      }
      index = row.next
    }
    if ids.count == 1 { return [Entity.Candidate(actor: id, score: 0.95)] }
    let rest = 0.3 / Double(ids.count - 1)
    return ids.enumerated().map { Entity.Candidate(actor: $1, score: $0 == 0 ? 0.65 : rest) }
  }

  /// Whether a blank line stands before a word.
  private func opensBlock(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    guard index > 0 else { return true }
    // Tokens of a foreign stage may overlap.
    let (end, start) = (Int(words[index - 1].end), Int(words[index].start))
    return end < start && (end..<start).contains { bytes[$0] == UInt8(ascii: "\n") }
  }

  private mutating func noteSubject(_ entity: Entity, _ mention: Mention, _ sentence: WordSentence) {
    let first = mention.words.lowerBound
    if first > sentence.range.lowerBound + 1, words[first - 1].flags.contains(.inside),
      words[first - 2].flags.contains(.policy), mention.row >= 0,
      case let row = lexicon.rows[Int(mention.row)], row.via == .metonymy, row.kind == .government
    {
      subject = row.actor  // `the government in Yerevan`
      return
    }
    guard first <= sentence.range.lowerBound + 1, mention.row >= 0, entity.kind == .state || entity.kind == .government,
      case let actor = lexicon.rows[Int(mention.row)].actor, lexicon.actors[Int(actor)].kind == .state
    else { return }
    subject = actor
  }

  /// `NATO Secretary General …`: whether an international organisation stands right before the role.
  private func isUnions(_ mention: Mention, _ mentions: [Mention]) -> Bool {
    guard let role = mention.role, let before = entities.last, before.kind == .international else { return false }
    let end = mentions[entities.count - 1].words.upperBound
    return end == role.lowerBound || end == role.lowerBound - 1 && words[end].shape.contains(.possessive)
  }

  /// `Atlanta, Georgia`: the region of that name in the state in which the town before it lies, and from there on
  /// whenever the document names it.
  private mutating func region(_ mention: Mention, _ mentions: [Mention]) -> NameRow? {
    if let region = regions[mention.row] { return region }
    let first = mention.words.lowerBound
    guard let town = entities.last, town.type == .location, first > 1, words[first - 1].isComma,
      mentions[entities.count - 1].words.upperBound == first - 1,
      let actor = town.actor.flatMap({ lexicon.actor(id: $0) })
    else { return nil }
    let state = lexicon.text(lexicon.actors[Int(actor)].serves)
    guard !state.isEmpty else { return nil }
    var index = mention.row
    while index >= 0 {
      let row = lexicon.rows[Int(index)]
      if row.kind == .place, lexicon.text(lexicon.actors[Int(row.actor)].serves) == state {
        regions[mention.row] = row
        return row
      }
      index = row.next
    }
    return nil
  }

  // MARK: - Unknown names

  private mutating func linkUnknown(_ mention: Mention, _ bytes: Span<UInt8>, _ entity: inout Entity) {
    let holders = officeHolders(mention, entity.role)
    if let holder = holders.first, holders.count == 1 { return linkHolder(holder, &entity) }
    let name = text(mention.words, bytes)
    let (prefix, kind) = kind(of: mention)
    guard let id = identifier(prefix, name, mention, bytes) else { return }
    (entity.actor, entity.kind, entity.via) = (id, kind, .name)
    entity.candidates = [Entity.Candidate(actor: id, score: mention.strength == .guess ? 0.5 : 0.8)]
    if !holders.isEmpty { entity.candidates = ranked(id, 0.4, holders.map(\.actor)) }
    let state = servedState(mention)
    let server = state < 0 && isMinister(mention) ? subject : state
    let serves = server < 0 ? nil : lexicon.id(of: server)
    if let actor = known[id] {
      if actor.serves == nil { known[id]?.serves = serves }
    } else {
      known[id] = Actor(id: id, name: name, kind: kind, serves: serves)
    }
  }

  private func identifier(_ prefix: String, _ name: String, _ mention: Mention, _ bytes: Span<UInt8>) -> String? {
    if prefix == "org:", mention.words.count == 1, words[mention.words.lowerBound].shape.contains(.allCapitals),
      name.utf8.allSatisfy({ $0 &- 0x41 < 26 })
    {
      return prefix + name
    }
    return NameIdentifier.make(prefix: prefix, name: name)
  }

  private func kind(of mention: Mention) -> (String, ActorKind) {
    switch mention.type {
    case .person: return ("per:", .person)
    case .location: return ("loc:", .place)
    case .other: return ("misc:", .other)
    case .organisation:
      let flags = mention.words.reduce(WordFlags()) { $0.union(words[$1].flags) }
      return ("org:", flags.contains(.ministry) ? .ministry : flags.contains(.company) ? .company : .other)
    }
  }

  // MARK: - Together

  /// The actor of another mention: a last name's full name, an acronym's long form.
  private mutating func share(_ other: Entity, _ mention: Mention, _ bytes: Span<UInt8>, _ entity: inout Entity) {
    (entity.actor, entity.kind) = (other.actor, other.kind)
    let isSameText =
      other.span.count == entity.span.count && words.haveSameText(other.span.bytes, entity.span.bytes, bytes)
    entity.via = isSameText ? other.via : .alias
    if let actor = other.actor { entity.candidates = [Entity.Candidate(actor: actor, score: 0.9)] }
    if let actor = other.actor, known[actor]?.serves == nil, mention.type == .person,
      case let state = servedState(mention), state >= 0
    {
      known[actor]?.serves = lexicon.id(of: state)
    }
  }

  /// For a last name before the full name, an acronym before its long form.
  private mutating func shareLater(_ index: Int, _ mention: Mention, _ bytes: Span<UInt8>) {
    let other = entities[mention.same]
    var entity = entities[index]
    if other.actor == nil { linkUnknown(mention, bytes, &entity) } else { share(other, mention, bytes, &entity) }
    entities[index] = entity
  }

  mutating func note(_ actor: Int32, _ id: String, serves: Int32 = -1) {
    let row = lexicon.actors[Int(actor)]
    var state = serves < 0 ? nil : lexicon.id(of: serves)
    if state == nil, row.kind != .person, row.kind != .place, !row.serves.isEmpty { state = lexicon.text(row.serves) }
    if known[id] == nil {
      known[id] = Actor(id: id, name: lexicon.text(row.name), kind: row.kind, serves: state)
    } else if known[id]?.serves == nil {
      known[id]?.serves = state
    }
  }

  func text(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String {
    bytes.string(Int(words[range.lowerBound].start)..<Int(words[range.upperBound - 1].end))
  }

  /// The role as printed; titles such as `Mr.` are none.
  private func roleText(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String? {
    if range.count == 1, words[range.lowerBound].flags.contains(.title) { return nil }
    return text(range, bytes)
  }
}
