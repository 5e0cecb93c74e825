internal import PipelineKit
internal import TextScanning

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
    while last > first, !isHead(last, from: first) { last -= 1 }
    guard last > first else { return nil }
    // `Unified School District`: what a place's head goes on with belongs to it.
    if last + 1 < end, words[last + 1].flags.contains(.placeEnd) { last += 1 }
    return first..<tail(from: last + 1)
  }

  /// Whether a word ends a head of several words: `Air Force`.
  private func endsPhrase(_ last: Int, from first: Int) -> Bool {
    var node = WordTrie.root
    var index = last
    while index > first, words.isSingle(index), let next = lexicon.heads.child(of: node, words.piece(index)) {
      (node, index) = (next, index - 1)
      if lexicon.heads.value(at: node) != nil { return true }
    }
    return false
  }

  private func isHead(_ index: Int, from first: Int) -> Bool {
    guard words[index].flags.contains(.orgEnd) || endsPhrase(index, from: first), !isBare(words[index]) else {
      return false
    }
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
      guard words[next].shape.contains(.capital), !isBare(words[next]),
        !(words[end].flags.contains(.and) && isOther(next))
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
    if let end = placeOf(first) { return first..<end }
    var last = runEnd - 1
    while last > first, !isPlaceHead(last) { last -= 1 }
    if last > first { return first..<last + 1 }
    guard words[first].flags.contains(.placeBegin), first + 1 < runEnd, !isBare(words[first + 1]) else { return nil }
    if let match = match(at: first + 1) {
      return lexicon.rows[Int(match.row)].type == .location ? first..<match.words.upperBound : nil
    }
    return first..<min(first + 2, runEnd)
  }

  /// A word such as `Strait`, but not `State` in `State Secretary`.
  private func isPlaceHead(_ index: Int) -> Bool {
    words[index].flags.contains(.placeEnd)
      && (!words[index + 1].shape.contains(.capital) || !words[index + 1].flags.contains(.roleHead))
  }

  /// Behind `City of Brampton`, `Gulf of Finland`; nil where no such name begins at a word.
  private func placeOf(_ first: Int) -> Int? {
    guard !words[first].flags.isDisjoint(with: [.placeEnd, .placeBegin]), first + 2 < sentence.range.upperBound,
      words[first + 1].flags.contains(.of), words[first + 2].shape.contains(.capital), !isBare(words[first + 2])
    else { return nil }
    return match(at: first + 2)?.words.upperBound ?? endOfRun(from: first + 2)
  }

  // MARK: - Persons

  /// A forename or initials and what follows; behind a role any capitalised words.
  func person(at first: Int, _ runEnd: Int, _ bytes: Span<UInt8>) -> Range<Int>? {
    let word = words[first]
    let isBehindRole = role?.upperBound == startOfName(first) || smallRole(before: first) != nil
    let isInitial = isInitial(first)
    guard
      word.flags.contains(.forename) || isInitial || isBehindRole || isBeforeParticle(first) || isPlaceAndSurname(first)
    else { return nil }
    if sentence.style != .running, !isBehindRole, !word.flags.contains(.forename) { return nil }
    let limit = min(sentence.range.upperBound, first + 7)
    var end = first + 1
    var names = isInitial ? 0 : 1
    while end < limit, names < 4 {
      if isNamePart(end) {
        if !isInitial_(end) { names += 1 }
        end += 1
      } else if behindHyphens(end) > end {
        end = behindHyphens(end)
      } else if let next = behindParticle(end, limit) {
        (end, names) = (next, names + 1)
      } else {
        break
      }
    }
    while end > first + 1, isInitial_(end - 1) { end -= 1 }
    return names == 0 ? nil : first..<end
  }

  /// `Friedrich von Schlegel`, `Faras al-Jabouri`, of whom no list has the forename.
  private func isBeforeParticle(_ first: Int) -> Bool {
    words[first + 1].flags.contains(.particle) && !words[first + 1].flags.contains(.link)
      && behindParticle(first + 1, min(first + 5, sentence.range.upperBound)) != nil
  }

  /// `Paris Hilton`: a place that is a forename too, and a surname.
  private func isPlaceAndSurname(_ first: Int) -> Bool {
    guard first + 1 < sentence.range.upperBound, words[first + 1].flags.contains(.surname), let match = match(at: first)
    else { return false }
    return match.words.count == 1 && lexicon.rows[Int(match.row)].isCommon
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

  /// Behind the parts that hyphens join to a name that ends at a word: `Su-pyong`, `Jean-Pierre`. Not behind
  /// what is said of the name (`-led`) nor behind another name (`Lindqvist-Moscow`).
  func behindHyphens(_ end: Int) -> Int {
    var end = end
    let limit = min(sentence.range.upperBound, end + 6)
    while end + 1 < limit, words[end].shape.isSuperset(of: [.hyphen, .joined]), isJoinedName(end + 1) { end += 2 }
    return end
  }

  private func isJoinedName(_ index: Int) -> Bool {
    let word = words[index]
    guard word.shape.isSuperset(of: [.joined, .letter]), word.shape.isDisjoint(with: [.digit, .allCapitals]) else {
      return false
    }
    if word.shape.contains(.capital) { return match(at: index).map { $0.strength < .list } ?? true }
    // Syllables of names are short and none of the words, forms included, that English ties to names.
    return word.bytes.count <= 7 && word.flags.isDisjoint(with: [.compound, .function, .roleHead, .common])
      && word.shape.isDisjoint(with: [.adverbEnding, .nounEnding]) && !word.shape.contains(.verbEnding)
  }

  /// Whether a person's pattern is likelier than what the gazetteers know of its beginning.
  func prefersPerson(_ person: Range<Int>, over match: Mention?) -> Bool {
    guard let match else { return true }
    let row = lexicon.rows[Int(match.row)]
    if match.words.count == 1, isPlaceAndSurname(person.lowerBound) { return true }
    if row.type == .person || match.words.count > 1 {
      return person.upperBound > match.words.upperBound && row.type == .person
    }
    if role?.upperBound == person.lowerBound { return row.isCommon || person.count > 1 && row.kind != .state }
    return person.count > 1
  }

  // MARK: - Unknown names

  /// Capitalised words that nothing is known of: the type by what stands around them.
  mutating func addUnknown(at first: Int, _ runEnd: Int, _ bytes: Span<UInt8>) -> Int {
    var end = first + 1
    while end < runEnd, !isBare(words[end]), goesOn(end) { end += 1 }
    if words[end - 1].shape.contains(.hyphen) { end -= 1 }
    guard sentence.style == .running else { return end }
    let range = first..<end
    let opens = opensSentence(first)
    if range.count == 1, !opens, guess(range) == .other, words[first].flags.contains(.orgEnd) { return end }
    let isNumbered = end < sentence.range.upperBound && words[end].shape.contains(.digit)  // `Figure 2`
    if range.count == 1, opens || isNumbered { return add(range, guess(range), .candidate) }
    return add(range, guess(range), strength(of: range))
  }

  private func goesOn(_ index: Int) -> Bool {
    let word = words[index]
    if word.shape.contains(.hyphen) { return true }
    if word.flags.contains(.forename), !word.flags.contains(.common), index + 1 < sentence.range.upperBound,
      words[index + 1].shape.contains(.capital)
    {
      return false
    }
    if word.flags.contains(.surname) { return true }
    guard let match = match(at: index) else { return true }
    return lexicon.rows[Int(match.row)].isCommon && match.words.count == 1
  }

  private func strength(of range: Range<Int>) -> Mention.Strength {
    words[range.upperBound - 1].flags.contains(.surname) && range.count > 1 ? .shape : .guess
  }

  /// The type of an unknown name by what stands before and behind it, and by its form.
  private func guess(_ range: Range<Int>) -> EntityType {
    let last = words[range.upperBound - 1]
    let next = range.upperBound < sentence.range.upperBound ? words[range.upperBound].flags : []
    if range.count == 1, last.shape.contains(.allCapitals) { return acronym(range.lowerBound, next) }
    if last.flags.contains(.otherEnd) { return .other }
    let hasDeterminer = hasDeterminer(range)
    if range.count == 1, last.flags.contains(.orgEnd) { return hasDeterminer ? .organisation : .other }
    if range.count > 1, last.flags.contains(.surname), !hasDeterminer { return .person }
    if !next.isDisjoint(with: [.speech, .life]), !hasDeterminer { return .person }
    if next.contains(.region) { return .location }
    if !hasNounEnding(range), isBehindPlaceWord(range.lowerBound) { return .location }
    return looksLikePerson(range) ? .person : .other
  }

  /// An organisation behind `the`, or where it acts or speaks; most other acronyms name things.
  private func acronym(_ index: Int, _ next: WordFlags) -> EntityType {
    let isOrganisation =
      index > sentence.range.lowerBound && words[index - 1].flags.contains(.the)
      || !next.isDisjoint(with: [.speech, .act, .roleHead])
    return isOrganisation ? .organisation : .other
  }

  private func hasDeterminer(_ range: Range<Int>) -> Bool {
    range.lowerBound > sentence.range.lowerBound && words[range.lowerBound - 1].flags.contains(.determiner)
  }
  private func hasNounEnding(_ range: Range<Int>) -> Bool { range.contains { words[$0].shape.contains(.nounEnding) } }

  /// Behind `in`, `near`, or `the town of`.
  private func isBehindPlaceWord(_ first: Int) -> Bool {
    guard first > sentence.range.lowerBound else { return false }
    let before = words[first - 1].flags
    if before.contains(.inside) { return true }
    return before.contains(.of) && first - 1 > sentence.range.lowerBound && words[first - 2].flags.contains(.region)
  }

  /// Two or three plain words without an article, none of which ends as English nouns do, and one of which is
  /// known as a forename or surname or is formed as one.
  private func looksLikePerson(_ range: Range<Int>) -> Bool {
    // `Bae Sang-Guk`: joined parts count as one where a part of persons' names opens them.
    let opensPersonal = isPersonal(range.lowerBound)
    let joints = opensPersonal ? range.count { words[$0].shape.isSuperset(of: [.hyphen, .joined]) } : 0
    guard (2...3).contains(range.count - 2 * joints), !hasDeterminer(range), !hasNounEnding(range) else {
      return false
    }
    if range.lowerBound > sentence.range.lowerBound, words[range.lowerBound - 1].shape.contains(.possessive) {
      return false
    }
    return (words[range.lowerBound].flags.contains(.beginsPerson) || range.contains(where: isPersonal))
      && range.allSatisfy {
        if joints > 0, words[$0].shape.contains(.hyphen) { return true }
        return words[$0].shape.isDisjoint(with: [.allCapitals, .digit, .hyphen]) && words[$0].bytes.count > 2
          && words[$0].flags.isDisjoint(with: [.orgEnd, .orgBegin, .placeEnd, .placeBegin, .roleHead, .roleModifier])
      }
  }

  /// A word that the lists know as a part of persons' names, or that is formed as a surname.
  private func isPersonal(_ index: Int) -> Bool {
    if !words[index].flags.isDisjoint(with: [.forename, .surname]) || words[index].shape.contains(.surnameEnding) {
      return true
    }
    guard words.isSingle(index), case let word = words.piece(index), word >= 0, Int(word) < lexicon.lastNames.count
    else {
      return false
    }
    return lexicon.lastNames[Int(word)] >= 0
  }
}
