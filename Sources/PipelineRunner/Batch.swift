import PipelineKit

/// Documents on their way through the stages together, and what became of those that left the way.
struct Batch {
  private let raws: [RawDocument]
  /// One for each raw document, nil while it is on its way.
  var outcomes: [Outcome?]
  /// Those on their way.
  var documents: [Document] = []
  /// Where each of them stands among the raw documents.
  private(set) var indices: [Int] = []

  init(_ raws: [RawDocument]) {
    self.raws = raws
    outcomes = Array(repeating: nil, count: raws.count)
    documents.reserveCapacity(raws.count)
  }

  mutating func append(_ document: Document, at index: Int) {
    documents.append(document)
    indices.append(index)
  }

  func outcome(_ index: Int, id: String, bytes: Int, _ kind: Outcome.Kind) -> Outcome {
    Outcome(id: id, position: raws[index].position, bytes: bytes, kind: kind)
  }

  /// Whether the document at this position has failed already.
  func isLost(_ position: Int) -> Bool { outcomes[indices[position]] != nil }

  /// A document that could not be loaded.
  mutating func fail(at index: Int, _ stage: StageName, _ reason: String, bytes: [UInt8]?) {
    let failure = raws[index].failure(stage, reason, bytes: bytes)
    outcomes[index] = outcome(index, id: raws[index].id, bytes: bytes?.count ?? 0, .failed(failure))
  }

  mutating func fail(position: Int, _ stage: StageName, _ reason: String) {
    guard documents.indices.contains(position) else { return }
    fail(documents[position], at: indices[position], stage, reason)
  }

  mutating func fail(_ document: Document, at index: Int, _ stage: StageName, _ reason: String) {
    let failure = Failure(
      stage: stage, reason: reason, uri: document.origin.uri, mediaType: document.origin.mediaType,
      charset: document.origin.charset, metadata: document.metadata, bytes: document.raw)
    outcomes[index] = outcome(index, id: document.id, bytes: document.raw.count, .failed(failure))
  }

  mutating func failAll(_ stage: StageName, where isLost: (Document) -> Bool, _ reason: String) {
    for position in documents.indices where isLost(documents[position]) { fail(position: position, stage, reason) }
    settle()
  }

  /// A stage's layers are there after it, if only empty, so that exports can tell "none found" from "not asked".
  mutating func declare(_ layers: [LayerName]) {
    for position in documents.indices {
      for layer in layers where layer != .text && !documents[position].has(layer) {
        documents[position].set(layer, to: [])
      }
    }
  }

  /// Takes out the documents that have failed or were skipped.
  mutating func settle() {
    for (position, index) in indices.enumerated() where outcomes[index] == nil {
      guard let reason = documents[position].skipReason else { continue }
      outcomes[index] = outcome(
        index, id: documents[position].id, bytes: documents[position].raw.count, .skipped(reason))
    }
    guard indices.contains(where: { outcomes[$0] != nil }) else { return }
    let staying = indices.indices.filter { outcomes[indices[$0]] == nil }
    documents = staying.map { documents[$0] }
    indices = staying.map { indices[$0] }
  }
}

extension RawDocument {
  func failure(_ stage: StageName, _ reason: String, bytes: [UInt8]?) -> Failure {
    Failure(
      stage: stage, reason: reason, uri: uri, mediaType: mediaType, charset: charset, metadata: Metadata(), bytes: bytes
    )
  }
}
