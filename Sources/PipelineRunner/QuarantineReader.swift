import FoundationEssentials
import PipelineKit

/// Hands out what is in quarantine, as the source once handed it out. A document whose bytes are not there is
/// looked for in the source itself, which is read once for all of them.
struct QuarantineReader<S: Source>: SourceReader {
  let source: S
  let context: StageContext
  let folder: String
  let documents: [QuarantinedDocument]
  private var index = 0
  private var found: Result<[String: RawDocument], any Error>?

  init(source: S, context: StageContext, folder: String, documents: [QuarantinedDocument]) {
    (self.source, self.context, self.folder, self.documents) = (source, context, folder, documents)
  }

  var expected: ExpectedInput { ExpectedInput(documents: documents.count) }

  mutating func next() throws -> RawDocument? {
    guard documents.indices.contains(index) else { return nil }
    defer { index += 1 }
    let document = documents[index]
    guard let file = document.file else { return again(document) }
    return kept(document, folder + "/" + file)
  }

  private func kept(_ document: QuarantinedDocument, _ path: String) -> RawDocument {
    var raw = RawDocument(document) {
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

  private mutating func again(_ document: QuarantinedDocument) -> RawDocument {
    let found = found ?? Result { try search() }
    self.found = found
    switch found {
    case .success(let raws):
      return raws[document.id] ?? RawDocument(document) { throw LostDocument(reason: "the source has it no more") }
    case .failure(let error):
      return RawDocument(document) { throw LostDocument(reason: "the source can't be read again: \(error)") }
    }
  }

  private func search() throws -> [String: RawDocument] {
    var wanted = Set(documents.filter { $0.file == nil }.map(\.id))
    var raws: [String: RawDocument] = [:]
    var reader = try source.makeReader(context, after: nil)
    while !wanted.isEmpty, let raw = try reader.next() {
      if wanted.remove(raw.id) != nil { raws[raw.id] = raw }
    }
    return raws
  }
}

/// A document without bytes in quarantine that is not in the source either.
private struct LostDocument: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}

extension RawDocument {
  fileprivate init(_ document: QuarantinedDocument, load: @escaping @Sendable () throws -> RawContent) {
    self.init(
      id: document.id, uri: document.uri, position: document.position, mediaType: document.mediaType,
      charset: document.charset, load: load)
  }
}
