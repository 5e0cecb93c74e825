internal import PipelineKit

/// Names that no list holds, by the words in them: `Ministry of …`, `… Corporation`, `Lake …`, a forename.
extension NameFinder {
  // MARK: - Organisations

  /// An organisation that begins at a word: up to the last head in the run, and what `of`, `for`, `on` add.
  func organisation(at first: Int, _ runEnd: Int, _ bytes: Span<UInt8>) -> Range<Int>? {
    guard sentence.style == .running else { return nil }
    if words[first].flags.contains(.orgBegin), first + 1 < sentence.range.upperBound {
      let end = tail(from: first + 1)
      if end > first + 1 { return first..<end }
    }
    var end = runEnd
    if end + 1 < sentence.range.upperBound, words[end].shape.contains(.possessive), isPlural(end - 1),
      words[end + 1].shape.contains(.capital)
    {
      end = endOfRun(from: end + 1)  // `People's Party`
    }
    var last = end - 1
    while last > first, !isHead(last) { last -= 1 }
    guard last > first else { return nil }
    return first..<tail(from: last + 1)
  }

  private func isHead(_ index: Int) -> Bool {
    guard words[index].flags.contains(.orgEnd), !isBare(words[index]) else { return false }
    // `Energy Minister`, `Energy and Trade Minister`: a topic of a role.
    let next = index + 1
    return next >= sentence.range.upperBound || words[next].flags.isDisjoint(with: [.roleHead, .roleModifier])
      || !words[next].shape.contains(.capital)
  }

  /// A word that `'s` makes part of a name and not its owner: one that no list knows as a name.
  private func isPlural(_ index: Int) -> Bool {
    index >= sentence.range.lowerBound && words[index].flags.isDisjoint(with: [.forename, .surname])
      && match(at: index) == nil
  }

  /// Behind `of Foreign Affairs`, `for Security and Cooperation in Europe`; where it starts if nothing follows.
  private func tail(from start: Int) -> Int {
    let limit = min(sentence.range.upperBound, start + Self.longestName)
    var end = start
    while end + 1 < limit, words[end].flags.contains(.link), !words[end].shape.contains(.capital) {
      var next = end + 1
      let isFirst = end == start
      if isFirst, words[end].flags.contains(.and) { break }
      if next + 1 < limit, words[next].flags.contains(.the) { next += 1 }
      guard words[next].shape.contains(.capital), !isBare(words[next]), !(words[end].flags.contains(.and) && isOther(next))
      else { break }
      end = min(endOfRun(from: next), limit)
    }
    return end
  }

  /// Behind `and`: a name of its own, not the rest of this one.
  private func isOther(_ index: Int) -> Bool {
    if !words[index].flags.isDisjoint(with: [.forename, .roleHead, .roleModifier, .orgBegin]) { return true }
    return match(at: index) != nil
  }

  // MARK: - Places

  /// `… Strait`, `Lake …`, `North …`.
  func place(at first: Int, _ runEnd: Int) -> Range<Int>? {
    guard sentence.style == .running else { return nil }
    var last = runEnd - 1
    while last > first, !words[last].flags.contains(.placeEnd) { last -= 1 }
    if last > first { return first..<last + 1 }
    guard words[first].flags.contains(.placeBegin), first + 1 < runEnd, !isBare(words[first + 1]) else { return nil }
    if let match = match(at: first + 1) {
      return lexicon.rows[Int(match.row)].type == .location ? first..<match.words.upperBound : nil
    }
    return first..<min(first + 2, runEnd)
  }

  // MARK: - Persons

  /// A forename or initials and what follows; behind a role any capitalised words.
  func person(at first: Int, _ runEnd: Int, _ bytes: Span<UInt8>) -> Range<Int>? {
    let word = words[first]
    let isBehindRole = role?.upperBound == first || smallRole(before: first) != nil
    let isInitial = isInitial(first)
    guard word.flags.contains(.forename) || isInitial || isBehindRole else { return nil }
    if sentence.style != .running, !isBehindRole, !word.flags.contains(.forename) { return nil }
    let limit = min(sentence.range.upperBound, first + 7)
    var end = first + 1
    var names = isInitial ? 0 : 1
    while end < limit, names < 4 {
      if isNamePart(end) {
        if !isInitial_(end) { names += 1 }
        end += 1
      } else if let next = behindParticle(end, limit) {
        (end, names) = (next, names + 1)
      } else {
        break
      }
    }
    while end > first + 1, isInitial_(end - 1) { end -= 1 }
    return names == 0 ? nil : first..<end
  }

  private func isInitial_(_ index: Int) -> Bool { isInitial(index) }

  /// `J.`, or `J` before a name.
  private func isInitial(_ index: Int) -> Bool {
    let word = words[index]
    return word.shape.contains(.capital) && word.end - word.start == 2 && !word.shape.contains(.allCapitals)
      && word.isAbbreviated
  }

  private func isNamePart(_ index: Int) -> Bool {
    let word = words[index]
    guard word.shape.contains(.capital), !isBare(word) else { return false }
    if isInitial(index) { return true }
    if !word.flags.isDisjoint(with: [.surname, .forename]) { return true }
    if word.shape.contains(.allCapitals), sentence.style == .running { return false }
    if !word.flags.isDisjoint(with: [.orgEnd, .placeEnd, .roleHead]) { return false }
    guard let match = match(at: index) else { return true }
    let row = lexicon.rows[Int(match.row)]
    return match.words.count == 1 && row.via != .demonym && row.kind != .state
  }

  /// Behind `al-Jabouri`, `von Trotta`, `-Pierre`: nil where no particle and name stand here.
  private func behindParticle(_ index: Int, _ limit: Int) -> Int? {
    var next = index
    while next < limit, next < index + 3,
      words[next].flags.contains(.particle) && !words[next].shape.contains(.capital)
        || words[next].shape.contains(.hyphen) && words[next].shape.contains(.joined)
    {
      next += 1
    }
    return next > index && next < limit && words[next].shape.contains(.capital) && !isBare(words[next]) ? next + 1 : nil
  }

  /// Whether a person's pattern is likelier than what the gazetteers know of its beginning.
  func prefersPerson(_ person: Range<Int>, over match: Mention?) -> Bool {
    guard let match else { return true }
    let row = lexicon.rows[Int(match.row)]
    if row.type == .person || match.words.count > 1 { return person.upperBound > match.words.upperBound && row.type == .person }
    if role?.upperBound == person.lowerBound { return row.isCommon || person.count > 1 && row.kind != .state }
    return person.count > 1
  }

  // MARK: - Unknown names

  /// Capitalised words that nothing is known of: the type by what stands around them.
  mutating func addUnknown(at first: Int, _ runEnd: Int, _ bytes: Span<UInt8>) -> Int {
    var end = first + 1
    while end < runEnd, !isBare(words[end]), goesOn(end) { end += 1 }
    guard sentence.style == .running else { return end }
    let range = first..<end
    let opens = opensSentence(first)
    if opens, range.count == 1 { return add(range, guess(range), .candidate) }
    return add(range, guess(range), strength(of: range))
  }

  private func goesOn(_ index: Int) -> Bool {
    let word = words[index]
    if word.shape.contains(.hyphen) { return true }
    if word.flags.contains(.surname) { return true }
    guard let match = match(at: index) else { return true }
    return lexicon.rows[Int(match.row)].isCommon && match.words.count == 1
  }

  private func strength(of range: Range<Int>) -> Mention.Strength {
    words[range.upperBound - 1].flags.contains(.surname) && range.count > 1 ? .shape : .guess
  }

  private func guess(_ range: Range<Int>) -> EntityType {
    let last = words[range.upperBound - 1]
    if range.count > 1, last.flags.contains(.surname) { return .person }
    if range.upperBound < sentence.range.upperBound, words[range.upperBound].flags.contains(.speech) { return .person }
    if range.lowerBound > sentence.range.lowerBound, words[range.lowerBound - 1].flags.contains(.place) {
      return .location
    }
    if range.count == 1, last.shape.contains(.allCapitals) { return .organisation }
    return .other
  }
}
