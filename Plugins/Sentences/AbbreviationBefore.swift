internal import TextScanning

/// Which abbreviation stands before a period.
extension SentenceSplitter {
  /// The class of an abbreviation, and where it begins.
  struct FoundAbbreviation {
    let kind: AbbreviationClass
    let start: Int
  }

  /// The abbreviation that a word is, alone or with the parts before it (`т. е`), or whose last part it
  /// is (`Maj.-Gen`, `1978г`).
  func abbreviation(_ bytes: Span<UInt8>, _ word: Range<Int>, start: Int) -> FoundAbbreviation? {
    if lexicon.hasSpacedAbbreviations, let found = spaced(bytes, word, start: start) { return found }
    if let kind = lexicon.abbreviation(bytes, word) { return FoundAbbreviation(kind: kind, start: word.lowerBound) }
    guard let last = lastPart(bytes, word), let kind = lexicon.abbreviation(bytes, last) else { return nil }
    return FoundAbbreviation(kind: kind, start: last.lowerBound)
  }

  /// The longest abbreviation of up to three parts with blanks between them. A part is at most 40 bytes.
  private func spaced(_ bytes: Span<UInt8>, _ word: Range<Int>, start: Int) -> FoundAbbreviation? {
    var first = word.lowerBound
    var found: FoundAbbreviation?
    for _ in 0..<2 {
      let last = bytes.skipSpace(backFrom: first, to: start)
      guard last < first, last > start, bytes[last - 1] == UInt8(ascii: ".") else { break }
      first = WordBefore(bytes, end: last - 1, start: start).range.lowerBound
      guard first < last - 1 else { break }
      if let kind = lexicon.abbreviation(bytes, first..<word.upperBound) {
        found = FoundAbbreviation(kind: kind, start: first)
      }
    }
    return found
  }

  /// What stands behind the last hyphen, or letters beyond ASCII behind a number: `1978г` is written so, and
  /// `5mm` is a word of its own.
  private func lastPart(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Range<Int>? {
    var offset = word.upperBound
    while offset > word.lowerBound, bytes[offset - 1] != UInt8(ascii: "-") {
      if bytes[offset - 1].isASCIIDigit {
        return offset < word.upperBound && bytes[offset] >= 0x80 ? offset..<word.upperBound : nil
      }
      offset -= 1
    }
    return offset > word.lowerBound ? offset..<word.upperBound : nil
  }
}
