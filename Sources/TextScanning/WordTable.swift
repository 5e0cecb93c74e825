/// Words and a number for each, found from bytes in a text without making a string.
///
/// Open addressing with linear probing at a load below one half; the words' bytes lie one behind the
/// other. Looking up costs one pass over the word, eight bytes a step, for its hash and, as a rule, one
/// comparison. A table is built once and shared by copies.
public struct WordTable: Sendable {
  /// Number of different words.
  public private(set) var count = 0
  /// Whether `A` to `Z` and `a` to `z` are the same.
  public let foldsCase: Bool
  private var pool: [UInt8] = []
  /// For each word its place in the pool, its length and its number.
  private var entries: [(start: UInt32, length: UInt32, value: Int32)] = []
  /// Index into the entries plus one; 0 for a free slot. A power of two of them.
  private var slots = [UInt32](repeating: 0, count: 16)
  /// The lengths of the words that begin with a byte, then of those that end with it: bit n for n bytes, 31 for more.
  @usableFromInline var lengths = [UInt32](repeating: 0, count: 512)

  public init(foldsCase: Bool = false) { self.foldsCase = foldsCase }

  /// The words numbered from 0 in the order given; a repeated one keeps its first number.
  public init(_ words: some Sequence<some StringProtocol>, foldsCase: Bool = false) {
    self.init(foldsCase: foldsCase)
    for word in words { insert(word, value: Int32(clamping: count)) { old, _ in old } }
  }

  /// Adds a word.
  ///
  /// - Parameter merge: makes the number of a word that is there already, from the old and the new one.
  /// - Returns: the word's number now.
  @discardableResult
  public mutating func insert(
    _ word: some StringProtocol, value: Int32, merge: (Int32, Int32) -> Int32 = { $1 }
  ) -> Int32 {
    let bytes = Array(word.utf8)
    if let index = index(of: bytes.span, 0..<bytes.count) {
      entries[index].value = merge(entries[index].value, value)
      return entries[index].value
    }
    entries.append((UInt32(clamping: pool.count), UInt32(clamping: bytes.count), value))
    pool += foldsCase ? bytes.map(\.asciiLowercased) : bytes
    noteEnds(of: count)
    count += 1
    if count * 2 > slots.count { rehash(slots.count * 4) } else { place(count - 1) }
    return value
  }

  /// Adds a word that stands in a range of bytes; one that is there already keeps its number.
  ///
  /// - Returns: the word's number now.
  @discardableResult
  public mutating func insert(_ bytes: Span<UInt8>, _ range: Range<Int>, value: Int32) -> Int32 {
    if let index = index(of: bytes, range) { return entries[index].value }
    entries.append((UInt32(clamping: pool.count), UInt32(clamping: range.count), value))
    for offset in range { pool.append(foldsCase ? bytes[offset].asciiLowercased : bytes[offset]) }
    noteEnds(of: count)
    count += 1
    if count * 2 > slots.count { rehash(slots.count * 4) } else { place(count - 1) }
    return value
  }

  /// The number of the word that stands in a range of bytes; nil where it is not in the table.
  @inlinable public func value(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int32? {
    mayHold(bytes, range) ? found(bytes, range) : nil
  }
  /// The number of a word.
  public func value(of word: some StringProtocol) -> Int32? {
    let bytes = Array(word.utf8)
    return value(of: bytes.span, 0..<bytes.count)
  }
  /// Whether the word that stands in a range of bytes is in the table.
  @inlinable public func contains(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    value(of: bytes, range) != nil
  }

  /// Whether a word of the table has this length and first byte, and one this length and last byte.
  ///
  /// Most words of a text that a table of some dozens is asked for fail here and cost no hash. The questions above
  /// ask it too; asked before them in an inner loop, it also saves the call.
  @inlinable @inline(__always) public func mayHold(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !range.isEmpty else { return true }
    let ends = lengths[Int(bytes[range.lowerBound])] & lengths[256 + Int(bytes[range.upperBound - 1])]
    return ends >> UInt32(min(range.count, 31)) & 1 != 0
  }

  @usableFromInline func found(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int32? {
    index(of: bytes, range).map { entries[$0].value }
  }

  private func index(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let fold = foldsCase ? 0 : Int.max
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: bytes.wordHash(range, smallFrom: fold)) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      let entry = entries[index]
      if Int(entry.length) == range.count,
        bytes.isWord(range, smallFrom: fold, at: Int(entry.start), in: pool.span)
      {
        return index
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func noteEnds(of index: Int) {
    let entry = entries[index]
    guard entry.length > 0 else { return }
    let first = pool[Int(entry.start)]
    let last = pool[Int(entry.start + entry.length) - 1]
    for (byte, half) in [(first, 0), (last, 256)] {
      lengths[half + Int(byte)] |= 1 << min(entry.length, 31)
      guard foldsCase, byte &- 0x61 < 26 else { continue }
      lengths[half + Int(byte ^ 0x20)] |= 1 << min(entry.length, 31)
    }
  }

  private mutating func rehash(_ size: Int) {
    slots = [UInt32](repeating: 0, count: size)
    for index in entries.indices { place(index) }
  }
  private mutating func place(_ index: Int) {
    let entry = entries[index]
    let mask = slots.count - 1
    let start = Int(entry.start)
    var slot = Int(truncatingIfNeeded: pool.span.wordHash(start..<start + Int(entry.length))) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(clamping: index + 1)
  }
}
