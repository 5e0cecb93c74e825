import FoundationEssentials
import PipelineKit

/// Hands out what is in quarantine, as the source once handed it out.
struct QuarantineReader<S: Source>: SourceReader {
  let source: S
  let folder: String
  let documents: [QuarantinedDocument]
  /// Documents whose bytes could not be read, as the source hands them out now.
  private let again: [String: RawDocument]
  private var index = 0

  /// - Parameter context: for looking up in the source what quarantine has no bytes of.
  init(source: S, folder: String, documents: [QuarantinedDocument], context: StageContext) throws {
    (self.source, self.folder, self.documents) = (source, folder, documents)
    var wanted = Set(documents.filter { $0.file == nil }.map(\.id))
    var again: [String: RawDocument] = [:]
    if !wanted.isEmpty {
      var reader = try source.makeReader(context, after: nil)
      while !wanted.isEmpty, let raw = try reader.next() {
        if wanted.remove(raw.id) != nil { again[raw.id] = raw }
      }
    }
    self.again = again
  }

  var expected: ExpectedInput { ExpectedInput(documents: documents.count) }

  mutating func next() throws -> RawDocument? {
    guard documents.indices.contains(index) else { return nil }
    defer { index += 1 }
    let document = documents[index]
    if document.file == nil, var raw = again[document.id] {
      raw.position = document.position
      return raw
    }
    return restored(document)
  }

  private func restored(_ document: QuarantinedDocument) -> RawDocument {
    let path = document.file.map { folder + "/" + $0 }
    var raw = RawDocument(
      id: document.id, uri: document.uri, position: document.position, mediaType: document.mediaType,
      charset: document.charset
    ) {
      guard let path, let data = FileManager.default.contents(atPath: path) else {
        throw QuarantineProblem(path: path ?? document.uri, reason: "the document's bytes are not to be had any more")
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
