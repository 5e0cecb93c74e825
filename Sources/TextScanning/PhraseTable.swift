/// Sequences of words and a number for each, found over the tokens of a text: the longest that begins at a token.
///
/// ```swift
/// var table = PhraseTable()
/// table.insert(["Asian", "Development", "Bank"], value: 7)
/// table.longestMatch(in: bytes, from: 3, count: tokens.count) { tokens[$0].span.bytes }  // (length: 3, value: 7)
/// ```
/// The words are numbered by a ``WordTable``, the phrases lie in a ``WordTrie``: a step costs one look-up in
/// each, and a token that begins no phrase the former alone. Nothing is allocated while looking up.
public struct PhraseTable: Sendable {
  /// A phrase found.
  public struct Match: Hashable, Sendable {
    /// In tokens.
    public var length: Int
    public var value: Int32
    public init(length: Int, value: Int32) { (self.length, self.value) = (length, value) }
  }

  private var words: WordTable
  private var trie = WordTrie()

  /// - Parameter foldsCase: whether `A` to `Z` and `a` to `z` are the same.
  public init(foldsCase: Bool = false) { words = WordTable(foldsCase: foldsCase) }

  /// Number of nodes, the root among them: a measure of the memory, some 30 bytes each.
  public var nodeCount: Int { trie.nodeCount }

  /// Adds a phrase; one that is there already gets what `merge` makes of the old and the new number.
  /// - Parameters:
  ///   - phrase: the texts of its tokens; nothing is added for an empty one.
  ///   - value: any number but `Int32.min`.
  public mutating func insert(
    _ phrase: some Sequence<some StringProtocol>, value: Int32, merge: (Int32, Int32) -> Int32 = { $1 }
  ) {
    var node = WordTrie.root
    for text in phrase {
      node = trie.extend(node, by: words.insert(text, value: Int32(clamping: words.count)) { old, _ in old })
    }
    guard node != WordTrie.root else { return }
    trie.set(trie.value(at: node).map { merge($0, value) } ?? value, at: node)
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
    var node = WordTrie.root
    var best: Match?
    var index = first
    while index < count, let word = words.value(of: bytes, span(index)), let next = trie.child(of: node, word) {
      node = next
      index += 1
      if let value = trie.value(at: node) { best = Match(length: index - first, value: value) }
    }
    return best
  }

  /// The number of a phrase given as texts.
  public func value(of phrase: some Sequence<some StringProtocol>) -> Int32? {
    var node = WordTrie.root
    for text in phrase {
      guard let word = words.value(of: text), let next = trie.child(of: node, word) else { return nil }
      node = next
    }
    return trie.value(at: node)
  }
}
