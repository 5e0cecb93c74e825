import EntitiesStage
import Foundation
import Learning
import PipelineKit
import PipelineTesting
import SentencesStage
import Testing

@Suite("the model of entities")
struct TaggerTests {
  private func prepared(_ text: String) throws -> Document {
    var document = Document.sample(text)
    try annotate(&document, with: Sentences())
    return document
  }

  private func names(_ text: String, _ change: (inout Entities) -> Void = { _ in }) throws -> [String] {
    var stage = Entities()
    change(&stage)
    var document = try prepared(text)
    try annotate(&document, with: stage)
    return document[Entity.self].map { "\(document.text(in: $0.span)) \($0.type.rawValue)" }
  }

  @Test("finds names that no list holds, which rules alone take for something else or miss")
  func unknownNames() throws {
    let text = "Shares of Tarvendo fell in Ilkorsk after Brovinex sued it, Dorvath Melkin told the board."
    let found = try names(text)
    #expect(found.contains("Ilkorsk LOC"))
    #expect(found.contains("Dorvath Melkin PER"))
    #expect(try names(text) { $0.learned = false } != found)
  }

  @Test("leaves a user's names as they are")
  func userNames() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("name,actor,kind,type\nIlkorsk,org:ilkorsk,company,ORG\nMoscow Kyiv,misc:train,other,MISC\n".utf8)
      .write(to: folder.appendingPathComponent("mine.csv"))
    var stage = Entities()
    stage.gazetteers = ["mine.csv"]
    var document = try prepared("The deal was signed in Ilkorsk yesterday.")
    var worker = try stage.makeWorker(StageContext(directory: folder.path))
    try worker.annotate(&document)
    #expect(document[Entity.self].map(\.type) == [.organisation])
    #expect(document[Entity.self].map(\.actor) == ["org:ilkorsk"])
    document = try prepared("Passengers of the Moscow Kyiv were late.")
    try worker.annotate(&document)
    #expect(document[Entity.self].map(\.actor) == ["misc:train"])
  }

  @Test("bears tokens of a foreign stage that overlap, hold nothing or lie outside of all sentences")
  func foreignTokens() throws {
    let text = "Moscow agreed with APEC.\n\nKyiv (APEC) refused"
    let end = text.utf8.count
    var document = Document.sample(text)
    document[Sentence.self] = [Sentence(span: TextSpan(0, 24)), Sentence(span: TextSpan(20, end))]
    document[Token.self] = [
      (0, 6), (0, 30), (7, 7), (7, 13), (14, 23), (19, 23), (24, 24), (26, 30), (28, 40), (end, end),
    ]
    .map { Token(span: TextSpan($0.0, $0.1)) }
    for learned in [true, false] {
      var stage = Entities()
      stage.learned = learned
      var copy = document
      var worker = try stage.makeWorker(StageContext { _ in })
      try worker.annotate(&copy)
      #expect(copy[Entity.self].allSatisfy { Int($0.span.end) <= end && !$0.span.isEmpty })
    }
  }

  // MARK: - Training

  /// Texts of a made-up language of names: `Xor` and a word is a person, a word and `Vun` an organisation.
  private static let words = ["Talmi", "Berno", "Ostik", "Krell", "Sandu", "Pirro", "Golva", "Demut"]

  private func example(_ index: Int, labels: Set<String>? = nil, isDoubtful: Bool = false, wrong: Bool = false)
    throws -> TrainingExample
  {
    let (one, two) = (Self.words[index % 8], Self.words[(index / 8 + 3) % 8])
    let person = "Xor \(one)"
    let company = "\(two) Vun"
    let text = "Then \(person) went to see \(company) again."
    let start = 5
    let second = start + person.utf8.count + " went to see ".utf8.count
    var gold = [
      GoldSpan(TextSpan(start, start + person.utf8.count), label: wrong ? "LOC" : "PER"),
      GoldSpan(TextSpan(second, second + company.utf8.count), label: wrong ? "PER" : "ORG"),
    ]
    if let labels { gold.removeAll { !labels.contains($0.label) } }
    return TrainingExample(document: try prepared(text), gold: gold, labels: labels, isDoubtful: isDoubtful)
  }

  private func train(
    _ examples: [TrainingExample], validation: [TrainingExample], seed: UInt64 = 1,
    _ change: (inout Entities) -> Void = { _ in }
  ) throws -> (model: [UInt8], best: Double) {
    var stage = Entities()
    change(&stage)
    var best = 0.0
    let settings = TrainingSettings(rounds: 4, patience: 4, seed: seed)
    let model = try stage.train(examples, validation: validation, settings) { best = max(best, $0.score) }
    return (model, best)
  }

  @Test("is learned from a user's texts, the same bytes for the same seed, and read from a file beside the pipeline")
  func ownModel() throws {
    let examples = try (0..<48).map { try example($0) }
    let validation = try (48..<64).map { try example($0) }
    let (model, best) = try train(examples, validation: validation)
    #expect(best == 1)
    #expect(try train(examples, validation: validation).model == model)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(model).write(to: folder.appendingPathComponent("own.model"))
    var stage = Entities()
    stage.model = FilePath("own.model")
    var document = try prepared("Then Xor Ledna went to see Marvo Vun again.")
    var worker = try stage.makeWorker(StageContext(directory: folder.path))
    try worker.annotate(&document)
    #expect(
      document[Entity.self].map { "\(document.text(in: $0.span)) \($0.type.rawValue)" }
        == ["Xor Ledna PER", "Marvo Vun ORG"])
  }

  @Test("takes a type that a file's makers did not look for as unknown there")
  func unknownTypes() throws {
    let labelled = try (0..<24).map { try example($0) }
    let persons = try (0..<120).map { try example($0 % 48, labels: ["PER"]) }
    let validation = try (48..<64).map { try example($0) }
    #expect(try train(labelled + persons, validation: validation).best == 1)
  }

  @Test("learns from doubtful texts only what the others confirm")
  func doubtful() throws {
    let sure = try (0..<48).map { try example($0) }
    let validation = try (48..<64).map { try example($0) }
    let wrong = try (0..<160).map { try example($0 % 64, isDoubtful: true, wrong: true) }
    let trusted = try (0..<160).map { try example($0 % 64, wrong: true) }
    #expect(try train(sure + wrong, validation: validation).best == 1)
    #expect(try train(sure + trusted, validation: validation).best < 1)
  }

  @Test("keeps word clusters, by which a word that it never saw is like those that it did")
  func clusters() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".tsv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let examples = try (0..<48).map { try example($0) }
    let validation = try (48..<64).map { try example($0) }
    try Data("talmi\t1 2\nberno\t1 -1\n".utf8).write(to: URL(fileURLWithPath: path))
    let with = try train(examples, validation: validation) { $0.clusters = FilePath(path) }
    let without = try train(examples, validation: validation)
    #expect(with.model.count > without.model.count)
    for (text, line) in [("talmi 1 2\n", 1), ("talmi\t1\nberno\tx\n", 2), ("a\t1 2 3 4 5 6 7\n", 1), ("a\t70000\n", 1)]
    {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: (any Error).self) {
        try train(examples, validation: validation) { $0.clusters = FilePath(path) }
      }
      #expect("\(try #require(error))".hasPrefix("\(path):\(line): wants a word, a tab and"), "\(text)")
    }
  }

  @Test("is refused where its file is foreign, cut short, or damaged at any byte")
  func damage() throws {
    let examples = try (0..<16).map { try example($0) }
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".tsv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("talmi\t1 2\nberno\t1 -1\n".utf8).write(to: URL(fileURLWithPath: path))
    let model = try train(examples, validation: examples) { $0.clusters = FilePath(path) }.model
    let file = path + ".model"
    defer { try? FileManager.default.removeItem(atPath: file) }
    func annotated(_ bytes: [UInt8]) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: file))
      var stage = Entities()
      stage.model = FilePath(file)
      var document = try prepared("Then Xor Talmi went to see Berno Vun again.")
      try annotate(&document, with: stage)
    }
    try annotated(model)
    for bytes in [Array(model.dropLast()), Array(model.prefix(100)), Array("no model".utf8), model + [0]] {
      #expect(throws: (any Error).self) { try annotated(bytes) }
    }
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<40 {
      var damaged = model
      let place = Int.random(in: damaged.indices, using: &generator)
      damaged[place] ^= .random(in: 1 ... .max)
      #expect(throws: (any Error).self, "byte \(place)") { try annotated(damaged) }
    }
  }

  @Test("says what is missing where examples have no types that it knows")
  func noTypes() throws {
    let example = TrainingExample(
      document: try prepared("Then Xor went."), gold: [GoldSpan(TextSpan(5, 8), label: "PERSON")])
    let error = #expect(throws: (any Error).self) { try train([example], validation: [example]) }
    #expect("\(try #require(error))".contains("has names of the types PERSON; give each name one of PER, ORG, LOC or"))
  }

  @Test("is made anew: a model among the options of a training, or beside rules alone, is told")
  func idleModel() throws {
    let examples = [try example(0)]
    for change: (inout Entities) -> Void in [{ $0.model = FilePath("a.model") }, { $0.learned = false }] {
      let error = #expect(throws: (any Error).self) { try train(examples, validation: examples, change) }
      #expect("\(try #require(error))".contains("makes a model anew"))
    }
    var stage = Entities()
    stage.model = FilePath("a.model")
    #expect(stage.problems().isEmpty)
    stage.learned = false
    #expect(stage.problems().count == 1)
  }
}
