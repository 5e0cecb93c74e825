/// Words numbered from 0, found from bytes in a text without making a string, in flat arrays that may lie in a mapped
/// file. ``WordTable`` is for lists that are written in code or small; this is for gazetteers.
///
/// Open addressing with linear probing at a load below one half; the words' bytes lie one behind the other. Looking
/// up costs one pass over the word for its hash and, as a rule, one comparison.
@frozen public struct WordNumbers: Sendable {
  /// A word's number plus one; 0 for a free slot. A power of two of them.
  public let slots: PackedArray<UInt32>
  /// Where each word begins in the bytes; one more says where the last one ends.
  public let starts: PackedArray<UInt32>
  public let bytes: PackedArray<UInt8>

  @inlinable public init(slots: PackedArray<UInt32>, starts: PackedArray<UInt32>, bytes: PackedArray<UInt8>) {
    (self.slots, self.starts, self.bytes) = (slots, starts, bytes)
  }

  /// Number of words.
  @inlinable public var count: Int { starts.count - 1 }

  /// The number of the word that stands in a range of bytes; nil where it is none of these.
  @inlinable public func value(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int32? {
    find(bytes, range, smallFrom: .max)
  }
  /// The number of the word that the bytes are once the letters of ASCII from an offset on are made small:
  /// from the first for `minister`, sought as `Minister`, from the second for `Moscow`, sought as `MOSCOW`.
  @inlinable public func value(of bytes: Span<UInt8>, _ range: Range<Int>, lowercasedFrom fold: Int) -> Int32? {
    find(bytes, range, smallFrom: fold)
  }

  @inlinable @inline(__always)
  func find(_ text: Span<UInt8>, _ range: Range<Int>, smallFrom fold: Int) -> Int32? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: text.wordHash(range, smallFrom: fold)) & mask
    let pool = bytes.buffer.span
    // A table without a free slot, in a damaged file, must not keep us.
    for _ in 0...mask {
      let number = Int(slots[slot]) - 1
      guard number >= 0 else { return nil }
      let start = Int(starts[number])
      if Int(starts[number + 1]) - start == range.count, start + range.count <= pool.count,
        text.isWord(range, smallFrom: fold, at: start, in: pool)
      {
        return Int32(truncatingIfNeeded: number)
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The same arrays while words are added.
  public struct Builder: Sendable {
    public private(set) var slots = [UInt32](repeating: 0, count: 16)
    public private(set) var starts: [UInt32] = [0]
    /// Eight bytes more than the words have, so that there is always something to read.
    public private(set) var bytes: [UInt8] = []

    public init() {}
    /// A copy, to be added to; nil where the arrays don't belong together, as in a damaged file.
    public init?(_ words: WordNumbers) {
      slots = Array(words.slots.buffer)
      starts = Array(words.starts.buffer)
      bytes = Array(words.bytes.buffer)
      guard starts.first == 0, Int(starts[starts.count - 1]) == bytes.count,
        zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }), slots.fill(count, below: count + 1)
      else { return nil }
    }

    public var count: Int { starts.count - 1 }

    /// The number of the word that stands in a range of bytes, the next one where it is new.
    public mutating func insert(_ text: Span<UInt8>, _ range: Range<Int>) -> Int32 {
      if let number = value(of: text, range) { return number }
      let number = count
      for offset in range { bytes.append(text[offset]) }
      starts.append(UInt32(clamping: bytes.count))
      if (number + 1) * 2 > slots.count { grow() } else { place(number) }
      return Int32(clamping: number)
    }

    public func value(of text: Span<UInt8>, _ range: Range<Int>) -> Int32? {
      slots.withPacked { slots in
        starts.withPacked { starts in
          guard !bytes.isEmpty else { return nil }
          return bytes.withPacked { bytes in
            WordNumbers(slots: slots, starts: starts, bytes: bytes).value(of: text, range)
          }
        }
      }
    }

    // At a load below one half there is always a free slot.
    private mutating func grow() {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for number in 0..<count { place(number) }
    }
    private mutating func place(_ number: Int) {
      let mask = slots.count - 1
      let hash = bytes.span.wordHash(Int(starts[number])..<Int(starts[number + 1]))
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(clamping: number + 1)
    }
  }
}
