internal import PipelineKit
internal import TextScanning

/// Roles beside names: `Deputy Energy Minister Roman Bilyk`, `Roman Bilyk, Ukraine's deputy energy minister,`.
extension NameFinder {
  /// A role in capitals that begins at a word: modifiers, at most three topics (`Economic Development and
  /// Trade`), and at its end a head.
  func roleSpan(at first: Int, _ runEnd: Int) -> Range<Int>? {
    var head: Int?
    var topics = 0
    var index = first
    let limit = min(sentence.range.upperBound, first + 8)
    while index < limit {
      if let known = knownRole(at: index), words[index].shape.contains(.capital) || topics > 0 {
        if known.isHead { head = known.end - 1 } else if head != nil { break }
        index = known.end
      } else if head == nil, isTopic(index, &topics) {
        index += 1
      } else {
        break
      }
    }
    guard let head, index > first else { return nil }
    return first..<officeEnd(head + 1)
  }

  /// The longest role in the list that begins at a word: `prime minister`, `deputy`.
  private func knownRole(at first: Int) -> (end: Int, isHead: Bool)? {
    let flags = words[first].flags
    var found: (end: Int, isHead: Bool)?
    if !flags.isDisjoint(with: [.roleHead, .roleModifier]) { found = (first + 1, flags.contains(.roleHead)) }
    var node = WordTrie.root
    var index = first
    while index < sentence.range.upperBound, words[index].small >= 0,
      let next = lexicon.roles.child(of: node, words[index].small)
    {
      (node, index) = (next, index + 1)
      if let value = lexicon.roles.value(at: node) {
        found = (index, value == 1)
      }
    }
    return found
  }

  private func isTopic(_ index: Int, _ topics: inout Int) -> Bool {
    let word = words[index]
    if word.flags.contains(.link) || word.shape.contains(.hyphen) { return topics > 0 }
    guard word.shape.contains(.capital), !word.flags.contains(.forename), topics < 3 else { return false }
    topics += 1
    return match(at: index) == nil
  }

  /// Behind `of State`, `of National Economy`: what stands behind `of` or `for` up to a name. Without a word that
  /// tells what ministers are for, the last two of three and more words are a name, or a single word is the office.
  private func officeEnd(_ end: Int) -> Int {
    guard end + 1 < sentence.range.upperBound, words[end].flags.contains(.of) || isFor(end) else { return end }
    let first = words[end + 1].flags.contains(.the) ? end + 2 : end + 1
    if let last = portfolioEnd(first) { return last }
    guard first == end + 1, words[end].flags.contains(.of), words[first].shape.contains(.capital),
      match(at: first) == nil, !words[first].flags.contains(.forename)
    else { return end }
    let runEnd = endOfRun(from: first)
    guard runEnd - first > 2, (first..<runEnd - 2).allSatisfy(isOfficeWord),
      (runEnd - 2..<runEnd).allSatisfy(isNameWord)
    else { return end + 2 }
    return runEnd - 2
  }

  private func isFor(_ index: Int) -> Bool {
    words[index].flags.isSuperset(of: [.link, .side]) && !words[index].shape.contains(.capital)
  }

  /// Behind the last word of a portfolio that begins at a word; nil where none does.
  private func portfolioEnd(_ first: Int) -> Int? {
    let limit = min(sentence.range.upperBound, first + 9)
    var end: Int?
    var index = first
    while index < limit {
      let word = words[index]
      if word.shape.contains(.capital), word.flags.contains(.portfolio) {
        end = index + 1
      } else if !(end == index && words[index + 1].flags.contains(.portfolio)
        && words[index + 1].shape.contains(.capital)
        && (word.flags.contains(.and) || word.flags.contains(.of) || isFor(index)))
      {
        break
      }
      index += 1
    }
    // `Head of Security Service`: an organisation, which is a mention of its own.
    guard let end, end >= limit || words[end].flags.isDisjoint(with: [.orgEnd, .orgBegin]) else { return nil }
    return end
  }

  private func isOfficeWord(_ index: Int) -> Bool {
    match(at: index) == nil && words[index].flags.isDisjoint(with: [.orgEnd, .orgBegin, .placeEnd, .forename])
  }
  private func isNameWord(_ index: Int) -> Bool {
    words[index].shape.isDisjoint(with: [.nounEnding, .plural, .allCapitals, .hyphen]) && match(at: index) == nil
      && words[index].flags.isDisjoint(with: [.orgEnd, .orgBegin, .placeEnd, .placeBegin, .roleHead, .roleModifier])
  }

  /// A role in small letters before a name: `deputy energy minister Roman Bilyk`.
  func smallRole(before first: Int) -> Range<Int>? {
    let start = sentence.range.lowerBound
    guard first > start, words[first - 1].flags.contains(.roleHead), !words[first - 1].shape.contains(.capital) else {
      return nil
    }
    var index = first - 1
    while index > start, first - index < 6, isRoleWord(index - 1) { index -= 1 }
    // `energy` in `deputy energy minister`: one word that only the modifier before it makes part of the role.
    if index - 1 > start, isPlainSmall(index - 1), words[index - 2].flags.contains(.roleModifier) {
      index -= 2
      while index > start, first - index < 6, words[index - 1].flags.contains(.roleModifier) { index -= 1 }
    } else if index > start, isPlainSmall(index - 1), isState(before: index - 1) {
      index -= 1
    }
    return index..<first
  }

  /// The role in capitals before a name, with what stands in small letters before it: `spokesman Col.`.
  func fullRole(_ role: Range<Int>) -> Range<Int> {
    let before = role.lowerBound - 1
    // `First` in `First Deputy Minister` is a word that begins no name.
    if before >= sentence.range.lowerBound, words[before].shape.contains(.capital), let known = knownRole(at: before),
      known.end > role.lowerBound
    {
      return before..<role.upperBound
    }
    return (smallRole(before: role.lowerBound)?.lowerBound ?? role.lowerBound)..<role.upperBound
  }

  private func isRoleWord(_ index: Int) -> Bool {
    let word = words[index]
    return !word.flags.isDisjoint(with: [.roleHead, .roleModifier])
      && (!word.shape.contains(.capital) || index == sentence.range.lowerBound)
  }
  private func isPlainSmall(_ index: Int) -> Bool {
    words[index].shape.contains(.letter) && words[index].shape.isDisjoint(with: [.capital, .possessive])
      && !words[index].flags.contains(.function)
  }
  private func isState(before index: Int) -> Bool {
    guard let last = mentions.last, last.row >= 0 else { return false }
    return last.words.upperBound == index
      || last.words.upperBound == index - 1 && words[index - 1].shape.contains(.possessive)
  }

  /// A role behind a name and a comma, up to its head: `, Ukraine's deputy energy minister`.
  /// - Parameter state: set to the state that stands before the role.
  func roleBehind(_ end: Int, state: inout Int32) -> Range<Int>? {
    let limit = min(sentence.range.upperBound, end + 9)
    guard end + 1 < limit, isComma(end) || opensBracket(end) else { return nil }
    var index = end + 1
    // `who is the`, `then`, `a`
    while index < min(limit, end + 4), words[index].flags.contains(.function), !words[index].flags.contains(.of) {
      index += 1
    }
    guard index < limit else { return nil }
    if let match = match(at: index), index < limit {
      let row = lexicon.rows[Int(match.row)]
      if row.kind == .state || row.via == .metonymy {
        state = row.actor
        index = match.words.upperBound
        if index < limit, words[index].shape.contains(.possessive) { index += 1 }
      }
    }
    let start = index
    var head: Int?
    while index < limit, words[index].shape.contains(.letter) || words[index].shape.contains(.hyphen) {
      if words[index].flags.contains(.function) || words[index].shape.contains(.possessive) { break }
      if index == start, isVerb(index) { break }  // `, met Prime Minister`
      if index > start, words[index].shape.contains(.capital), !words[index - 1].shape.contains(.capital) { break }
      if words[index].flags.contains(.roleHead) { head = index }
      index += 1
    }
    // A name right behind is the one whose role it is: `, Turkish president Abdullah Gul`.
    guard let head, head < limit, !words[head + 1].shape.contains(.capital),
      !words[head + 1].shape.contains(.possessive)
    else {
      state = -1
      return nil
    }
    if state < 0 { state = stateBehind(head + 1) }
    return start..<head + 1
  }

  private func isVerb(_ index: Int) -> Bool {
    !words[index].flags.isDisjoint(with: [.act, .speech, .motion])
      && words[index].flags.isDisjoint(with: [.roleHead, .roleModifier])
  }

  /// `of Ukraine` behind a role.
  private func stateBehind(_ index: Int) -> Int32 {
    guard index + 1 < sentence.range.upperBound, words[index].flags.contains(.of), let match = match(at: index + 1)
    else { return -1 }
    let row = lexicon.rows[Int(match.row)]
    return row.kind == .state ? row.actor : -1
  }

  private func isComma(_ index: Int) -> Bool {
    words[index].end == words[index].start + 1 && words[index].shape.contains(.joined)
      && words[index].shape.isDisjoint(with: [.letter, .digit, .hyphen, .possessive]) && words[index].isComma
  }
}

/// Roles that a state, an office or a comma parts from the name, and names that are also those of places.
extension NameFinder {
  /// `President of Turkmenistan NAME`, `Ambassador to Latvia NAME`, `Latvia's transport minister, NAME,`.
  /// - Parameter state: set to the state that the role serves, where this tells.
  func roleApart(_ name: Range<Int>, state: inout Int32) -> Range<Int>? {
    let start = sentence.range.lowerBound
    var end = name.lowerBound
    if end > start, isComma(end - 1) {
      guard name.upperBound >= sentence.range.upperBound - 1 || isComma(name.upperBound) else { return nil }
      end -= 1
    }
    if let last = mentions.last, last.words.upperBound == end, last.row >= 0 {
      let preposition = behindPreposition(last.words.lowerBound)
      guard preposition > start else { return nil }
      if words[preposition].flags.contains(.of) { state = stateOf(last) }
      end = preposition
    } else if end == name.lowerBound {
      return roleWithTopic(endingAt: end)  // `chief of staff NAME`
    }
    guard let role = roleEnding(at: end) else {
      state = -1
      return nil
    }
    if state < 0 { state = stateNamed(before: role.lowerBound) }
    return role
  }

  /// The state that one of the last mentions names right before a word: `U.S. Ambassador to Tajikistan`.
  private func stateNamed(before first: Int) -> Int32 {
    for mention in mentions.suffix(3) where mention.row >= 0 {
      let end = mention.words.upperBound
      if end == first || end == first - 1 && words[end].shape.contains(.possessive) { return stateOf(mention) }
    }
    return -1
  }

  private func roleEnding(at end: Int) -> Range<Int>? {
    if lastRole.upperBound == end, lastRole.lowerBound >= sentence.range.lowerBound { return fullRole(lastRole) }
    return smallRole(before: end) ?? roleWithTopic(endingAt: end)
  }

  /// `deputy head for transit`, `envoy for space affairs`: a role, and in small letters what it is for.
  private func roleWithTopic(endingAt end: Int) -> Range<Int>? {
    var index = end - 1
    while index > sentence.range.lowerBound, end - index < 6, isPlainSmall(index) || words[index].flags.contains(.and) {
      index -= 1
    }
    guard index < end - 1, words[index].flags.contains(.of) || isFor(index), let role = smallRole(before: index) else {
      return nil
    }
    return role.lowerBound..<end
  }

  /// The index of `of`, `to` before a name or its article; -1 where none stands there.
  private func behindPreposition(_ first: Int) -> Int {
    let index = words[first - 1].flags.contains(.the) ? first - 2 : first - 1
    guard index > sentence.range.lowerBound, words[index].flags.contains(.relating) else { return -1 }
    return index
  }

  /// The state that a mention is or belongs to; -1 for none.
  func stateOf(_ mention: Mention) -> Int32 {
    guard mention.row >= 0 else { return -1 }
    let row = lexicon.rows[Int(mention.row)]
    if row.kind == .state || row.via == .metonymy && row.kind == .government { return row.actor }
    guard row.kind == .government || row.kind == .ministry else { return -1 }
    if mention.state >= 0 { return mention.state }
    // `Belarusian KGB`: the people before the service.
    if mentions.count > 1, let before = mentions.dropLast().last, before.row >= 0,
      before.words.upperBound == mention.words.lowerBound, lexicon.rows[Int(before.row)].kind == .state
    {
      return lexicon.rows[Int(before.row)].actor
    }
    let serves = lexicon.actors[Int(row.actor)].serves
    return serves.isEmpty ? -1 : lexicon.actor(id: lexicon.text(serves)) ?? -1
  }

  /// `Ministry of Defense of Armenia`: the office as the lists know it, with the state behind it.
  func office(_ match: Mention, of organisation: Range<Int>) -> Mention? {
    guard lexicon.rows[Int(match.row)].isGeneric, match.words.upperBound + 1 < organisation.upperBound,
      words[match.words.upperBound].flags.contains(.of)
    else { return nil }
    let first = match.words.upperBound + 1
    let state = self.match(at: words[first].flags.contains(.the) ? first + 1 : first)
    guard let state, state.words.upperBound == organisation.upperBound, lexicon.rows[Int(state.row)].kind == .state
    else { return nil }
    var office = match
    office.words = organisation
    office.state = lexicon.rows[Int(state.row)].actor
    return office
  }

  /// The state of the capital in which an office sits: `the Foreign Ministry in Moscow`.
  func townBehind(_ end: Int) -> Int32 {
    guard end + 1 < sentence.range.upperBound, words[end].flags.contains(.inside),
      let row = match(at: end + 1).map({ lexicon.rows[Int($0.row)] }), row.via == .metonymy, row.kind == .government
    else { return -1 }
    return row.actor
  }

  /// `German Galushchenko`, `Jordan Hollis`: a people or place that is a forename too, and a surname, or a word
  /// that no list knows. Behind a people's name a role, a surname's form or what only persons do has to tell.
  func namesake(_ match: Mention, _ runEnd: Int) -> Range<Int>? {
    let first = match.words.lowerBound
    let next = first + 1
    guard match.words.count == 1, words[first].flags.contains(.namesake), next < runEnd, sentence.style == .running,
      !isBare(words[next]), words[next].shape.isDisjoint(with: [.allCapitals, .hyphen, .nounEnding, .plural]),
      words[next].flags.isDisjoint(with: [.orgEnd, .orgBegin, .placeEnd, .roleHead, .roleModifier, .portfolio])
    else { return nil }
    if first > sentence.range.lowerBound, words[first - 1].flags.contains(.determiner) { return nil }
    let isSurname = words[next].flags.contains(.surname) || words[next].shape.contains(.surnameEnding)
    let isUnknown = words[next].small < 0 && self.match(at: next) == nil
    let isDemonym = lexicon.rows[Int(match.row)].via == .demonym
    guard isSurname || isUnknown && (!isDemonym || isPersonsPlace(first, next + 1)) else { return nil }
    return first..<next + 1
  }

  /// Behind a role, or before what only persons do.
  private func isPersonsPlace(_ first: Int, _ end: Int) -> Bool {
    if role?.upperBound == first || smallRole(before: first) != nil { return true }
    return end < sentence.range.upperBound && !words[end].flags.isDisjoint(with: [.speech, .life])
  }

  /// Whether what follows a capital that is an ordinary name too says that a government acts.
  func isActing(_ index: Int) -> Bool {
    guard index < sentence.range.upperBound else { return false }
    return words[index].shape.contains(.possessive)
      || !words[index].flags.isDisjoint(with: [.act, .speech, .aux, .and])
  }

  /// `MOSCOW (Interfax) --`, `NEW DELHI, March 3 --`: the words in capitals before the comma or parenthesis.
  func dateline(_ bytes: Span<UInt8>) -> Range<Int>? {
    let first = sentence.range.lowerBound
    guard sentence.style == .running, first < sentence.range.upperBound, words[first].shape.contains(.allCapitals)
    else { return nil }
    var end = first + 1
    while end < min(first + 4, sentence.range.upperBound), words[end].shape.contains(.allCapitals) { end += 1 }
    guard end < sentence.range.upperBound else { return nil }
    let isDash = !words[end].shape.contains(.joined) && Metonymy.isDash(words[end], bytes)
    guard isDash || words[end].isComma || words.isBracket(end, bytes) else { return nil }
    return first..<end
  }

  /// A mark that no white space parts from what follows it, but from what precedes it: a parenthesis opens.
  func opensBracket(_ index: Int) -> Bool {
    let word = words[index]
    return word.bytes.count == 1 && word.shape.isDisjoint(with: [.letter, .digit, .hyphen, .stop, .joined])
      && words[index + 1].shape.contains(.joined)
  }
}
