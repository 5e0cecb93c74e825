internal import PipelineKit

/// A token of a sentence, with what the lexicon and the entities say of it.
struct Word {
  var start: UInt32
  var end: UInt32
  /// Number in the vocabulary, or -1.
  var id: Int32
  /// Index of the entity that covers it, or -1.
  var entity: Int32
  var classes: WordClass
  /// Inside quotation marks.
  var isQuoted: Bool
  var reality = Reality.stated

  @inline(__always) func has(_ other: WordClass) -> Bool { classes.has(other) }
  @inline(__always) var isEntity: Bool { entity >= 0 }
}

/// Makes the words of a sentence from its tokens: the text of source citations and quotation marks are left
/// out, and the words of a name lose what they would mean elsewhere (`of` in `Bank of Georgia`).
struct WordReader {
  let lexicon: Lexicon

  init(lexicon: Lexicon) { self.lexicon = lexicon }

  /// - Parameter entity: index of the entity that covers the token, or -1.
  func word(_ token: Token, _ bytes: Span<UInt8>, entity: Int32, isQuoted: Bool) -> Word {
    let id = entity >= 0 ? -1 : find(token.span, bytes)
    var classes: WordClass = id >= 0 ? lexicon.classes[Int(id)] : []
    if entity >= 0 {
      classes = .entity
    } else if token.shape.contains(.punctuation) {
      classes.formUnion(punctuation(token.span, bytes))
    } else if token.shape.contains(.digit) {
      classes.insert(.number)
    } else {
      if id == lexicon.known.possessiveMark { classes.insert(.possessiveMark) }
      if token.shape.contains(.initialCapital), !token.shape.contains(.sentenceStart) { classes.insert(.capital) }
      // `on May 4`
      if id == lexicon.known.may, classes.has(.capital) { classes = [.time, .capital] }
      if !classes.has(.closed) { classes.formUnion(ending(token, bytes)) }
    }
    return Word(
      start: token.span.start, end: token.span.end, id: id, entity: entity, classes: classes, isQuoted: isQuoted)
  }

  /// The number of the token's word; a curly apostrophe counts as a straight one.
  @inline(__always) private func find(_ span: TextSpan, _ bytes: Span<UInt8>) -> Int32 {
    let found = lexicon.vocabulary.find(bytes, span.bytes)
    if found >= 0 || span.count > Vocabulary.longest { return found }
    for index in span.bytes where bytes[index] == 0xE2 { return findCurly(span, bytes) }
    return found
  }

  private func findCurly(_ span: TextSpan, _ bytes: Span<UInt8>) -> Int32 {
    var word: [UInt8] = []
    var index = Int(span.start)
    while index < Int(span.end) {
      let isCurly =
        index + 2 < Int(span.end) && bytes[index] == 0xE2 && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x99
      word.append(isCurly ? UInt8(ascii: "'") : bytes[index])
      index += isCurly ? 3 : 1
    }
    return lexicon.vocabulary.find(word.span, 0..<word.count)
  }

  private func punctuation(_ span: TextSpan, _ bytes: Span<UInt8>) -> WordClass {
    guard span.count == 1 else { return .punctuation }
    switch bytes[Int(span.start)] {
    case UInt8(ascii: ","): return .comma
    case UInt8(ascii: "?"): return [.punctuation, .question]
    case UInt8(ascii: "-"): return .hyphen
    case UInt8(ascii: "$"), UInt8(ascii: "%"): return .number
    case UInt8(ascii: "'"): return .possessiveMark
    default: return .punctuation
    }
  }

  /// What the ending of a word in no closed class tells.
  private func ending(_ token: Token, _ bytes: Span<UInt8>) -> WordClass {
    let end = Int(token.span.end)
    guard token.span.count > 4, !token.shape.contains(.allCapitals) else { return [] }
    let isSmall = !token.shape.contains(.initialCapital)
    switch (bytes[end - 3], bytes[end - 2], bytes[end - 1]) {
    case (UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "g")) where isSmall: return .gerund
    case (_, UInt8(ascii: "e"), UInt8(ascii: "d")) where isSmall: return [.past, .participle]
    case (_, UInt8(ascii: "l"), UInt8(ascii: "y")) where token.span.count > 5 || isSmall: return .adverb
    default: return []
    }
  }
}
