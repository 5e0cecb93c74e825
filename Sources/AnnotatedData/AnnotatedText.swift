public import PipelineKit

/// A text with annotations that are known to be right, as a file for training or scoring holds it.
public struct AnnotatedText: Sendable {
  /// The record's own identifier; else where it stands.
  public var id: String
  /// Where the text begins in its file.
  public var place: DataPlace
  public var text: String
  /// What the record says beside the text, such as its language.
  public var metadata: Metadata
  /// The file's own blocks; else a paragraph ends at an empty line.
  public var blocks: [Block]
  /// Those of the wanted layers that the file holds for this text. Spans are in order, in UTF-8 bytes, and have no
  /// white space at their edges.
  public var layers: [LayerName: [GoldSpan]]

  public init(
    id: String, place: DataPlace, text: String, metadata: Metadata = Metadata(), blocks: [Block],
    layers: [LayerName: [GoldSpan]]
  ) {
    (self.id, self.place, self.text, self.metadata) = (id, place, text, metadata)
    (self.blocks, self.layers) = (blocks, layers)
  }

  /// A document with the text, its metadata and its blocks, and with none of the other layers.
  public var document: Document {
    let origin = Origin(uri: place.description, mediaType: .text, byteCount: text.utf8.count)
    var document = Document(id: id, origin: origin, metadata: metadata)
    // A new document has no text yet, so that this can't fail.
    try? document.write(text: text, blocks: blocks)
    return document
  }
}

/// A line of a file.
public struct DataPlace: Hashable, Sendable, CustomStringConvertible {
  /// The path as it was named.
  public var file: String
  /// From 1; 0 for the file as a whole.
  public var line: Int
  public init(_ file: String, line: Int = 0) { (self.file, self.line) = (file, line) }
  /// `news.jsonl:7`
  public var description: String { line == 0 ? file : "\(file):\(line)" }
}

/// What is wrong with a file of annotated texts.
public struct DataProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public var place: DataPlace
  /// What is wrong, and after a semicolon what to do.
  public var message: String
  public init(_ place: DataPlace, _ message: String) { (self.place, self.message) = (place, message) }
  public var description: String { "\(place): \(message)" }
}
