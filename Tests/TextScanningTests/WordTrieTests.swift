import Testing
import TextScanning

@Suite("numbered words")
struct WordTrieTests {
  @Test("a trie keeps the numbers of thousands of phrases, and knows no others")
  func phrases() {
    var trie = WordTrie()
    trie.reserve(nodes: 100)
    for first in Int32(0)..<60 {
      for second in Int32(0)..<60 {
        let node = trie.extend(trie.extend(WordTrie.root, by: first), by: second)
        trie.set(first * 100 + second, at: node)
      }
    }
    #expect(trie.nodeCount == 1 + 60 + 3600)
    for first in Int32(0)..<60 {
      guard let node = trie.child(of: WordTrie.root, first), let end = trie.child(of: node, 59) else {
        Issue.record("phrase \(first) is lost")
        continue
      }
      #expect(trie.value(at: node) == nil)
      #expect(trie.value(at: end) == first * 100 + 59)
      #expect(trie.child(of: node, 60) == nil)
    }
  }

  @Test(
    "a word is found by its letters made small from an offset on",
    arguments: [("Minister", 0, 1), ("MOSCOW", 1, 2), ("MOSCOW", 0, nil), ("moscow", 1, nil), ("É", 0, nil)]
      as [(
        String, Int, Int32?
      )])
  func folding(text: String, fold: Int, number: Int32?) {
    var words = WordTable()
    words.reserve(words: 1000, bytes: 100)
    for (word, value) in [("minister", Int32(1)), ("Moscow", 2), ("é", 3)] {
      let bytes = Array(word.utf8)
      #expect(words.insert(bytes.span, 0..<bytes.count, value: value) == value)
      #expect(words.insert(bytes.span, 0..<bytes.count, value: 9) == value)
    }
    let bytes = Array(text.utf8)
    #expect(words.value(of: bytes.span, 0..<bytes.count, lowercasedFrom: fold) == number)
  }
}
