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
    guard model == nil, learned else {
      throw ModelProblem("the training", "makes a model anew; leave the options \"model\" and \"learned\" out")
    }
    let context = StageContext { _ in }
    let lexicon = try lexicon(context)
    let clusters = try clusters.map { try ClusterList(path: $0.resolved(in: context.directory)).encoded } ?? []
    var groups = FeatureGroups(features)
    if clusters.isEmpty { groups.remove(.clusters) }
    try Self.checkLabels(examples + validation)
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

  /// A label that is no type would be learned as if its names were none.
  private static func checkLabels(_ examples: [TrainingExample]) throws {
    let labels = examples.reduce(into: Set<String>()) { $0.formUnion($1.labels) }
    let unknown = labels.filter { EntityType(rawValue: $0) == nil }.sorted()
    guard unknown.isEmpty, !labels.isEmpty else {
      let found = unknown.isEmpty ? "names without types" : "names of the types " + unknown.joined(separator: ", ")
      throw ModelProblem("the data", "has \(found); give each name one of PER, ORG, LOC or MISC, or leave it out")
    }
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
