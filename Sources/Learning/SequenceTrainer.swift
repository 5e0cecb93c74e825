/// A sequence for a ``SequenceTrainer``: the features of each word, and its right tags.
public struct SequenceExample: Sendable {
  /// Those of all words, one behind the other.
  public var features: [UInt32] = []
  /// Where each word's features end.
  public var ends: [Int] = []
  public var tags: [UInt8] = []
  /// A bit for each tag that the example's makers looked for. Where a tag was not looked for, its absence tells nothing,
  /// and it is neither given nor punished.
  public var known: UInt16 = .max
  public init() {}

  /// Where in `features` those of a word lie.
  @inline(__always) public func features(of word: Int) -> Range<Int> { (word == 0 ? 0 : ends[word - 1])..<ends[word] }

  /// Leaves out the features that don't pass.
  fileprivate mutating func keep(_ passes: (UInt32) -> Bool) {
    var (kept, keptEnds) = ([UInt32](), [Int]())
    for word in ends.indices {
      for index in features(of: word) where passes(features[index]) { kept.append(features[index]) }
      keptEnds.append(kept.count)
    }
    (features, ends) = (kept, keptEnds)
  }
}

/// Learns a ``SequenceModel``: the structured perceptron with averaged weights (M. Collins, EMNLP 2002).
///
/// Several members learn the same examples in orders of their own, and the model is their mean: the order alone moves
/// the score of one by up to a point. A feature that only one word has is left out.
///
/// The same examples, settings and seed give the same bytes. Cost of a round: members times words times features.
public struct SequenceTrainer {
  /// What may be set.
  public struct Settings: Sendable {
    /// The number of rows, as a power of two.
    public var bits = 18
    public var members = 5
    /// So many words must have a feature.
    public var leastCount: UInt8 = 2
    public init() {}
  }

  private let tagCount: Int
  private let examples: [SequenceExample]
  private var members: [Member]

  /// - Parameter decoder: knows which tags may follow each other.
  public init(
    _ examples: [SequenceExample], tagCount: Int, decoder: TagDecoder, seed: UInt64, _ settings: Settings = Settings()
  ) {
    self.tagCount = tagCount
    self.examples = Self.withoutRare(examples, settings.leastCount)
    members = (0..<settings.members).map { index in
      // Seeds that are next to each other must not share members.
      Member(bits: settings.bits, seed: seed &* 1_000 &+ UInt64(index), decoder: decoder)
    }
  }

  /// Counts by hash, in a table so large that few features share a place.
  private static func withoutRare(_ examples: [SequenceExample], _ least: UInt8) -> [SequenceExample] {
    guard least > 1 else { return examples }
    let mask = UInt32(1) << 25 - 1
    var counts = [UInt8](repeating: 0, count: 1 << 25)
    for feature in examples.lazy.flatMap(\.features) where counts[Int(feature & mask)] < .max {
      counts[Int(feature & mask)] += 1
    }
    return examples.map { example in
      var example = example
      example.keep { counts[Int($0 & mask)] >= least }
      return example
    }
  }

  /// One pass over all examples.
  public mutating func round() {
    for index in members.indices { members[index].learn(examples) }
  }

  /// The bytes of the model as it is now.
  ///
  /// - Parameters:
  ///   - layout: which way of looking the features come from, checked when the file is read.
  ///   - extras: kept in the file beside the weights.
  public func model(layout: UInt16, extras: [UInt8] = []) -> [UInt8] {
    var weights: [Float] = []
    var transitions: [Float] = []
    for member in members {
      member.weights.addMean(to: &weights)
      member.transitions.addMean(to: &transitions)
    }
    return SequenceModel.encode(
      weights: weights, transitions: transitions, layout: layout, tagCount: tagCount, extras: extras)
  }
}

/// Weights that remember their mean over all examples.
private struct AveragedWeights {
  private(set) var now: [Float]
  /// Sums of changes times the number of the example at which they were made: the mean is the weights now less these
  /// sums over the number (H. Daumé III, thesis, 2006, section 2.1.1).
  private var sums: [Float]
  /// The number of the example, from 1.
  var step = 1.0

  init(count: Int) { (now, sums) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count)) }

  mutating func change(_ index: Int, by delta: Float) {
    now[index] += delta
    sums[index] += delta * Float(step)
  }

  /// Sixteen weights from an index on.
  @inline(__always) func row(at index: Int) -> SIMD16<Float> {
    now.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: index * 4, as: SIMD16<Float>.self) }
  }

  func addMean(to total: inout [Float]) {
    if total.isEmpty { total = [Float](repeating: 0, count: now.count) }
    for index in now.indices { total[index] += now[index] - sums[index] / Float(step) }
  }
}

/// One order of the examples, with what was learned in it.
private struct Member {
  private static let width = SequenceModel.width
  var weights: AveragedWeights
  var transitions = AveragedWeights(count: (width + 1) * width)
  private let mask: Int
  private var decoder: TagDecoder
  private var random: SeededGenerator
  private var order: [Int] = []
  private var found: [UInt8] = []

  init(bits: Int, seed: UInt64, decoder: TagDecoder) {
    weights = AveragedWeights(count: Self.width << bits)
    mask = 1 << bits - 1
    random = SeededGenerator(seed: seed)
    self.decoder = decoder
  }

  mutating func learn(_ examples: [SequenceExample]) {
    if order.isEmpty { order = Array(examples.indices) }
    order.shuffle(using: &random)
    for index in order { learn(examples[index]) }
  }

  private mutating func learn(_ example: SequenceExample) {
    decoder.fill(example.tags.count) { scores in
      for word in example.tags.indices {
        var sum = SIMD16<Float>()
        for feature in example.features(of: word) {
          let row = (Int(example.features[feature]) & mask) * Self.width
          sum += weights.row(at: row)
        }
        UnsafeMutableRawPointer(scores + word * Self.width).storeBytes(of: sum, as: SIMD16<Float>.self)
      }
    }
    decoder.decode(example.tags.count, transitions.now, known: example.known, into: &found)
    correct(example)
    weights.step += 1
    transitions.step += 1
  }

  /// Moves weights from the tags found to the right ones, where they differ.
  private mutating func correct(_ example: SequenceExample) {
    var before = (right: Self.width, wrong: Self.width)
    for word in example.tags.indices {
      let now = (right: Int(example.tags[word]), wrong: Int(found[word]))
      if now.right != now.wrong {
        for feature in example.features(of: word) {
          let row = (Int(example.features[feature]) & mask) * Self.width
          weights.change(row + now.right, by: 1)
          weights.change(row + now.wrong, by: -1)
        }
      }
      if before != now || now.right != now.wrong {
        transitions.change(before.right * Self.width + now.right, by: 1)
        transitions.change(before.wrong * Self.width + now.wrong, by: -1)
      }
      before = now
    }
  }
}
