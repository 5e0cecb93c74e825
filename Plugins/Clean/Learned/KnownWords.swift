/// The words of a text that a page gives beside its blocks, such as its title, to hold blocks against.
package struct KnownWords {
  private var words = HashSet()
  private var triples = HashSet()

  package init(_ texts: [String]) {
    for text in texts {
      var last: (UInt64, UInt64) = (0, 0)
      Words.forEach(in: text.utf8) { word in
        words.insert(word)
        if last.0 != 0 { triples.insert(Words.triple(last.0, last.1, word)) }
        last = (last.1, word)
      }
    }
  }

  /// The share of a block's words that are among these, and the share of these that it has, a word that it has twice
  /// counting twice; -1 where nothing can be said.
  package func meet(_ text: UnsafeBufferPointer<UInt8>) -> (words: Float, whole: Float) {
    guard words.count > 0 else { return (-1, -1) }
    var (all, known): (Float, Float) = (0, 0)
    Words.forEach(in: text) { word in
      all += 1
      if words.contains(word) { known += 1 }
    }
    return (all > 0 ? known / all : -1, min(1, known / Float(words.count)))
  }

  /// The share of a block's runs of three words that are among these; -1 where nothing can be said.
  package func meetRuns(_ text: UnsafeBufferPointer<UInt8>) -> Float {
    guard triples.count > 0 else { return -1 }
    var (runs, known): (Float, Float) = (0, 0)
    var last: (UInt64, UInt64) = (0, 0)
    Words.forEach(in: text) { word in
      if last.0 != 0 {
        runs += 1
        if triples.contains(Words.triple(last.0, last.1, word)) { known += 1 }
      }
      last = (last.1, word)
    }
    return runs > 0 ? known / runs : -1
  }
}
