import Learning
import Testing

@Suite("A trainer of trees")
struct TreeTrainerTests {
  /// Corners well off the lines that the rules below draw.
  private static let corners: [[Float]] = [[-0.7, -0.7], [-0.7, 0.7], [0.7, -0.7], [0.7, 0.7]]

  private func answers(_ scores: [Float]) -> [Bool] { scores.map { $0 > 0 } }

  @Test("learns where one number must lie")
  func threshold() throws {
    let examples = TreeExamples { $0[0] > 0.25 ? 1 : 0 }
    let scores = try examples.scores([[0.1, 0], [0.4, 0], [-0.9, 0.9], [0.9, -0.9]])
    #expect(answers(scores) == [false, true, false, true])
    #expect(zip(try examples.scores(examples.rows), examples.labels).count { ($0 > 0) == ($1 > 0.5) } > 390)
  }

  @Test("learns what neither of two numbers tells alone")
  func exclusiveOr() throws {
    let examples = TreeExamples { ($0[0] > 0) != ($0[1] > 0) ? 1 : 0 }
    #expect(answers(try examples.scores(Self.corners)) == [false, true, true, false])
  }

  @Test("learns shares: where a third of the examples is yes, the chance is a third")
  func softLabels() throws {
    let examples = TreeExamples { $0[1] > 0 ? 0.33 : 0.9 }
    let chances = try examples.scores(Self.corners).map(chance)
    for (found, wanted) in zip(chances, [0.9, 0.33, 0.9, 0.33] as [Float]) {
      #expect(abs(found - wanted) < 0.05, "\(chances)")
    }
  }

  @Test("is the same bytes for the same seed, and others for another")
  func repeatable() {
    let examples = TreeExamples { $0[0] > 0.25 ? 1 : 0 }
    #expect(examples.model() == examples.model())
    #expect(examples.model() != examples.model(seed: 2))
  }

  @Test("learns nothing from examples that weigh nothing, and more from those that weigh more")
  func weights() throws {
    var examples = TreeExamples { $0[0] > 0 ? 1 : 0 }
    let liars = TreeExamples { $0[0] > 0 ? 0 : 1 }
    examples.rows += liars.rows
    examples.labels += liars.labels
    for (weight, isBelieved) in [(0, false), (0.1, false), (10, true)] as [(Float, Bool)] {
      examples.weights = examples.weights.prefix(400) + Array(repeating: weight, count: 400)
      #expect(answers(try examples.scores(Self.corners)) == [isBelieved, isBelieved, !isBelieved, !isBelieved])
    }
    // A lie of no weight changes nothing at all, whatever it says.
    examples.weights = examples.weights.prefix(400) + Array(repeating: 0, count: 400)
    let model = examples.model()
    examples.labels = examples.labels.prefix(400) + Array(repeating: 0.5, count: 400)
    #expect(examples.model() == model)
  }

  @Test("gives all examples their share where none weighs anything or all say the same")
  func oneSided() throws {
    var examples = TreeExamples { _ in 1 }
    #expect(try examples.scores(Self.corners).allSatisfy { $0 > 5 && $0.isFinite })
    examples.labels = examples.labels.map { _ in 0 }
    #expect(try examples.scores(Self.corners).allSatisfy { $0 < -5 && $0.isFinite })
    examples.weights = examples.weights.map { _ in 0 }
    #expect(try examples.scores(Self.corners).allSatisfy(\.isFinite))
    var settings = TreeExamples.settings
    settings.decay = 0
    #expect(try examples.scores(Self.corners, settings).allSatisfy(\.isFinite))
  }

  @Test("asks nothing of a number that is always the same")
  func constantColumns() throws {
    var examples = TreeExamples { $0[1] > 0 ? 1 : 0 }
    examples.rows = examples.rows.map { [3, $0[1]] }
    #expect(try examples.scores([[3, -0.5], [3, 0.5]]).map { $0 > 0 } == [false, true])
    // Were it asked, another value of it would matter.
    #expect(try examples.scores([[3, 0.5], [-99, 0.5], [99, 0.5]]).reduce(into: Set()) { $0.insert($1) }.count == 1)
    examples.rows = examples.rows.map { _ in [3, 4] }
    let share = examples.labels.reduce(0, +) / 400
    let scores = try examples.scores([[3, 4], [-3, -4]])
    #expect(scores[0] == scores[1])
    #expect(abs(chance(scores[0]) - share) < 0.01)
  }

  @Test("learns from a few values of which one is held by nearly all")
  func rareValue() throws {
    var examples = TreeExamples { $0[0] > 0.9 ? 1 : 0 }
    examples.rows = zip(examples.rows, examples.labels).map { [$1 > 0 ? 5 : 0, $0[1]] }
    #expect(answers(try examples.scores([[0, 0], [5, 0]])) == [false, true])
  }

  @Test("makes a model of one example, and of two", arguments: [1, 2])
  func fewExamples(count: Int) throws {
    let scores = try TreeExamples(count: count) { _ in 1 }.scores(Self.corners)
    #expect(scores.allSatisfy { $0 > 0 && $0.isFinite })
  }

  @Test(
    "learns beside numbers that are none or have no bound",
    arguments: [.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude] as [Float])
  func wildNumbers(wild: Float) throws {
    var examples = TreeExamples { $0[0] > 0 ? 1 : 0 }
    // In every seventh example, and in half of them, so that a border must be drawn beside it.
    for step in [7, 2] {
      for row in stride(from: 0, to: examples.rows.count, by: step) { examples.rows[row][1] = wild }
      #expect(answers(try examples.scores(Self.corners)) == [false, false, true, true])
      var told = examples
      for row in told.rows.indices {
        told.rows[row][0] = 0
        told.labels[row] = told.rows[row][1] == wild || told.rows[row][1].isNaN ? 1 : 0
      }
      #expect(answers(try told.scores([[0, wild], [0, 0.7]])) == [true, false])
    }
  }
}
