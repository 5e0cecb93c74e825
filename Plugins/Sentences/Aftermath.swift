internal import TextScanning

/// What comes behind a mark: closing quotes, brackets and footnote marks that belong to the sentence, and
/// the character with which the text goes on.
struct Aftermath {
  /// Behind the mark and all that belongs to it.
  let end: Int
  /// A quotation mark or bracket was among it.
  let isClosed: Bool
  /// White space stands behind it, or a footnote mark, which parts as well.
  let isSpaced: Bool
  /// Where the text goes on.
  let next: Int
  /// The same behind opening quotes and brackets: the first letter or digit of a following sentence.
  let word: Int
  /// The class of the character there.
  let kind: ScalarClass
  /// A dash stands there, by which a speech ends or another begins; `word` is behind it.
  let isDashed: Bool
  /// A comma, semicolon, colon or the like follows: nothing ends.
  let goesOn: Bool

  /// - Parameters:
  ///   - block: where the block begins: what stands before that is not looked at.
  ///   - speechDashes: whether a dash may lead to the words around a speech, or to another speech.
  init(_ bytes: Span<UInt8>, _ mark: Mark, block: Int, end limit: Int, speechDashes: Bool) {
    var offset = mark.end
    var isClosed = false
    while let length = Self.closer(bytes, at: offset, end: limit) { (offset, isClosed) = (offset + length, true) }
    let footnote = Self.footnote(bytes, mark, at: offset, block: block, end: limit)
    offset = footnote
    while let length = Self.closer(bytes, at: offset, end: limit) { (offset, isClosed) = (offset + length, true) }
    if let end = Self.spacedGuillemet(bytes, from: offset, end: limit) { (offset, isClosed) = (end, true) }
    var next = bytes.skipSpace(from: offset, to: limit)
    let end =
      Self.emoji(bytes, from: next, end: limit) ?? (next > offset ? Self.smiley(bytes, from: next, end: limit) : nil)
    if let end { (offset, next) = (end, bytes.skipSpace(from: end, to: limit)) }
    let dash = speechDashes ? Self.dash(bytes, at: next, end: limit) : nil
    var word = dash.map { bytes.skipSpace(from: $0, to: limit) } ?? next
    while let length = Self.opener(bytes, at: word, end: limit) { word += length }
    self.end = offset
    self.isClosed = isClosed
    isDashed = dash != nil
    isSpaced = next > offset
    self.next = next
    self.word = word
    kind = bytes.kind(at: word, end: limit)
    goesOn = next < limit && (Self.continues(bytes[next]) || isClosed && Self.attributes(bytes, offset, next, limit))
  }

  /// `“We shall not sign.” – Minister Roe`: a dash between a quotation and the one who spoke.
  private static func attributes(_ bytes: Span<UInt8>, _ end: Int, _ next: Int, _ limit: Int) -> Bool {
    guard bytes[next] == 0xE2, next > end, next + 4 < limit, bytes[next + 3].isASCIISpace else { return false }
    let dash = bytes.scalar(at: next).value
    let last = bytes[end - 1]
    return (dash == 0x2013 || dash == 0x2014) && last != UInt8(ascii: ")") && last != UInt8(ascii: "]")
  }

  /// Behind a dash, or a hyphen with a blank behind it.
  static func dash(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Int? {
    if bytes.has("—", at: offset, end: end) || bytes.has("–", at: offset, end: end) { return offset + 3 }
    return bytes.has("- ", at: offset, end: end) ? offset + 1 : nil
  }

  private static func continues(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ")"), UInt8(ascii: "]"),
      UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "/"), UInt8(ascii: "&"):
      true
    default: false
    }
  }

  /// The length of a closing quotation mark or bracket. An apostrophe before a letter is none (`Jr.'s`).
  static func closer(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Int? {
    guard offset < end else { return nil }
    switch bytes[offset] {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return 1
    case UInt8(ascii: "\""): return 1
    case UInt8(ascii: "'"): return bytes.kind(at: offset + 1, end: end).isLower ? nil : 1
    case 0xC2, 0xE2, 0xE3, 0xEF: break
    default: return nil
    }
    let scalar = bytes.scalar(at: offset)
    switch scalar.value {
    case 0xBB, 0x201D, 0x203A, 0x300D, 0x300F, 0x3011, 0x300B, 0xFF09: return scalar.length
    case 0x2019: return bytes.kind(at: offset + scalar.length, end: end).isLower ? nil : scalar.length
    // Opens in English, and closes what `„` has opened.
    case 0x201C: return bytes.kind(at: offset + scalar.length, end: end).isWord ? nil : scalar.length
    default: return nil
    }
  }

  /// The length of an opening quotation mark or bracket, or of an inverted mark.
  static func opener(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Int? {
    guard offset < end else { return nil }
    switch bytes[offset] {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "'"): return 1
    case 0xC2, 0xE2, 0xE3, 0xEF: break
    default: return nil
    }
    let scalar = bytes.scalar(at: offset)
    switch scalar.value {
    case 0xAB, 0xBF, 0xA1, 0x201C, 0x201E, 0x2018, 0x2039, 0x300C, 0x300E, 0x3010, 0xFF08: return scalar.length
    default: return nil
    }
  }

  /// Behind a footnote mark that begins at an offset: `[3]`, `¹²`, or up to three digits joined to the
  /// period of a word (`disputed.12 The`), where white space or the end follows.
  private static func footnote(_ bytes: Span<UInt8>, _ mark: Mark, at start: Int, block: Int, end: Int) -> Int {
    var offset = start
    while let next = bracketed(bytes, at: offset, end: end) { offset = next }
    while offset < end, isSuperscript(bytes.scalar(at: offset).value) { offset += bytes.scalar(at: offset).length }
    if offset > start { return offset }
    guard mark.start > block, !bytes.kind(before: mark.start, start: block).isDigit else { return start }
    while offset < end, offset < start + 4, bytes[offset].isASCIIDigit { offset += 1 }
    guard offset > start, offset < start + 4 else { return start }
    if offset == end { return offset }
    let next = bytes.skipSpace(from: offset, to: end)
    let isFollowed = next > offset && (next == end || !bytes.kind(at: next, end: end).isLower)
    // `No.12 The`, `p.12`: there the number belongs to the word.
    return isFollowed && WordBefore(bytes, end: mark.start, start: block).range.count > 3 ? offset : start
  }

  /// Behind a guillemet that closes with a blank before it, as the French write it: `« C'est fini. »`.
  private static func spacedGuillemet(_ bytes: Span<UInt8>, from start: Int, end: Int) -> Int? {
    let offset = bytes.skipSpace(from: start, to: end)
    guard offset > start, bytes.has("»", at: offset, end: end) else { return nil }
    return offset + 2 == end || !bytes.kind(at: offset + 2, end: end).isWord ? offset + 2 : nil
  }

  /// Behind emoji, with the joiners and modifiers among them; they go with the sentence before them.
  private static func emoji(_ bytes: Span<UInt8>, from start: Int, end: Int) -> Int? {
    var offset = start
    while offset < end, bytes[offset] >= 0xE2 {
      let scalar = bytes.scalar(at: offset)
      let isJoiner = scalar.value == 0x200D || scalar.value == 0xFE0F
      guard (0x1F300...0x1FAFF).contains(scalar.value) || (0x2600...0x27BF).contains(scalar.value) || isJoiner else {
        break
      }
      offset += scalar.length
    }
    return offset > start ? offset : nil
  }

  /// Behind a smiley such as `:-)`, which goes with the sentence before it.
  private static func smiley(_ bytes: Span<UInt8>, from start: Int, end: Int) -> Int? {
    guard start < end else { return nil }
    var offset = start + 1
    switch bytes[start] {
    case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="):
      if offset < end, bytes[offset] == UInt8(ascii: "-") || bytes[offset] == UInt8(ascii: "'") { offset += 1 }
      guard offset < end, ")(DPp".utf8.contains(bytes[offset]) else { return nil }
      while offset < end, bytes[offset] == UInt8(ascii: ")") || bytes[offset] == UInt8(ascii: "(") { offset += 1 }
      if offset < end, ")(DPp".utf8.contains(bytes[offset]) { offset += 1 }
    case UInt8(ascii: "^"):
      guard bytes.has("^_^", at: start, end: end) else { return nil }
      offset = start + 3
    default: return nil
    }
    return offset == end || bytes[offset].isASCIISpace ? offset : nil
  }

  /// Whether nothing but stray closing marks follows: `We left. "`.
  func isLast(_ bytes: Span<UInt8>, end: Int) -> Bool {
    var offset = next
    while let length = Self.closer(bytes, at: offset, end: end) { offset += length }
    return offset == end
  }

  /// Behind footnote marks with a blank before them, `ended in 1990. [3] [4] It was`, but where the sentence itself
  /// begins with one, as in a list of sources.
  static func skipNotes(_ bytes: Span<UInt8>, from start: Int, start sentence: Int, end: Int) -> Int {
    if bracketed(bytes, at: sentence, end: end) != nil { return start }
    var offset = start
    while true {
      let next = bytes.skipSpace(from: offset, to: end)
      let isNumber = next > offset && next + 1 < end && (bytes[next + 1].isASCIIDigit || offset > start)
      guard isNumber, let behind = bracketed(bytes, at: next, end: end),
        behind == end || bytes[behind].isASCIISpace
      else { return offset }
      offset = behind
    }
  }

  /// Behind `[3]`, `[a]`, `[note 2]`, `[citation needed]`.
  private static func bracketed(_ bytes: Span<UInt8>, at start: Int, end: Int) -> Int? {
    guard start < end, bytes[start] == UInt8(ascii: "[") else { return nil }
    var offset = start + 1
    while offset < end, offset < start + 28,
      bytes[offset].isASCIIDigit || bytes[offset] &- 0x61 < 26 || bytes[offset] == 0x20
    {
      offset += 1
    }
    return offset > start + 1 && offset < end && bytes[offset] == UInt8(ascii: "]") ? offset + 1 : nil
  }

  private static func isSuperscript(_ scalar: UInt32) -> Bool {
    scalar == 0xB9 || scalar == 0xB2 || scalar == 0xB3 || (0x2070...0x2079).contains(scalar)
  }
}
