internal import PipelineKit

/// The names of a document by rules and model together: the rules propose, the model decides where names are and of
/// which type, and what the rules know of a name (who it is, role, state) stays with it. A user's own names are left
/// as they are.
extension NameFinder {
  mutating func judge(_ names: [TaggedName]) {
    let proposals = mentions
    mentions.removeAll(keepingCapacity: true)
    var next = 0
    var sentenceIndex = 0
    var roleIndex = 0
    for name in names {
      while next < proposals.count, proposals[next].words.upperBound <= name.words.lowerBound {
        keepUntagged(proposals[next])
        next += 1
      }
      var overlapping = next
      while overlapping < proposals.count, proposals[overlapping].words.lowerBound < name.words.upperBound {
        overlapping += 1
      }
      let own = proposals[next..<overlapping]
      next = overlapping
      if own.contains(where: isUsers) {
        for mention in own where isUsers(mention) { mentions.append(mention) }
        continue
      }
      if name.type == .organisation, let office = office(own, in: name.words) {
        mentions.append(office)
        continue
      }
      while words.sentences[sentenceIndex].range.upperBound <= name.words.lowerBound { sentenceIndex += 1 }
      while roleIndex < roles.count, roles[roleIndex].upperBound < name.words.lowerBound { roleIndex += 1 }
      if let same = own.first(where: { $0.words == name.words }) {
        adopt(same, as: name.type)
      } else {
        let role = roleIndex < roles.count && roles[roleIndex].upperBound == name.words.lowerBound ? roles[roleIndex] : nil
        addTagged(name, sentence: sentenceIndex, role: role)
      }
    }
    for mention in proposals[next...] { keepUntagged(mention) }
  }

  private func isUsers(_ mention: Mention) -> Bool { mention.row >= 0 && lexicon.rows[Int(mention.row)].isUsers }

  /// `Russian Foreign Ministry`: a people and an office that every state has as one name.
  private func office(_ own: ArraySlice<Mention>, in words: Range<Int>) -> Mention? {
    guard own.count == 2, let people = own.first, var office = own.last, people.row >= 0, office.row >= 0 else {
      return nil
    }
    let demonym = lexicon.rows[Int(people.row)]
    guard people.words.lowerBound == words.lowerBound, people.words.upperBound == office.words.lowerBound,
      office.words.upperBound == words.upperBound, demonym.via == .demonym, lexicon.rows[Int(office.row)].isGeneric
    else { return nil }
    office.words = words
    office.state = demonym.actor
    return office
  }

  /// What the model passed over stays where a list knows it beyond doubt.
  private mutating func keepUntagged(_ mention: Mention) {
    guard mention.row >= 0, mention.strength == .list else { return }
    mentions.append(mention)
  }

  private mutating func adopt(_ mention: Mention, as type: EntityType) {
    var mention = mention
    if mention.type != type {
      mention.row = row(mention.row, as: type)
      mention.type = type
      if type != .person { mention.role = nil }
    }
    mention.strength = max(mention.strength, .shape)
    mentions.append(mention)
  }

  /// The first meaning of a name that has a type, or that of a state where the name is taken for an organisation:
  /// `Germany` acts, and so does the `White House`. -1 where there is none.
  private func row(_ first: Int32, as type: EntityType) -> Int32 {
    var index = first
    while index >= 0 {
      let row = lexicon.rows[Int(index)]
      let isState = row.kind == .state || row.kind == .government
      if row.type == type || type == .organisation && row.type == .location && isState { return index }
      index = row.next
    }
    return -1
  }

  private mutating func addTagged(_ name: TaggedName, sentence index: Int, role: Range<Int>?) {
    enter(sentence: index)
    self.role = role
    var found: Int32 = -1
    if let match = match(at: name.words.lowerBound), match.words == name.words { found = row(match.row, as: name.type) }
    add(name.words, name.type, .shape, row: found, exactly: true)
  }
}
