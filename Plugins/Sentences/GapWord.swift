internal import TextScanning

/// A word beside a gap as the model sees it: what stands between two blanks, of which at most 32 bytes are looked at.
struct GapWord {
  let start: Int
  let end: Int
  /// Hash of the letters and digits with small letters, marks at both edges left out.
  let core: UInt32
  /// The same with the classes of its first and last byte.
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

  /// Small letters 1, capitals 2, digits 3, beyond ASCII 4, other bytes their own. Whoever looks at many words holds a
  /// copy: reaching a constant of the type costs as much as half a word.
  static let classes = ByteTable { byte in
    switch byte {
    case 0x61...0x7A: 1
    case 0x41...0x5A: 2
    case 0x30...0x39: 3
    case 0x80...: 4
    default: byte + 8
    }
  }

  private init(_ bytes: Span<UInt8>, _ range: Range<Int>, _ classes: ByteTable) {
    (start, end) = (range.lowerBound, range.upperBound)
    first = UInt32(classes[bytes[start]])
    last = UInt32(classes[bytes[end - 1]])
    var (left, right) = (start, end)
    while left < right, classes[bytes[left]] > 4 { left += 1 }
    while right > left, classes[bytes[right - 1]] > 4 { right -= 1 }
    let prime = 16_777_619 as UInt32
    var (core, pattern) = (2_166_136_261 as UInt32, first)
    var (flags, before) = (0 as UInt32, first)
    for offset in left..<right {
      let kind = UInt32(classes[bytes[offset]])
      core = (core ^ UInt32(bytes[offset].asciiLowercased)) &* prime
      // Capitals that begin a word are told from those inside it.
      flags |=
        kind > 4
        ? (bytes[offset] == 0x40 || bytes[offset] == 0x2F ? 128 : 0) : kind == 2 && offset > left ? 32 : 1 << kind
      if kind != before { (pattern, before) = ((pattern ^ kind) &* prime, kind) }
    }
    let count = right - left
    let length: UInt32 = count < 2 ? UInt32(count) : count < 4 ? 2 : 3
    shape = flags | length << 8
    self.core = core
    self.pattern = (pattern ^ last) &* prime
    raw = (core ^ first) &* prime ^ last
  }

  /// The word that ends before an offset; none before `start`.
  static func before(_ bytes: Span<UInt8>, _ offset: Int, _ start: Int, _ classes: ByteTable) -> GapWord {
    var end = offset
    while end > start, bytes[end - 1].isASCIISpace { end -= 1 }
    var first = end
    let limit = max(start, end - 32)
    while first > limit, !bytes[first - 1].isASCIISpace { first -= 1 }
    return first < end ? GapWord(bytes, first..<end, classes) : .none
  }

  /// The word that begins behind an offset; none behind `end`.
  static func after(_ bytes: Span<UInt8>, _ offset: Int, _ end: Int, _ classes: ByteTable) -> GapWord {
    var start = offset
    while start < end, bytes[start].isASCIISpace { start += 1 }
    var last = start
    let limit = min(end, start + 32)
    while last < limit, !bytes[last].isASCIISpace { last += 1 }
    return start < last ? GapWord(bytes, start..<last, classes) : .none
  }
}
