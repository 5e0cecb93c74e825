import CalendarDates
import PipelineKit
import PipelineTesting
import SelectStage
import Testing

@Suite("The stage select")
struct SelectTests {
  func reason(_ document: Document, _ change: (inout Select) -> Void) throws -> String? {
    var stage = Select()
    change(&stage)
    return try stage.annotated(document).skipReason
  }
  func dated(_ date: String?, language: String? = nil) -> Document {
    var document = Document.sample("Moscow agreed.")
    if let date { document.metadata.set(.published, date, from: "test") }
    if let language { document.metadata.set(.language, language, from: "test") }
    return document
  }

  @Test("keeps everything by default")
  func defaults() throws { #expect(try reason(dated(nil)) { _ in } == nil) }

  @Test(
    "compares dates as far as both are precise",
    arguments: [
      ("2012-02-29", "2012-02-29", "2012-02-29", nil), ("2012-02-28", "2012-02-29", nil, "date"),
      ("2012-03-01", nil, "2012-02", "date"), ("2012-02-29T23:59:00+02:00", nil, "2012-02", nil),
      ("2012", "2012-05", nil, nil), ("2011", "2012-05", nil, "date"), ("2012-12-31", nil, "2012", nil),
      ("2013-01-01", nil, "2012", "date"), (nil, "2012", nil, "no date"), ("soon", "2012", nil, "no date"),
      (nil, nil, nil, nil),
    ] as [(String?, String?, String?, String?)])
  func dates(published: String?, from: String?, to: String?, expected: String?) throws {
    let found = try reason(dated(published)) {
      $0.publishedFrom = from.flatMap { PartialDate($0) }
      $0.publishedTo = to.flatMap { PartialDate($0) }
    }
    #expect(found == expected)
  }

  @Test("keeps undated documents where it is told to")
  func undated() throws {
    let found = try reason(dated(nil)) {
      $0.publishedFrom = PartialDate("2012")
      $0.keepUndated = true
    }
    #expect(found == nil)
  }

  @Test(
    "knows a language by its tag or a more precise one",
    arguments: [
      ("en", nil), ("en-GB", nil), ("EN_us", nil), ("eng", "language"), ("de", "language"), (nil, "language"),
    ] as [(String?, String?)])
  func languages(language: String?, expected: String?) throws {
    #expect(try reason(dated(nil, language: language)) { $0.languages = ["fr", "en"] } == expected)
  }

  @Test("counts characters, not bytes")
  func length() throws {
    let document = Document.sample("Łódź")
    #expect(try reason(document) { $0.minimumLength = 4 } == nil)
    #expect(try reason(document) { $0.minimumLength = 5 } == "too short")
    #expect(try reason(document) { $0.maximumLength = 4 } == nil)
    #expect(try reason(document) { $0.maximumLength = 3 } == "too long")
  }

  @Test("needs text only where its length is asked for")
  func needs() {
    var stage = Select()
    #expect(stage.needs.isEmpty)
    stage.minimumLength = 1
    #expect(stage.needs == [.text])
  }

  @Test("names the metadata that is missing")
  func required() throws {
    #expect(try reason(dated("2012")) { $0.require = ["published", "title"] } == "missing title")
    #expect(try reason(dated("2012")) { $0.require = ["published"] } == nil)
  }

  @Test("takes a sample near its share, the same each time, the larger holding the smaller")
  func sample() throws {
    func ids(_ share: Double, seed: Int = 0) throws -> Set<String> {
      var stage = Select()
      stage.sample = share
      stage.seed = seed
      let all = (0..<2000).map { "2012/\($0).html" }
      return Set(try all.filter { try stage.annotated(Document.sample("", id: $0)).skipReason == nil })
    }
    let tenth = try ids(0.1)
    #expect((150...250).contains(tenth.count))
    #expect(try ids(0.1) == tenth)
    #expect(try ids(0.3).isSuperset(of: tenth))
    #expect(try ids(0.1, seed: 1).intersection(tenth).count < 60)
    #expect(try ids(0).isEmpty)
    #expect(try ids(1).count == 2000)
    #expect(try reason(dated(nil)) { $0.sample = 0 } == "not in sample")
  }

  @Test(
    "reads dates from pipeline files and writes them back", arguments: ["2012", "2012-02", "2012-02-29", "0987-01"])
  func dateOption(text: String) {
    var problems: [String] = []
    let date = PartialDate.read(Node(text)) { problems.append($1) }
    #expect(date?.node.scalar == text)
    #expect(problems.isEmpty)
  }

  @Test(
    "refuses dates that are none", arguments: ["12", "2012-13", "2012-2", "2012-02-30-01", "May 2012", "2012-02-29T10"])
  func wrongDate(text: String) {
    var problems: [String] = []
    #expect(PartialDate.read(Node(text)) { problems.append($1) } == nil)
    #expect(problems == ["wants a string such as 2012-02-29, 2012-02 or 2012"])
  }

  @Test("refuses limits that leave nothing")
  func problems() {
    var stage = Select()
    #expect(stage.problems().isEmpty)
    stage.publishedFrom = PartialDate("2013")
    stage.publishedTo = PartialDate("2012-05")
    stage.minimumLength = 5
    stage.maximumLength = -1
    #expect(stage.problems().map(\.option) == ["published_to", "maximum_length", "maximum_length"])
  }

  @Test("keeps the contract of stages")
  func contract() throws {
    var stage = Select()
    stage.minimumLength = 2
    stage.sample = 0.5
    #expect(try violations(of: stage, on: [dated("2012", language: "en")]).isEmpty)
  }
}
