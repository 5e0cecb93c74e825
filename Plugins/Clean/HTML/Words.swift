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

extension Words {
  /// Hashes of the words of a text: runs of letters, digits and bytes beyond ASCII.
  static func forEach(in bytes: some Sequence<UInt8>, _ body: (UInt64) -> Void) {
    var word = seed
    for byte in bytes {
      if byte > 0x7F || fold(byte) &- 97 < 26 || byte &- 48 < 10 {
        word = add(byte, to: word)
      } else if word != seed {
        body(word)
        word = seed
      }
    }
    if word != seed { body(word) }
  }

  /// Of three words in a row.
  static func triple(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 { a &* 31 &+ b &* 17 &+ c }
}

/// A set of hashes, searched by open addressing: they are spread already.
package struct HashSet {
  private var places: [UInt64] = []
  package private(set) var count = 0

  package init() {}

  package mutating func insert(_ hash: UInt64) {
    guard hash != 0 else { return }
    if count * 2 >= places.count { grow() }
    let place = place(of: hash)
    if places[place] == 0 {
      places[place] = hash
      count += 1
    }
  }

  package func contains(_ hash: UInt64) -> Bool { count > 0 && hash != 0 && places[place(of: hash)] == hash }

  /// Where a hash is, or would be. 0 stands for none; a word whose hash it is would not be found.
  private func place(of hash: UInt64) -> Int {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while places[place] != 0 && places[place] != hash { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = places
    places = Array(repeating: 0, count: max(64, old.count * 2))
    for hash in old where hash != 0 { places[place(of: hash)] = hash }
  }
}
