import Glibc

/// An example for a ``LinearTrainer``.
public struct LinearExample: Sendable {
  public var features: [UInt32]
  public var label: Bool
  public init(features: [UInt32], label: Bool) { (self.features, self.label) = (features, label) }
}

/// Learns a ``LinearModel``: logistic regression, one example at a time, with a step for each weight that shrinks as
/// the weight has moved (AdaGrad, J. Duchi, E. Hazan, Y. Singer, JMLR 2011).
///
/// Several members learn the same examples in orders of their own, and the model is their mean: the order of the
/// examples alone moves the score of one by some tenths of a point, and that of a mean of five hardly. A feature
/// that only one example has is left out; it would take a place among the weights and tell nothing.
///
/// The same examples, settings and seed give the same bytes. Cost of a round: members times features.
public struct LinearTrainer {
  /// What may be set; the defaults were chosen by cross-validation for ends of sentences.
  public struct Settings: Sendable {
    /// The number of weights, as a power of two.
    public var bits = 20
    public var members = 9
    /// The first step.
    public var rate: Float = 0.1
    /// What pulls weights to 0 (L2), times each gradient's own step.
    public var decay: Float = 1e-4
    /// So many examples must have a feature.
    public var leastCount: UInt32 = 2
    public init() {}
  }

  private let settings: Settings
  private let examples: [LinearExample]
  private var members: [Member]

  public init(_ examples: [LinearExample], seed: UInt64, _ settings: Settings = Settings()) {
    self.settings = settings
    var counts: [UInt32: UInt32] = [:]
    for example in examples { for feature in example.features { counts[feature, default: 0] += 1 } }
    self.examples = examples.map { example in
      let kept = example.features.filter { counts[$0, default: 0] >= settings.leastCount }
      return LinearExample(features: kept, label: example.label)
    }
    members = (0..<settings.members).map { Member(bits: settings.bits, seed: seed &+ UInt64($0)) }
  }

  /// One pass over all examples.
  public mutating func round() {
    for index in members.indices { members[index].learn(examples, settings) }
  }

  /// The bytes of the model as it is now.
  ///
  /// - Parameter layout: which way of looking the features come from, checked when the file is read.
  public func model(layout: UInt16) -> [UInt8] {
    var mean = [Float](repeating: 0, count: 1 << settings.bits)
    for member in members {
      for index in mean.indices { mean[index] += member.weights[index] / Float(members.count) }
    }
    let bias = members.reduce(0) { $0 + $1.bias } / Float(members.count)
    return LinearModel.encode(weights: mean, bias: bias, layout: layout)
  }
}

/// One order of the examples, with what was learned in it.
private struct Member {
  var weights: [Float]
  var bias: Float = 0
  /// Sums of squared gradients.
  private var squares: [Float]
  private var biasSquares: Float = 1e-6
  private var random: SeededGenerator
  private var order: [Int] = []

  init(bits: Int, seed: UInt64) {
    weights = [Float](repeating: 0, count: 1 << bits)
    squares = [Float](repeating: 1e-6, count: 1 << bits)
    random = SeededGenerator(seed: seed)
  }

  mutating func learn(_ examples: [LinearExample], _ settings: LinearTrainer.Settings) {
    if order.isEmpty { order = Array(examples.indices) }
    order.shuffle(using: &random)
    for index in order { learn(examples[index], settings) }
  }

  private mutating func learn(_ example: LinearExample, _ settings: LinearTrainer.Settings) {
    let mask = UInt32(truncatingIfNeeded: weights.count - 1)
    var score = bias
    for feature in example.features { score += weights[Int(feature & mask)] }
    let gradient = (example.label ? 1 : 0) - 1 / (1 + expf(-score))
    biasSquares += gradient * gradient
    bias += settings.rate * gradient / biasSquares.squareRoot()
    for feature in example.features {
      let index = Int(feature & mask)
      let pulled = gradient - settings.decay * weights[index]
      squares[index] += pulled * pulled
      weights[index] += settings.rate * pulled / squares[index].squareRoot()
    }
  }
}
