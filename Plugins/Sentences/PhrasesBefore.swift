internal import TextScanning

/// Questions about the words before an abbreviation that may be a unit.
extension SentenceSplitter {
  /// Most words looked back over: a bound that keeps the search linear.
  private static let longestPhrase = 12

  /// Whether a number stands before an offset: digits, a roman numeral, or a word like `тыс.`; or the other half of a unit.
  func isBehindQuantity(_ bytes: Span<UInt8>, _ offset: Int, start: Int) -> Bool {
    let last = bytes.skipSpace(backFrom: offset, to: start)
    // `90 км/ч.`
    if bytes.kind(before: last, start: start).isDigit || last > start && bytes[last - 1] == UInt8(ascii: "/") {
      return true
    }
    let word = wordBefore(bytes, last, start: start)
    return isRoman(bytes, word) || lexicon.isWord(bytes, word, .quantity)
  }

  /// Whether nothing but a time stands between an offset and the beginning of its clause: `Весной 1978`. Such an
  /// opening needs a sentence behind it, so that its abbreviation ends none.
  ///
  /// A clause begins with the sentence, an opening quotation mark or bracket, and behind a comma that is not
  /// between numbers.
  func isOpeningTime(_ bytes: Span<UInt8>, _ offset: Int, start: Int) -> Bool {
    var last = bytes.skipSpace(backFrom: offset, to: start)
    for _ in 0..<Self.longestPhrase {
      guard last > start else { return true }
      let mark = bytes.scalar(before: last)
      if mark.value == 0x2C || mark.value == 0x3A || mark.value == 0x3B {
        guard mark.value == 0x2C, bytes.kind(before: last - 1, start: start).isDigit else { return true }
        last -= 1
      }
      if Aftermath.opener(bytes, at: last - mark.length, end: last) != nil { return true }
      let word = wordBefore(bytes, last, start: start)
      guard isTime(bytes, word) else { return false }
      last = bytes.skipSpace(backFrom: word.lowerBound, to: start)
    }
    return false
  }

  private func isTime(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    bytes.kind(at: word.lowerBound, end: word.upperBound).isDigit || isRoman(bytes, word)
      || lexicon.isWord(bytes, word, [.time, .month, .preposition])
  }

  /// The word that ends at an offset, or behind whose period it stands.
  private func wordBefore(_ bytes: Span<UInt8>, _ offset: Int, start: Int) -> Range<Int> {
    let hasPeriod = offset > start && bytes[offset - 1] == UInt8(ascii: ".")
    return WordBefore(bytes, end: hasPeriod ? offset - 1 : offset, start: start).range
  }

  /// Whether a word is a roman numeral; its letters may be Cyrillic ones that look the same.
  func isRoman(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    var offset = word.lowerBound
    while offset < word.upperBound {
      let scalar = bytes.scalar(at: offset)
      switch scalar.value {
      case 0x49, 0x56, 0x58, 0x4C, 0x43, 0x406, 0x425: offset += scalar.length
      default: return false
      }
    }
    return !word.isEmpty
  }
}
