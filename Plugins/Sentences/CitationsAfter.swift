internal import TextScanning

extension SentenceSplitter {
  /// Longest citation looked for, in bytes: a bound that keeps the search linear.
  private static let longest = 600

  /// Behind the source citations that stand between this sentence's end and the next sentence:
  /// `… was low. (Itar-Tass, June 7) The opposition …`. They belong to the sentence before them.
  func skipCitations(_ bytes: Span<UInt8>, from start: Int, end: Int) -> Int {
    var offset = start
    while true {
      let next = bytes.skipSpace(from: offset, to: end)
      guard next < end, bytes[next] == UInt8(ascii: "("), let close = Self.closing(bytes, from: next, end: end),
        isCitation(bytes, next + 1, close)
      else { return offset }
      offset = close + 1
      if offset < end, bytes[offset] == UInt8(ascii: ".") { offset += 1 }
    }
  }

  /// Whether a parenthesis behind an abbreviation goes on its sentence: `Ridge Motors Inc. (RMI) fell`. One that
  /// holds a sentence of its own does not, nor does a citation behind which no small letter follows.
  func isBracketGoingOn(_ bytes: Span<UInt8>, _ after: Aftermath, end: Int) -> Bool {
    guard after.next < end, bytes[after.next] == UInt8(ascii: "("),
      let close = Self.closing(bytes, from: after.next, end: end)
    else { return false }
    switch bytes[close - 1] {
    case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"): return false
    default: break
    }
    return !isCitation(bytes, after.next + 1, close) || isBracketInside(bytes, after, end: end)
  }

  /// Whether a parenthesis follows and a small letter, a comma or the like behind it.
  func isBracketInside(_ bytes: Span<UInt8>, _ after: Aftermath, end: Int) -> Bool {
    guard after.next < end, bytes[after.next] == UInt8(ascii: "("),
      let close = Self.closing(bytes, from: after.next, end: end)
    else { return false }
    let behind = bytes.skipSpace(from: close + 1, to: end)
    return behind < end
      && (bytes.kind(at: behind, end: end).isLower || bytes[behind] == UInt8(ascii: ",")
        || bytes[behind] == UInt8(ascii: ";"))
  }

  /// The bracket that closes the one at `start`; nil where none does within a citation's length.
  static func closing(_ bytes: Span<UInt8>, from start: Int, end: Int) -> Int? {
    var depth = 0
    for offset in start..<min(end, start + longest) {
      if bytes[offset] == UInt8(ascii: "(") { depth += 1 }
      if bytes[offset] == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 { return offset }
    }
    return nil
  }

  /// Whether a parenthesis reads as a source citation: no sentence of its own (nothing ends in it), and
  /// either a date (a month beside a number), a bare year behind a comma, an address, or `see`.
  private func isCitation(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start < end else { return false }
    if bytes.has("ibid", at: start, end: end), end - start < 80 { return true }
    if bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "?")
      || bytes[end - 1] == UInt8(ascii: "!")
    {
      return false
    }
    let first = start..<wordEnd(bytes, start, end: end)
    var offset = start
    var hasMonth = false
    var hasDigit = false
    var hasAddress = false
    var periods = 0
    while offset < end {
      let byte = bytes[offset]
      if byte.isASCIIDigit { hasDigit = true } else if byte != UInt8(ascii: ".") { periods = 0 }
      // `04.03.2012`
      if byte == UInt8(ascii: "."), offset > start, bytes[offset - 1].isASCIIDigit { periods += 1 }
      if periods == 2, byte.isASCIIDigit { hasMonth = true }
      let isWordStart = byte.isASCIILetter || byte >= 0x80
      if isWordStart, !hasMonth {
        let word = offset..<Self.lettersEnd(bytes, offset, end: end)
        hasMonth = lexicon.isWord(bytes, word, .month)
        offset = max(offset, word.upperBound - 1)
      }
      if byte == UInt8(ascii: "."), offset > start, bytes[offset - 1].isASCIILetter, offset + 2 < end,
        bytes[offset + 1].isASCIILetter
      {
        hasAddress = true
      }
      offset += 1
    }
    let isNote = lexicon.isWord(bytes, first, .note)
    return hasMonth && hasDigit || hasAddress || (isNote || Self.hasYear(bytes, start, end)) && end - start < 80
  }

  /// `Kommersant, 2009`: a name, a comma and a bare year at the end.
  private static func hasYear(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start > 8, bytes.kind(at: start, end: end).isUpper else { return false }
    for offset in end - 4..<end where !bytes[offset].isASCIIDigit { return false }
    return bytes.has(", 19", at: end - 6, end: end) || bytes.has(", 20", at: end - 6, end: end)
  }

  /// Behind the letters of all scripts that stand at an offset.
  private static func lettersEnd(_ bytes: Span<UInt8>, _ start: Int, end: Int) -> Int {
    var offset = start
    while offset < end {
      let scalar = bytes.scalar(at: offset)
      guard scalar.kind.isLetter else { break }
      offset += scalar.length
    }
    return min(offset, end)
  }
}
