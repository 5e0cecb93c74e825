internal import Learning
internal import PipelineKit
internal import TextScanning

/// What features are made of: how a word is written, each way of looking as a number.
struct WordForm {
  var exact: UInt32 = 0
  var folded: UInt32 = 0
  var shape: UInt32 = 0
  var prefix: UInt32 = 0
  var suffix: UInt32 = 0
  var shortSuffix: UInt32 = 0
  var longSuffix: UInt32 = 0
  /// What the lists say of the word by itself.
  var lists: UInt32 = 0
  /// What the rules took the word for: part of a name, of which type, how surely; 0 for none.
  var rule: UInt32 = 0
  /// The kind of a listed name.
  var kind: UInt32 = 0
  var clusters = WordClusters.none

  init() {}

  /// - Parameters:
  ///   - bytes: of the text.
  ///   - table: where the word's clusters stand; nil for none.
  init(_ bytes: Span<UInt8>, _ word: Word, _ table: ClusterTable?) {
    let range = word.bytes
    let (exact, folded) = Self.hashes(bytes, range)
    (self.exact, self.folded) = (UInt32(truncatingIfNeeded: exact), UInt32(truncatingIfNeeded: folded))
    shape = Self.shape(bytes, range)
    let end = range.upperBound
    prefix = Self.part(bytes, range.lowerBound, min(range.lowerBound + 3, end))
    suffix = Self.part(bytes, max(range.lowerBound, end - 3), end)
    shortSuffix = Self.part(bytes, max(range.lowerBound, end - 2), end)
    longSuffix = Self.part(bytes, max(range.lowerBound, end - 4), end)
    lists = Self.lists(word.flags)
    if let table { clusters = table.clusters(of: folded) }
  }

  /// Hashes of the bytes as they are and with the letters of ASCII made small, eight bytes a step.
  ///
  /// Setting bit 5 of a byte makes letters small and mixes up some marks and digits with control characters, which no
  /// word has.
  static func hashes(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (exact: UInt64, folded: UInt64) {
    var (exact, folded) = (UInt64(range.count), UInt64(range.count))
    var offset = range.lowerBound
    while offset < range.upperBound {
      let eight = bytes.eight(at: offset, end: range.upperBound)
      exact = mix(exact ^ eight)
      folded = mix(folded ^ (eight | 0x2020_2020_2020_2020))
      offset += 8
    }
    return (exact ^ exact >> 32, folded ^ folded >> 32)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value &* 0x9E37_79B9_7F4A_7C15
    return product ^ product >> 29
  }

  private static func part(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: bytes.eight(at: start, end: end)) | 0x2020_2020
  }

  /// Capitals, small letters, digits and marks in their order, repetitions left out: `Xx`, `X.X.`, `Xx-Xx`.
  private static func shape(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    var shape: UInt32 = 0
    var last: UInt32 = 0
    for offset in range {
      let byte = bytes[offset]
      let kind: UInt32 =
        byte &- 0x61 < 26 ? 1 : byte &- 0x41 < 26 ? 2 : byte &- 0x30 < 10 ? 3 : byte >= 0x80 ? 1 : UInt32(byte)
      if kind != last { shape = shape &* 131 &+ kind }
      last = kind
    }
    return shape &* 4 &+ UInt32(min(3, range.count / 2))
  }

  private static func lists(_ flags: WordFlags) -> UInt32 {
    let kept: WordFlags = [
      .forename, .surname, .common, .orgEnd, .orgBegin, .placeEnd, .placeBegin, .roleHead, .roleModifier, .function,
      .calendar, .title, .speech, .company, .ministry, .region, .inside, .particle, .portfolio, .event,
    ]
    let value = flags.intersection(kept).rawValue
    return UInt32(truncatingIfNeeded: value) ^ UInt32(truncatingIfNeeded: value >> 32) &* 0x9E37_79B1
  }

  var isNone: Bool { exact == 0 }
}
