import DocumentRecord
import Foundation
import PipelineKit
import PipelineTesting
import SentencesStage
import StanceStage
import Testing

@Suite("Stances")
struct StancesTests {
  @Test("are those that the cases say")
  func cases() throws {
    let cases = try StanceCase.all()
    #expect(cases.count >= 60)
    for one in cases {
      let found = try one.found()
      #expect(found == one.expected, "\(one.phenomenon): \(one.document.text)")
    }
  }

  @Test("reach the floors of precision and recall on sentences that rules were written with")
  func developmentFloors() throws {
    let score = try score("dev")
    #expect(score.precision >= 0.8, "\(score)")
    #expect(score.recall >= 0.7, "\(score)")
  }

  @Test("reach the floor of precision on sentences that nobody who writes rules has read")
  func heldOutFloors() throws {
    let score = try score("heldout")
    #expect(score.precision >= 0.7, "\(score)")
    #expect(score.recall >= 0.5, "\(score)")
  }

  private func score(_ file: String) throws -> Score {
    var score = Score()
    let passages = try Gold.all(file)
    for passage in passages { score.add(passage) }
    try write(passages, file)
    return score
  }

  /// For `Benchmarks/score_stance.py`, into the folder that the environment names.
  private func write(_ passages: [Gold], _ file: String) throws {
    guard let folder = ProcessInfo.processInfo.environment["STANCE_PREDICTIONS"] else { return }
    var bytes: [UInt8] = []
    for passage in passages { bytes += try RecordEncoder().line(of: passage.predicted) }
    try Data(bytes).write(to: URL(filePath: folder).appending(path: file + ".jsonl"))
  }

  @Test("pass the contract battery")
  func contract() throws {
    let document = try StanceCase(
      "x\t[Kyiv] rejected [Minsk]'s offer, [Orlov|person] said. “We back it,” he said.\tnone"
    ).document
    let found = try violations(of: Stances(), on: [document]) { odd in
      odd = try Sentences().annotated(odd)
      odd[Entity.self] = odd[Token.self].prefix(3).map { Entity(span: $0.span, type: .location, kind: .state) }
      odd[Citation.self] = []
    }
    #expect(found == [])
  }

  @Test(
    "cost linear time in a sentence without an end",
    arguments: ["[A] backs [B] and ", "said that it , ", "of the , ", "doubt that if it , "])
  func linear(piece: String) throws {
    func seconds(_ count: Int) throws -> Double {
      let document = try StanceCase("x\t" + String(repeating: piece, count: count) + ".\tnone").document
      let time = try ContinuousClock().measure { _ = try Stances().annotated(document) }
      return Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds)
    }
    let (small, large) = (try seconds(2_500), try seconds(25_000))
    // Ten times the words; squared time would take 100 times as long.
    #expect(large < 30 * max(small, 0.01))
  }

  @Test("cost linear time in a text of many sentences with citations")
  func linearCitations() throws {
    func seconds(_ count: Int) throws -> Double {
      let one = "[Kyiv] rejected [Minsk]'s offer (RIA, March 3). "
      var document = try StanceCase("x\t" + String(repeating: one, count: count) + "\tnone").document
      let text = document.text.utf8
      let openings = text.indices.filter { text[$0] == UInt8(ascii: "(") }
      document[Citation.self] = openings.enumerated().map { number, index in
        let start = text.distance(from: text.startIndex, to: index)
        return Citation(span: TextSpan(start, start + 14), kind: .source, sources: [], supports: [number])
      }
      var found: [Stance] = []
      let time = try ContinuousClock().measure { found = try Stances().annotated(document)[Stance.self] }
      #expect(found.count == count && found.last?.citations == [count - 1])
      return time / .seconds(1)
    }
    let (small, large) = (try seconds(1_000), try seconds(16_000))
    // Squared time would take 256 times as long.
    #expect(large < 80 * max(small, 0.01))
  }

  @Test("of a sentence without an end have the citations that come next, and not thousands")
  func manyCitations() throws {
    var document = try StanceCase(
      "x\t[Kyiv] rejected [Minsk]'s offer " + String(repeating: "(R) ", count: 500) + "\tnone"
    )
    .document
    let first = document.text.utf8.count - 2000
    document[Citation.self] = (0..<500).map {
      Citation(span: TextSpan(first + 4 * $0, first + 4 * $0 + 3), kind: .source, sources: [], supports: [0])
    }
    #expect(try Stances().annotated(document)[Stance.self].first?.citations == Array(0..<32))
  }

  @Test("below the threshold are left out")
  func threshold() throws {
    let document = try StanceCase("x\t[Kyiv] rejected [Minsk]'s offer.\tnone").document
    var stage = Stances()
    #expect(try stage.annotated(document)[Stance.self].count == 1)
    stage.threshold = 100
    #expect(try stage.annotated(document)[Stance.self].isEmpty)
  }
}
