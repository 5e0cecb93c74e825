import CleanStage
import PipelineKit
import PipelineTesting

/// A document with these bytes, not read yet.
func page(_ html: String, type: MediaType = .html, charset: String? = nil) -> Document {
  page(Array(html.utf8), type: type, charset: charset)
}
func page(_ bytes: [UInt8], type: MediaType = .html, charset: String? = nil) -> Document {
  Document(id: "page", origin: Origin(uri: "page", mediaType: type, charset: charset), raw: bytes)
}

/// The page cleaned.
func clean(_ html: String, type: MediaType = .html, with stage: Clean = Clean()) throws -> Document {
  try stage.annotated(page(html, type: type))
}

extension Document {
  /// The texts of the blocks, each behind its kind.
  var shown: [String] {
    self[Block.self].map { "\($0.kind.rawValue)\($0.level.map(String.init) ?? ""): \(text(in: $0.span))" }
  }
}

/// Prose of two paragraphs, long enough to be taken for an article.
let prose = """
  <p>The ministers of the three states met in Batumi on Friday and agreed to open the bridge at last, after a
  quarrel of eleven months that had cost both sides more than the bridge itself.</p>
  <p>Nobody was pleased. The port had hoped for a ferry, the railway for a tunnel, and the towns on both banks
  for somebody else to pay for whatever was built in the end.</p>
  """
let proseText = """
  The ministers of the three states met in Batumi on Friday and agreed to open the bridge at last, after a quarrel \
  of eleven months that had cost both sides more than the bridge itself.

  Nobody was pleased. The port had hoped for a ferry, the railway for a tunnel, and the towns on both banks for \
  somebody else to pay for whatever was built in the end.
  """
