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

  /// The number of a word, or -1.
  @inline(__always) func find(_ word: Span<UInt8>) -> Int32 {
    let hash = Self.hash(word)
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index].word >= 0 {
      if slots[index].hash == hash, equals(slots[index].word, word) { return slots[index].word }
      index = (index + 1) & mask
    }
    return -1
  }

  func find(_ word: some StringProtocol) -> Int32 { Array(word.utf8).withUnsafeBufferPointer { find($0.span) } }

  /// The number of a word, which is new where the word is.
  mutating func add(_ word: some StringProtocol) -> Int32 {
    let utf8 = Array(word.utf8)
    let found = find(utf8.span)
    if found >= 0 { return found }
    if 2 * count >= slots.count { grow() }
    bytes += utf8
    ends.append(UInt32(bytes.count))
    insert(Int32(count - 1), hash: Self.hash(utf8.span))
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

  private func equals(_ number: Int32, _ word: Span<UInt8>) -> Bool {
    let start = Int(ends[Int(number)])
    guard Int(ends[Int(number) + 1]) - start == word.count else { return false }
    for index in 0..<word.count where bytes[start + index] != word[index] { return false }
    return true
  }

  /// FNV-1a.
  @inline(__always) private static func hash(_ word: Span<UInt8>) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for index in 0..<word.count { hash = (hash ^ UInt32(word[index])) &* 16_777_619 }
    return hash
  }
}
