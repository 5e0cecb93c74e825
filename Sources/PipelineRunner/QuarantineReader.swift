import FoundationEssentials
import PipelineKit

/// Hands out what is in quarantine, as the source once handed it out.
struct QuarantineReader<S: Source>: SourceReader {
  let source: S
  let folder: String
  let documents: [QuarantinedDocument]
  private var index = 0

  init(source: S, folder: String, documents: [QuarantinedDocument]) {
    (self.source, self.folder, self.documents) = (source, folder, documents)
  }

  var expected: ExpectedInput { ExpectedInput(documents: documents.count) }

  mutating func next() throws -> RawDocument? {
    guard documents.indices.contains(index) else { return nil }
    defer { index += 1 }
    let document = documents[index]
    let path = folder + "/" + document.file
    var raw = RawDocument(
      id: document.id, uri: document.uri, position: document.position, mediaType: document.mediaType,
      charset: document.charset
    ) {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw QuarantineProblem(path: path, reason: "the document's bytes are gone")
      }
      return RawContent(bytes: Array(data))
    }
    let source = source
    raw.load = { [raw] in
      var content = try source.content(of: raw.load().bytes, as: raw)
      content.id = document.id
      for entry in document.metadata.entries where content.metadata.entry(entry.key) == nil {
        content.metadata.set(entry.key, list: entry.values, from: entry.from)
      }
      return content
    }
    return raw
  }
}
