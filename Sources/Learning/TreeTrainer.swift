import Glibc

/// Learns a ``TreeModel``: gradient boosting of symmetric trees for the logistic loss (J. Friedman, Annals of
/// Statistics 2001), with histograms of features in at most 64 bins.
///
/// Each tree is learned from a sample of the examples in which those count that are still wrong (minimal variance
/// sampling, B. Ibragimov and G. Gusev, NeurIPS 2019) and from a sample of the features. A label may be a share between
/// 0 and 1; a feature that is not a number is below every threshold. The same examples, settings and seed give the same bytes. Cost of a tree: sampled examples times sampled
/// features times depth.
public struct TreeTrainer {
  /// What may be set; the defaults were chosen by cross-validation for blocks of pages.
  public struct Settings: Sendable {
    /// How many trees are learned.
    public var trees = 200
    /// Questions of a tree, from 1 to 8.
    public var depth = 6
    /// How much of each tree counts.
    public var rate: Float = 0.12
    /// What pulls leaves to 0 (L2), in mean weights of an example.
    public var decay: Float = 10
    /// Share of the examples that a tree is learned from.
    public var examples: Float = 0.15
    /// Share of the features that a tree may ask.
    public var features: Float = 0.3
    /// The defaults.
    public init() {}
  }

  private let settings: Settings
  private let table: BinnedTable
  private let labels: [Float]
  private let weights: [Float]
  private var scores: [Float]
  private let bias: Float
  private var random: SeededGenerator
  private var trees: [TreeModel.Tree] = []

  /// - Parameters:
  ///   - columns: the first feature of all examples, then the second of all, and so on.
  ///   - labels: from 0 to 1, one for each example.
  ///   - weights: how much each example counts; those with 0 tell nothing.
  public init(columns: [Float], labels: [Float], weights: [Float], seed: UInt64, _ settings: Settings = Settings()) {
    precondition((1...8).contains(settings.depth), "a tree asks 1 to 8 questions")
    self.settings = settings
    (self.labels, random) = (labels, SeededGenerator(seed: seed))
    let mean = weights.reduce(0, +) / Float(max(1, weights.count))
    self.weights = weights.map { $0 / max(mean, .leastNormalMagnitude) }
    table = BinnedTable(columns: columns, count: labels.count)
    let total = weights.reduce(0, +)
    let share = zip(labels, weights).reduce(0) { $0 + $1.0 * $1.1 } / max(total, .leastNormalMagnitude)
    bias = logf(max(share, 1e-6) / max(1 - share, 1e-6))
    scores = Array(repeating: bias, count: labels.count)
  }

  /// Learns all trees.
  public mutating func run() { for _ in 0..<settings.trees { learnTree() } }

  /// The bytes of the model as it is now.
  ///
  /// - Parameter layout: which way of looking the features come from, checked when the file is read.
  public func model(layout: UInt16) -> [UInt8] {
    TreeModel.encode(trees, depth: settings.depth, features: table.width, bias: bias, layout: layout)
  }

  // MARK: One tree

  private mutating func learnTree() {
    var sample = Sample(scores: scores, labels: labels, weights: weights, share: settings.examples, &random)
    let features = (0..<table.width).filter { _ in
      Float.random(in: 0..<1, using: &random) < settings.features
    }
    var tree = TreeModel.Tree()
    var histogram = Histogram(leaves: 1 << settings.depth)
    for _ in 0..<settings.depth {
      let split = sample.bestSplit(table, features, decay: settings.decay, &histogram)
      tree.features.append(UInt32(split.feature))
      tree.thresholds.append(table.border(of: split.feature, split.bin))
      sample.divide(table, split)
    }
    tree.leaves = finish(tree, features: sample.splits)
    trees.append(tree)
  }

  /// Gives each leaf its value, by all examples, and adds it to their scores.
  private mutating func finish(_ tree: TreeModel.Tree, features splits: [Split]) -> [Float] {
    var places = [UInt8](repeating: 0, count: labels.count)
    for split in splits { table.addBits(split, to: &places) }
    var gradients = [Float](repeating: 0, count: 1 << splits.count)
    var curvatures = gradients
    for index in places.indices where weights[index] > 0 {
      let odds = 1 / (1 + expf(-scores[index]))
      gradients[Int(places[index])] += weights[index] * (labels[index] - odds)
      curvatures[Int(places[index])] += weights[index] * odds * (1 - odds)
    }
    // Without decay a leaf that no example reaches would be no number.
    let leaves = zip(gradients, curvatures).map { gradient, curvature in
      curvature + settings.decay > 0 ? settings.rate * gradient / (curvature + settings.decay) : 0
    }
    for index in places.indices { scores[index] += leaves[Int(places[index])] }
    return leaves
  }
}

/// A question: is the bin of a feature above this one?
struct Split {
  var feature = 0
  var bin = 0
}

/// Features as numbers of bins, column by column.
struct BinnedTable {
  static let most = 64
  let count: Int
  let width: Int
  private var bins: [UInt8]
  private var borders: [[Float]]

  init(columns: [Float], count: Int) {
    self.count = count
    width = count == 0 ? 0 : columns.count / count
    bins = Array(repeating: 0, count: width * count)
    borders = []
    for feature in 0..<width {
      let column = columns[feature * count..<(feature + 1) * count]
      let borders = Self.borders(of: column)
      for (index, value) in column.enumerated() {
        var (low, high) = (0, borders.count)
        while low < high {
          let middle = (low + high) / 2
          if value > borders[middle] { low = middle + 1 } else { high = middle }
        }
        bins[feature * count + index] = UInt8(low)
      }
      self.borders.append(borders)
    }
  }

  /// Borders between bins that hold about the same number of examples; each stands halfway between two values.
  private static func borders(of column: ArraySlice<Float>) -> [Float] {
    let stride = max(1, column.count / 50_000)
    var values: [Float] = []
    var index = column.startIndex
    while index < column.endIndex {
      if !column[index].isNaN { values.append(column[index]) }
      index += stride
    }
    values.sort()
    var borders: [Float] = []
    for part in 1..<most {
      let place = values.count * part / most
      guard place > 0, place < values.count else { continue }
      // The next value that differs, so that a value held by many does not hide its neighbours.
      let low = values[place - 1]
      guard let next = values[place...].first(where: { $0 > low }) else { break }
      let middle = low + (next - low) / 2
      let border = middle.isFinite ? middle : low
      if borders.last.map({ border > $0 }) ?? true { borders.append(border) }
    }
    return borders
  }

  func border(of feature: Int, _ bin: Int) -> Float {
    borders.indices.contains(feature) && bin < borders[feature].count ? borders[feature][bin] : .greatestFiniteMagnitude
  }
  func binCount(_ feature: Int) -> Int { borders[feature].count + 1 }

  func withColumn<R>(_ feature: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    bins.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[feature * count..<(feature + 1) * count])) }
  }

  /// Shifts the answers to a question in as the lowest bits.
  func addBits(_ split: Split, to places: inout [UInt8]) {
    let bin = UInt8(split.bin)
    withColumn(split.feature) { column in
      for index in column.indices { places[index] = places[index] &<< 1 | (column[index] > bin ? 1 : 0) }
    }
  }
}

/// Sums of gradients and curvatures by leaf and bin.
struct Histogram {
  var sums: [SIMD2<Float>]
  init(leaves: Int) { sums = Array(repeating: .zero, count: leaves * BinnedTable.most) }
}

/// The examples that one tree is learned from, each with its gradient, its curvature and the leaf it is in.
struct Sample {
  private var rows: [Int32] = []
  private var sums: [SIMD2<Float>] = []
  private var places: [UInt8] = []
  private(set) var splits: [Split] = []

  init(
    scores: [Float], labels: [Float], weights: [Float], share: Float, _ random: inout SeededGenerator
  ) {
    var gradients = [SIMD2<Float>](repeating: .zero, count: scores.count)
    var norms = [Float](repeating: 0, count: scores.count)
    for index in scores.indices where weights[index] > 0 {
      let odds = 1 / (1 + expf(-scores[index]))
      let gradient = weights[index] * (labels[index] - odds)
      let curvature = weights[index] * odds * (1 - odds)
      gradients[index] = SIMD2(gradient, curvature)
      norms[index] = (gradient * gradient + 0.1 * curvature * curvature).squareRoot()
    }
    let unit = Self.unit(norms, wanted: share * Float(scores.count))
    for index in scores.indices where norms[index] > 0 {
      let chance = min(1, norms[index] / unit)
      guard Float.random(in: 0..<1, using: &random) < chance else { continue }
      rows.append(Int32(index))
      sums.append(gradients[index] / chance)
    }
    places = Array(repeating: 0, count: rows.count)
  }

  /// The norm from which an example is certain to be sampled, so that about as many are sampled as wanted.
  private static func unit(_ norms: [Float], wanted: Float) -> Float {
    var (low, high) = (Float(1e-9), max(1e-9, norms.max() ?? 1) * Float(max(1, norms.count)) / max(1, wanted))
    for _ in 0..<30 {
      let middle = (low + high) / 2
      let count = norms.reduce(Float(0)) { $0 + min(1, $1 / middle) }
      if count > wanted { low = middle } else { high = middle }
    }
    return high
  }

  /// The question of all that parts the leaves best: by the gain of Newton's step.
  func bestSplit(_ table: BinnedTable, _ features: [Int], decay: Float, _ histogram: inout Histogram) -> Split {
    let leaves = 1 << splits.count
    var best = Split()
    var bestGain = -Float.infinity
    for feature in features {
      let bins = table.binCount(feature)
      guard bins > 1 else { continue }
      fill(&histogram, table, feature, leaves)
      for (bin, gain) in gains(histogram, leaves, bins, decay).enumerated() where gain > bestGain {
        (best, bestGain) = (Split(feature: feature, bin: bin), gain)
      }
    }
    return best
  }

  private func fill(_ histogram: inout Histogram, _ table: BinnedTable, _ feature: Int, _ leaves: Int) {
    let most = BinnedTable.most
    table.withColumn(feature) { column in
      histogram.sums.withUnsafeMutableBufferPointer { cells in
        for index in 0..<leaves * most { cells[index] = .zero }
        rows.withUnsafeBufferPointer { rows in
          sums.withUnsafeBufferPointer { sums in
            places.withUnsafeBufferPointer { places in
              for index in 0..<rows.count {
                cells[Int(places[index]) &* most &+ Int(column[Int(rows[index])])] += sums[index]
              }
            }
          }
        }
      }
    }
  }

  /// For each bin but the last what a border behind it gains.
  private func gains(_ histogram: Histogram, _ leaves: Int, _ bins: Int, _ decay: Float) -> [Float] {
    var gains = [Float](repeating: 0, count: bins - 1)
    for leaf in 0..<leaves {
      let cells = histogram.sums[leaf * BinnedTable.most..<leaf * BinnedTable.most + bins]
      let total = cells.reduce(.zero, +)
      var left = SIMD2<Float>.zero
      for (bin, cell) in cells.dropLast().enumerated() {
        left += cell
        let right = total - left
        gains[bin] += left.x * left.x / (left.y + decay) + right.x * right.x / (right.y + decay)
      }
    }
    return gains
  }

  mutating func divide(_ table: BinnedTable, _ split: Split) {
    let bin = UInt8(split.bin)
    table.withColumn(split.feature) { column in
      for (index, row) in rows.enumerated() {
        places[index] = places[index] &<< 1 | (column[Int(row)] > bin ? 1 : 0)
      }
    }
    splits.append(split)
  }
}
