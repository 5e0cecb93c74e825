import DocumentRecord
import Learning
import PipelineKit
import PipelineTesting

/// A layer of a stage from outside.
struct Sanction: ReadableAnnotation {
  static let layer: LayerName = "sanctions"
  static let idPrefix: String? = "s"
  static let fields = [
    Field("verb", .string, "What is done."), Field("by", .optional(.reference(Entity.layer)), "Who does it."),
    Field("scope", .list(.span), "What it covers."), Field("weight", .number, "How heavy."),
  ]
  var span: TextSpan
  var verb: String
  var by: Int?
  var scope: [TextSpan] = []
  var weight = 0.5
  init(span: TextSpan, verb: String, by: Int?) { (self.span, self.verb, self.by) = (span, verb, by) }
  init(span: TextSpan, fields: FieldReader) throws {
    self.init(
      span: span, verb: try fields.string("verb").required("verb"), by: try fields.reference("by", to: "entities"))
    weight = try fields.number("weight") ?? 0.5
    scope = try fields.list("scope").compactMap { if case .span(let span) = $0 { span } else { nil } }
  }
  func describe(to fields: inout some FieldVisitor) {
    fields.field("verb", verb)
    fields.field("by", by.map { .reference(Entity.layer, $0) } ?? .null)
    fields.field("scope", .list(scope.map { .span($0) }))
    fields.field("weight", weight)
  }
}

let pieces = [
  "Moscow", " ", "\n\n", "e\u{301}", "é", "🙂", "👩‍👩‍👧", "🇬🇪", "克里姆林宫", "Кремль", "\u{0}", "\"", "\\", "\u{2028}", "ﬁ", ".",
  "\t",
  "\u{FEFF}", "agreed", "𝔘",
]

/// Offsets in bytes at which no character is cut.
func boundaries(of text: String) -> [Int] {
  let bytes = Array(text.utf8)
  return (0...bytes.count).filter { $0 == bytes.count || bytes[$0] & 0xC0 != 0x80 }
}

/// A document with every layer, of which texts, spans and values are thrown with dice.
func randomDocument(seed: UInt64) -> Document {
  var dice = SeededGenerator(seed: seed)
  let text = (0..<Int.random(in: 0...60, using: &dice)).map { _ in pieces.randomElement(using: &dice) ?? "" }.joined()
  let edges = boundaries(of: text)
  func span() -> TextSpan {
    let ends = [edges.randomElement(using: &dice) ?? 0, edges.randomElement(using: &dice) ?? 0].sorted()
    return TextSpan(ends[0], ends[1])
  }
  func some<T>(_ make: () -> T) -> [T] { (0..<Int.random(in: 0...4, using: &dice)).map { _ in make() } }
  var document = Document.sample(text, id: "a\"\(seed).html")
  document.metadata.set(.title, "„Té“ 🙂", from: "og:title")
  document.metadata.set(.authors, list: ["A", "B"], from: "text")
  document.metadata.set("series", "x", from: "record")
  document[Sentence.self] = some { Sentence(span: span()) }
  document[Token.self] = some { Token(span: span()) }
  document[Entity.self] =
    [Entity(span: span(), type: .location, actor: "RUS", kind: .armedGroup, via: .metonymy)]
    + some {
      Entity(span: span(), type: .person, role: "role", candidates: [.init(actor: "org:APEC", score: 0.1 + 0.2)])
    }
  document.actors = [
    Actor(id: "RUS", name: "Russia", kind: .state), Actor(id: "per:x", name: "X", kind: .person, serves: "RUS"),
  ]
  let sentences = document.count(of: Sentence.layer)
  document[Citation.self] =
    [Citation(span: span(), sources: [], supports: Array(0..<sentences))]
    + some { Citation(span: span(), kind: .crossReference, sources: [.init(outlet: "Interfax", date: "2012-03")]) }
  document[DateMention.self] = some { DateMention(span: span(), value: "2012-02") }
  document[Quote.self] = some { Quote(span: span(), speaker: Bool.random(using: &dice) ? 0 : nil) }
  document[Stance.self] = some {
    Stance(
      holder: Bool.random(using: &dice) ? .author : .entity(0),
      target: Bool.random(using: &dice) ? .entity(0) : .issue(span()), polarity: .oppose, strength: 3, mode: .material,
      evidence: span(), hedged: true, speaker: 0, citations: [0], confidence: 0.81)
  }
  document[Sanction.self] = some {
    var sanction = Sanction(span: span(), verb: "ban", by: 0)
    sanction.scope = [span(), span()]
    return sanction
  }
  document.set(
    "remarks",
    to: some {
      NamedAnnotation(
        span: span(),
        values: [
          NamedValue("note", .string("n")), NamedValue("at", .span(span())), NamedValue("n", .number(2.5)),
          NamedValue(
            "deep", .object([NamedValue("list", .list([.integer(1), .null, .boolean(true), .span(span())]))])),
        ])
    })
  return document
}
