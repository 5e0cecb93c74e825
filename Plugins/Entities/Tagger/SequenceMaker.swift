internal import Learning
internal import PipelineKit

/// Makes sequences to learn from: the stretches that the tagger would look at, with the right tags.
struct SequenceMaker {
  private let groups: FeatureGroups
  private var worker: EntityWorker
  private var forms: WordForms

  /// - Parameter clusters: the table's bytes; empty for none.
  init(_ lexicon: Lexicon, _ groups: FeatureGroups, clusters: [UInt8]) throws {
    self.groups = groups
    worker = EntityWorker(lexicon: lexicon, tagger: nil)
    let blank = SequenceModel.blank(layout: groups.layout, tagCount: NameTag.count, extras: clusters)
    let model = try SequenceModel(ModelFile(blank), layout: groups.layout, tagCount: NameTag.count)
    forms = WordForms(try ClusterTable(in: model))
  }

  /// - Parameter seed: of the model that checks doubtful examples.
  mutating func sequences(of examples: [TrainingExample], seed: UInt64) throws -> [SequenceExample] {
    var sure: [SequenceExample] = []
    for example in examples where !example.isDoubtful {
      sure += try sentences(of: example, known: Self.types(of: example)).joined()
    }
    guard examples.contains(where: \.isDoubtful) else { return sure }
    var judge = try Judge(sure, groups, seed: seed)
    var confirmed: [SequenceExample] = []
    for example in examples where example.isDoubtful {
      let sentences = try sentences(of: example, known: Self.types(of: example).subtracting([.other]))
      confirmed += sentences.filter { $0.allSatisfy { judge.confirms($0) } }.joined()
    }
    return sure + confirmed
  }

  private static func types(of example: TrainingExample) -> Set<EntityType> {
    Set(example.labels.compactMap(EntityType.init(rawValue:)))
  }

  /// The sequences of each sentence that has any.
  private mutating func sentences(
    of example: TrainingExample, known: Set<EntityType>
  ) throws -> [[SequenceExample]] {
    let text = example.document.text
    let bytes = text.utf8Span.span
    let mentions = try worker.proposals(for: example.document, bytes)
    let words = worker.words
    forms.scan(words, mentions, worker.lexicon, bytes)
    let tags = NameTag.tags(of: example.gold, known, words)
    let features = TagFeatures(groups: groups, forms: forms)
    var sentences: [[SequenceExample]] = []
    var last = -1
    for region in forms.regions {
      if region.sentence != last { sentences.append([]) }
      last = region.sentence
      sentences[sentences.count - 1].append(sequence(region.words, features, tags, NameTag.mask(of: known)))
    }
    return sentences
  }

  private func sequence(
    _ words: Range<Int>, _ features: TagFeatures, _ tags: [UInt8], _ known: UInt16
  ) -> SequenceExample {
    var sequence = SequenceExample()
    sequence.known = known
    sequence.tags = NameTag.whole(tags[words])
    var list = FeatureList()
    for word in words {
      features.add(word, to: &list)
      sequence.ends.append(list.features.count)
    }
    sequence.features = list.features
    return sequence
  }
}

/// A model of the sure examples, which says whether it sees a doubtful one the same way.
private struct Judge {
  private let model: SequenceModel
  private var decoder = NameTag.decoder
  private var found: [UInt8] = []

  init(_ sure: [SequenceExample], _ groups: FeatureGroups, seed: UInt64) throws {
    // It needs no more than to be about right.
    var settings = SequenceTrainer.Settings()
    settings.members = 2
    var trainer = SequenceTrainer(sure, tagCount: NameTag.count, decoder: decoder, seed: seed, settings)
    for _ in 0..<4 { trainer.round() }
    model = try SequenceModel(
      ModelFile(trainer.model(layout: groups.layout)), layout: groups.layout, tagCount: NameTag.count)
  }

  mutating func confirms(_ example: SequenceExample) -> Bool {
    let model = model
    decoder.fill(example.tags.count) { scores in
      for word in example.tags.indices {
        var sum = TagScores(model)
        for feature in example.features(of: word) { sum.add(example.features[feature]) }
        sum.write(to: scores + word * SequenceModel.width)
      }
    }
    decoder.decode(example.tags.count, model.transitions, known: example.known, into: &found)
    return found == example.tags
  }
}

extension NameTag {
  /// The tags of a document's words by the names that are known.
  fileprivate static func tags(of gold: [GoldSpan], _ known: Set<EntityType>, _ words: TextWords) -> [UInt8] {
    var tags = [UInt8](repeating: outside, count: words.count)
    var word = 0
    for gold in gold {
      guard let type = EntityType(rawValue: gold.label), known.contains(type) else { continue }
      while word < words.count, words[word].end <= gold.span.start { word += 1 }
      let first = word
      while word < words.count, words[word].start < gold.span.end { word += 1 }
      if word > first { mark(first..<word, type, in: &tags) }
    }
    return tags
  }

  /// The tags of a stretch without those of names that reach beyond it.
  fileprivate static func whole(_ stretch: ArraySlice<UInt8>) -> [UInt8] {
    var tags = Array(stretch)
    if let first = tags.firstIndex(where: { $0 == outside || begins($0) }) {
      tags.replaceSubrange(0..<first, with: repeatElement(outside, count: first))
    } else {
      tags = [UInt8](repeating: outside, count: tags.count)
    }
    if let last = tags.last, !follows(Int(last), nil), let begin = tags.lastIndex(where: begins) {
      tags.replaceSubrange(begin..., with: repeatElement(outside, count: tags.count - begin))
    }
    return tags
  }
}
