/// Takes the features of one thing to be classified, each a hash of its template and values.
///
/// Code that looks at a text is written once over this protocol: with ``LinearScore`` it classifies, adding up
/// weights as it goes and storing nothing; with ``FeatureList`` it makes examples for a trainer.
public protocol FeatureSink {
  mutating func add(_ feature: UInt32)
}

extension FeatureSink {
  /// Adds the feature of a template with up to three values.
  ///
  /// - Parameter template: a number of its own for each way of looking, so that equal values don't meet.
  @inlinable public mutating func add(_ template: UInt32, _ a: UInt32, _ b: UInt32 = 0, _ c: UInt32 = 0) {
    // Multiplied and shifted like the finaliser of MurmurHash3 (A. Appleby, public domain), a round for each value.
    var hash = (template &* 0x9E37_79B1 ^ a) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 13 ^ b) &* 0xC2B2_AE35
    hash = (hash ^ hash >> 15 ^ c) &* 0x27D4_EB2F
    add(hash ^ hash >> 16)
  }

  /// Adds the feature of a template with one value: a third of the work, for loops that add dozens a word.
  @inlinable @inline(__always) public mutating func add(_ template: UInt32, only value: UInt32) {
    let hash = (template &* 0x9E37_79B1 ^ value) &* 0x85EB_CA6B
    add(hash ^ hash >> 15)
  }

  /// Adds the feature of a template with two values.
  @inlinable @inline(__always) public mutating func add(_ template: UInt32, pair a: UInt32, _ b: UInt32) {
    var hash = (template &* 0x9E37_79B1 ^ a) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 13 ^ b) &* 0xC2B2_AE35
    add(hash ^ hash >> 16)
  }
}

/// The features of one example.
public struct FeatureList: FeatureSink, Sendable {
  public private(set) var features: [UInt32] = []
  public init() {}
  public mutating func add(_ feature: UInt32) { features.append(feature) }
}

/// The sum of the weights that a model gives to the features added.
public struct LinearScore: FeatureSink {
  @usableFromInline let model: LinearModel
  public var sum: Float
  @inlinable public init(_ model: LinearModel) { (self.model, sum) = (model, model.bias) }
  @inlinable public mutating func add(_ feature: UInt32) { sum += model.weight(of: feature) }
}
