internal import PipelineKit

/// The names of a document by rules and model together: the rules propose, the model decides where names are and of
/// which type, and what the rules know of a name (who it is, role, state) stays with it. A user's own names are left
/// as they are.
extension NameFinder {
  mutating func judge(_ names: [TaggedName], _ bytes: Span<UInt8>) {
    let proposals = mentions
    mentions.removeAll(keepingCapacity: true)
    var (next, sentence, role) = (0, 0, 0)
    for name in names {
      while next < proposals.count, proposals[next].words.upperBound <= name.words.lowerBound {
        keepUntagged(proposals[next], bytes)
        next += 1
      }
      let first = next
      while next < proposals.count, proposals[next].words.lowerBound < name.words.upperBound { next += 1 }
      // A user's name that took up the one before may reach beyond it, over this one.
      if let last = mentions.last, last.words.upperBound > name.words.lowerBound {
        for mention in proposals[first..<next] { keepUntagged(mention, bytes) }
        continue
      }
      while words.sentences[sentence].range.upperBound <= name.words.lowerBound { sentence += 1 }
      while role < roles.count, roles[role].upperBound < name.words.lowerBound { role += 1 }
      enter(sentence: sentence)
      judge(name, proposals[first..<next], role: role < roles.count ? roles[role] : nil, bytes)
    }
    for mention in proposals[next...] { keepUntagged(mention, bytes) }
  }

  /// - Parameters:
  ///   - own: the proposals that share a word with the name.
  ///   - role: the first role in capitals that does not end before the name.
  private mutating func judge(
    _ name: TaggedName, _ own: ArraySlice<Mention>, role: Range<Int>?, _ bytes: Span<UInt8>
  ) {
    let same = own.first { $0.words == name.words }
    if own.contains(where: isUsers) {
      mentions += own.filter(isUsers)
    } else if name.words.count == 1, name.type != .person, words[name.words.lowerBound].flags.contains(.calendar) {
      return  // `Thursdays`
    } else if let same,
      isListed(same, against: name.type) || same.row >= 0 && words.isCited(name.words, in: sentence.range, bytes)
    {
      mentions.append(same)
    } else if words.isListedSource(name.words, in: sentence.range, bytes) {
      // Who is named there is a source, whatever the name looks like.
      add(TaggedName(words: name.words, type: .organisation), role: nil)
    } else if let role, role.lowerBound <= name.words.lowerBound, belongs(name, to: role) {
      // `Labor` in `Minister of Labor and Social Affairs`, or a person's name that begins where the role ends.
      if role.upperBound < name.words.upperBound {
        add(TaggedName(words: role.upperBound..<name.words.upperBound, type: .person), role: role)
      }
    } else if name.type == .organisation, let office = office(own, in: name.words) {
      mentions.append(office)
    } else if let same {
      adopt(same, as: name.type)
    } else {
      add(name, role: role?.upperBound == name.words.lowerBound ? role : nil)
    }
  }

  private func belongs(_ name: TaggedName, to role: Range<Int>) -> Bool {
    if role.upperBound > name.words.upperBound { return true }
    if role.upperBound == name.words.upperBound {
      return name.words.allSatisfy { words[$0].flags.contains(.portfolio) }
    }
    return name.type == .person && role.lowerBound < name.words.lowerBound && role.upperBound > name.words.lowerBound
  }

  /// Whether a list knows the name beyond doubt. What a state's name stands for, `Germany` of a team, only the text tells,
  /// but it is neither a thing nor, where it is no forename too, a person.
  private func isListed(_ mention: Mention, against type: EntityType) -> Bool {
    guard mention.row >= 0 else { return false }
    let row = lexicon.rows[Int(mention.row)]
    // `Jordan and Chad agreed`: states whose names are forenames too, which seldom stand alone. Where the document has a
    // person of that last name, `DocumentNames` still gives it to him.
    if type == .person, row.kind == .state, mention.type == .location, mention.words.count == 1 { return true }
    guard mention.strength == .list else { return false }
    if row.via == .demonym || row.type == .location && (type == .other || type == .person) { return true }
    return row.kind != .state && row.kind != .government && row.kind != .person && row.kind != .other && !row.isGeneric
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
  private mutating func keepUntagged(_ mention: Mention, _ bytes: Span<UInt8>) {
    guard mention.row >= 0 else { return }
    if mention.strength < .list {
      guard let sentence = sentence(of: mention), words.isCited(mention.words, in: sentence, bytes) else { return }
    }
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

  private mutating func add(_ name: TaggedName, role: Range<Int>?) {
    self.role = role
    var found: Int32 = -1
    if let match = match(at: name.words.lowerBound), match.words == name.words { found = row(match.row, as: name.type) }
    add(name.words, name.type, .shape, row: found, exactly: true)
  }

  private func sentence(of mention: Mention) -> Range<Int>? {
    let word = mention.words.lowerBound
    // The sentences are in order.
    var (low, high) = (0, words.sentences.count)
    while low < high {
      let middle = (low + high) / 2
      if words.sentences[middle].range.upperBound <= word { low = middle + 1 } else { high = middle }
    }
    return low < words.sentences.count && words.sentences[low].range.contains(word)
      ? words.sentences[low].range : nil
  }
}
