import Testing
import TextScanning

@Suite("Scalars")
struct ScalarTests {
  @Test("are found at every character, forwards and backwards", arguments: ["aé会🙂", "", "\u{301}x", "ßΩж"])
  func walking(text: String) {
    let bytes = Array(text.utf8)
    let span = bytes.span
    var offset = 0
    for scalar in text.unicodeScalars {
      let found = span.scalar(at: offset)
      #expect(found.value == scalar.value)
      offset += found.length
      #expect(span.scalar(before: offset).value == scalar.value)
    }
    #expect(offset == bytes.count)
  }

  @Test("inside a character and at a broken end are U+FFFD of one byte")
  func broken() {
    let bytes: [UInt8] = [0xE4, 0xBC]
    #expect(bytes.span.scalar(at: 0).value == 0xFFFD && bytes.span.scalar(at: 0).length == 1)
    #expect(bytes.span.scalar(at: 1).value == 0xFFFD)
  }

  @Test("have the class of their Unicode properties, in the table and beyond")
  func classes() {
    for value in UInt32(0)...0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let kind = ScalarClass.of(value)
      #expect(kind.isSpace == scalar.properties.isWhitespace)
      #expect(kind.isUpper == [.uppercaseLetter, .titlecaseLetter].contains(scalar.properties.generalCategory))
      #expect(kind.isLower == (scalar.properties.generalCategory == .lowercaseLetter))
    }
    #expect(ScalarClass.of(0x4F1A) == [.letter, .ideograph])
    #expect(ScalarClass.of(0x2014) == .punctuation)
    #expect(ScalarClass.of(0x301) == .mark)
  }

  @Test("that are white space are skipped in both directions")
  func space() {
    let bytes = Array("\u{A0} \u{2003}a \u{3000}".utf8)
    #expect(bytes.span.skipSpace(from: 0, to: bytes.count) == 6)
    #expect(bytes.span.skipSpace(backFrom: bytes.count, to: 0) == 7)
  }
}

@Suite("Tables")
struct TableTests {
  @Test("of words find each word by its bytes, and nothing else")
  func words() {
    let words = (0..<2000).map { "word\($0)é" }
    let table = WordTable(words)
    #expect(table.count == 2000)
    for (index, word) in words.enumerated() { #expect(table.value(of: word) == Int32(index)) }
    #expect(table.value(of: "word") == nil && table.value(of: "") == nil)
    let text = Array("a word7é b".utf8)
    #expect(table.value(of: text.span, 2..<9) == 7)
  }

  @Test("of words tell case apart only where they are asked to")
  func foldedCase() {
    #expect(WordTable(["Inc"]).value(of: "INC") == nil)
    #expect(WordTable(["Inc"], foldsCase: true).value(of: "INC") == 0)
  }

  @Test("of words agree with a dictionary at every length and place in a text", arguments: [false, true])
  func everyLength(folds: Bool) {
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
    var table = WordTable(foldsCase: folds)
    var expected: [[UInt8]: Int32] = [:]
    let ranges = (0...40).flatMap { length in (0...600 - length).map { $0..<$0 + length } }
    for (index, range) in ranges.enumerated() where index % 3 == 0 {
      let word = small(text[range], from: folds ? 0 : .max)
      expected[word] = expected[word] ?? Int32(index)
      table.insert(text.span, range, value: Int32(index))
    }
    #expect(table.count == expected.count)
    for range in ranges {
      #expect(table.value(of: text.span, range) == expected[small(text[range], from: folds ? 0 : .max)])
    }
  }

  @Test("of words merge what is inserted twice")
  func merging() {
    var table = WordTable()
    table.insert("a", value: 1)
    #expect(table.insert("a", value: 2) { $0 | $1 } == 3)
    #expect(table.count == 1)
  }
}

@Suite("Lines of a lexicon")
struct LexiconLinesTests {
  @Test("are those that hold something and are no comment, cut at tabs")
  func lines() {
    let lines = LexiconLines("# head\n\na\tb\t\nc\n")
    #expect(lines.rows == [["a", "b", ""], ["c"]])
    #expect(Array(LexiconLines(constant: nil, count: 0)).isEmpty)
  }
}
