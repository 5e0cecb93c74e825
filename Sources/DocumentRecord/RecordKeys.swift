public import PipelineKit

/// The names in a record.
public enum RecordKeys {
  /// The schema that this program writes and reads.
  public static let schema = "pipeline.document/1"
  /// Keys of a record that no layer may have as its name.
  public static let reserved: Set<String> = [
    "schema", "id", "offsets", "source", "metadata", "metadata_from", "text", "actors",
  ]

  /// The identifier of a layer's entry by its index.
  public static func identifier(_ prefix: String, _ index: Int) -> String { prefix + String(index + 1) }
}

extension Document {
  /// Letters before the running number of the layer's identifiers; nil where its entries have none.
  public func idPrefix(of layer: LayerName) -> String? {
    type(of: layer)?.idPrefix ?? StandardLayers.type(of: layer)?.idPrefix
  }
}
