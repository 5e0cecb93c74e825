import Testing
import TextScanning

@Suite("Numbered words")
struct WordNumbersTests {
  /// Calls a body with the arrays of a builder as a file would hold them.
  private func packed<Result>(_ words: WordNumbers.Builder, _ body: (WordNumbers) -> Result) -> Result? {
    words.slots.withUnsafeBufferPointer { slots in
      words.starts.withUnsafeBufferPointer { starts in
        words.bytes.withUnsafeBufferPointer { bytes in
          guard let slot = slots.baseAddress, let start = starts.baseAddress, let byte = bytes.baseAddress else {
            return nil
          }
          return body(
            WordNumbers(
              slots: PackedArray(start: slot, count: slots.count),
              starts: PackedArray(start: start, count: starts.count),
              bytes: PackedArray(start: byte, count: bytes.count)))
        }
      }
    }
  }

  @Test("agree with a dictionary at every length and place in a text, their letters made small from any offset on")
  func everyLength() throws {
    // Letters, their neighbours in ASCII, and bytes that differ from one of these in the high bit alone.
    let alphabet: [UInt8] = Array("aAzZ@[`{0".utf8) + [0xC1, 0xDA, 0xE1]
    var state: UInt64 = 7
    let text: [UInt8] = (0..<600).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return alphabet[Int(state >> 33) % alphabet.count]
    }
    func small(_ bytes: ArraySlice<UInt8>, from fold: Int) -> [UInt8] {
      bytes.enumerated().map { $0.offset >= fold ? $0.element.asciiLowercased : $0.element }
    }
    var words = WordNumbers.Builder()
    var expected: [[UInt8]: Int32] = [:]
    let ranges = (1...40).flatMap { length in (0...600 - length).map { $0..<$0 + length } }
    for (index, range) in ranges.enumerated() where index % 3 == 0 {
      let number = words.insert(text.span, range)
      #expect(number == expected[Array(text[range]), default: Int32(expected.count)])
      expected[Array(text[range])] = number
    }
    #expect(words.count == expected.count)
    let copy = try #require(packed(words) { WordNumbers.Builder($0) }.flatMap { $0 })
    for builder in [words, copy] {
      let wrong = packed(builder) { words in
        ranges.count { range in
          words.value(of: text.span, range) != expected[Array(text[range])]
            || [0, 1, 9].contains {
              words.value(of: text.span, range, lowercasedFrom: $0) != expected[small(text[range], from: $0)]
            }
        }
      }
      #expect(wrong == 0)
    }
  }

  @Test("are not copied where their arrays don't belong together")
  func damage() throws {
    var words = WordNumbers.Builder()
    let text = Array("alpha beta".utf8)
    _ = words.insert(text.span, 0..<5)
    _ = words.insert(text.span, 6..<10)
    let isRefused = packed(words) { good in
      [
        WordNumbers(slots: good.slots, starts: PackedArray(start: [0, 5, 4], count: 3), bytes: good.bytes),
        WordNumbers(slots: good.slots, starts: PackedArray(start: [0, 5, 12], count: 3), bytes: good.bytes),
        WordNumbers(
          slots: PackedArray(start: [1, 2], count: 2), starts: good.starts, bytes: good.bytes),
        WordNumbers(
          slots: PackedArray(start: [9, 2, 0, 0], count: 4), starts: good.starts, bytes: good.bytes),
      ].map { WordNumbers.Builder($0) == nil }
    }
    #expect(isRefused == [true, true, true, true])
  }
}

@Suite("Tries of numbered words")
struct WordTrieTests {
  @Test("keep the numbers of thousands of phrases, and know no others")
  func phrases() throws {
    var trie = WordTrie.Builder()
    for first in Int32(0)..<60 {
      for second in Int32(0)..<60 {
        let node = trie.extend(trie.extend(WordTrie.root, by: first), by: second)
        trie.set(first * 100 + second, at: node)
      }
    }
    #expect(trie.nodes.count == 1 + 60 + 3600)
    let copy: WordTrie.Builder? = trie.slots.withUnsafeBufferPointer { slots in
      trie.nodes.withUnsafeBufferPointer { nodes in
        guard let slot = slots.baseAddress, let node = nodes.baseAddress else { return nil }
        return WordTrie.Builder(
          WordTrie(
            slots: PackedArray(start: slot, count: slots.count), nodes: PackedArray(start: node, count: nodes.count)))
      }
    }
    for trie in [trie, try #require(copy)] {
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
  }
}
