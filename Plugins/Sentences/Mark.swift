internal import TextScanning

/// A mark that may end a sentence: a period, a run of them, `?!`, `。`.
struct Mark {
  enum Kind {
    case period, ellipsis
    /// Holds `!` or `?`.
    case strong
    /// Of a script that has no capitals and puts no blank behind: ends whatever follows.
    case wide
  }
  let start: Int
  let end: Int
  let kind: Kind
  /// Number of dots, `…` counted as three.
  let dots: Int
  /// Written `. . .`.
  let isSpread: Bool
  /// Where `word. . . .` has its period, the other three being an omission that the next sentence begins with.
  let firstOfFour: Int?

  /// The whole run that begins at an offset; nil where none does.
  ///
  /// - Parameter block: where the block begins: what stands before that is not looked at.
  init?(_ bytes: Span<UInt8>, at start: Int, block: Int, end: Int) {
    var offset = start
    var dots = 0
    var isStrong = false
    var isWide = false
    while offset < end {
      if bytes[offset] == UInt8(ascii: ".") {
        (dots, offset) = (dots + 1, offset + 1)
      } else if bytes[offset] == UInt8(ascii: "!") || bytes[offset] == UInt8(ascii: "?") {
        (isStrong, offset) = (true, offset + 1)
      } else if let other = Self.other(bytes, at: offset, end: end) {
        switch other.kind {
        case .ellipsis: dots += 3
        case .wide: isWide = true
        default: isStrong = true
        }
        offset += other.length
      } else {
        break
      }
    }
    guard offset > start else { return nil }
    var spread = 0
    if dots == 1, !isStrong, !isWide { (offset, spread) = Self.spread(bytes, from: offset, end: end) }
    self.start = start
    self.end = offset
    self.dots = dots + spread
    isSpread = spread > 0
    kind = isWide ? .wide : isStrong ? .strong : dots + spread > 1 ? .ellipsis : .period
    let isAttached = start > block && !bytes[start - 1].isASCIISpace
    firstOfFour = spread == 3 && isAttached && !Self.closes(bytes, at: offset, end: end) ? start + 1 : nil
  }

  /// Dots with a blank before each.
  private static func spread(_ bytes: Span<UInt8>, from start: Int, end: Int) -> (Int, Int) {
    var offset = start
    var dots = 0
    while offset + 1 < end, bytes[offset] == 0x20, bytes[offset + 1] == UInt8(ascii: "."),
      offset + 2 == end || !bytes.kind(at: offset + 2, end: end).isWord
    {
      (dots, offset) = (dots + 1, offset + 2)
    }
    return (offset, dots)
  }

  private static func closes(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Bool {
    offset >= end || Aftermath.closer(bytes, at: offset, end: end) != nil
  }

  /// Marks beyond ASCII.
  private static func other(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> (length: Int, kind: Kind)? {
    guard Candidates.kinds[bytes[offset]] == 3 else { return nil }
    let scalar = bytes.scalar(at: offset)
    switch scalar.value {
    case 0x2026: return (scalar.length, .ellipsis)
    case 0x203C, 0x203D, 0x2047...0x2049, 0x61F: return (scalar.length, .strong)
    case 0x3002, 0xFF01, 0xFF0E, 0xFF1F, 0xFF61, 0x6D4, 0x589, 0x964, 0x965, 0x1362: return (scalar.length, .wide)
    default: return nil
    }
  }

  /// Whether it stands alone in brackets: `the general (?) signed`.
  func isAlone(in bytes: Span<UInt8>, start: Int, end: Int) -> Bool {
    guard self.start > start, self.end < end else { return false }
    let (before, after) = (bytes[self.start - 1], bytes[self.end])
    return before == UInt8(ascii: "(") && after == UInt8(ascii: ")")
      || before == UInt8(ascii: "[") && after == UInt8(ascii: "]")
  }
}
