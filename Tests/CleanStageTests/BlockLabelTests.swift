import CleanStage
import PipelineKit
import Testing

@Suite("How much of a block is known to be text")
struct BlockLabelTests {
  /// The labels of the page's blocks.
  private func labels(_ html: String, _ gold: GoldText) throws -> [Float] { try seen(html, gold).labels }

  private func seen(_ html: String, _ gold: GoldText) throws -> SeenPage {
    try SeenPage(PageExample(document: page(html), gold: gold, group: "one"))
  }

  @Test("blocks of the text are, those around it are not, and each counts by its share of the text")
  func text() throws {
    let page = try seen(
      "<nav><a href=/>Home page of the monitor</a></nav>\(prose)<p>Write to us today.", .text(proseText))
    #expect(page.texts.count == 4)
    #expect(page.labels == [0, 1, 1, 0])
    let words = proseText.split(whereSeparator: { $0 == " " || $0 == "\n" }).count
    #expect(page.weights[0] == 5 / Float(words + 30))
    #expect(page.weights[1] + page.weights[2] == Float(words) / Float(words + 30))
    #expect(page.weights[3] == 4 / Float(words + 30))
  }

  @Test("a block of which a part is text is so by its runs of four words, whatever the marks and capitals")
  func share() throws {
    let gold = GoldText.text("Alpha beta gamma delta epsilon zeta.")
    #expect(try labels("<p>ALPHA, beta gamma: (delta) omega psi", gold) == [1.0 / 3])
    #expect(try labels("<p>alpha beta gamma delta epsilon zeta", gold) == [1])
    #expect(try labels("<p>delta gamma beta alpha", gold) == [0])
  }

  @Test("a block longer than the text counts no more than half")
  func longBlock() throws {
    let long = String(repeating: "Nobody was pleased. ", count: 100)
    let page = try seen("<p>\(long)<p>Alpha beta gamma delta.", .text("Alpha beta gamma delta."))
    #expect(page.labels == [0, 1])
    #expect(page.weights == [0.5, 4.0 / 34])
  }

  @Test("a short block is text where it is a line of it, or where it is among its words and stands in it")
  func shortBlocks() throws {
    let line = "<h2>What follows</h2>"
    #expect(try labels("\(line)<p>Read next", .text("What follows\n\nAlpha beta.")) == [1, 0])
    // `Batumi` is a word of the text, once between its blocks, once among others.
    let third = "So it was opened at last."
    let others = (1...4).map { "<p>Other things happened on day number \($0), elsewhere." }.joined()
    let html = prose.replacing("<p>Nobody", with: "<p>Batumi</p><p>Nobody") + "<p>\(third)</p>\(others)<p>Batumi</p>"
    let blocks = try seen(html, .text("\(proseText)\n\n\(third)"))
    #expect(blocks.texts.enumerated().filter { $0.element == "Batumi" }.map(\.offset) == [1, 8])
    #expect(blocks.labels == [1, 1, 1, 1, 0, 0, 0, 0, 0])
  }

  @Test("of copies those with most text around them are it, as many as the text has")
  func copies() throws {
    let lead = "Ministers agreed to open the bridge"
    let rest = ["Nobody at all was pleased with that.", "The port had hoped for a ferry."]
    let teaser = "<aside><p>\(lead)</aside>"
    let article = "<article><p>\(lead)<p>\(rest[0])<p>\(rest[1])</article>"
    let text = ([lead] + rest).joined(separator: "\n\n")
    let none = [Float](repeating: 0, count: 5)
    #expect(try labels(teaser + Self.others + article, .text(text)) == [0] + none + [1, 1, 1])
    #expect(try labels(article + Self.others + teaser, .text(text)) == [1, 1, 1] + none + [0])
    #expect(try labels(teaser + Self.others + article, .text("\(text)\n\n\(lead)")) == [1] + none + [1, 1, 1])
    // A label that is a line of the text.
    let label = "<h2>What follows</h2>"
    let labelled = GoldText.text("What follows\n\n\(text)")
    #expect(try labels(label + Self.others + label + article, labelled) == [0] + none + [1, 1, 1, 1])
  }

  /// Five blocks of no text, more than a copy is looked at around.
  private static let others = (0..<5).map { "<p>Other things happened on day number \($0), elsewhere." }.joined()

  @Test("copies are settled by what is around them before any is, so that a page has the same labels in every run")
  func orderOfCopies() throws {
    let texts = (0..<5).map { "Part \($0) of the text in question" }
    func blocks(_ parts: Int...) -> String { parts.map { "<p>\(texts[$0])" }.joined() }
    let html = blocks(0, 1) + Self.others + blocks(0, 2, 4) + Self.others + blocks(1, 3)
    let none = [Float](repeating: 0, count: 5)
    // The first copy of part 0 has fewer around it; part 1 beside it has one still, as its own other copy has.
    let labels = try labels(html, .text(texts.joined(separator: "\n")))
    #expect(labels == [0, 1] + none + [1, 1, 1] + none + [0, 1])
  }

  @Test("pieces tell about the blocks that hold them, wanted or not, and nothing about others")
  func pieces() throws {
    let page = try seen(
      "<p>Write to us today.\(prose)<p>A third paragraph of no account.",
      .pieces(wanted: ["open the\n bridge  at last"], unwanted: ["Write to us"]))
    #expect(page.labels == [0, 1, 0, 0])
    #expect(page.weights == [1.0 / 6, 1.0 / 6, 0, 0])
  }

  @Test("a block inside a wanted piece is wanted, but no label that any piece may hold by chance")
  func blockInPiece() throws {
    let page = try seen(
      "<p>Nobody at all was pleased.<p>Batumi<p>So it was opened at last.",
      .pieces(wanted: ["Nobody at all was pleased. Batumi had hoped for more."], unwanted: []))
    #expect(page.labels == [1, 0, 0])
    #expect(page.weights == [1.0 / 6, 0, 0])
  }

  @Test(
    "of nothing known comes nothing, and an empty text says that no block is one",
    arguments: [
      (.text(""), 4.0 / 30), (.text(" \n\n "), 4.0 / 30), (.pieces(wanted: [], unwanted: []), 0),
      (.pieces(wanted: [""], unwanted: [" "]), 0),
    ] as [(GoldText, Float)])
  func nothing(gold: GoldText, weight: Float) throws {
    let page = try seen("<p>Write to us today.", gold)
    #expect(page.labels == [0])
    #expect(page.weights == [weight])
    #expect(try seen("", gold).labels.isEmpty)
  }
}
