import Glibc
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

  @inline(__always) func features(of word: Int) -> Range<Int> { (word == 0 ? 0 : ends[word - 1])..<ends[word] }
}

/// Learns a ``SequenceModel``: the structured perceptron with averaged weights (M. Collins, EMNLP 2002), with a margin:
/// while it learns, every wrong tag gets a bonus, so that the right one must win by that much (B. Taskar and others,
/// NIPS 2003). A feature that one word alone has is left out.
///
/// The same examples, settings and seed give the same bytes. Cost of a round: words times features.
public struct SequenceTrainer {
  /// What may be set.
  public struct Settings: Sendable {
    /// The number of rows, as a power of two.
    public var bits = 19
    /// So many words must have a feature.
    public var leastCount: UInt8 = 2
    /// What a wrong tag gets on top while learning, where an entity is missed and elsewhere.
    public var margin: Float = 0
    public var missMargin: Float = 0
    public init() { func e(_ n: String) -> Double? { getenv(n).flatMap { Double(String(cString: $0)) } }; margin = Float(e("MARGIN") ?? 0); missMargin = Float(e("MISS") ?? 0); leastCount = UInt8(e("LEAST") ?? 2); bits = Int(e("BITS") ?? 19) }
  }

  private static let width = SequenceModel.width
  private let settings: Settings
  private let tagCount: Int
  private var examples: [SequenceExample]
  private var decoder: TagDecoder
  private var weights: [Float]
  private var transitions = [Float](repeating: 0, count: (width + 1) * width)
  /// Sums of changes times the number of the example at which they were made: the mean of the weights over all
  /// examples is the last weights less these sums over the number (H. Daumé III, thesis, 2006, section 2.1.1).
  private var sums: [Float]
  private var transitionSums = [Float](repeating: 0, count: (width + 1) * width)
  private var seen: Float = 1
  private var order: [Int]
  private var random: SeededGenerator
  private var found: [UInt8] = []

  /// - Parameter decoder: knows which tags may follow each other.
  public init(
    _ examples: [SequenceExample], tagCount: Int, decoder: TagDecoder, seed: UInt64, _ settings: Settings = Settings()
  ) {
    (self.examples, self.settings, self.tagCount, self.decoder) = (examples, settings, tagCount, decoder)
    weights = [Float](repeating: 0, count: Self.width << settings.bits)
    sums = weights
    order = Array(examples.indices)
    random = SeededGenerator(seed: seed)
    dropRare()
  }

  /// Counts by hash in a table large enough that few features share a place.
  private mutating func dropRare() {
    guard settings.leastCount > 1 else { return }
    let mask = UInt32(1) << 25 - 1
    var counts = [UInt8](repeating: 0, count: 1 << 25)
    for example in examples {
      for feature in example.features where counts[Int(feature & mask)] < .max { counts[Int(feature & mask)] += 1 }
    }
    for index in examples.indices { examples[index].keep { counts[Int($0 & mask)] >= settings.leastCount } }
  }

  /// One pass over all examples, in an order of its own.
  public mutating func round() {
    order.shuffle(using: &random)
    for index in order { learn(examples[index]) }
  }

  private mutating func learn(_ example: SequenceExample) {
    let count = example.tags.count
    decoder.fill(count) { scores in
      for word in 0..<count {
        var sum = SIMD16<Float>()
        for feature in example.features(of: word) {
          let row = Int(example.features[feature]) & (1 << settings.bits - 1)
          sum += weights.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: row * Self.width * 4, as: SIMD16<Float>.self)
          }
        }
        let right = Int(example.tags[word])
        sum += settings.margin
        sum[0] += right == 0 ? 0 : settings.missMargin
        sum[right] -= settings.margin
        UnsafeMutableRawPointer(scores + word * Self.width).storeBytes(of: sum, as: SIMD16<Float>.self)
      }
    }
    decoder.decode(count, transitions, known: example.known, into: &found)
    var (right, wrong) = (Self.width, Self.width)
    for word in 0..<count {
      let (nextRight, nextWrong) = (Int(example.tags[word]), Int(found[word]))
      if nextRight != nextWrong {
        for feature in example.features(of: word) {
          let row = (Int(example.features[feature]) & (1 << settings.bits - 1)) * Self.width
          change(row + nextRight, 1)
          change(row + nextWrong, -1)
        }
      }
      if right != wrong || nextRight != nextWrong {
        changeTransition(right * Self.width + nextRight, 1)
        changeTransition(wrong * Self.width + nextWrong, -1)
      }
      (right, wrong) = (nextRight, nextWrong)
    }
    seen += 1
  }

  private mutating func change(_ index: Int, _ delta: Float) {
    weights[index] += delta
    sums[index] += delta * seen
  }
  private mutating func changeTransition(_ index: Int, _ delta: Float) {
    transitions[index] += delta
    transitionSums[index] += delta * seen
  }

  /// The bytes of the model as it is now.
  ///
  /// - Parameters:
  ///   - layout: which way of looking the features come from, checked when the file is read.
  ///   - extras: kept in the file beside the weights.
  public static func mean(_ t: [SequenceTrainer], layout: UInt16, extras: [UInt8] = []) -> [UInt8] {
    var w = [Float](repeating: 0, count: t[0].weights.count)
    var r = [Float](repeating: 0, count: t[0].transitions.count)
    for m in t {
      for i in w.indices { w[i] += m.weights[i] - m.sums[i] / m.seen }
      for i in r.indices { r[i] += m.transitions[i] - m.transitionSums[i] / m.seen }
    }
    return SequenceModel.encode(weights: w, transitions: r, layout: layout, tagCount: t[0].tagCount, extras: extras)
  }
}

extension SequenceExample {
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
