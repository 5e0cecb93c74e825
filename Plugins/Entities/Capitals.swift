internal import PipelineKit

/// Capitals and governments' buildings: whom they stand for, and what else they may mean. ``Metonymy`` reads the context.
extension Linker {
  /// A capital or a government's building: the government, or the place, by context. A context that doesn't tell
  /// is read as the document used the names of this government before.
  mutating func linkCapital(
    _ mention: Mention, _ row: NameRow, _ mentions: [Mention], _ sentence: WordSentence, _ bytes: Span<UInt8>,
    _ entity: inout Entity
  ) {
    let town = town(from: mention.row)
    var metonymy = Metonymy(words: words, sentence: sentence, isTown: town != nil)
    metonymy.isBeforeItsState = isBeforeItsState(mention, row, mentions)
    let leaning = metonymy.leaning(of: coordinated(mention, mentions), bytes)
    let sum = usage[row.actor, default: 0]
    usage[row.actor] = sum + leaning
    let state = lexicon.id(of: row.actor)
    let place = place(mention, town, bytes)
    let sure = [0.55, 0.7, 0.85, 0.92, 0.95][abs(leaning)]
    let rest = (100 - sure * 100).rounded() / 100
    if leaning > 0 || leaning == 0 && sum > 0 {
      (entity.actor, entity.kind, entity.via) = (state, row.kind, .metonymy)
      entity.candidates = [Entity.Candidate(actor: state, score: sure), Entity.Candidate(actor: place, score: rest)]
      addOthers(mention.row, to: &entity)
      note(row.actor, state)
    } else {
      (entity.actor, entity.kind, entity.via) = (place, .place, .name)
      entity.candidates = [Entity.Candidate(actor: place, score: sure), Entity.Candidate(actor: state, score: rest)]
      if let town { note(town, place) } else { notePlace(place, mention, bytes) }
    }
  }

  /// A union before the state in whose capital it sits: `Brussels` acts for the European Union as a rule.
  func mostMeant(_ row: NameRow, from first: Int32) -> NameRow {
    var index = first
    while index >= 0 {
      let other = lexicon.rows[Int(index)]
      if other.via == .metonymy, other.kind == .international, holds(other) { return other }
      index = other.next
    }
    return row
  }

  /// The town among a name's meanings, an actor; nil for a building, which no list has as a place.
  private func town(from first: Int32) -> Int32? {
    var index = first
    while index >= 0 {
      let row = lexicon.rows[Int(index)]
      if row.kind == .place { return row.actor }
      index = row.next
    }
    return nil
  }

  private func place(_ mention: Mention, _ town: Int32?, _ bytes: Span<UInt8>) -> String {
    if let town { return lexicon.id(of: town) }
    let name = text(mention.words, bytes)
    return NameIdentifier.make(prefix: "loc:", name: name) ?? "loc:" + name
  }
  private mutating func notePlace(_ id: String, _ mention: Mention, _ bytes: Span<UInt8>) {
    if known[id] == nil { known[id] = Actor(id: id, name: text(mention.words, bytes), kind: .place) }
  }

  /// `Brussels`, which stands for a state and for a union: what else the lists know it for takes a part of the
  /// second candidate's score.
  private func addOthers(_ first: Int32, to entity: inout Entity) {
    var index = first
    while index >= 0, entity.candidates.count < 4 {
      let row = lexicon.rows[Int(index)]
      index = row.next
      guard row.via == .metonymy, holds(row) else { continue }
      let id = lexicon.id(of: row.actor)
      guard !entity.candidates.contains(where: { $0.actor == id }) else { continue }
      // From the second, so that the first stays first.
      let share = (entity.candidates[1].score * 40).rounded() / 100
      entity.candidates[1].score = (entity.candidates[1].score * 100 - share * 100).rounded() / 100
      entity.candidates.append(Entity.Candidate(actor: id, score: share))
    }
    entity.candidates[1...].sort { $0.score > $1.score }
  }

  /// `Kyiv, Ukraine`.
  private func isBeforeItsState(_ mention: Mention, _ row: NameRow, _ mentions: [Mention]) -> Bool {
    let next = entities.count + 1
    guard next < mentions.count, mentions[next].row >= 0, words[mention.words.upperBound].isComma,
      mentions[next].words.lowerBound == mention.words.upperBound + 1
    else { return false }
    let state = lexicon.rows[Int(mentions[next].row)]
    return state.kind == .state && state.via != .demonym && state.actor == row.actor
  }

  /// The words from the first to the last of the places that are listed with this one: `Moscow and Kyiv`.
  /// Long lists are read in part, which keeps this linear.
  private func coordinated(_ mention: Mention, _ mentions: [Mention]) -> Range<Int> {
    var range = mention.words
    // Its index is the number of entities made so far.
    var index = entities.count - 1
    while index >= 0, range.count < 24, isListed(index + 1, mentions, behind: mentions[index].words.upperBound),
      mentions[index].type == .location
    {
      range = mentions[index].words.lowerBound..<range.upperBound
      index -= 1
    }
    index = entities.count + 1
    while index < mentions.count, range.count < 48, isListed(index, mentions, behind: range.upperBound),
      mentions[index].type == .location
    {
      range = range.lowerBound..<mentions[index].words.upperBound
      index += 1
    }
    return range
  }

  /// Whether a mention goes on with the list that ends before it. `in Moscow, and Kyiv agreed` is no list: a comma
  /// and `and` stand behind two names and more.
  private func isListed(_ index: Int, _ mentions: [Mention], behind end: Int) -> Bool {
    let between = end..<mentions[index].words.lowerBound
    guard isList(between) else { return false }
    guard between.count == 2, words[end].isComma else { return true }
    return index > 1 && isList(mentions[index - 2].words.upperBound..<mentions[index - 1].words.lowerBound)
  }

  /// `and`, `or`, `nor`, a comma with or without them; nothing else.
  private func isList(_ range: Range<Int>) -> Bool {
    (range.count == 1 || range.count == 2)
      && range.allSatisfy { words[$0].flags.contains(.and) || words[$0].isComma || words[$0].flags.contains(.nor) }
  }
}
