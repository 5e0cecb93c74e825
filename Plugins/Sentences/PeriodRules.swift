internal import TextScanning

/// Whether a single period ends its sentence.
extension SentenceSplitter {
  func periodEnds(_ bytes: Span<UInt8>, _ mark: Mark, _ after: Aftermath, start: Int, end: Int) -> Bool {
    guard !after.goesOn else { return false }
    guard after.isSpaced else { return missingSpace(bytes, mark, after, start: start, end: end) }
    let word = WordBefore(bytes, end: mark.start, start: start)
    if isItemNumber(bytes, word, after, start: start, end: end) { return false }
    if !after.isClosed {
      let isShort = abbreviation(bytes, word.range) != nil || word.isInitials(bytes)
      if isShort, after.isBracketGoingOn(bytes, end: end) { return false }
      if let kind = abbreviation(bytes, word.range) {
        return abbreviationEnds(bytes, kind, word, after, start: start, end: end)
      }
      if word.isInitials(bytes) {
        return word.hasPeriod(bytes)
          ? acronymEnds(bytes, word, after, start: start, end: end)
          : initialEnds(bytes, word, after, start: start, end: end)
      }
    }
    if after.isClosed, isBracketed(bytes, word, start: start), abbreviation(bytes, word.range) != nil {
      // `Lt. Col. (Ret.) Drew`
      return after.kind.isUpper && isOpener(bytes, after.word, end: end)
    }
    if after.kind.isLower {
      // `(see …)`, `(www.example.org, …)`
      if Aftermath.skipCitations(bytes, from: after.end, end: end) > after.end { return true }
      // `“… outright.” she said`: the sentence goes on behind the quotation, but not behind a bare period.
      return !after.isClosed && after.word == after.next && word.range.count > 1
    }
    return true
  }

  /// `1. The first item`, `2.1. Scope`, `IV. Findings`: the number belongs to what follows.
  private func isItemNumber(
    _ bytes: Span<UInt8>, _ word: WordBefore, _ after: Aftermath, start: Int, end: Int
  ) -> Bool {
    let first = word.range.lowerBound
    if first == ListMarkers.skipBullet(bytes, at: start, end: end) {
      return word.range.count <= 3 && word.isNumber(bytes) || word.isSectionNumber(bytes)
        || ListMarkers.isRoman(bytes, word.range)
    }
    guard first > start, word.range.count <= 3, word.isNumber(bytes) else { return false }
    // Behind a colon and a blank, which `11:30.` has not, or behind an opening mark: `“1. The law …`.
    if bytes[first - 1].isASCIISpace { return endsWith(bytes, first, start, UInt8(ascii: ":")) }
    return bytes[first - 1] == UInt8(ascii: "*") || !after.isClosed && opensBefore(bytes, first, start: start)
  }

  /// Whether a bracket stands right before a word.
  private func isBracketed(_ bytes: Span<UInt8>, _ word: WordBefore, start: Int) -> Bool {
    word.range.lowerBound > start && bytes[word.range.lowerBound - 1] == UInt8(ascii: "(")
  }

  private func opensBefore(_ bytes: Span<UInt8>, _ offset: Int, start: Int) -> Bool {
    let mark = bytes.scalar(before: offset)
    guard offset - mark.length >= start else { return false }
    let isEdge = offset - mark.length == start || bytes[offset - mark.length - 1].isASCIISpace
    return isEdge && Aftermath.opener(bytes, at: offset - mark.length, end: offset) != nil
  }

  /// The class of the word, or of its last part behind a hyphen (`Maj.-Gen`).
  private func abbreviation(_ bytes: Span<UInt8>, _ range: Range<Int>) -> AbbreviationClass? {
    if let kind = lexicon.abbreviation(bytes, range) { return kind }
    var offset = range.upperBound
    while offset > range.lowerBound, bytes[offset - 1] != UInt8(ascii: "-") { offset -= 1 }
    guard offset > range.lowerBound else { return nil }
    return lexicon.abbreviation(bytes, offset..<range.upperBound)
  }

  private func abbreviationEnds(
    _ bytes: Span<UInt8>, _ kind: AbbreviationClass, _ word: WordBefore, _ after: Aftermath, start: Int, end: Int
  ) -> Bool {
    switch kind {
    case .title, .bound: return false
    case .number:
      // `Asst. Sec. Roe`: a title of two words.
      let last = bytes.skipSpace(backFrom: word.range.lowerBound, to: start)
      if last > start, bytes[last - 1] == UInt8(ascii: "."),
        abbreviation(bytes, WordBefore(bytes, end: last - 1, start: start).range) == .title
      {
        return false
      }
      return after.kind.isUpper && !isNumeral(bytes, after.word, end: end)
        && !startsAbbreviation(bytes, after.word, end: end)
    case .inner: return after.kind.isUpper && isOpener(bytes, after.word, end: end)
    case .ending:
      // The first word ends nothing: `Sr. Agnes came`.
      guard after.kind.isUpper || after.kind.contains(.ideograph), word.range.lowerBound > start else { return false }
      // `at 4 p.m. Baku time`
      let second = bytes.skipSpace(from: wordEnd(bytes, after.word, end: end), to: end)
      if bytes.has("time", at: second, end: end) { return false }
      if isOpener(bytes, after.word, end: end) { return !isOnlyTime(bytes, start, word.range.lowerBound) }
      if startsAbbreviation(bytes, after.word, end: end) { return isAfterNumber(bytes, start, word.range.lowerBound) }
      return !isFollower(bytes, after.word, end: end) && !isOnlyTime(bytes, start, word.range.lowerBound)
    }
  }

  /// `U.S.`, `D.C.`: inside a name, or at the end of a sentence.
  private func acronymEnds(
    _ bytes: Span<UInt8>, _ word: WordBefore, _ after: Aftermath, start: Int, end: Int
  ) -> Bool {
    guard after.kind.isUpper else { return after.kind.contains(.ideograph) }
    if isOpener(bytes, after.word, end: end) { return true }
    // Initials before a name: `J.R. Smith`. Acronyms of states and towns mostly have `the` or a preposition before them.
    let before = WordBefore(bytes, end: bytes.skipSpace(backFrom: word.range.lowerBound, to: start), start: start).range
    let isPlace = isSmall(bytes, before) || endsWith(bytes, word.range.lowerBound, start, UInt8(ascii: ","))
    if !isPlace || isFollower(bytes, after.word, end: end) { return false }
    let next = wordEnd(bytes, after.word, end: end)
    let second = bytes.skipSpace(from: next, to: end)
    // Two capitals: a longer name, `U.S. Energy Information Administration`, `U.S. Fish and Wildlife Service`.
    if bytes.kind(at: second, end: end).isUpper { return false }
    if bytes.has("and ", at: second, end: end), bytes.kind(at: second + 4, end: end).isUpper { return false }
    return isPreposition(bytes, before, start: start)
  }

  /// `J. Smith` goes on; `you and I.`, `plan B.` may end.
  private func initialEnds(
    _ bytes: Span<UInt8>, _ word: WordBefore, _ after: Aftermath, start: Int, end: Int
  ) -> Bool {
    guard after.kind.isUpper else { return false }
    // `million b/d.`, `90 km/h.`: the letter is the end of a longer word.
    if endsWith(bytes, word.range.lowerBound, start, UInt8(ascii: "/")) { return true }
    let before = WordBefore(bytes, end: bytes.skipSpace(backFrom: word.range.lowerBound, to: start), start: start).range
    let isI = bytes.has("I", at: word.range.lowerBound, end: word.range.upperBound)
    if isI, isSmall(bytes, before) { return true }
    return isOpener(bytes, after.word, end: end) && !before.isEmpty
  }

  /// `on Friday.Trade stopped`: a small word, a period, a capital and a small letter, in no address.
  private func missingSpace(_ bytes: Span<UInt8>, _ mark: Mark, _ after: Aftermath, start: Int, end: Int) -> Bool {
    let word = WordBefore(bytes, end: mark.start, start: start)
    let isBehindBracket = closesBefore(bytes, mark.start, start: start)
    guard after.kind.isUpper, word.range.count > 1 || after.isClosed || isBehindBracket else { return false }
    guard after.isClosed || isBehindBracket || bytes.kind(before: mark.start, start: start).isLower,
      !word.hasPeriod(bytes)
    else {
      return false
    }
    let first = bytes.scalar(at: after.word)
    let second = bytes.kind(at: after.word + first.length, end: end)
    guard second.isLower || second.isSpace && first.value == 0x49,
      after.isClosed || abbreviation(bytes, word.range) == nil
    else {
      return false
    }
    return !isInAddress(bytes, mark.start, from: after.word, start: start, end: end)
  }

  /// Whether a bracket or quotation closes right before an offset; `()` of a program closes nothing.
  private func closesBefore(_ bytes: Span<UInt8>, _ offset: Int, start: Int) -> Bool {
    guard offset > start + 2 else { return false }
    let closer = offset - bytes.scalar(before: offset).length
    guard closer > start, bytes[closer - 1] != UInt8(ascii: "(") else { return false }
    return Aftermath.closer(bytes, at: closer, end: offset) != nil
  }

  /// Whether the run of characters around an offset is an address: a `/`, `@` or another period in it.
  func isInAddress(_ bytes: Span<UInt8>, _ offset: Int, from next: Int, start: Int, end: Int) -> Bool {
    var left = offset
    let limit = max(start, offset - 60)
    while left > limit, !bytes[left - 1].isASCIISpace { left -= 1 }
    var right = next
    while right < min(end, next + 60), !bytes[right].isASCIISpace { right += 1 }
    for index in left..<right {
      switch bytes[index] {
      case UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "_"), UInt8(ascii: "="): return true
      case UInt8(ascii: ".") where index + 1 < right && index != offset && bytes[index + 1].isASCIILetter: return true
      default: break
      }
    }
    return false
  }
}
