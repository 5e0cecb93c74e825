internal import Learning
internal import PipelineKit
internal import TextScanning

/// Decides by a trained model: at gaps without a mark, and behind marks of which the rules are not certain.
///
/// Nearly all gaps without a mark stand before a name in running prose, and the two words beside them tell; the rest
/// of the features are computed only where those leave a doubt.
struct ModelJudge: GapJudge {
  let model: LinearModel
  private var features: GapFeatures

  init(_ model: LinearModel) { (self.model, features) = (model, GapFeatures()) }

  mutating func begin(_ bytes: Span<UInt8>, block: Range<Int>) { features = GapFeatures(bytes, block: block) }

  func ends(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int) -> Bool {
    var score = LinearScore(model)
    let near = GapFeatures.Near(bytes, gap, block: features.range)
    features.addNear(near, to: &score)
    if let clear = Self.isClear(gap, score.sum) { return clear }
    features.addFar(bytes, near, gap, start: start, to: &score)
    return score.sum > Self.threshold(gap.kind)
  }

  /// The answer where the near features leave no doubt. Measured on the training texts: without a mark nine gaps of
  /// ten are done here, and one end in two hundred of those that all features would find is lost; behind a period the
  /// rest changes nothing in 987 cases of a thousand.
  private static func isClear(_ gap: Gap, _ near: Float) -> Bool? {
    if gap.kind == .open { return near < -0.5 ? false : nil }
    return gap.leansToEnd && near > 1.5 ? true : nil
  }

  /// Log-odds from which a sentence ends. Without a mark the model has to be surer than even, with one it has to be
  /// sure to go against the rules: prose of editors is harmed by a wrong end more than careless prose by a missing one.
  /// Chosen by cross-validation over the training texts.
  static func threshold(_ kind: Gap.Kind) -> Float {
    switch kind {
    case .open: 0.8
    case .strongJoined, .ellipsisJoined: 0.5
    case .strongGoesOn, .ellipsisGoesOn, .periodGoesOn: 1
    case .strongEnds, .ellipsisEnds, .periodEnds: -2
    }
  }
}

/// Knows where sentences end, and keeps what a model would have been asked.
struct GoldJudge: GapJudge {
  /// Where sentences end, in bytes, white space at their ends left out.
  private let ends: Set<Int>
  private var features = GapFeatures()
  private(set) var examples: [LinearExample] = []

  init(ends: Set<Int>) { self.ends = ends }

  mutating func begin(_ bytes: Span<UInt8>, block: Range<Int>) { features = GapFeatures(bytes, block: block) }

  mutating func ends(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int) -> Bool {
    var list = FeatureList()
    let near = GapFeatures.Near(bytes, gap, block: features.range)
    features.addNear(near, to: &list)
    features.addFar(bytes, near, gap, start: start, to: &list)
    let isEnd = ends.contains(gap.offset)
    examples.append(LinearExample(features: list.features, label: isEnd))
    return isEnd
  }
}
