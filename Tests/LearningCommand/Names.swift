import FoundationEssentials
import Glibc
import Learning
import PipelineKit

/// Learns names by heart, some more in each round: a stage small enough to test the commands that train with.
///
/// The model is a line for each name, in the order in which the seed shuffled the examples.
struct Names: TrainableStage, AnnotatorWorker {
  static let name: StageName = "names"
  static let summary = "Marks the names that it has learned."
  static let learns: LayerName = "names"
  var needs: [LayerName] { [Token.layer] }
  var gives: [LayerName] { [NameMention.layer] }

  @Option("The model file.") var model: FilePath? = nil
  @Option("What goes wrong in training.") var mischief = Mischief.none
  private var labels: [String: String] = [:]

  enum Mischief: String, CaseIterable, OptionValue { case none, throwing, sleeping }

  init() {}

  func makeWorker(_ context: StageContext) throws -> Names {
    guard let model else { return self }
    var worker = self
    let text = try String(contentsOfFile: model.resolved(in: context.directory), encoding: .utf8)
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      worker.labels[String(parts[0])] = String(parts[1])
    }
    return worker
  }

  func annotate(_ document: inout Document) {
    document[NameMention.self] = document[Token.self].compactMap { token in
      labels[document.text(in: token.span)].map { NameMention(span: token.span, type: $0) }
    }
  }

  func train(
    _ examples: [TrainingExample], validation: [TrainingExample], _ settings: TrainingSettings,
    report: (TrainingRound) throws -> Void
  ) throws -> [UInt8] {
    var random = SeededGenerator(seed: settings.seed)
    let shuffled = examples.shuffled(using: &random)
    var best: (score: Double, round: Int, model: String) = (-1, 0, "")
    var learner = Names()
    var lines = ""
    for round in 1...settings.rounds {
      for example in shuffled.dropFirst((round - 1) * 2).prefix(2) {
        for gold in example.gold {
          let word = example.document.text(in: gold.span)
          if learner.labels.updateValue(gold.label, forKey: word) == nil { lines += "\(word)\t\(gold.label)\n" }
        }
      }
      let score = learner.score(on: validation)
      let isBest = score > best.score
      if isBest { best = (score, round, lines) }
      if mischief == .throwing, round == 2 { throw NamesProblem() }
      if mischief == .sleeping { usleep(200_000) }
      try report(TrainingRound(number: round, score: score, isBest: isBest))
      if round - best.round >= settings.patience { break }
    }
    return Array(best.model.utf8)
  }

  private func score(on examples: [TrainingExample]) -> Double {
    var score = SpanScore()
    for example in examples {
      var document = example.document
      annotate(&document)
      score.add(found: document[NameMention.self].map { GoldSpan($0.span, label: $0.type) }, gold: example.gold)
    }
    return score.f1
  }
}

struct NameMention: Annotation {
  static let layer: LayerName = "names"
  var span: TextSpan
  var type: String
  func describe(to fields: inout some FieldVisitor) { fields.field("type", type) }
}

struct NamesProblem: Error, CustomStringConvertible { let description = "no name can be learned; give other texts" }
