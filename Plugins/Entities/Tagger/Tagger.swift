internal import Learning
internal import PipelineKit

/// A name that the model found.
struct TaggedName: Equatable {
  var words: Range<Int>
  var type: EntityType
}

/// Finds names by a trained model over what the rules propose. Only stretches around capitalised words are looked at,
/// some half of a text.
struct Tagger {
  private let model: SequenceModel
  private let groups: FeatureGroups
  private var forms: WordForms
  private var decoder = NameTag.decoder
  private var tags: [UInt8] = []

  /// - Throws: ``ModelProblem`` where the file is no model for names.
  init(_ file: ModelFile) throws(ModelProblem) {
    let groups = FeatureGroups(layout: file.layout)
    model = try SequenceModel(file, layout: groups.layout, tagCount: NameTag.count)
    self.groups = groups
    forms = WordForms(try ClusterTable(in: model))
  }

  /// - Parameter poll: called now and then; what it throws ends the search.
  mutating func findNames(
    in words: TextWords, _ mentions: [Mention], _ lexicon: Lexicon, _ bytes: Span<UInt8>,
    into names: inout [TaggedName], poll: () throws -> Void
  ) rethrows {
    names.removeAll(keepingCapacity: true)
    forms.scan(words, mentions, lexicon, bytes)
    let features = TagFeatures(groups: groups, forms: forms)
    for (index, region) in forms.regions.enumerated() {
      if index & 127 == 0 { try poll() }
      tag(region.words, features, into: &names)
    }
  }

  private mutating func tag(_ words: Range<Int>, _ features: TagFeatures, into names: inout [TaggedName]) {
    let model = model
    decoder.fill(words.count) { scores in
      for word in words {
        var sum = TagScores(model)
        features.add(word, to: &sum)
        sum.write(to: scores + (word - words.lowerBound) * SequenceModel.width)
      }
    }
    decoder.decode(words.count, model.transitions, into: &tags)
    NameTag.forEachName(in: tags) { range, type in
      let range = words.lowerBound + range.lowerBound..<words.lowerBound + range.upperBound
      names.append(TaggedName(words: range, type: type))
    }
  }
}

extension NameTag {
  /// The names that tags stand for, in their order.
  static func forEachName(in tags: [UInt8], _ body: (Range<Int>, EntityType) -> Void) {
    var start = 0
    while start < tags.count {
      guard tags[start] != outside else {
        start += 1
        continue
      }
      var end = start + 1
      while end < tags.count, tags[end] != outside, !begins(tags[end]) { end += 1 }
      body(start..<end, type(tags[start]))
      start = end
    }
  }
}
