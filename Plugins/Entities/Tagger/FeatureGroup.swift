/// Groups of features that a model can be trained with; which ones stands in the model's file.
struct FeatureGroups: OptionSet {
  let rawValue: UInt16
  /// Classes of words that stand in like company.
  static var clusters: FeatureGroups { FeatureGroups(rawValue: 1) }
  /// What the lists know of a word, and what the rules make of it.
  static var lists: FeatureGroups { FeatureGroups(rawValue: 2) }
  /// The same word elsewhere in the document.
  static var document: FeatureGroups { FeatureGroups(rawValue: 4) }
  /// The run of capitalised words as a whole.
  static var runs: FeatureGroups { FeatureGroups(rawValue: 8) }

  /// A number for the way of looking: any change of the templates is a new one, and the model is trained again.
  static let version: UInt16 = 1
  var layout: UInt16 { Self.version << 8 | rawValue }
}
