/// The words of a text that a page gives beside its blocks, such as its title, to hold blocks against.
struct KnownWords {
  private var words: Set<UInt64> = []
  private var triples: Set<UInt64> = []

  init(_ texts: [String]) {
    for text in texts {
      var last: (UInt64, UInt64) = (0, 0)
      Self.forEachWord(of: text.utf8) { word in
        words.insert(word)
        if last.0 != 0 { triples.insert(Self.triple(last.0, last.1, word)) }
        last = (last.1, word)
      }
    }
  }

  /// How a block's text meets these words: the share of its words that are among them, the share of them that it has,
  /// and the share of its runs of three words that are among theirs; -1 where nothing can be said.
  func meet(_ text: UnsafeBufferPointer<UInt8>) -> (words: Float, whole: Float, runs: Float) {
    guard !words.isEmpty else { return (-1, -1, -1) }
    var found: Set<UInt64> = []
    var (all, known, runs, knownRuns): (Float, Float, Float, Float) = (0, 0, 0, 0)
    var last: (UInt64, UInt64) = (0, 0)
    Self.forEachWord(of: text) { word in
      all += 1
      if words.contains(word) {
        known += 1
        found.insert(word)
      }
      if last.0 != 0 {
        runs += 1
        if triples.contains(Self.triple(last.0, last.1, word)) { knownRuns += 1 }
      }
      last = (last.1, word)
    }
    return (all > 0 ? known / all : -1, Float(found.count) / Float(words.count), runs > 0 ? knownRuns / runs : -1)
  }

  private static func triple(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 { a &* 31 &+ b &* 17 &+ c }

  /// Words are runs of letters, digits and bytes beyond ASCII.
  static func forEachWord(of bytes: some Sequence<UInt8>, _ body: (UInt64) -> Void) {
    var word = Words.seed
    for byte in bytes {
      if byte > 0x7F || Words.fold(byte) &- 97 < 26 || byte &- 48 < 10 {
        word = Words.add(byte, to: word)
      } else if word != Words.seed {
        body(word)
        word = Words.seed
      }
    }
    if word != Words.seed { body(word) }
  }
}
