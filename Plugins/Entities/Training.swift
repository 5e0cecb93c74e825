internal import Learning
public import PipelineKit

/// Learns from texts whose names are known where names are and of which type.
///
/// Doubtful examples, annotated by a machine, are learned from sentence by sentence where a model of the others gives
/// the same persons, organisations and places; their other names are left out, as those are what annotations agree on
/// least.
extension Entities: TrainableStage {
  public static let learns = Entity.layer

  public func train(
    _ examples: [TrainingExample], validation: [TrainingExample], _ settings: TrainingSettings,
    report: (TrainingRound) throws -> Void
  ) throws -> [UInt8] {
    let context = StageContext { _ in }
    let lexicon = try lexicon(context)
    let clusters = try clusters.map { try ClusterList(path: $0.resolved(in: context.directory)).encoded } ?? []
    var groups = FeatureGroups(features)
    if clusters.isEmpty { groups.remove(.clusters) }
    guard examples.contains(where: { $0.labels.contains { EntityType(rawValue: $0) != nil } }) else {
      throw ModelProblem("the data", "has no names with the types PER, ORG, LOC or MISC; give each name one of these")
    }
    var maker = try SequenceMaker(lexicon, groups, clusters: clusters)
    let sequences = try maker.sequences(of: examples, seed: settings.seed)
    var trainer = SequenceTrainer(
      sequences, tagCount: NameTag.count, decoder: NameTag.decoder, seed: settings.seed)
    var best = (score: -1.0, model: [UInt8]())
    var since = 0
    for number in 1...max(1, settings.rounds) {
      trainer.round()
      let bytes = trainer.model(layout: groups.layout, extras: clusters)
      var worker = EntityWorker(lexicon: lexicon, tagger: try Tagger(ModelFile(bytes)))
      let score = try worker.score(validation).f1
      let isBest = score > best.score
      if isBest { best = (score, bytes) }
      since = isBest ? 0 : since + 1
      try report(TrainingRound(number: number, score: score, isBest: isBest))
      if since >= settings.patience { break }
    }
    return best.model
  }
}

extension EntityWorker {
  /// How well the names of the examples are found; only of the types that an example's makers looked for.
  fileprivate mutating func score(_ examples: [TrainingExample]) throws -> SpanScore {
    var score = SpanScore()
    for example in examples {
      var document = example.document
      try annotate(&document)
      let found = document[Entity.self].map { GoldSpan($0.span, label: $0.type.rawValue) }
      score.add(found: found.filter { example.labels.contains($0.label) }, gold: example.gold)
    }
    return score
  }
}
