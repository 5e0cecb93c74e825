/// What stands beside a name, gathered over all its places in a document (H. L. Chieu and H. T. Ng, COLING 2002).
struct NameEvidence: OptionSet {
  let rawValue: UInt32
  private static var behindIn: NameEvidence { NameEvidence(rawValue: 1) }
  private static var behindRole: NameEvidence { NameEvidence(rawValue: 2) }
  private static var behindArticle: NameEvidence { NameEvidence(rawValue: 4) }
  private static var behindOf: NameEvidence { NameEvidence(rawValue: 8) }
  private static var behindSide: NameEvidence { NameEvidence(rawValue: 16) }
  private static var beforeSpeech: NameEvidence { NameEvidence(rawValue: 32) }
  private static var beforeVerb: NameEvidence { NameEvidence(rawValue: 64) }
  private static var beforePossessive: NameEvidence { NameEvidence(rawValue: 128) }
  private static var beforeRole: NameEvidence { NameEvidence(rawValue: 256) }

  init(rawValue: UInt32) { self.rawValue = rawValue }

  init(beside run: Range<Int>, _ words: TextWords, _ sentence: Range<Int>) {
    self = []
    if run.lowerBound > sentence.lowerBound {
      let flags = words[run.lowerBound - 1].flags
      if flags.contains(.inside) { insert(Self.behindIn) }
      if !flags.isDisjoint(with: [.title, .roleHead]) { insert(Self.behindRole) }
      if flags.contains(.the) { insert(Self.behindArticle) }
      if flags.contains(.of) { insert(Self.behindOf) }
      if flags.contains(.side) { insert(Self.behindSide) }
    }
    if run.upperBound < sentence.upperBound {
      let next = words[run.upperBound]
      if next.flags.contains(.speech) { insert(Self.beforeSpeech) }
      if !next.flags.isDisjoint(with: [.act, .aux]) { insert(Self.beforeVerb) }
      if next.shape.contains(.possessive) { insert(Self.beforePossessive) }
      if next.flags.contains(.roleHead) { insert(Self.beforeRole) }
    }
  }
}

/// The longest run of capitalised words that holds a word, by the word's hash: open addressing, emptied by a new stamp.
struct LongestRuns {
  struct Entry {
    var key: UInt32 = 0
    var stamp: UInt32 = 0
    var run: Int32 = 0
    var word: Int32 = 0
    var length: Int32 = 0
    var evidence = NameEvidence()
  }
  private var entries = [Entry](repeating: Entry(), count: 1024)
  private var stamp: UInt32 = 0
  private var count = 0

  mutating func reset() {
    stamp += 1
    count = 0
  }

  subscript(key: UInt32) -> Entry? {
    let entry = entries[slot(key)]
    return entry.stamp == stamp ? entry : nil
  }

  /// Of runs of one length the first stays.
  mutating func add(_ key: UInt32, run: Int32, word: Int32, length: Int, evidence: NameEvidence) {
    if count * 2 > entries.count { grow() }
    let slot = slot(key)
    if entries[slot].stamp != stamp {
      entries[slot] = Entry(key: key, stamp: stamp)
      count += 1
    }
    entries[slot].evidence.formUnion(evidence)
    guard entries[slot].length < length else { return }
    (entries[slot].run, entries[slot].word, entries[slot].length) = (run, word, Int32(clamping: length))
  }

  private func slot(_ key: UInt32) -> Int {
    var slot = Int(key &* 0x9E37_79B1 >> 7) & (entries.count - 1)
    while entries[slot].stamp == stamp, entries[slot].key != key { slot = (slot + 1) & (entries.count - 1) }
    return slot
  }

  private mutating func grow() {
    let old = entries
    entries = [Entry](repeating: Entry(), count: old.count * 2)
    for entry in old where entry.stamp == stamp { entries[slot(entry.key)] = entry }
  }
}
