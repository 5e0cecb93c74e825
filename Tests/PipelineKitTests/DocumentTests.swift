import PipelineKit
import PipelineTesting
import Testing

@Suite("A document")
struct DocumentTests {
  @Test("takes its text once")
  func textOnce() throws {
    var document = Document(id: "a", origin: Origin(uri: "a", mediaType: .text))
    try document.write(text: "One.", blocks: [Block(span: TextSpan(0, 4))])
    #expect(throws: TextWrittenTwice.self) { try document.write(text: "Two.", blocks: []) }
    #expect(document.text == "One.")
    #expect(document.layerNames == [Block.layer])
  }

  @Test("keeps a layer under its type and under its name")
  func layers() {
    var document = Document.sample("One. Two.")
    document[Sentence.self] = [Sentence(span: TextSpan(0, 4)), Sentence(span: TextSpan(5, 9))]
    #expect(document.count(of: "sentences") == 2)
    #expect(document[Sentence.self].map { document.text(in: $0.span) } == ["One.", "Two."])
    document.set("sentences", to: [])
    #expect(document[Sentence.self].isEmpty)
    #expect(document.has("sentences"))
  }

  @Test("gives no text for a span that cuts a character or leaves the text")
  func textInSpan() {
    let document = Document.sample("é.")
    #expect(document.text(in: TextSpan(0, 2)) == "é")
    #expect(document.text(in: TextSpan(1, 2)) == "")
    #expect(document.text(in: TextSpan(0, 9)) == "")
  }
}

@Suite("Standard layers")
struct StandardLayerTests {
  static let entity = Entity(
    span: TextSpan(0, 6), type: .location, actor: "RUS", kind: .government, via: .metonymy,
    candidates: [.init(actor: "RUS", score: 0.97)])
  static let citation = Citation(
    span: TextSpan(7, 9), sources: [.init(outlet: "Interfax", date: "2012-03-04", type: "agency")], supports: [0])
  static let stance = Stance(
    holder: .entity(0), target: .issue(TextSpan(2, 5)), polarity: .oppose, strength: 2, mode: .verbal,
    evidence: TextSpan(0, 9), negated: true, speaker: 0, citations: [0], confidence: 0.5)
  static let examples: [any ReadableAnnotation] = [
    Block(span: TextSpan(0, 4), kind: .heading, level: 2, source: TextSpan(10, 20)), Sentence(span: TextSpan(0, 4)),
    Token(span: TextSpan(0, 4)), entity, citation, DateMention(span: TextSpan(0, 2), value: "2012-02"),
    Quote(span: TextSpan(0, 3), speaker: 0), stance,
  ]

  @Test("hand over the fields that they declare, and are made from them again", arguments: examples.indices)
  func roundTrip(index: Int) throws {
    func check<A: ReadableAnnotation>(_ annotation: A) throws {
      var fields = FieldCollector()
      annotation.describe(to: &fields)
      #expect(fields.values.map(\.name) == A.fields.map(\.name))
      var again = FieldCollector()
      try A(span: annotation.span, fields: FieldReader(fields.values)).describe(to: &again)
      #expect(again.values == fields.values)
    }
    try check(Self.examples[index])
  }
}

@Suite("Marked text")
struct MarkedTextTests {
  @Test("gives the spans between its marks")
  func unmarking() {
    let (text, spans) = unmark("‹Moscow ‹agreed››.")
    #expect(text == "Moscow agreed.")
    #expect(spans == [TextSpan(0, 13), TextSpan(7, 13)])
    #expect(mark(text, [spans[1]]) == "Moscow ‹agreed›.")
  }
}

@Suite("A score of spans")
struct SpanScoreTests {
  @Test("counts an annotation as right where edges and label agree, and one that is found twice once")
  func counts() {
    let gold = [GoldSpan(TextSpan(0, 6), label: "LOC"), GoldSpan(TextSpan(8, 9)), GoldSpan(TextSpan(10, 12))]
    var score = SpanScore()
    score.add(
      found: [GoldSpan(TextSpan(0, 6), label: "ORG"), gold[1], gold[1], GoldSpan(TextSpan(10, 13))], gold: gold)
    #expect((score.gold, score.found, score.right) == (3, 4, 1))
    #expect((score.precision, score.recall) == (0.25, 1.0 / 3))
    #expect(score.f1 == 2.0 / 7)
  }

  @Test("is 0 where there is nothing")
  func nothing() {
    var score = SpanScore()
    score.add(found: [], gold: [])
    #expect((score.precision, score.recall, score.f1) == (0, 0, 0))
  }
}
