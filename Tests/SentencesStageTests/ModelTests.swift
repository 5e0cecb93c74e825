import Foundation
import PipelineKit
import PipelineTesting
import SentencesStage
import Testing

@Suite("The model of sentences")
struct ModelTests {
  private func sentences(_ text: String, _ change: (inout Sentences) -> Void = { _ in }) throws -> [String] {
    var stage = Sentences()
    change(&stage)
    let document = try stage.annotated(.sample(text))
    return document[Sentence.self].map { document.text(in: $0.span) }
  }

  /// A mail as it comes out of a page that lost its line breaks.
  private static let mail =
    "Thanks for the draft, it reads well now. Best regards, Martin Maria Keller 03/12/2001 04:15 PM Please see the file."

  @Test("finds ends without a mark, which rules alone don't")
  func openGaps() throws {
    #expect(try sentences(Self.mail).contains("Please see the file."))
    #expect(try sentences(Self.mail) { $0.learned = false }.count == 2)
  }

  @Test("leaves names in running prose alone")
  func names() throws {
    let text = "On Tuesday President Anna Kovač of the Republic of Ostania met Foreign Minister Lars Holm in New Haven."
    #expect(try sentences(text) == [text])
  }

  @Test("is for English: Russian rules decide alone")
  func russian() throws {
    let text = "Вчера Министр Анна Ковач встретила Посла Ларса Холма в Новом Городе."
    #expect(try sentences(text) { $0.language = .ru } == [text])
    var stage = Sentences()
    #expect(stage.modelIdentity != nil)
    stage.learned = false
    #expect(stage.modelIdentity == nil)
  }

  /// Sentences of a made-up style: no marks, each begins with `Item` and a number.
  private func examples() throws -> [TrainingExample] {
    (0..<40).map { index in
      let parts = (0..<4).map { "Item \(index + $0) costs more than Paris paid" }
      let text = parts.joined(separator: " ")
      var gold: [GoldSpan] = []
      var start = 0
      for part in parts {
        gold.append(GoldSpan(TextSpan(start, start + part.utf8.count)))
        start += part.utf8.count + 1
      }
      return TrainingExample(document: .sample(text), gold: gold)
    }
  }

  @Test("is learned from a user's texts, and read from a file beside the pipeline")
  func ownModel() throws {
    let all = try examples()
    var rounds: [TrainingRound] = []
    let bytes = try Sentences().train(Array(all.dropLast(8)), validation: Array(all.suffix(8)), TrainingSettings()) {
      rounds.append($0)
    }
    #expect(rounds.last { $0.isBest }?.score == 1)
    let again = try Sentences().train(Array(all.dropLast(8)), validation: Array(all.suffix(8)), TrainingSettings()) {
      _ in
    }
    #expect(bytes == again)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(bytes).write(to: folder.appendingPathComponent("own.model"))
    var stage = Sentences()
    stage.model = FilePath("own.model")
    var worker = try stage.makeWorker(StageContext(directory: folder.path))
    var document = Document.sample("Item 7 costs more than Paris paid Item 8 costs more than Paris paid")
    try worker.annotate(&document)
    #expect(document.count(of: Sentence.layer) == 2)
  }

  @Test("says which file is missing, and when nothing can be learned")
  func problems() throws {
    var stage = Sentences()
    stage.model = FilePath("missing.model")
    let error = #expect(throws: (any Error).self) { try stage.makeWorker(StageContext(directory: "/tmp")) }
    #expect(error.map { "\($0)" }?.contains("/tmp/missing.model") == true)
    let plain = TrainingExample(document: .sample("Only one."), gold: [GoldSpan(TextSpan(0, 9))])
    #expect(throws: (any Error).self) {
      try Sentences().train([plain], validation: [plain], TrainingSettings()) { _ in }
    }
  }
}
