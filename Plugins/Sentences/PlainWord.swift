internal import TextScanning

/// A word of ASCII's letters and digits: how far it goes, and what it is made of.
///
/// Eight bytes are classed at once in one integer, and the first that is neither letter nor digit is found by counting
/// bits (the method of Lamport, "Multiple Byte Processing with Full-Word Instructions", 1975). A loop over bytes has
/// to guess where each word ends and is wrong at nearly every one: 145 MB/s for the whole stage instead of 160. Swift
/// 6.3 makes loops of the comparisons of its SIMD types, which is why those are not used.
struct PlainWord {
  let end: Int
  /// The classes of its bytes, as in `Tokenizer.classes`.
  let flags: UInt8

  /// The word that begins at `start`; an empty one where none does.
  @inline(__always)
  static func read(_ bytes: Span<UInt8>, from start: Int, end limit: Int, _ classes: ByteTable) -> PlainWord {
    var offset = start
    var flags: UInt8 = 0
    while offset &+ 8 <= limit {
      let part = Part(bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= part.count
      flags |= part.flags
      if part.count < 8 { return PlainWord(end: offset, flags: flags) }
    }
    while offset < limit, case let kind = classes[bytes[offset]], kind & 7 != 0 {
      flags |= kind
      offset += 1
    }
    return PlainWord(end: offset, flags: flags)
  }

  /// What eight bytes have of a word at their beginning.
  private struct Part {
    let count: Int
    let flags: UInt8

    private static let high: UInt64 = 0x8080_8080_8080_8080

    /// In the sums below the high bit of a byte says that it is not less than the one named; no sum carries.
    @inline(__always)
    init(_ loaded: UInt64) {
      let bytes = UInt64(littleEndian: loaded)
      let low = bytes & ~Self.high
      let folded = low | Self.each(0x20)
      let letters = (folded &+ Self.each(0x80 - 0x61)) & ~(folded &+ Self.each(0x80 - 0x7B))
      let capitals = (low &+ Self.each(0x80 - 0x41)) & ~(low &+ Self.each(0x80 - 0x5B))
      let digits = (low &+ Self.each(0x80 - 0x30)) & ~(low &+ Self.each(0x80 - 0x3A))
      let word = (letters | digits) & ~bytes & Self.high
      let others = word ^ Self.high
      count = others.trailingZeroBitCount >> 3
      // The bits below the first byte that is not of the word; all of them where there is none.
      let inside = word & (others &- 1) & ~others
      flags =
        (inside & letters & ~capitals != 0 ? 1 : 0) | (inside & capitals != 0 ? 2 : 0) | (inside & digits != 0 ? 4 : 0)
    }

    @inline(__always)
    private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
  }
}
