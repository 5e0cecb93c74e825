/// The words of the lexicon by their lower-case bytes: an open-addressed table, so that a word of the text
/// is found without making a `String`. One probe for most words, some 20 ns.
struct Vocabulary: Sendable {
  /// Words longer than this are in no list.
  static let longest = 24
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = [0]
  private var slots: [Slot]
  private struct Slot {
    var hash: UInt32 = 0
    var word: Int32 = -1
  }

  init(capacity: Int = 1 << 14) { slots = Array(repeating: Slot(), count: capacity) }

  var count: Int { ends.count - 1 }

  /// The number of the word in a range of bytes, or -1; capitals of ASCII count as small letters.
  @inline(__always) func find(_ text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    guard range.count <= Self.longest else { return -1 }
    var hash: UInt32 = 2_166_136_261  // FNV-1a
    for index in range { hash = (hash ^ UInt32(Self.lower(text[index]))) &* 16_777_619 }
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index].word >= 0 {
      if slots[index].hash == hash, equals(slots[index].word, text, range) { return slots[index].word }
      index = (index + 1) & mask
    }
    return -1
  }

  @inline(__always) private static func lower(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 32 : byte }

  /// The number of a word, which is new where the word is.
  mutating func add(_ word: some StringProtocol) -> Int32 {
    let utf8 = Array(word.utf8)
    let found = find(utf8.span, 0..<utf8.count)
    if found >= 0 { return found }
    if 2 * count >= slots.count { grow() }
    bytes += utf8
    ends.append(UInt32(bytes.count))
    insert(Int32(count - 1), hash: Self.hash(utf8))
    return Int32(count - 1)
  }

  private mutating func insert(_ word: Int32, hash: UInt32) {
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index].word >= 0 { index = (index + 1) & mask }
    slots[index] = Slot(hash: hash, word: word)
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 2 * old.count)
    for slot in old where slot.word >= 0 { insert(slot.word, hash: slot.hash) }
  }

  private func equals(_ number: Int32, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = Int(ends[Int(number)])
    guard Int(ends[Int(number) + 1]) - start == range.count else { return false }
    for offset in 0..<range.count where bytes[start + offset] != Self.lower(text[range.lowerBound + offset]) {
      return false
    }
    return true
  }

  private static func hash(_ word: [UInt8]) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in word { hash = (hash ^ UInt32(lower(byte))) &* 16_777_619 }
    return hash
  }
}
