internal import TextScanning

/// Family names, told by their endings where a language has such (`surname` in its words).
///
/// Initials stand before the family name in running text and behind it in lists and records: `Премию получил
/// Громов А. С. Жюри …` ends a sentence where `Президент Грузии М. Н. Канделаки …` does not. Without a list
/// of all names, their endings tell the two apart.
extension SentenceSplitter {
  /// Whether the initials in a range stand behind a family name, with the next sentence behind them.
  func isBehindSurname(_ bytes: Span<UInt8>, _ word: WordBefore, _ after: Aftermath, start: Int, end: Int) -> Bool {
    var first = word.range.lowerBound
    var initials = word.hasPeriod(bytes) ? 2 : 1
    while initials < 4, let before = initialBefore(bytes, first, start: start) {
      (first, initials) = (before, initials + 1)
    }
    let last = bytes.skipSpace(backFrom: first, to: start)
    let name = WordBefore(bytes, end: last, start: start).range
    // A record that begins with the name goes on with its title. One initial is too little: `мэр Берлина К. Вегнер`.
    guard initials > 1, last < first, name.lowerBound > start, bytes.kind(at: name.lowerBound, end: last).isUpper else {
      return false
    }
    return isSurname(bytes, name) && !startsName(bytes, after.word, end: end)
  }

  /// Whether a family name or an initial stands at an offset.
  func startsName(_ bytes: Span<UInt8>, _ start: Int, end: Int) -> Bool {
    let next = wordEnd(bytes, start, end: end)
    let isInitial = next == start + bytes.scalar(at: start).length && next < end && bytes[next] == UInt8(ascii: ".")
    return isInitial || isSurname(bytes, start..<next)
  }

  /// Where the initial begins that stands before another one, with or without a blank between them.
  private func initialBefore(_ bytes: Span<UInt8>, _ offset: Int, start: Int) -> Int? {
    let last = bytes.skipSpace(backFrom: offset, to: start)
    guard last > start, bytes[last - 1] == UInt8(ascii: ".") else { return nil }
    let before = WordBefore(bytes, end: last - 1, start: start)
    return before.isInitials(bytes) ? before.range.lowerBound : nil
  }

  /// Whether a word has an ending of family names, of two to four letters.
  private func isSurname(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    var offset = word.upperBound
    for letters in 1...4 {
      guard offset > word.lowerBound else { return false }
      offset -= bytes.scalar(before: offset).length
      if letters > 1, offset > word.lowerBound, lexicon.isWord(bytes, offset..<word.upperBound, .surname) {
        return true
      }
    }
    return false
  }
}
