internal import TextScanning

/// Whether a single period ends its sentence.
extension SentenceSplitter {
  func periodEnds(_ bytes: Span<UInt8>, _ mark: Mark, _ after: Aftermath, start: Int, end: Int) -> Verdict {
    guard !after.goesOn else { return .goesOn }
    guard after.isSpaced else { return Verdict(missingSpace(bytes, mark, after, start: start, end: end)) }
    let word = WordBefore(bytes, end: mark.start, start: start)
    if isItemNumber(bytes, word, after, start: start, end: end) { return .goesOn }
    if !after.isClosed, let ends = shortWordEnds(bytes, word, after, start: start, end: end) { return Verdict(ends) }
    if after.isClosed, isBracketed(bytes, word, start: start), abbreviation(bytes, word.range, start: start) != nil {
      // `Lt. Col. (Ret.) Drew`
      return Verdict(after.kind.isUpper && isOpener(bytes, after.word, end: end))
    }
    if after.kind.isLower {
      // `(see …)`, `(www.example.org, …)`
      if skipCitations(bytes, from: after.end, end: end) > after.end { return .ends }
      if lexicon.rules.contains(.clippedWords), isClipped(bytes, word.range) { return .goesOn }
      // `“… outright.” she said`: the sentence goes on behind the quotation, but not behind a bare period.
      if after.isClosed, bytes[after.end - 1] != UInt8(ascii: ")") { return .goesOn }
      return !after.isClosed && after.word == after.next && word.range.count > 1 ? .ends : .unsure
    }
    return .ends
  }

  /// Abbreviations and initials; nil where the word is neither.
  private func shortWordEnds(
    _ bytes: Span<UInt8>, _ word: WordBefore, _ after: Aftermath, start: Int, end: Int
  ) -> Bool? {
    let found = abbreviation(bytes, word.range, start: start)
    guard found != nil || word.isInitials(bytes) else { return nil }
    if after.isDashed || isBracketGoingOn(bytes, after, end: end) { return false }
    if let found { return abbreviationEnds(bytes, found, word, after, start: start, end: end) }
    return word.hasPeriod(bytes) && !isCyrillic(bytes, word.range)
      ? acronymEnds(bytes, word, after, start: start, end: end)
      : initialEnds(bytes, word, after, start: start, end: end)
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

  private func abbreviationEnds(
    _ bytes: Span<UInt8>, _ found: FoundAbbreviation, _ word: WordBefore, _ after: Aftermath, start: Int, end: Int
  ) -> Bool {
    switch found.kind {
    case .title, .bound: return false
    case .rank: return after.kind.isUpper && !startsName(bytes, after.word, end: end)
    case .measure where !isBehindQuantity(bytes, found.start, start: start): return false
    case .number:
      // `Asst. Sec. Roe`: a title of two words.
      let last = bytes.skipSpace(backFrom: word.range.lowerBound, to: start)
      if last > start, bytes[last - 1] == UInt8(ascii: "."),
        abbreviation(bytes, WordBefore(bytes, end: last - 1, start: start).range, start: start)?.kind == .title
      {
        return false
      }
      return after.kind.isUpper && !isNumeral(bytes, after.word, end: end)
        && !startsAbbreviation(bytes, after.word, end: end)
    case .inner: return after.kind.isUpper && isOpener(bytes, after.word, end: end)
    case .measure, .ending:
      // The first word ends nothing: `Sr. Agnes came`.
      guard after.kind.isUpper || after.kind.contains(.ideograph), found.start > start else { return false }
      // `at 4 p.m. Baku time`
      let second = bytes.skipSpace(from: wordEnd(bytes, after.word, end: end), to: end)
      if bytes.has("time", at: second, end: end) { return false }
      let isOpening = isOpening(bytes, found, word, after, start: start, end: end)
      if isOpener(bytes, after.word, end: end) { return !isOpening }
      if startsAbbreviation(bytes, after.word, end: end) {
        return !isOpening && isAfterNumber(bytes, start, found.start)
      }
      return !isOpening && !isFollower(bytes, after.word, end: end)
    }
  }

  /// Whether the abbreviation closes the opening of a sentence, which then needs more: `At 5 a.m. Mr. Smith …`.
  private func isOpening(
    _ bytes: Span<UInt8>, _ found: FoundAbbreviation, _ word: WordBefore, _ after: Aftermath, start: Int, end: Int
  ) -> Bool {
    if lexicon.isWord(bytes, word.range, .time) {
      return isOpeningTime(bytes, found.start, start: start) && !isFunctionWord(bytes, after.word, end: end)
    }
    // Without words for times, a short beginning with a number is all there is to go by.
    return bytes[found.start] < 0x80 && isOnlyTime(bytes, start, found.start)
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
    // `you and I. Nobody …`
    if lexicon.isWord(bytes, word.range, .capital), isSmall(bytes, before) { return true }
    if isOpener(bytes, after.word, end: end), !before.isEmpty { return true }
    return isBehindSurname(bytes, word, after, start: start, end: end)
  }

  /// Cyrillic letters with periods are a person's initials; acronyms have none there.
  private func isCyrillic(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    bytes[word.lowerBound] >= 0x80 && (0x400...0x52F).contains(bytes.scalar(at: word.lowerBound).value)
  }

  /// Up to five letters that end in a consonant: before a small letter an abbreviation that no list has.
  private func isClipped(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    var offset = word.upperBound
    var letters = 0
    while offset > word.lowerBound {
      let last = bytes.scalar(before: offset)
      guard last.kind.isLetter, letters < 5 else { return false }
      if letters == 0, lexicon.isWord(bytes, offset - last.length..<offset, .vowel) { return false }
      (offset, letters) = (offset - last.length, letters + 1)
    }
    return letters > 1
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
    // `Газета.Ru`
    if bytes[after.word] < 0x80, !word.range.isEmpty, isCyrillic(bytes, word.range) { return false }
    let first = bytes.scalar(at: after.word)
    let second = bytes.kind(at: after.word + first.length, end: end)
    let isCapital = lexicon.isWord(bytes, after.word..<after.word + first.length, .capital)
    guard second.isLower || second.isSpace && isCapital,
      after.isClosed || abbreviation(bytes, word.range, start: start) == nil
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
