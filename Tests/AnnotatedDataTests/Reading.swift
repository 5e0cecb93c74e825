import AnnotatedData
import PipelineKit

/// The texts of a file's contents, each annotation as its words and label.
func read(
  _ contents: String, file: String = "data", layers: [LayerName] = ["sentences", "tokens", "entities"],
  keys: [String: String] = [:]
) -> AnnotatedFile {
  AnnotatedFile(Array(contents.utf8), file: file, layers: layers, keys: keys)
}

extension AnnotatedText {
  /// The words under the annotations of a layer, each with its label behind a colon if it has one.
  func words(_ layer: LayerName) -> [String]? {
    layers[layer]?.map { gold in document.text(in: gold.span) + (gold.label.isEmpty ? "" : ":" + gold.label) }
  }
}

extension AnnotatedFile {
  var messages: [String] { problems.map(\.description) }
}
