public import PipelineKit

extension Document {
  /// A document whose text is written already, a block for each stretch between blank lines.
  ///
  /// - Parameter prepare: assigns the layers that the stage under test needs.
  public static func sample(
    _ text: String, id: String = "sample", prepare: (inout Document) throws -> Void
  ) rethrows -> Document {
    var document = sample(text, id: id)
    try prepare(&document)
    return document
  }

  /// The same without layers beside the blocks.
  public static func sample(_ text: String, id: String = "sample") -> Document {
    var document = Document(id: id, origin: Origin(uri: id, mediaType: .text, byteCount: text.utf8.count))
    // A new document has no text yet, so that this write can't fail.
    try? document.write(text: text, blocks: blocks(of: text))
    return document
  }

  private static func blocks(of text: String) -> [Block] {
    var blocks: [Block] = []
    let bytes = Array(text.utf8)
    var start = 0
    for offset in 0...bytes.count {
      let isBreak = offset + 1 < bytes.count && bytes[offset] == 10 && bytes[offset + 1] == 10
      guard offset == bytes.count || isBreak else { continue }
      if offset > start { blocks.append(Block(span: TextSpan(start, offset))) }
      start = offset + 2
    }
    return blocks
  }
}

extension Annotator {
  /// Runs the stage on one document, as the runner would.
  public func annotated(_ document: Document, context: StageContext = StageContext()) throws -> Document {
    var document = document
    var worker = try makeWorker(context)
    defer { worker.finish() }
    try worker.annotate(&document)
    return document
  }
}
