import Learning
import Testing

@Suite("A model of sequences")
struct SequenceModelTests {
  /// Tags 0 to 2; 2 only behind 1.
  private static func follows(_ from: Int?, _ to: Int?) -> Bool { to != 2 || from == 1 || from == 2 }
  private static let decoder = TagDecoder(tagCount: 3, follows: follows)

  /// Words have one feature each, their own number: 1 begins a name, and 2 goes on with one.
  private static func example(_ words: [UInt32]) -> SequenceExample {
    var example = SequenceExample()
    var before: UInt8 = 0
    for word in words {
      example.features += [word, 100]
      example.ends.append(example.features.count)
      before = word == 1 ? 1 : word == 2 && before > 0 ? 2 : 0
      example.tags.append(before)
    }
    return example
  }

  private static let examples = (0..<210).map { index in
    example(
      [[1, 2, 3, 2], [3, 1, 2, 3], [2, 3, 3, 1], [3, 2, 1, 2], [1], [3, 2, 3], [1, 3, 3, 2]][index % 7].map {
        UInt32($0)
      })
  }

  private func trained(_ examples: [SequenceExample] = examples, seed: UInt64 = 1, extras: [UInt8] = []) -> [UInt8] {
    var settings = SequenceTrainer.Settings()
    settings.bits = 10
    settings.members = 2
    var trainer = SequenceTrainer(examples, tagCount: 3, decoder: Self.decoder, seed: seed, settings)
    for _ in 0..<12 { trainer.round() }
    return trainer.model(layout: 9, extras: extras)
  }

  private func tags(_ model: SequenceModel, of example: SequenceExample, known: UInt16 = .max) -> [UInt8] {
    var decoder = Self.decoder
    decoder.fill(example.tags.count) { scores in
      for word in example.tags.indices {
        var sum = TagScores(model)
        for feature in example.features(of: word) { sum.add(example.features[feature]) }
        sum.write(to: scores + word * SequenceModel.width)
      }
    }
    var tags: [UInt8] = []
    decoder.decode(example.tags.count, model.transitions, known: known, into: &tags)
    return tags
  }

  @Test("learns what words and the tags before them have in common")
  func learns() throws {
    let model = try SequenceModel(ModelFile(trained()), layout: 9, tagCount: 3)
    for words: [UInt32] in [[1, 2], [2, 1, 2], [3, 3, 2, 3], [1, 3, 2, 1], [1]] {
      let example = Self.example(words)
      #expect(tags(model, of: example) == example.tags, "\(words)")
    }
  }

  @Test("is the same bytes for the same seed, and others for another")
  func repeatable() {
    #expect(trained() == trained())
    #expect(trained() != trained(seed: 2))
  }

  @Test("neither gives nor punishes a tag that an example's makers did not look for")
  func unknownTags() throws {
    let unlabelled = Self.examples.map { example in
      var example = example
      example.tags = example.tags.map { _ in 0 }
      example.known = 1
      return example
    }
    let model = try SequenceModel(ModelFile(trained(Self.examples + unlabelled)), layout: 9, tagCount: 3)
    let example = Self.example([3, 1, 2])
    #expect(tags(model, of: example) == example.tags)
    #expect(tags(model, of: example, known: 1) == [0, 0, 0])
    let taught =
      Self.examples + unlabelled.map { $0 }
      + unlabelled.map { example in
        var example = example
        example.known = .max
        return example
      }
      + unlabelled.map { example in
        var example = example
        example.known = .max
        return example
      }
    let mixed = try SequenceModel(ModelFile(trained(taught)), layout: 9, tagCount: 3)
    #expect(tags(mixed, of: example) == [0, 0, 0])
  }

  @Test("keeps a stage's own part of the file")
  func extras() throws {
    let model = try SequenceModel(ModelFile(trained(extras: [7, 8, 9])), layout: 9, tagCount: 3)
    let (file, range) = model.extras
    #expect(Array(file.bytes[range]) == [7, 8, 9])
    let blank = SequenceModel.blank(layout: 9, tagCount: 3)
    #expect(try SequenceModel(ModelFile(blank), layout: 9, tagCount: 3).extras.range.isEmpty)
  }

  @Test("finds the best of all sequences that are allowed")
  func decoding() throws {
    var generator = SeededGenerator(seed: 7)
    var decoder = Self.decoder
    for length in 1...6 {
      for _ in 0..<20 {
        let scores = (0..<length * SequenceModel.width).map { _ in Float(Int.random(in: -9...9, using: &generator)) }
        let transitions = (0..<17 * SequenceModel.width).map { _ in Float(Int.random(in: -5...5, using: &generator)) }
        decoder.fill(length) { for (index, score) in scores.enumerated() { $0[index] = score } }
        var tags: [UInt8] = []
        decoder.decode(length, transitions, into: &tags)
        #expect(Self.total(tags.map(Int.init), scores, transitions) == Self.best(length, scores, transitions))
      }
    }
  }

  /// The sum of a sequence's scores; nil where it is not allowed.
  private static func total(_ tags: [Int], _ scores: [Float], _ transitions: [Float]) -> Float? {
    var (sum, before) = (Float(0), Int?.none)
    for (word, tag) in tags.enumerated() {
      guard follows(before, tag) else { return nil }
      sum += scores[word * 16 + tag] + transitions[(before ?? 16) * 16 + tag]
      before = tag
    }
    return follows(before, nil) ? sum : nil
  }

  private static func best(_ length: Int, _ scores: [Float], _ transitions: [Float]) -> Float? {
    var sequences: [[Int]] = [[]]
    for _ in 0..<length { sequences = sequences.flatMap { sequence in (0..<3).map { sequence + [$0] } } }
    return sequences.compactMap { total($0, scores, transitions) }.max()
  }

  @Test("is refused where its file is foreign, cut short, damaged, of another layout or for other tags")
  func refusals() throws {
    let bytes = trained(extras: [1, 2, 3])
    func reason(_ bytes: [UInt8], layout: UInt16 = 9, tagCount: Int = 3) -> String? {
      do throws(ModelProblem) {
        _ = try SequenceModel(ModelFile(bytes), layout: layout, tagCount: tagCount)
        return nil
      } catch { return error.reason }
    }
    #expect(reason(bytes) == nil)
    #expect(reason(bytes, layout: 8)?.contains("another version") == true)
    #expect(reason(bytes, tagCount: 4)?.contains("another version") == true)
    #expect(reason(Array("not a model at all, but long enough".utf8))?.contains("no model") == true)
    #expect(reason(bytes.dropLast())?.contains("cut short") == true)
    #expect(reason(Array(bytes.prefix(10)))?.contains("no model") == true)
    for value: UInt8 in [0, 9, 11, 60, 64, 200, 255] {
      var damaged = bytes
      damaged[5] = value
      #expect(reason(damaged)?.contains("damaged") == true, "2^\(value) rows")
    }
  }
}
