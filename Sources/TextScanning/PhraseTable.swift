/// Sequences of words and a number for each, found over the tokens of a text: the longest that begins at a token.
///
/// ```swift
/// var table = PhraseTable()
/// table.insert(["Asian", "Development", "Bank"], value: 7)
/// table.longestMatch(in: bytes, from: 3, count: tokens.count) { tokens[$0].span.bytes }  // (length: 3, value: 7)
/// ```
/// A trie over numbered words. Its edges lie in one open-addressing table under (node, word), so that a
/// step costs one look-up of the word and one of the edge, and a token that begins no phrase costs the
/// former alone. Nothing is allocated while looking up.
public struct PhraseTable: Sendable {
  /// A phrase found.
  public struct Match: Hashable, Sendable {
    /// In tokens.
    public var length: Int
    public var value: Int32
    public init(length: Int, value: Int32) { (self.length, self.value) = (length, value) }
  }

  private var words: WordTable
  /// The number at each node, `noValue` for a node at which no phrase ends. Node 0 is the root.
  private var values: [Int32] = [noValue]
  /// Node and word in one key, `free` for a free slot; the node to which the edge leads beside it.
  private var keys = [UInt64](repeating: free, count: 16)
  private var targets = [UInt32](repeating: 0, count: 16)
  private var edgeCount = 0

  private static let noValue = Int32.min
  private static let free = UInt64.max

  /// - Parameter foldsCase: whether `A` to `Z` and `a` to `z` are the same.
  public init(foldsCase: Bool = false) { words = WordTable(foldsCase: foldsCase) }

  /// Number of nodes, the root among them: a measure of the memory, some 30 bytes each.
  public var nodeCount: Int { values.count }

  /// Adds a phrase; one that is there already gets what `merge` makes of the old and the new number.
  /// - Parameters:
  ///   - phrase: the texts of its tokens; nothing is added for an empty one.
  ///   - value: any number but `Int32.min`.
  public mutating func insert(
    _ phrase: some Sequence<some StringProtocol>, value: Int32, merge: (Int32, Int32) -> Int32 = { $1 }
  ) {
    var node: UInt32 = 0
    for text in phrase {
      let word = words.insert(text, value: Int32(clamping: words.count)) { old, _ in old }
      node = child(of: node, word) ?? addChild(of: node, word)
    }
    guard node != 0 else { return }
    let old = values[Int(node)]
    values[Int(node)] = old == Self.noValue ? value : merge(old, value)
  }

  /// The longest phrase that begins at a token.
  ///
  /// - Parameters:
  ///   - bytes: the text.
  ///   - first: index of the token at which it has to begin.
  ///   - count: number of tokens that may be used, counted from token 0.
  ///   - span: the byte range of a token by its index.
  public func longestMatch(
    in bytes: Span<UInt8>, from first: Int, count: Int, span: (Int) -> Range<Int>
  ) -> Match? {
    var node: UInt32 = 0
    var best: Match?
    var index = first
    while index < count, let word = words.value(of: bytes, span(index)), let next = child(of: node, word) {
      node = next
      index += 1
      let value = values[Int(node)]
      if value != Self.noValue { best = Match(length: index - first, value: value) }
    }
    return best
  }

  /// The number of a phrase given as texts.
  public func value(of phrase: some Sequence<some StringProtocol>) -> Int32? {
    var node: UInt32 = 0
    for text in phrase {
      guard let word = words.value(of: text), let next = child(of: node, word) else { return nil }
      node = next
    }
    let value = values[Int(node)]
    return value == Self.noValue ? nil : value
  }

  private func child(of node: UInt32, _ word: Int32) -> UInt32? {
    let key = Self.key(node, word)
    var slot = Self.slot(key, keys.count)
    while keys[slot] != Self.free {
      if keys[slot] == key { return targets[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  private mutating func addChild(of node: UInt32, _ word: Int32) -> UInt32 {
    let child = UInt32(clamping: values.count)
    values.append(Self.noValue)
    edgeCount += 1
    if edgeCount * 2 > keys.count { grow() }
    place(Self.key(node, word), child)
    return child
  }

  private mutating func grow() {
    let old = zip(keys, targets).filter { $0.0 != Self.free }
    keys = [UInt64](repeating: Self.free, count: keys.count * 4)
    targets = [UInt32](repeating: 0, count: keys.count)
    for (key, target) in old { place(key, target) }
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
