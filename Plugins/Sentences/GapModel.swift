internal import Learning
internal import PipelineKit
internal import TextScanning

/// Decides by a trained model: at gaps without a mark, and behind marks of which the rules are not certain.
///
/// Nearly all gaps without a mark stand before a name in running prose, and the two words beside them tell; most
/// periods are clear too. So the features come in three steps, and each leaves the next out where it leaves no doubt.
/// Measured on the training texts: of the gaps without a mark the first step settles half and the second nine of
/// ten, and one end in two hundred is lost of those that all features would find.
struct ModelJudge: GapJudge {
  static var looksAtOpenGaps: Bool { true }
  let model: LinearModel
  private var features: GapFeatures

  init(_ model: LinearModel) { (self.model, features) = (model, GapFeatures()) }

  mutating func begin(_ bytes: Span<UInt8>, block: Range<Int>) { features = GapFeatures(bytes, block: block) }

  func ends(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int) -> Bool {
    var score = LinearScore(model)
    let near = features.near(bytes, gap)
    features.addNear(near, to: &score)
    if gap.kind == .open, score.sum < -0.25 { return false }
    features.addEdges(near, to: &score)
    if gap.kind == .open, score.sum < -0.45 { return false }
    if gap.leansToEnd, score.sum > 1.5 { return true }
    features.addFar(bytes, near, gap, start: start, to: &score)
    return score.sum > Self.threshold(gap.kind)
  }

  /// Log-odds from which a sentence ends. Without a mark the model has to be surer than even, with one it has to be
  /// sure to go against the rules: prose of editors is harmed by a wrong end more than careless prose by a missing one.
  /// Chosen by cross-validation over the training texts.
  static func threshold(_ kind: Gap.Kind) -> Float {
    switch kind {
    case .open: 0.5
    case .strongJoined, .ellipsisJoined: 0.5
    case .strongGoesOn, .ellipsisGoesOn, .periodGoesOn: 1
    case .strongEnds, .ellipsisEnds, .periodEnds: -2
    }
  }
}

/// Knows where sentences end, and keeps what a model would have been asked.
struct GoldJudge: GapJudge {
  static var looksAtOpenGaps: Bool { true }
  /// Where sentences end, in bytes, white space at their ends left out.
  private let ends: Set<Int>
  private var features = GapFeatures()
  private(set) var examples: [LinearExample] = []

  init(ends: Set<Int>) { self.ends = ends }

  mutating func begin(_ bytes: Span<UInt8>, block: Range<Int>) { features = GapFeatures(bytes, block: block) }

  mutating func ends(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int) -> Bool {
    var list = FeatureList()
    let near = features.near(bytes, gap)
    features.addNear(near, to: &list)
    features.addEdges(near, to: &list)
    features.addFar(bytes, near, gap, start: start, to: &list)
    let isEnd = ends.contains(gap.offset)
    examples.append(LinearExample(features: list.features, label: isEnd))
    return isEnd
  }
}
