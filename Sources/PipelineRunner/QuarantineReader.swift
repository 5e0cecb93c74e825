import FoundationEssentials
import PipelineKit

/// Hands out what is in quarantine, as the source once handed it out: first the documents whose bytes are there, then
/// those that have to come from the source again, which is read once for all of them.
struct QuarantineReader<S: Source>: SourceReader {
  let source: S
  let context: StageContext
  let folder: String
  private let kept: [QuarantinedDocument]
  private let missing: [QuarantinedDocument]
  private var index = 0
  private var lostCount = 0
  private var again: Again?

  /// The source, read for documents whose bytes are not in quarantine.
  private enum Again {
    /// It gives these documents, and what they lead to.
    case these(S.Reader)
    /// It gives all it has; the ids are those that are still looked for.
    case all(S.Reader, Set<String>)
    case impossible(any Error)
  }
  /// The source's own position of the last document that came from it again.
  private var last: SourcePosition?

  init(source: S, context: StageContext, folder: String, documents: [QuarantinedDocument]) {
    (self.source, self.context, self.folder) = (source, context, folder)
    (kept, missing) = (documents.filter { $0.file != nil }, documents.filter { $0.file == nil })
  }

  var expected: ExpectedInput { ExpectedInput(documents: kept.count + missing.count) }

  mutating func next() throws -> RawDocument? {
    if index < kept.count {
      defer { index += 1 }
      return keptDocument(kept[index], folder + "/" + (kept[index].file ?? ""))
    }
    guard !missing.isEmpty else { return nil }
    switch again ?? open() {
    case .these(let reader): return try next(from: reader)
    case .all(let reader, let wanted): return try next(from: reader, wanted)
    case .impossible(let error):
      again = .impossible(error)
      return lost(missing.dropFirst(lostCount).first, "the source can't be read again: \(error)")
    }
  }

  mutating func confirm(_ position: SourcePosition) throws {
    guard let last, case .these(var reader) = again else { return }
    try reader.confirm(last)
  }

  private func open() -> Again {
    do {
      if let reader = try source.makeReader(context, of: missing.map(\.id)) { return .these(reader) }
      return .all(try source.makeReader(context, after: nil), Set(missing.map(\.id)))
    } catch { return .impossible(error) }
  }

  private mutating func next(from reader: S.Reader) throws -> RawDocument? {
    var reader = reader
    let raw = try reader.next()
    again = .these(reader)
    last = raw?.position ?? last
    return raw
  }

  private mutating func next(from reader: S.Reader, _ wanted: Set<String>) throws -> RawDocument? {
    var (reader, wanted) = (reader, wanted)
    defer { again = .all(reader, wanted) }
    while !wanted.isEmpty, let raw = try reader.next() {
      if wanted.remove(raw.id) != nil { return raw }
    }
    let document = missing.first { wanted.contains($0.id) }
    if let document { wanted.remove(document.id) }
    return lost(document, "the source has it no more")
  }

  /// A document that is nowhere.
  private mutating func lost(_ document: QuarantinedDocument?, _ reason: String) -> RawDocument? {
    lostCount += 1
    return document.map { RawDocument($0) { throw LostDocument(reason: reason) } }
  }

  private func keptDocument(_ document: QuarantinedDocument, _ path: String) -> RawDocument {
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
