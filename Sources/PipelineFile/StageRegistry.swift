public import PipelineKit

/// The stages that pipeline files may name.
public struct StageRegistry: Sendable {
  /// In the order in which the reference lists them.
  public let types: [any Stage.Type]
  public init(_ types: [any Stage.Type]) { self.types = types }

  public subscript(name: String) -> (any Stage.Type)? { types.first { $0.name.description == name } }
  /// The names of all stages, in their order.
  public var names: [String] { types.map { $0.name.description } }

  /// The first stage that gives a layer by default, for remedies.
  func giver(of layer: LayerName) -> StageName? {
    types.first { $0 is any Annotator.Type && $0.init().gives.contains(layer) }?.name
  }
}
