import CleanStage
import Testing

@Suite("The shape of a text")
struct TextShapeTests {
  private func shape(_ text: String) -> TextShape {
    Array(text.utf8).withUnsafeBufferPointer { TextShape($0) }
  }

  /// Letters, capitals, words, words with a capital, commas, ends of sentences, separators, bytes beyond ASCII.
  @Test(
    "is counted in one pass",
    arguments: [
      ("", [0, 0, 0, 0, 0, 0, 0, 0]),
      (" ", [0, 0, 0, 0, 0, 0, 0, 0]),
      ("Moscow agreed, and Ankara too.", [24, 2, 5, 2, 1, 1, 0, 0]),
      ("Home | News > World / Asia", [17, 4, 4, 4, 0, 0, 3, 0]),
      ("Минск", [0, 0, 1, 0, 0, 0, 0, 10]),
      ("3.5 per cent of 2011!", [9, 0, 6, 0, 0, 1, 0, 0]),
      (#"He said "no." She left."#, [15, 2, 5, 2, 0, 2, 0, 0]),
      ("NATO met; who asked? www.nato.example", [29, 4, 7, 1, 1, 1, 0, 0]),
      ("a@b #c", [3, 0, 3, 0, 0, 0, 2, 0]),
    ] as [(String, [Int32])])
  func counts(text: String, wanted: [Int32]) {
    let shape = shape(text)
    let found = [
      shape.letters, shape.capitals, shape.words, shape.capitalised, shape.commas, shape.sentenceEnds, shape.separators,
      shape.wide,
    ]
    #expect(found == wanted, "\(text): \(found), not \(wanted)")
    #expect(shape.first == text.utf8.first ?? 0)
    #expect(shape.last == text.utf8.last ?? 0)
  }

  @Test("is one label whatever its capitals, digits, blanks and marks, and one copy only byte by byte")
  func hashes() {
    let (one, other) = (shape("Read more!"), shape("READ  - more"))
    #expect(one.essence == other.essence)
    #expect(one.hash != other.hash)
    #expect(one.hash == shape("Read more!").hash)
    #expect(one.essence == shape("Read more (12)").essence)
    for text in ["Read mores", "Read mor", "Read morе", "", "eRad more"] {
      #expect(shape(text).essence != one.essence, "\(text)")
    }
  }

  @Test("knows kinds of words among the first of a text, with capitals beyond ASCII too")
  func kinds() {
    #expect(shape("The end of the line").kinds[0] == 3)
    #expect(shape("Не знаю").kinds[0] == 1)
    #expect(shape("Xylophone quartz").kinds == .zero)
    #expect(shape("the").kinds[0] == 1)
    // Digits make no word of another.
    #expect(shape("2the").kinds[0] == 0)
    let long = shape(String(repeating: "the ", count: 200))
    #expect(long.words == 200)
    #expect(long.kinds[0] == 100)
  }
}
