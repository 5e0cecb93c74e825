internal import PipelineKit
internal import TextScanning

/// How far a word goes, and into which parts it falls.
extension Tokenizer {
  /// Goes over the word that begins at an offset: letters, digits and the marks that it holds inside.
  ///
  /// - Returns: the classes of its bytes, as far as its shape asks for them.
  func word(_ bytes: Span<UInt8>, from offset: inout Int, _ run: Run) -> UInt8 {
    let start = offset
    offset += bytes.scalar(at: start).length
    var flags = classes[bytes[start]]
    while offset < run.end {
      let byte = bytes[offset]
      let kind = classes[byte]
      if kind & 7 != 0 {
        flags |= kind
        offset += 1
      } else if kind == 32 {
        let scalar = bytes.scalar(at: offset)
        let isInside = scalar.kind.isWord && !scalar.kind.contains(.ideograph) || scalar.kind.contains(.mark)
        if isInside {
          flags |= kind
          offset += scalar.length
        } else if scalar.value == 0x2019 || scalar.value == 0x2010 || scalar.value == 0x2011,
          let next = inside(bytes, start, offset, mark: scalar.value == 0x2019 ? 0x27 : 0x2D, scalar.length, run)
        {
          flags |= kind
          offset = next
        } else {
          break
        }
      } else if byte == UInt8(ascii: "."), isBeforeHyphen(bytes, offset, run) {
        flags |= 64
        offset += 2
      } else if byte == UInt8(ascii: "."), offset + 1 == run.end || !bytes.kind(at: offset + 1, end: run.end).isWord {
        if keepsPeriod(bytes, start..<offset, run) { offset += 1 }
        break
      } else if byte == UInt8(ascii: "!"), lexicon.isWord(bytes, start..<offset, .bang), offset + 1 < run.bodyEnd {
        offset += 1
        break
      } else if byte == UInt8(ascii: "$"), isCurrency(bytes, start..<offset, run.end) {
        offset += 1
        break
      } else if let next = inside(bytes, start, offset, mark: byte, 1, run) {
        flags |= 64
        offset = next
      } else {
        break
      }
    }
    return flags
  }

  /// Behind a mark that stands inside a word; nil where it ends the word.
  private func inside(
    _ bytes: Span<UInt8>, _ start: Int, _ offset: Int, mark: UInt8, _ length: Int, _ run: Run
  ) -> Int? {
    let before = bytes.kind(before: offset, start: start)
    let after = bytes.kind(at: offset + length, end: run.end)
    guard after.isWord, !after.contains(.ideograph) else { return nil }
    let next = offset + length
    switch mark {
    case UInt8(ascii: "."), UInt8(ascii: "_"): return next
    case UInt8(ascii: "'"): return before.isWord && after.isLetter ? next : nil
    case UInt8(ascii: ","):
      return before.isDigit && after.isDigit
        && (lexicon.rules.contains(.decimalComma) || Self.digits(bytes, next, run.end) == 3) ? next : nil
    case UInt8(ascii: ":"), UInt8(ascii: "/"):
      if before.isDigit && after.isDigit { return next }
      let isShort = offset - start == 1 && (next + 1 >= run.end || !bytes.kind(at: next + 1, end: run.end).isWord)
      return mark == UInt8(ascii: "/") && isShort && before.isLetter && after.isLetter ? next : nil
    case UInt8(ascii: "+"):
      // The name of a round of talks, `5+2`, `P5+1`, but no sum: `5+3=8`.
      let isName = before.isDigit && Self.digits(bytes, next, run.end) == 1
      return isName && (next + 1 == run.end || bytes[next + 1] != UInt8(ascii: "=")) ? next : nil
    case UInt8(ascii: "&"): return before.isUpper && after.isUpper && offset - start <= 3 ? next : nil
    case UInt8(ascii: "-"): return keepsHyphen(bytes, start..<offset, next, run) ? next : nil
    default: return nil
    }
  }

  /// Hyphens belong to the word but where the language says that they are tokens: there they stay behind
  /// prefixes (`anti-war`) and in telephone numbers.
  private func keepsHyphen(_ bytes: Span<UInt8>, _ word: Range<Int>, _ next: Int, _ run: Run) -> Bool {
    if !lexicon.rules.contains(.cutHyphens) { return true }
    if bytes.kind(before: word.upperBound, start: word.lowerBound).isDigit {
      let count = Self.digits(bytes, next, run.end)
      return count == 4 || count == 3 && next + 3 < run.end && bytes[next + 3] == UInt8(ascii: "-")
        ? count != 4 || Self.digits(bytes, word.lowerBound, min(word.upperBound, word.lowerBound + 5)) != 4 : false
    }
    return lexicon.prefixes.contains(bytes, word)
  }

  /// `С.-Петербург`, where hyphens belong to words.
  private func isBeforeHyphen(_ bytes: Span<UInt8>, _ period: Int, _ run: Run) -> Bool {
    !lexicon.rules.contains(.cutHyphens) && bytes.has("-", at: period + 1, end: run.end)
      && bytes.kind(at: period + 2, end: run.end).isLetter
  }

  static func digits(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var offset = start
    while offset < end, bytes[offset].isASCIIDigit { offset += 1 }
    return offset - start
  }

  /// `US$5`: up to two capitals before the sign.
  private func isCurrency(_ bytes: Span<UInt8>, _ word: Range<Int>, _ end: Int) -> Bool {
    word.count <= 2 && word.allSatisfy { classes[bytes[$0]] == 2 }
      && bytes.kind(at: word.upperBound + 1, end: end).isDigit
  }

  /// Whether the period behind a word is part of it.
  private func keepsPeriod(_ bytes: Span<UInt8>, _ word: Range<Int>, _ run: Run) -> Bool {
    // `word...` is a word and an ellipsis.
    if word.upperBound + 1 < run.end, bytes[word.upperBound + 1] == UInt8(ascii: ".") { return false }
    let before = WordBefore(bytes, end: word.upperBound, start: word.lowerBound)
    let isFinal = word.upperBound + 1 >= run.bodyEnd
    if before.range == word, before.isInitials(bytes) { return word.count > 2 && before.hasPeriod(bytes) || !isFinal }
    switch lexicon.abbreviation(bytes, word) {
    case nil: return false
    case .ending: return !isFinal || before.hasPeriod(bytes)
    default: return !isFinal
    }
  }

  /// Adds a word in its parts: contractions, and units behind numbers.
  @inline(__always)
  func add(_ bytes: Span<UInt8>, _ word: Range<Int>, _ flags: UInt8, joined: Bool, into tokens: inout [Token]) {
    guard let cut = cut(bytes, word, flags), word.lowerBound < cut, cut < word.upperBound else {
      return append(bytes, word, flags, joined: joined, into: &tokens)
    }
    let isUnit = bytes[word.lowerBound].isASCIIDigit
    if !isUnit, let first = self.cut(bytes, word.lowerBound..<cut, flags), word.lowerBound < first, first < cut {
      // `We'd've`. More than three parts are no English word, and a bound keeps odd texts linear.
      append(bytes, word.lowerBound..<first, joined: joined, into: &tokens)
      appendPart(bytes, first..<cut, into: &tokens)
    } else {
      append(bytes, word.lowerBound..<cut, joined: joined, into: &tokens)
    }
    if isUnit {
      append(bytes, cut..<word.upperBound, joined: true, into: &tokens)
    } else {
      appendPart(bytes, cut..<word.upperBound, into: &tokens)
    }
  }

  /// Appends a later part of one written word.
  func appendPart(_ bytes: Span<UInt8>, _ range: Range<Int>, into tokens: inout [Token]) {
    append(bytes, range, joined: true, into: &tokens)
    tokens[tokens.count - 1].shape.insert(.continuesWord)
  }

  /// Whether the apostrophe that was appended last is the genitive of a plural (`the ministers' vote`), and not a
  /// closing quotation mark: it stands alone behind an `s`, and no quotation mark of its kind was opened before in its
  /// block. A quotation may hold several sentences, but what another block leaves open says nothing about this one.
  func isGenitive(_ bytes: Span<UInt8>, _ mark: Range<Int>, _ run: Run, _ tokens: [Token]) -> Bool {
    guard lexicon.longestClitic > 0, mark.lowerBound > run.start, mark.upperBound == run.end,
      mark.count == 1 || mark.count == 3,
      bytes[mark.lowerBound - 1].asciiLowercased == UInt8(ascii: "s"), Self.isApostrophe(bytes, mark.lowerBound)
    else { return false }
    // Sixty tokens hold nearly every quotation; the bound keeps a text of apostrophes linear.
    for token in tokens.dropLast().suffix(60).reversed() {
      let start = token.span.bytes.lowerBound
      guard start >= run.block else { break }
      guard token.shape.contains(.punctuation), !token.shape.contains(.continuesWord) else { continue }
      if Self.isOpeningQuote(bytes, start, block: run.block) { return false }
      if Self.isApostrophe(bytes, start) { return true }
    }
    return true
  }

  private static func isApostrophe(_ bytes: Span<UInt8>, _ offset: Int) -> Bool {
    bytes[offset] == 0x27 || bytes[offset] == 0xE2 && bytes.scalar(at: offset).value == 0x2019
  }

  /// A single quotation mark that opens: `‘`, or a straight one with white space or the block's beginning before it.
  private static func isOpeningQuote(_ bytes: Span<UInt8>, _ offset: Int, block: Int) -> Bool {
    if bytes[offset] == 0x27 { return offset == block || bytes[offset - 1].isASCIISpace }
    return bytes[offset] == 0xE2 && bytes.scalar(at: offset).value == 0x2018
  }

  /// Where a word is cut in two; nil where it is whole.
  @inline(__always)
  private func cut(_ bytes: Span<UInt8>, _ word: Range<Int>, _ flags: UInt8) -> Int? {
    // `5 кг` has letters beyond ASCII.
    if bytes[word.lowerBound].isASCIIDigit { return flags & (3 | 32) == 0 ? nil : unit(bytes, word) }
    guard lexicon.longestClitic > 0, word.count > 2 else { return nil }
    if word.count < 9, lexicon.cuts.mayHold(bytes, word), let length = lexicon.cuts.value(of: bytes, word) {
      return word.lowerBound + Int(length)
    }
    // Letters and digits alone hold no apostrophe.
    return flags & ~7 == 0 ? nil : contraction(bytes, word)
  }

  /// `7pm`, `300km`.
  private func unit(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Int? {
    var offset = word.upperBound
    // No unit is longer, and letters beyond ASCII have two bytes.
    while word.upperBound - offset <= 10, bytes.kind(before: offset, start: word.lowerBound).isLetter {
      offset -= bytes.scalar(before: offset).length
    }
    guard offset < word.upperBound, bytes[offset - 1].isASCIIDigit else { return nil }
    return lexicon.isWord(bytes, offset..<word.upperBound, .unit) ? offset : nil
  }

  /// `do|n't`, `Moscow|'s`, `they|'ll`, with either apostrophe. A number keeps its ending (`1980's`).
  private func contraction(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Int? {
    let end = word.upperBound
    guard lexicon.cliticEnds >> UInt64(bytes[end - 1] & 63) & 1 == 1 else { return nil }
    for letters in 1...max(1, lexicon.longestClitic) {
      guard let apostrophe = apostrophe(bytes, before: end - letters, start: word.lowerBound) else { continue }
      guard let before = lexicon.clitics.value(of: bytes, end - letters..<end) else { return nil }
      guard before > 0 else { return apostrophe }
      return apostrophe > word.lowerBound && Int32(bytes[apostrophe - 1].asciiLowercased) == before
        ? apostrophe - 1 : nil
    }
    return nil
  }

  private func apostrophe(_ bytes: Span<UInt8>, before end: Int, start: Int) -> Int? {
    guard end > start else { return nil }
    if bytes[end - 1] == UInt8(ascii: "'") { return end - 1 }
    return end - 3 > start && bytes.scalar(at: end - 3).value == 0x2019 ? end - 3 : nil
  }
}
