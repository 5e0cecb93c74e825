import EntitiesStage
import PipelineKit
import PipelineTesting
import SentencesStage
import Testing

@Suite("entities")
struct EntityTests {
  /// A trained model is no rule: so many of the texts may be misread, two more than when this was measured.
  @Test(
    "the cases of Data/cases.txt have the mentions, actors and roles that are written under them",
    arguments: [(true, 4), (false, 6)])
  func cases(isLearned: Bool, bound: Int) throws {
    var stage = Entities()
    stage.learned = isLearned
    let worker = try stage.makeWorker(StageContext())
    let cases = try MentionCase.all()
    #expect(cases.count >= 60)
    var misread: [String] = []
    for example in cases {
      var document = try prepared(example.text, published: example.published)
      var worker = worker
      try worker.annotate(&document)
      let spans = document[Entity.self].map(\.span)
      var differences: [String] = []
      if spans == example.spans {
        differences = zip(document[Entity.self], example.mentions).flatMap { $1.differences(from: $0, in: document) }
      } else {
        differences = [mark(example.text, spans)]
      }
      if !differences.isEmpty { misread.append("\(example.phenomenon): \(example.text): \(differences)") }
    }
    #expect(misread.count <= bound, "\(misread.count) misread:\n\(misread.joined(separator: "\n"))")
  }

  @Test("keeps the contract of stages, on ordinary and on odd texts")
  func contract() throws {
    let documents = try [
      prepared("Moscow and Kyiv met. Ukrainian Deputy Energy Minister Roman Bilyk (RBC, March 3) left Lake Tirvana."),
      prepared("The U.S. said so.\n\nPRESIDENT PUTIN MEETS SERGEI LAVROV"),
    ]
    let found = try violations(of: Entities(), on: documents) { try annotate(&$0, with: Sentences()) }
    #expect(found == [])
  }

  @Test("a sentence of 100,000 capitalised words takes time in proportion to its length")
  func longSentence() throws {
    let unit = "Deputy Ministry of Ana Lake Moscow Vorlan Bank "
    func seconds(_ count: Int) throws -> Double {
      let document = try prepared(String(repeating: unit, count: count / 8))
      var worker = try Entities().makeWorker(StageContext())
      var best = Double.infinity
      for _ in 0..<3 {
        var copy = document
        let clock = ContinuousClock()
        let time = try clock.measure { try worker.annotate(&copy) }
        best = min(best, time / .seconds(1))
      }
      return best
    }
    let small = try seconds(10_000)
    #expect(try seconds(100_000) < 40 * small + 0.05)
  }

  @Test("actors are sorted by identifier, and every entity's actor is among them")
  func actors() throws {
    var document = try prepared("Moscow rejected it. Roman Bilyk of Ukraine met Maria Lindqvist in Georgia.")
    try annotate(&document, with: Entities())
    let ids = document.actors.map(\.id)
    #expect(ids == ids.sorted())
    #expect(Set(document[Entity.self].compactMap(\.actor)) == Set(ids))
    #expect(ids.contains("RUS"))
  }

  @Test("a person serves the state that is named with the role, or that the tables know at the article's date")
  func serves() throws {
    var document = try prepared(
      "Ukrainian Deputy Energy Minister Roman Bilyk met Sergei Lavrov.", published: "2012-03-01")
    try annotate(&document, with: Entities())
    #expect(document.actors.first { $0.id == "per:roman-bilyk" }?.serves == "UKR")
    #expect(document.actors.first { $0.id == "per:sergei-lavrov" }?.serves == "RUS")
  }

  @Test(
    "whatever a record calls its date is no date, or one, and never ends the process",
    arguments: [
      // Without a date the state of the tables holds.
      ("9999999999", "RUS"), ("99999999999999", "RUS"), ("-", "RUS"), ("1-1-1", "RUS"), ("May 2012", "RUS"),
      ("1950", nil), ("1950-03-01T10:00", nil), ("2012", "RUS"), ("2012-03-99T", "RUS"), ("2012-03-01T10:00", "RUS"),
    ])
  func oddDates(published: String, serves: String?) throws {
    var document = try prepared("Then Sergei Lavrov left.", published: published)
    try annotate(&document, with: Entities())
    #expect(document.actors.first { $0.id == "per:sergei-lavrov" }?.serves == serves)
  }
}

/// A document with sentences and tokens.
func prepared(_ text: String, published: String? = nil) throws -> Document {
  var document = Document.sample(text)
  if let published { document.metadata.set(.published, published, from: "test") }
  try annotate(&document, with: Sentences())
  return document
}

func annotate(_ document: inout Document, with stage: some Annotator) throws {
  document = try stage.annotated(document)
}
