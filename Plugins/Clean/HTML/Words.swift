/// Words of names and attributes by a 64-bit hash, so that a word is looked up without making a string of it.
///
/// FNV-1a over the bytes, ASCII capitals folded. Two of the some 300 words in use never share a hash, which
/// a test holds; a strange word that hits one of theirs by chance costs one wrong signal.
enum Words {
  static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always) static func add(_ byte: UInt8, to hash: UInt64) -> UInt64 {
    (hash ^ UInt64(fold(byte))) &* 0x100_0000_01b3
  }
  @inline(__always) static func fold(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 32 : byte }

  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = seed
    for byte in bytes { hash = add(byte, to: hash) }
    return hash
  }
  static func hash(of word: String) -> UInt64 {
    var hash = seed
    for byte in word.utf8 { hash = add(byte, to: hash) }
    return hash
  }
}

/// A small table from hashes of words to values, searched by open addressing: some 3 ns where a dictionary takes 25.
struct WordTable<Value: Sendable>: Sendable {
  private var keys: [UInt64]
  private var values: [Value]
  private let mask: Int

  /// - Parameter none: fills the empty places; never handed out.
  init(_ entries: [(UInt64, Value)], none: Value) {
    var size = 16
    while size < entries.count * 4 { size *= 2 }
    mask = size - 1
    keys = Array(repeating: 0, count: size)
    values = Array(repeating: none, count: size)
    for (key, value) in entries {
      var place = Int(truncatingIfNeeded: key ^ key >> 32) & mask
      while keys[place] != 0 { place = (place + 1) & mask }
      keys[place] = key
      values[place] = value
    }
  }

  subscript(key: UInt64) -> Value? {
    var place = Int(truncatingIfNeeded: key ^ key >> 32) & mask
    while keys[place] != 0 {
      if keys[place] == key { return values[place] }
      place = (place + 1) & mask
    }
    return nil
  }
}
