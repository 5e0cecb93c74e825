import AnnotatedData
import PipelineFile
import PipelineKit

/// The training of one stage: examples from texts, rounds, the model's bytes.
struct Training {
  let stage: any TrainableStage
  /// The stages that give what it needs.
  let before: [any Annotator]
  let settings: TrainingSettings
  let status: StatusLine
  let stop: StopFlag

  /// What came out.
  struct Result {
    var model: [UInt8] = []
    var rounds: [TrainingRound] = []
    /// The round whose model it is.
    var best: TrainingRound? { rounds.last { $0.isBest } }
  }

  var learns: LayerName { type(of: stage).learns }

  /// - Throws: ``Interrupted``, or why no model can be made.
  func run(
    _ texts: [AnnotatedText], doubtful: [AnnotatedText], validation: [AnnotatedText], _ console: Console,
    each: (TrainingRound) -> Void
  ) throws -> Result {
    var runner = try TextRunner(before, console)
    defer { runner.finish() }
    let learned = try examples(texts, &runner) + examples(doubtful, isDoubtful: true, &runner)
    let scored = try examples(validation, &runner)
    for (examples, use) in [(learned, "to learn from"), (scored, "to be scored on")] {
      guard examples.contains(where: { !$0.gold.isEmpty }) else {
        throw TrainingProblem("no text \(use) has any \(learns); annotate some")
      }
    }
    var result = Result()
    status.show("training: round 1")
    do {
      result.model = try stage.train(learned, validation: scored, settings) { round in
        result.rounds.append(round)
        status.erase()
        each(round)
        try stop.check()
        status.show("training: round \(round.number + 1)")
      }
    } catch  where !(error is Interrupted) {
      throw TextFailure(place: nil, stage: type(of: stage).name, reason: "\(error)")
    }
    status.erase()
    try stop.check()
    return result
  }

  private func examples(
    _ texts: [AnnotatedText], isDoubtful: Bool = false, _ runner: inout TextRunner
  ) throws -> [TrainingExample] {
    var examples: [TrainingExample] = []
    examples.reserveCapacity(texts.count)
    let labels = labels(of: texts)
    for text in texts {
      try stop.check()
      var document = try runner.document(of: text)
      document.remove(learns)
      examples.append(
        TrainingExample(
          document: document, gold: text.layers[learns] ?? [], labels: labels[text.place.file], isDoubtful: isDoubtful))
      status.show("preparing: \(grouped(examples.count)) of \(counted(texts.count, "text"))")
    }
    status.erase()
    return examples
  }

  /// The labels of each file: one that a file has nowhere was not looked for by its makers.
  private func labels(of texts: [AnnotatedText]) -> [String: Set<String>] {
    var labels: [String: Set<String>] = [:]
    for text in texts { labels[text.place.file, default: []].formUnion((text.layers[learns] ?? []).map(\.label)) }
    return labels
  }

  /// Every tenth text is held out; of fewer than ten the last one.
  static func heldOut(of texts: [AnnotatedText], every step: Int) throws -> (
    learned: [AnnotatedText], scored: [AnnotatedText]
  ) {
    guard texts.count > 1 else {
      throw TrainingProblem("one text can't be both learned from and scored on; give more, or others by --validate")
    }
    let isHeldOut = { (index: Int) in texts.count < step ? index == texts.count - 1 : index % step == step - 1 }
    let indices = texts.indices
    return (indices.filter { !isHeldOut($0) }.map { texts[$0] }, indices.filter(isHeldOut).map { texts[$0] })
  }
}

/// Why nothing can be trained.
struct TrainingProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
