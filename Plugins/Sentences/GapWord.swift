internal import TextScanning

/// A word beside a gap as the model sees it: what stands between two blanks, of which at most 32 bytes are looked at.
struct GapWord {
  let start: Int
  let end: Int
  /// Hash of the letters and digits with small letters, marks at both edges left out.
  let core: UInt32
  /// Hash of all of it, with small letters.
  let raw: UInt32
  /// Which classes of characters it holds, how long it is, whether it looks like an address.
  let shape: UInt32
  /// Hash of its classes of characters, each run as one: `12/08/2000` as `9/9/9`.
  let pattern: UInt32
  /// Classes of the first and last byte.
  let first: UInt32
  let last: UInt32

  static let none = GapWord()
  private init() {
    (start, end, core, raw, shape, pattern, first, last) = (0, 0, 0x55, 0x55, 15, 7, 99, 99)
  }

  var isNone: Bool { start == end }

  /// Small letters 1, capitals 2, digits 3, beyond ASCII 4, other bytes their own.
  static let classes = ByteTable { byte in
    switch byte {
    case 0x61...0x7A: 1
    case 0x41...0x5A: 2
    case 0x30...0x39: 3
    case 0x80...: 4
    default: byte + 8
    }
  }

  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    (start, end) = (range.lowerBound, range.upperBound)
    let (prime, table) = (16_777_619 as UInt32, Self.classes)
    var (raw, core, held, pattern) = (2_166_136_261 as UInt32, 2_166_136_261 as UInt32, 2_166_136_261 as UInt32, 17 as UInt32)
    var (flags, count, before, address) = (0 as UInt32, 0 as UInt32, 0 as UInt32, 0 as UInt32)
    for offset in range {
      let byte = UInt32(bytes[offset].asciiLowercased)
      let kind = UInt32(table[bytes[offset]])
      raw = (raw ^ byte) &* prime
      if kind != before { (pattern, before) = ((pattern ^ kind) &* prime, kind) }
      if kind <= 4 {
        count += 1
        held = (held ^ byte) &* prime
        core = held
        flags |= kind == 1 ? 1 : kind == 2 ? (count == 1 ? 2 : 4) : kind == 3 ? 8 : 16
      } else {
        // A mark inside counts once a letter stands behind it.
        if count > 0 { held = (held ^ byte) &* prime }
        if byte == 0x40 || byte == 0x2F { address = 1 }
      }
    }
    let length: UInt32 = count < 2 ? count : count < 4 ? 2 : 3
    (self.raw, self.core, self.pattern, shape) = (raw, core, pattern, flags | length << 5 | address << 7)
    first = UInt32(table[bytes[range.lowerBound]])
    last = UInt32(table[bytes[range.upperBound - 1]])
  }

  /// The word that ends before an offset; none before `start`.
  static func before(_ bytes: Span<UInt8>, _ offset: Int, _ start: Int) -> GapWord {
    var end = offset
    while end > start, bytes[end - 1].isASCIISpace { end -= 1 }
    var first = end
    let limit = max(start, end - 32)
    while first > limit, !bytes[first - 1].isASCIISpace { first -= 1 }
    return first < end ? GapWord(bytes, first..<end) : .none
  }

  /// The word that begins behind an offset; none behind `end`.
  static func after(_ bytes: Span<UInt8>, _ offset: Int, _ end: Int) -> GapWord {
    var start = offset
    while start < end, bytes[start].isASCIISpace { start += 1 }
    var last = start
    let limit = min(end, start + 32)
    while last < limit, !bytes[last].isASCIISpace { last += 1 }
    return start < last ? GapWord(bytes, start..<last) : .none
  }
}
