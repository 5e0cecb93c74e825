import Glibc
internal import Learning
public import PipelineKit

/// Learns from texts whose names are known what the rules can't tell.
extension Entities: TrainableStage {
  public static let learns = Entity.layer

  public func train(
    _ examples: [TrainingExample], validation: [TrainingExample], _ settings: TrainingSettings,
    report: (TrainingRound) throws -> Void
  ) throws -> [UInt8] {
    let context = StageContext { _ in }
    let lexicon = try lexicon(context)
    let clusters = try clusters.map { try ClusterList(path: $0.resolved(in: context.directory)).encoded } ?? []
    let groups = FeatureGroups.env(FeatureGroups(self, hasClusters: !clusters.isEmpty))
    let types = Set(examples.flatMap(\.labels).compactMap(EntityType.init(rawValue:)))
    guard !types.isEmpty else {
      throw ModelProblem("the data", "has no names with the types PER, ORG, LOC or MISC; give each name one of these")
    }
    var maker = try ExampleMaker(lexicon, groups, clusters: clusters)
    let sequences = try examples.flatMap { try maker.sequences(of: $0) }
    let members = UInt64(getenv("MEMBERS").flatMap { Int(String(cString: $0)) } ?? 1)
    var trainers = (0..<members).map { SequenceTrainer(sequences, tagCount: NameTag.count, decoder: NameTag.decoder, seed: settings.seed &* 1000 &+ $0) }
    var best = (score: -1.0, model: [UInt8]())
    var since = 0
    for number in 1...max(1, settings.rounds) {
      for i in trainers.indices { trainers[i].round() }
      let bytes = SequenceTrainer.mean(trainers, layout: groups.layout, extras: clusters)
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

extension FeatureGroups {
  init(_ options: Entities, hasClusters: Bool) {
    self = [.lists, .document, .runs]
    if hasClusters { insert(.clusters) }; }
  static func env(_ g: FeatureGroups) -> FeatureGroups { getenv("GRP").flatMap({ UInt16(String(cString: $0)) }).map { FeatureGroups(rawValue: $0) } ?? g
  }
}

/// Makes sequences to learn from: the stretches that the tagger would look at, with the right tags.
private struct ExampleMaker {
  private let groups: FeatureGroups
  private var worker: EntityWorker
  private var forms: WordForms

  init(_ lexicon: Lexicon, _ groups: FeatureGroups, clusters: [UInt8]) throws {
    self.groups = groups
    worker = EntityWorker(lexicon: lexicon, tagger: nil)
    let empty = SequenceModel.empty(layout: groups.layout, tagCount: NameTag.count, extras: clusters)
    forms = WordForms(try ClusterTable(in: SequenceModel(ModelFile(empty), layout: groups.layout, tagCount: NameTag.count)))
  }

  mutating func sequences(of example: TrainingExample) throws -> [SequenceExample] {
    let document = example.document
    let text = document.text
    let bytes = text.utf8Span.span
    let mentions = try worker.proposals(for: document, bytes)
    let words = worker.words
    forms.scan(words, mentions, worker.lexicon, bytes)
    let uri = document.origin.uri
    let file = uri[..<(uri.lastIndex(of: ":") ?? uri.endIndex)]
    var labels = example.labels
    if getenv("NOMISC") != nil, file.contains("gum") { labels.remove("MISC") }
    let known = NameTag.mask(of: labels.compactMap(EntityType.init(rawValue:)))
    let tags = tags(of: example.gold.filter { labels.contains($0.label) }, words)
    let features = TagFeatures(groups: groups, forms: forms)
    return forms.regions.map { region in
      var sequence = SequenceExample()
      sequence.known = known
      var list = FeatureList()
      for word in region.words {
        features.add(word, to: &list)
        sequence.ends.append(list.features.count)
      }
      sequence.features = list.features
      sequence.tags = NameTag.whole(tags[region.words])
      return sequence
    }
  }

  private func tags(of gold: [GoldSpan], _ words: TextWords) -> [UInt8] {
    var tags = [UInt8](repeating: NameTag.outside, count: words.count)
    var word = 0
    for gold in gold {
      guard let type = EntityType(rawValue: gold.label) else { continue }
      while word < words.count, words[word].end <= gold.span.start { word += 1 }
      let first = word
      while word < words.count, words[word].start < gold.span.end { word += 1 }
      if word > first { NameTag.mark(first..<word, type, in: &tags) }
    }
    return tags
  }
}

extension NameTag {
  /// The tags of a stretch without names that reach beyond it.
  static func whole(_ stretch: ArraySlice<UInt8>) -> [UInt8] {
    var tags = [UInt8](repeating: outside, count: stretch.count)
    let all = Array(stretch)
    var index = 0
    while index < all.count {
      guard begins(all[index]) else {
        index += 1
        continue
      }
      var end = index + 1
      while end < all.count, all[end] != outside, !begins(all[end]) { end += 1 }
      if follows(Int(all[end - 1]), nil) { tags.replaceSubrange(index..<end, with: all[index..<end]) }
      index = end
    }
    return tags
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
