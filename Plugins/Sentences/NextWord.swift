internal import TextScanning

/// Questions about the word behind a mark and the words before it.
extension SentenceSplitter {
  /// Whether a word opens sentences rather than going on a name. One letter with a period is an
  /// initial.
  func isOpener(_ bytes: Span<UInt8>, _ start: Int, end: Int) -> Bool {
    let range = start..<wordEnd(bytes, start, end: end)
    let isLetter = range.count == bytes.scalar(at: start).length
    if range.upperBound < end, bytes[range.upperBound] == UInt8(ascii: ".") {
      // An initial, or `No. 5`.
      let next = bytes.skipSpace(from: range.upperBound + 1, to: end)
      if isLetter || bytes.kind(at: next, end: end).isDigit && lexicon.abbreviation(bytes, range) != nil {
        return false
      }
    }
    return lexicon.isWord(bytes, range, .opener)
  }

  /// The same without names of places.
  func isFunctionWord(_ bytes: Span<UInt8>, _ start: Int, end: Int) -> Bool {
    isOpener(bytes, start, end: end)
      && lexicon.isWord(bytes, start..<wordEnd(bytes, start, end: end), .function)
  }

  func isFollower(_ bytes: Span<UInt8>, _ start: Int, end: Int) -> Bool {
    lexicon.isWord(bytes, start..<wordEnd(bytes, start, end: end), .follower)
  }

  /// A roman numeral or a single capital letter, as in `Art. IV`, `Fig. B`.
  func isNumeral(_ bytes: Span<UInt8>, _ start: Int, end: Int) -> Bool {
    let range = start..<wordEnd(bytes, start, end: end)
    if range.count == bytes.scalar(at: start).length { return !lexicon.isWord(bytes, range, .function) }
    return isRoman(bytes, range)
  }

  /// Whether an abbreviation begins there: `Co. Ltd.`, `a.m. Mr. Smith`.
  func startsAbbreviation(_ bytes: Span<UInt8>, _ start: Int, end: Int) -> Bool {
    let next = wordEnd(bytes, start, end: end)
    return next < end && bytes[next] == UInt8(ascii: ".") && lexicon.abbreviation(bytes, start..<next) != nil
  }

  /// `6 P.M. Mr. Smith …`: a time or a measure may end before a title.
  func isAfterNumber(_ bytes: Span<UInt8>, _ start: Int, _ offset: Int) -> Bool {
    let last = bytes.skipSpace(backFrom: offset, to: start)
    return bytes.kind(before: last, start: start).isDigit && !isOnlyTime(bytes, start, offset)
  }

  /// Whether all that the sentence holds before an offset is a word and a number: `At 5 a.m. Mr. Smith …`.
  func isOnlyTime(_ bytes: Span<UInt8>, _ start: Int, _ offset: Int) -> Bool {
    let last = bytes.skipSpace(backFrom: offset, to: start)
    guard last > start, last - start < 16, bytes.kind(before: last, start: start).isDigit else { return false }
    var blanks = 0
    for index in start..<last where bytes[index].isASCIISpace { blanks += 1 }
    return blanks <= 1
  }

  func wordEnd(_ bytes: Span<UInt8>, _ start: Int, end: Int) -> Int {
    var offset = start
    let limit = min(end, start + 40)
    while offset < limit {
      let scalar = bytes.scalar(at: offset)
      guard scalar.kind.isWord || scalar.value == 0x2D else { break }
      offset += scalar.length
    }
    return min(offset, end)
  }

  /// A word that begins with a small letter.
  func isSmall(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    bytes.kind(at: range.lowerBound, end: range.upperBound).isLower
  }

  /// Whether a mark is the last thing but white space before an offset.
  func endsWith(_ bytes: Span<UInt8>, _ offset: Int, _ start: Int, _ mark: UInt8) -> Bool {
    let last = bytes.skipSpace(backFrom: offset, to: start)
    return last > start && bytes[last - 1] == mark
  }

  /// A preposition, or an article behind one: what stands before a place.
  func isPreposition(_ bytes: Span<UInt8>, _ range: Range<Int>, start: Int) -> Bool {
    if lexicon.isWord(bytes, range, .article) {
      let last = bytes.skipSpace(backFrom: range.lowerBound, to: start)
      return lexicon.isWord(bytes, WordBefore(bytes, end: last, start: start).range, .preposition)
    }
    return range.isEmpty || lexicon.isWord(bytes, range, .preposition)
  }
}
