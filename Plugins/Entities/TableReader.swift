internal import PipelineKit
internal import TextScanning

/// Lines of tab-separated columns in bytes; blank lines and those that begin with `#` are left out.
enum TableReader {
  /// Hands over the columns of each row and its line; the array is used again for
  /// the next one.
  static func forEachRow(_ bytes: Span<UInt8>, in range: Range<Int>, _ body: ([Range<Int>], _ line: Int) -> Void) {
    var columns: [Range<Int>] = []
    var start = range.lowerBound
    var column = start
    var line = 1
    for offset in range.lowerBound...range.upperBound {
      let byte = offset == range.upperBound ? 0x0A : bytes[offset]
      guard byte == 0x0A || byte == 0x09 else { continue }
      columns.append(column..<offset)
      column = offset + 1
      guard byte == 0x0A else { continue }
      if offset > start, bytes[start] != UInt8(ascii: "#") { body(columns, line) }
      columns.removeAll(keepingCapacity: true)
      start = column
      line += 1
    }
  }
}

/// The pieces of which names are made in the lexicon and in a text alike, whatever a tokenizer takes for a
/// token: stretches of letters and digits, and each other character by itself.
enum Pieces {
  @inline(__always)
  static func forEach(in bytes: Span<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let start = offset
      while offset < range.upperBound, let length = wordLength(bytes, at: offset, end: range.upperBound) {
        offset += length
      }
      if offset > start { body(start..<offset) }
      guard offset < range.upperBound else { return }
      let scalar = bytes.scalar(at: offset)
      if !scalar.kind.isSpace { body(offset..<min(offset + scalar.length, range.upperBound)) }
      offset += scalar.length
    }
  }

  /// The apostrophe or hyphen for which a single typographic one stands: `’` and `‘`, `‐`, `‑` and `–`, and for the
  /// hyphen itself. Nil for anything else.
  static func plainMark(_ bytes: Span<UInt8>, _ piece: Range<Int>) -> Unicode.Scalar? {
    if piece.count == 1, bytes[piece.lowerBound] == UInt8(ascii: "-") { return "-" }
    guard piece.count == 3, bytes[piece.lowerBound] == 0xE2, bytes[piece.lowerBound + 1] == 0x80 else { return nil }
    switch bytes[piece.lowerBound + 2] {
    case 0x98, 0x99: return "'"
    case 0x90, 0x91, 0x93: return "-"
    default: return nil
    }
  }

  /// The length of the letter, digit or mark at an offset; nil for anything else.
  @inline(__always)
  private static func wordLength(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Int? {
    let byte = bytes[offset]
    if byte < 0x80 { return byte.isASCIILetter || byte.isASCIIDigit ? 1 : nil }
    let scalar = bytes.scalar(at: offset)
    let kind = scalar.kind
    return kind.isWord || kind.contains(.mark) ? min(scalar.length, end - offset) : nil
  }
}

extension Span<UInt8> {
  func contains(_ byte: UInt8, in range: Range<Int>) -> Bool {
    for offset in range where self[offset] == byte { return true }
    return false
  }
  func hasAccents(in range: Range<Int>) -> Bool {
    for offset in range where self[offset] >= 0x80 { return true }
    return false
  }
  func string(_ range: Range<Int>) -> String {
    String(decoding: (range).map { self[$0] }, as: UTF8.self)
  }
}

extension Day {
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var number: UInt32 = 0
    for offset in range.prefix(10) where bytes[offset].isASCIIDigit {
      number = number &* 10 &+ UInt32(bytes[offset] - 0x30)
    }
    self.init(number: number)
  }
}

extension ActorKind {
  /// By first letters: a list has tens of thousands of rows.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard range.count > 2 else { return nil }
    switch (bytes[range.lowerBound], bytes[range.lowerBound + 1]) {
    case (UInt8(ascii: "s"), _): self = .state
    case (UInt8(ascii: "g"), _): self = .government
    case (UInt8(ascii: "i"), _): self = .international
    case (UInt8(ascii: "c"), _): self = .company
    case (UInt8(ascii: "a"), _): self = .armedGroup
    case (UInt8(ascii: "o"), _): self = .other
    case (UInt8(ascii: "m"), UInt8(ascii: "i")): self = .ministry
    case (UInt8(ascii: "m"), _): self = .media
    case (UInt8(ascii: "p"), UInt8(ascii: "l")): self = .place
    case (UInt8(ascii: "p"), UInt8(ascii: "e")): self = .person
    case (UInt8(ascii: "p"), _): self = .party
    default: return nil
    }
  }
}

extension Entity.Via {
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    switch range.isEmpty ? 0 : bytes[range.lowerBound] {
    case UInt8(ascii: "n"): self = .name
    case UInt8(ascii: "d"): self = .demonym
    case UInt8(ascii: "m"): self = .metonymy
    case UInt8(ascii: "a"): self = .alias
    default: return nil
    }
  }
}

extension EntityType {
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    switch range.isEmpty ? 0 : bytes[range.lowerBound] {
    case UInt8(ascii: "P"): self = .person
    case UInt8(ascii: "O"): self = .organisation
    case UInt8(ascii: "L"): self = .location
    case UInt8(ascii: "M"): self = .other
    default: return nil
    }
  }
}

extension WordFlags {
  /// The flag of a class in cues.tsv.
  init?(cue bytes: Span<UInt8>, _ range: Range<Int>) {
    switch bytes.string(range) {
    case "function": self = .function
    case "calendar": self = .calendar
    case "place": self = .place
    case "of": self = .of
    case "side": self = .side
    case "link": self = .link
    case "particle": self = .particle
    case "speech": self = .speech
    case "act": self = .act
    case "addressing": self = .addressing
    case "portfolio": self = .portfolio
    case "compound": self = .compound
    case "aux": self = .aux
    case "policy": self = .policy
    case "locus": self = .locus
    case "event": self = .event
    case "title": self = .title
    case "and": self = .and
    case "the": self = .the
    case "region": self = .region
    case "life": self = .life
    case "inside": self = .inside
    case "determiner": self = .determiner
    case "other": self = .otherEnd
    default: self.init(actorCue: bytes, range)
    }
  }
}
