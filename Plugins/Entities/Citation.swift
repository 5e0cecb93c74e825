internal import PipelineKit

/// Sources in parentheses that end with a date: `(BNS, PAP, June 2)`. What stands there are media, whatever else
/// their acronyms stand for.
extension TextWords {
  /// Words looked at on either side of a name: a bound that keeps long sentences linear.
  private static let reach = 30

  /// Whether words stand inside parentheses whose last words are a month, with a day or a year or both.
  func isCited(_ range: Range<Int>, in sentence: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    var first = range.lowerBound - 1
    let start = max(sentence.lowerBound, first - Self.reach)
    while first >= start, !isBracket(first, bytes) {
      if isClosing(first, bytes) { return false }
      first -= 1
    }
    guard first >= start else { return false }
    var last = range.upperBound
    let limit = min(sentence.upperBound, last + Self.reach)
    while last < limit, !isClosing(last, bytes) {
      if isBracket(last, bytes) { return false }
      last += 1
    }
    return last < limit && endsWithDate(range.upperBound..<last)
  }

  /// Whether words are one of the sources listed there, and not a part of what else is said: `(Azertac, June 2)`, but
  /// not `(born in Ostara, June 2)`.
  func isListedSource(_ range: Range<Int>, in sentence: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
    let before = range.lowerBound - 1
    return before >= sentence.lowerBound && isMark(before) && range.upperBound < sentence.upperBound
      && self[range.upperBound].isComma && isCited(range, in: sentence, bytes)
  }

  private func isMark(_ index: Int) -> Bool { self[index].shape.isDisjoint(with: [.letter, .digit]) }

  private func isClosing(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    self[index].bytes.count == 1 && bytes[self[index].bytes.lowerBound] == UInt8(ascii: ")")
  }

  private func endsWithDate(_ range: Range<Int>) -> Bool {
    let end = range.suffix(5)
    guard let month = end.last(where: { self[$0].flags.contains(.calendar) }) else { return false }
    let rest = end.filter { $0 > month || $0 == month - 1 }
    return rest.contains { self[$0].shape.contains(.digit) }
      && (month + 1..<range.upperBound).allSatisfy {
        self[$0].shape.contains(.digit) || self[$0].shape.isDisjoint(with: .letter)
      }
  }
}

extension Lexicon {
  /// The first medium among the meanings of a name; nil where none is.
  func medium(_ first: Int32) -> NameRow? {
    var index = first
    while index >= 0 {
      let row = rows[Int(index)]
      if row.kind == .media { return row }
      index = row.next
    }
    return nil
  }
}
