/// Sequences of numbered words, and a number for each, in flat arrays that may lie in a mapped file: for stages that
/// number the words of a text once and ask many questions about them.
///
/// A node knows the word that leads to it and the node before; an open-addressing table finds it by both, so that a
/// step is one look-up, reads one node where there is one, and nothing is allocated. 20 to 28 bytes a node.
@frozen public struct WordTrie: Sendable {
  /// Where every phrase begins.
  public static let root: UInt32 = 0

  /// A node of the trie.
  @frozen public struct Node: BitwiseCopyable, Sendable {
    public var parent: UInt32
    public var word: Int32
    /// The number of the phrase that ends here, `Node.none` where none does.
    public var value: Int32
    @inlinable public static var none: Int32 { .min }
    @inlinable public init(parent: UInt32, word: Int32, value: Int32 = Node.none) {
      (self.parent, self.word, self.value) = (parent, word, value)
    }
  }

  /// Nodes; 0, the root, for a free slot. A power of two of them.
  public let slots: PackedArray<UInt32>
  public let nodes: PackedArray<Node>

  @inlinable public init(slots: PackedArray<UInt32>, nodes: PackedArray<Node>) {
    (self.slots, self.nodes) = (slots, nodes)
  }

  /// The node behind a word; nil where no phrase goes on with it.
  @inlinable public func child(of node: UInt32, _ word: Int32) -> UInt32? {
    let mask = slots.count - 1
    var slot = Self.slot(node, word) & mask
    // A table without a free slot, in a damaged file, must not keep us.
    for _ in 0...mask {
      let child = slots[slot]
      guard child != 0 else { return nil }
      let found = nodes[Int(child)]
      if found.parent == node, found.word == word { return child }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The number of the phrase that ends at a node; nil where none does.
  @inlinable public func value(at node: UInt32) -> Int32? {
    let value = nodes[Int(node)].value
    return value == Node.none ? nil : value
  }

  /// The multipliers spread neighbouring nodes and words over the table (Fibonacci hashing).
  @inlinable @inline(__always) static func slot(_ node: UInt32, _ word: Int32) -> Int {
    let key = UInt64(node) << 32 | UInt64(UInt32(bitPattern: word))
    return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }

  /// The same arrays while phrases are added.
  public struct Builder: Sendable {
    public private(set) var slots = [UInt32](repeating: 0, count: 16)
    public private(set) var nodes = [Node(parent: .max, word: -1)]

    public init() {}
    /// A copy, to be added to; nil where the arrays don't belong together, as in a damaged file.
    public init?(_ trie: WordTrie) {
      (slots, nodes) = (Array(trie.slots.buffer), Array(trie.nodes.buffer))
      guard !nodes.isEmpty, slots.fill(nodes.count - 1, below: nodes.count) else { return nil }
    }

    public func child(of node: UInt32, _ word: Int32) -> UInt32? {
      slots.withPacked { slots in nodes.withPacked { WordTrie(slots: slots, nodes: $0).child(of: node, word) } }
    }
    public func value(at node: UInt32) -> Int32? {
      let value = nodes[Int(node)].value
      return value == Node.none ? nil : value
    }

    /// The node behind a word, made where there is none.
    public mutating func extend(_ node: UInt32, by word: Int32) -> UInt32 {
      if let child = child(of: node, word) { return child }
      let child = nodes.count
      nodes.append(Node(parent: node, word: word))
      if nodes.count * 2 > slots.count { grow() } else { place(child) }
      return UInt32(clamping: child)
    }

    /// Gives the phrase that ends at a node a number other than `Node.none`.
    public mutating func set(_ value: Int32, at node: UInt32) { nodes[Int(node)].value = value }

    private mutating func grow() {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for node in nodes.indices.dropFirst() { place(node) }
    }
    private mutating func place(_ node: Int) {
      let mask = slots.count - 1
      var slot = WordTrie.slot(nodes[node].parent, nodes[node].word) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(clamping: node)
    }
  }
}
