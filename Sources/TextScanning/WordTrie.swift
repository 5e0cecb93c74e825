/// Sequences of numbered words, and a number for each: for stages that number the words of a text once and
/// ask many questions about them. ``PhraseTable`` does both over texts.
///
/// The edges lie in one open-addressing table under (node, word), so that a step is one look-up and nothing
/// is allocated. Some 30 bytes a node.
public struct WordTrie: Sendable {
  /// Where every phrase begins.
  public static let root: UInt32 = 0

  /// The number at each node, `noValue` for a node at which no phrase ends.
  private var values: [Int32] = [noValue]
  /// Node and word in one key, `free` for a free slot; the node to which the edge leads beside it.
  private var keys = [UInt64](repeating: free, count: 16)
  private var targets = [UInt32](repeating: 0, count: 16)

  private static let noValue = Int32.min
  private static let free = UInt64.max

  public init() {}

  /// Number of nodes, the root among them.
  public var nodeCount: Int { values.count }

  /// Makes room, so that a trie of known size is not built over and over.
  public mutating func reserve(nodes: Int) {
    values.reserveCapacity(nodes)
    if nodes * 2 > keys.count { grow(to: nodes * 2) }
  }

  /// The node behind a word; nil where no phrase goes on with it.
  public func child(of node: UInt32, _ word: Int32) -> UInt32? {
    let key = Self.key(node, word)
    var slot = Self.slot(key, keys.count)
    while keys[slot] != Self.free {
      if keys[slot] == key { return targets[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  /// The number of the phrase that ends at a node; nil where none does.
  public func value(at node: UInt32) -> Int32? {
    let value = values[Int(node)]
    return value == Self.noValue ? nil : value
  }

  /// The node behind a word, made where there is none.
  public mutating func extend(_ node: UInt32, by word: Int32) -> UInt32 {
    if let child = child(of: node, word) { return child }
    let child = UInt32(clamping: values.count)
    values.append(Self.noValue)
    if values.count * 2 > keys.count { grow(to: keys.count * 2) }
    place(Self.key(node, word), child)
    return child
  }

  /// Gives the phrase that ends at a node a number other than `Int32.min`.
  public mutating func set(_ value: Int32, at node: UInt32) { values[Int(node)] = value }

  private mutating func grow(to wanted: Int) {
    var size = keys.count
    while size < wanted { size *= 2 }
    let old = (keys, targets)
    keys = [UInt64](repeating: Self.free, count: size)
    targets = [UInt32](repeating: 0, count: size)
    for index in old.0.indices where old.0[index] != Self.free { place(old.0[index], old.1[index]) }
  }

  private mutating func place(_ key: UInt64, _ target: UInt32) {
    var slot = Self.slot(key, keys.count)
    while keys[slot] != Self.free { slot = (slot + 1) & (keys.count - 1) }
    (keys[slot], targets[slot]) = (key, target)
  }

  private static func key(_ node: UInt32, _ word: Int32) -> UInt64 {
    UInt64(node) << 32 | UInt64(UInt32(bitPattern: word))
  }
  /// The multiplier spreads neighbouring nodes and words over the table (Fibonacci hashing).
  private static func slot(_ key: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (size - 1)
  }
}
