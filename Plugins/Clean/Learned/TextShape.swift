/// What the bytes of a block tell of it: counted in one pass.
package struct TextShape {
  package var letters: Int32 = 0
  package var capitals: Int32 = 0
  package var words: Int32 = 0
  /// Words that begin with a capital.
  package var capitalised: Int32 = 0
  package var commas: Int32 = 0
  /// Marks with white space or the end of the block behind them.
  package var sentenceEnds: Int32 = 0
  /// Marks that labels are made of: bars, arrows, dots in the middle.
  package var separators: Int32 = 0
  /// Bytes beyond ASCII.
  package var wide: Int32 = 0
  /// How many words of each kind are among the first.
  package var kinds: SIMD16<UInt16> = .zero
  /// Of the letters, by which a block is told to be a known label.
  package var essence: UInt64 = Words.seed
  /// Of all bytes, by which a repetition is told.
  package var hash: UInt64 = Words.seed
  package var first: UInt8 = 0
  package var last: UInt8 = 0

  /// Words behind this many bytes are not looked up: about so many words.
  private static let looked = 400
  static let lookedWords: Float = 80

  package init(_ text: UnsafeBufferPointer<UInt8>) {
    first = text.first ?? 0
    last = text.last ?? 0
    var word = Words.seed
    var length = 0
    for index in text.indices {
      let byte = text[index]
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      let folded = Words.fold(byte)
      let isLetter = folded &- 97 < 26
      if isLetter || byte > 0x7F {
        if length == 0, byte != folded { capitalised += 1 }
        letters += isLetter ? 1 : 0
        wide += isLetter ? 0 : 1
        if byte != folded { capitals += 1 }
        word = (word ^ UInt64(folded)) &* 0x100_0000_01b3
        essence = (essence ^ UInt64(folded)) &* 0x100_0000_01b3
        length += 1
        continue
      }
      if byte &- 48 < 10 {
        length += 1
        word = 0
        continue
      }
      if length > 0 { endWord(word, at: index) }
      word = Words.seed
      length = 0
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: ";"): commas += 1
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
        if index + 1 == text.count || text[index + 1] == 32 || text[index + 1] == 34 { sentenceEnds += 1 }
      case UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "#"):
        separators += 1
      default: break
      }
    }
    if length > 0 { endWord(word, at: text.count) }
  }

  private mutating func endWord(_ hash: UInt64, at end: Int) {
    words += 1
    guard end <= Self.looked, hash != 0 else { return }
    let kinds = WordKinds.of(hash)
    guard !kinds.isEmpty else { return }
    for kind in 0..<WordKinds.count where kinds.rawValue >> kind & 1 == 1 { self.kinds[kind] &+= 1 }
  }
}
