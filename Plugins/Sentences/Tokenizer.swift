internal import PipelineKit
internal import TextScanning

/// Cuts a sentence into tokens by the conventions of Universal Dependencies.
///
/// Left to right over bytes. Plain words, letters and digits of ASCII with a blank or a comma behind, are most tokens
/// and take a short way of their own. Any other run without white space is first asked whether it is an address;
/// else each character begins a word, which goes on as far as letters, digits and the marks that words may hold
/// inside (`Words`), or a mark, alone or in a run of its like (`marks`). Words then fall into parts at contractions.
/// A token's flags come out of the same pass. Nothing is allocated but the array that the tokens go to.
struct Tokenizer: Sendable {
  let lexicon: SentenceLexicon
  /// A copy in the tokenizer itself: each use of the static one would ask whether it is made already.
  let classes = Self.byteClasses

  init(lexicon: SentenceLexicon) { self.lexicon = lexicon }

  /// Per byte: letters 1 (small) and 2 (capital), digits 4, white space 8, marks of addresses 16, beyond ASCII 32.
  private static let byteClasses = ByteTable { byte in
    switch byte {
    case 0x61...0x7A: 1
    case 0x41...0x5A: 2
    case 0x30...0x39: 4
    case 9...13, 0x20: 8
    case UInt8(ascii: "@"), UInt8(ascii: ":"), UInt8(ascii: "/"): 16
    case 0x80...: 32
    default: 0
    }
  }

  /// - Parameters:
  ///   - sentence: byte offsets, without white space at the edges.
  ///   - block: where its block begins: what stands before that is not looked at.
  ///   - tokens: takes the tokens, in order.
  func tokenize(_ bytes: Span<UInt8>, _ sentence: Range<Int>, block: Int, into tokens: inout [Token]) {
    let first = tokens.count
    let bodyEnd = Self.bodyEnd(bytes, sentence)
    var offset = sentence.lowerBound
    while offset < sentence.upperBound {
      if bytes[offset] == 0x20 { offset += 1 }
      if plainWord(bytes, from: &offset, end: sentence.upperBound, into: &tokens) { continue }
      offset = bytes.skipSpace(from: offset, to: sentence.upperBound)
      guard offset < sentence.upperBound else { break }
      let run = Run(bytes, from: offset, end: sentence.upperBound, bodyEnd: bodyEnd, block: block, classes)
      tokenize(bytes, run, into: &tokens)
      offset = run.end
    }
    if first < tokens.count { tokens[first].shape.insert(.sentenceStart) }
  }

  /// Takes a word of ASCII's letters and digits that white space follows, or the end, or a comma before either (the
  /// comma is a twentieth of the stage's speed); leaves the offset where it is and answers no where none stands there.
  @inline(__always)
  private func plainWord(
    _ bytes: Span<UInt8>, from offset: inout Int, end: Int, into tokens: inout [Token]
  ) -> Bool {
    let word = PlainWord.read(bytes, from: offset, end: end, classes)
    let hasComma = word.end < end && bytes[word.end] == UInt8(ascii: ",")
    let next = word.end &+ (hasComma ? 1 : 0)
    guard word.end > offset, next == end || classes[bytes[next]] == 8 else { return false }
    add(bytes, offset..<word.end, word.flags, joined: false, into: &tokens)
    if hasComma { tokens.append(Token(span: TextSpan(word.end, next), shape: [.punctuation, .joined])) }
    offset = next
    return true
  }

  /// A stretch without white space.
  struct Run {
    let start: Int
    let end: Int
    /// All classes of its bytes; 64 for marks.
    let flags: UInt8
    /// Where the sentence's last period stands, or behind it: closing quotes and brackets left out.
    let bodyEnd: Int
    /// Where the block begins.
    let block: Int

    init(_ bytes: Span<UInt8>, from start: Int, end: Int, bodyEnd: Int, block: Int, _ classes: ByteTable) {
      var offset = start
      var flags: UInt8 = 0
      while offset < end {
        let kind = classes[bytes[offset]]
        if kind == 8 { break }
        if kind == 32, bytes[offset] >= 0xC2, bytes.scalar(at: offset).kind.isSpace { break }
        flags |= kind == 0 ? 64 : kind
        offset += 1
      }
      (self.start, self.end, self.flags, self.bodyEnd, self.block) = (start, offset, flags, bodyEnd, block)
    }
  }

  private static func bodyEnd(_ bytes: Span<UInt8>, _ sentence: Range<Int>) -> Int {
    var end = sentence.upperBound
    while end > sentence.lowerBound {
      let last = bytes.scalar(before: end)
      guard Aftermath.closer(bytes, at: end - last.length, end: end) != nil else { break }
      end -= last.length
    }
    return end
  }

  private func tokenize(_ bytes: Span<UInt8>, _ run: Run, into tokens: inout [Token]) {
    var offset = run.start
    if run.flags & (16 | 64) != 0, let address = Addresses.find(bytes, run) {
      pieces(bytes, Run(run, to: address.lowerBound), from: &offset, into: &tokens)
      append(bytes, address, joined: offset > run.start, into: &tokens)
      offset = address.upperBound
    }
    pieces(bytes, run, from: &offset, into: &tokens)
  }

  private func pieces(_ bytes: Span<UInt8>, _ run: Run, from offset: inout Int, into tokens: inout [Token]) {
    while offset < run.end {
      let start = offset
      let scalar = bytes.scalar(at: start)
      if isIdeograph(scalar) {
        offset += scalar.length
        append(bytes, start..<offset, joined: start > run.start, into: &tokens)
      } else if let end = genitive(bytes, start, run) {
        offset = end
        appendPart(bytes, start..<end, into: &tokens)
      } else if beginsWord(bytes, start, scalar, run) {
        let flags = word(bytes, from: &offset, run)
        add(bytes, start..<offset, flags, joined: start > run.start, into: &tokens)
      } else {
        offset = marks(bytes, from: start, scalar, run.end)
        append(bytes, start..<offset, joined: start > run.start, into: &tokens)
        if isGenitive(bytes, start..<offset, run, tokens) { tokens[tokens.count - 1].shape.insert(.continuesWord) }
      }
    }
  }

  private func isIdeograph(_ scalar: ScannedScalar) -> Bool { scalar.length > 1 && scalar.kind.contains(.ideograph) }

  private func beginsWord(_ bytes: Span<UInt8>, _ start: Int, _ scalar: ScannedScalar, _ run: Run) -> Bool {
    if classes[bytes[start]] & 7 != 0 { return true }
    if scalar.length > 1, scalar.kind.isWord || scalar.kind.contains(.mark) { return true }
    return startsWord(bytes, start, run)
  }

  /// Whether a mark begins a word: `'72`, `+44`, `.5`, `#budget`, `@name`.
  private func startsWord(_ bytes: Span<UInt8>, _ start: Int, _ run: Run) -> Bool {
    let after = start + 1
    switch bytes[start] {
    case UInt8(ascii: "'"): return startsYear(bytes, after, run.end)
    case 0xE2 where bytes.has("’", at: start, end: run.end): return startsYear(bytes, start + 3, run.end)
    case UInt8(ascii: "+"):
      let digits = Self.digits(bytes, after, min(run.end, start + 5))
      return digits > 0 && digits < 4 && !bytes.kind(before: start, start: run.start).isWord
    case UInt8(ascii: "."):
      return bytes.kind(at: after, end: run.end).isDigit && !bytes.kind(before: start, start: run.start).isWord
    case UInt8(ascii: "#"), UInt8(ascii: "@"):
      return bytes.kind(at: after, end: run.end).isLetter && !bytes.kind(before: start, start: run.start).isWord
    default: return false
    }
  }

  private func startsYear(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard Self.digits(bytes, start, min(end, start + 3)) == 2 else { return false }
    return !bytes.kind(at: start + 2, end: end).isLetter || bytes[start + 2] == UInt8(ascii: "s")
  }

  /// Behind the ending of a word that closes with a mark: the `'s` of `U.S.'s` and `“Aurora”'s`.
  private func genitive(_ bytes: Span<UInt8>, _ start: Int, _ run: Run) -> Int? {
    guard lexicon.longestClitic > 0, start > run.start + 2, bytes[start] == 0x27 || bytes[start] == 0xE2 else {
      return nil
    }
    guard bytes.has("'s", at: start, end: run.end) || bytes.has("’s", at: start, end: run.end) else { return nil }
    let end = start + (bytes[start] == 0x27 ? 2 : 4)
    return bytes.kind(at: end, end: run.end).isWord ? nil : end
  }

  /// Behind a mark: a run of the same one for periods, dashes and rules, of `!` and `?` mixed; else one character
  /// with the marks and joiners that belong to it.
  private func marks(_ bytes: Span<UInt8>, from start: Int, _ first: ScannedScalar, _ end: Int) -> Int {
    var offset = start + first.length
    switch bytes[start] {
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      while offset < end, bytes[offset] == UInt8(ascii: "!") || bytes[offset] == UInt8(ascii: "?") { offset += 1 }
      // `?..` is a question that trails off.
      if bytes.has("..", at: offset, end: end), !bytes.has("...", at: offset, end: end) { offset += 2 }
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "="), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "`"),
      UInt8(ascii: "#"), UInt8(ascii: "+"):
      while offset < end, bytes[offset] == bytes[start] { offset += 1 }
    case UInt8(ascii: ":"), UInt8(ascii: ";"):
      offset = Self.smiley(bytes, from: start, end) ?? offset
    default:
      guard first.length > 1 else { return offset }
      while offset < end {
        let next = bytes.scalar(at: offset)
        let isSame = next.value == first.value && (next.value == 0x2026 || next.value == 0x2014)
        guard isSame || next.kind.contains(.mark) else { break }
        offset += next.length
      }
    }
    return offset
  }

  private static func smiley(_ bytes: Span<UInt8>, from start: Int, _ end: Int) -> Int? {
    var offset = start + 1
    if offset < end, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    guard offset < end else { return nil }
    switch bytes[offset] {
    case UInt8(ascii: ")"), UInt8(ascii: "("): return offset + 1
    case UInt8(ascii: "D"), UInt8(ascii: "P"): return offset + 1 == end ? end : nil
    default: return nil
    }
  }

  /// Appends one token.
  func append(_ bytes: Span<UInt8>, _ range: Range<Int>, joined: Bool, into tokens: inout [Token]) {
    var flags: UInt8 = 0
    for offset in range { flags |= classes[bytes[offset]] }
    append(bytes, range, flags, joined: joined, into: &tokens)
  }

  /// The same where all classes of its bytes are known.
  @inline(__always)
  func append(_ bytes: Span<UInt8>, _ range: Range<Int>, _ flags: UInt8, joined: Bool, into tokens: inout [Token]) {
    guard !range.isEmpty else { return }
    var shape: TokenShape = joined ? .joined : []
    if flags & 32 != 0 {
      shape.formUnion(Self.wideShape(bytes, range))
    } else {
      if flags & 3 != 0 { shape.insert(.letter) }
      if flags & 4 != 0 { shape.insert(.digit) }
      if flags & 7 == 0 { shape.insert(.punctuation) }
      if flags & 3 == 2 { shape.insert(.allCapitals) }
      if classes[bytes[range.lowerBound]] == 2 { shape.insert(.initialCapital) }
    }
    tokens.append(Token(span: TextSpan(range), shape: shape))
  }

  private static func wideShape(_ bytes: Span<UInt8>, _ range: Range<Int>) -> TokenShape {
    var all: ScalarClass = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let scalar = bytes.scalar(at: offset)
      all.formUnion(scalar.kind)
      offset += scalar.length
    }
    var shape: TokenShape = []
    if all.isLetter { shape.insert(.letter) }
    if all.isDigit { shape.insert(.digit) }
    if !all.isWord { shape.insert(.punctuation) }
    if all.isUpper, !all.isLower { shape.insert(.allCapitals) }
    if bytes.kind(at: range.lowerBound, end: range.upperBound).isUpper { shape.insert(.initialCapital) }
    return shape
  }
}

extension Tokenizer.Run {
  /// The part before an offset.
  init(_ run: Self, to end: Int) {
    (start, self.end, flags, bodyEnd, block) = (run.start, end, run.flags, run.bodyEnd, run.block)
  }
}
