public import PipelineKit

/// What a model may look at beside the words themselves and how they are written.
public enum FeatureGroup: String, CaseIterable, OptionValue, Sendable {
  /// Classes of words that stand in like company.
  case clusters
  /// What the lists know of a word, and what the rules make of it.
  case lists
  /// The same word elsewhere in the document.
  case document
}

/// The groups that a model was trained with; they stand in its file.
struct FeatureGroups: OptionSet {
  let rawValue: UInt16
  static var clusters: FeatureGroups { FeatureGroups(rawValue: 1) }
  static var lists: FeatureGroups { FeatureGroups(rawValue: 2) }
  static var document: FeatureGroups { FeatureGroups(rawValue: 4) }

  init(rawValue: UInt16) { self.rawValue = rawValue }
  init(_ groups: [FeatureGroup]) {
    self = groups.reduce(into: []) { set, group in
      switch group {
      case .clusters: set.insert(.clusters)
      case .lists: set.insert(.lists)
      case .document: set.insert(.document)
      }
    }
  }
  /// Those with which the model in a file was trained. One with others than these is refused, as it has another layout.
  init(layout: UInt16) { self = FeatureGroups(rawValue: layout).intersection([.clusters, .lists, .document]) }

  /// A number for the way of looking: any change of the templates is a new one, and the model is trained again.
  static let version: UInt16 = 1
  var layout: UInt16 { Self.version << 8 | rawValue }
}
