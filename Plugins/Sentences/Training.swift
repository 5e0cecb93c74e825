internal import Learning
public import PipelineKit

/// Learns where sentences end from texts whose sentences are known.
///
/// The splitter goes over each text with the known ends in place of a model, and each gap at which it would have
/// asked one is an example. What the rules are certain of is never asked, in training as in use.
extension Sentences: TrainableStage {
  public static let learns = Sentence.layer

  public func train(
    _ examples: [TrainingExample], validation: [TrainingExample], _ settings: TrainingSettings,
    report: (TrainingRound) throws -> Void
  ) throws -> [UInt8] {
    guard !examples.contains(where: \.isDoubtful) else {
      throw ModelProblem(
        "the data", "has doubtful texts, which can't be checked here; give them behind --data or not at all")
    }
    let language = language == .auto ? Language.en : language
    let splitter = SentenceSplitter(lexicon: SentenceLexicon(language, further: abbreviations))
    let gaps = examples.flatMap { splitter.gaps(of: $0) }
    guard gaps.contains(where: \.label), gaps.contains(where: { !$0.label }) else {
      throw ModelProblem("the data", "has no ends of sentences that the rules leave open; more texts are needed")
    }
    var trainer = LinearTrainer(gaps, seed: settings.seed)
    var best = (score: -1.0, model: [UInt8]())
    var since = 0
    for number in 1...max(1, settings.rounds) {
      trainer.round()
      let bytes = trainer.model(layout: GapFeatures.layout)
      let model = try LinearModel(ModelFile(bytes), layout: GapFeatures.layout)
      let worker = SentenceWorker([.init(language, further: abbreviations, model: model)])
      let score = try worker.score(validation).f1
      // Of equals the later one, whose members agree more.
      let isBest = score >= best.score
      if isBest { best = (score, bytes) }
      since = isBest ? 0 : since + 1
      try report(TrainingRound(number: number, score: score, isBest: isBest))
      if since >= settings.patience { break }
    }
    return best.model
  }
}

extension SentenceSplitter {
  /// What a model would be asked about a text, with the answers.
  func gaps(of example: TrainingExample) -> [LinearExample] {
    var judge = GoldJudge(ends: Set(example.gold.map(\.span.bytes.upperBound)))
    var sentences: [Sentence] = []
    let text = example.document.text
    let bytes = text.utf8Span.span
    for block in example.document[Block.self] {
      split(bytes, block.span.bytes.clamped(to: 0..<bytes.count), into: &sentences, &judge)
    }
    return judge.examples
  }
}

extension SentenceWorker {
  /// How well the sentences of the examples are found.
  func score(_ examples: [TrainingExample]) throws -> SpanScore {
    var score = SpanScore()
    for example in examples {
      let found = try sentences(of: example.document).map { GoldSpan($0.span) }
      score.add(found: found, gold: example.gold)
    }
    return score
  }
}
