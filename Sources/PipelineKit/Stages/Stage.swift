/// A stage as a pipeline file names it: its options with their defaults, and the layers it needs
/// and gives. Cheap to make: it reads no file and opens nothing before a run is certain.
public protocol Stage: Configurable {
  /// The name in pipeline files.
  static var name: StageName { get }
  /// One sentence for the reference.
  static var summary: String { get }
  /// Raised by one whenever the same input and options give another result.
  static var version: Int { get }
  /// Layers that earlier stages must have given; may depend on the options.
  var needs: [LayerName] { get }
  /// Layers that the stage assigns, empty ones too; may depend on the options.
  var gives: [LayerName] { get }
  /// The model that the stage computes with, named in the manifest; nil for none.
  var modelIdentity: ModelIdentity? { get }
}

extension Stage {
  public static var version: Int { 1 }
  public var needs: [LayerName] { [] }
  public var gives: [LayerName] { [] }
  public var modelIdentity: ModelIdentity? { nil }
}

/// Which model made a layer.
public struct ModelIdentity: Hashable, Sendable {
  public var name: String
  /// A version, or a hash of the weights.
  public var version: String
  public init(name: String, version: String) { (self.name, self.version) = (name, version) }
}
