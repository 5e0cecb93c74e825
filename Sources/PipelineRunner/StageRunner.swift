internal import CCrash
import PipelineKit

/// Takes documents through the stages, on one thread. The copy that a thread has is its own.
struct StageRunner: Sendable {
  struct Step: Sendable {
    let name: StageName
    let needsText: Bool
    let gives: [LayerName]
    let batchSize: Int
    var worker: any AnnotatorWorker
  }
  var steps: [Step]
  let sinks: [any SinkDriver]
  let sourceName: StageName
  let maxDocument: Int
  /// Nanoseconds for each document and stage; nil for no limit.
  let timeLimit: UInt64?
  var profile: Profile

  /// Several documents, stage by stage. With one document this is the plain way of a document; with more it
  /// serves stages whose work is cheaper together.
  mutating func run(_ raws: [RawDocument], slot: WorkerSlot) -> [Outcome] {
    var batch = Batch(raws)
    for (index, raw) in raws.enumerated() { load(raw, at: index, into: &batch, slot) }
    for index in steps.indices where !batch.documents.isEmpty {
      let started = Deadline.now
      annotate(index, &batch, slot)
      profile.add(stage: index + 1, batch.documents, nanoseconds: Deadline.now - started)
      batch.settle()
    }
    for (index, document) in zip(batch.indices, batch.documents) { record(document, at: index, &batch, slot) }
    return batch.outcomes.compactMap { $0 }
  }

  mutating func finish() { for index in steps.indices { steps[index].worker.finish() } }

  private mutating func load(_ raw: RawDocument, at index: Int, into batch: inout Batch, _ slot: WorkerSlot) {
    let started = Deadline.now
    crash_note(sourceName.description, raw.id)
    slot.begin(index, stage: sourceName)
    var known: [UInt8]?
    do {
      let content = try raw.load()
      let bytes = content.bytes
      known = bytes
      guard bytes.count <= maxDocument else { throw DocumentTooLarge(bytes: bytes.count, limit: maxDocument) }
      var document = Document(
        id: content.id ?? raw.id,
        origin: Origin(
          uri: raw.uri, mediaType: content.mediaType ?? raw.mediaType, charset: raw.charset, byteCount: bytes.count,
          sha256: sha256(bytes)),
        raw: bytes, metadata: content.metadata)
      if let text = content.text { try document.write(text: text.text, blocks: text.blocks) }
      document.deadline = slot.deadline
      batch.append(document, at: index)
      profile.add(stage: 0, [document], nanoseconds: Deadline.now - started)
    } catch let error as UnreadableDocument {
      batch.fail(at: index, sourceName, error.reason, bytes: error.bytes)
    } catch {
      batch.fail(at: index, sourceName, "\(error)", bytes: known)
    }
  }

  private mutating func annotate(_ index: Int, _ batch: inout Batch, _ slot: WorkerSlot) {
    let name = steps[index].name
    if steps[index].needsText {
      batch.failAll(name, where: { !$0.hasText }, "the document has no text; add clean after \(sourceName)")
    }
    if steps[index].batchSize > 1 {
      annotateTogether(index, &batch, slot)
    } else {
      for position in batch.documents.indices where !batch.isLost(position) {
        crash_note(name.description, batch.documents[position].id)
        slot.begin(batch.indices[position], stage: name, document: batch.documents[position])
        slot.deadline.set(after: timeLimit)
        do { try steps[index].worker.annotate(&batch.documents[position]) } catch {
          batch.fail(position: position, name, "\(error)")
        }
      }
    }
    batch.declare(steps[index].gives)
  }

  private mutating func annotateTogether(_ index: Int, _ batch: inout Batch, _ slot: WorkerSlot) {
    let name = steps[index].name
    guard let first = batch.documents.first else { return }
    let others = batch.documents.count - 1
    crash_note(name.description, others > 0 ? "\(first.id) or one of the \(others) after it" : first.id)
    // They share the time that they would have one after another.
    slot.deadline.set(after: timeLimit.map { $0 * UInt64(batch.documents.count) })
    slot.begin(nil, stage: name)
    let before = batch.documents
    var failures: [(Int, any Error)] = []
    steps[index].worker.annotate(&batch.documents) { failures.append(($0, $1)) }
    if batch.documents.count != before.count || !zip(batch.documents, before).allSatisfy({ $0.id == $1.id }) {
      batch.documents = before
      for position in before.indices {
        batch.fail(position: position, name, "the stage gave back other documents than it took, or in another order")
      }
    }
    for (position, error) in failures { batch.fail(position: position, name, "\(error)") }
  }

  private mutating func record(_ document: Document, at index: Int, _ batch: inout Batch, _ slot: WorkerSlot) {
    var records: [any Sendable] = []
    for (number, sink) in sinks.enumerated() {
      let started = Deadline.now
      crash_note(sink.name.description, document.id)
      slot.begin(index, stage: sink.name, document: document)
      do { records.append(try sink.record(of: document)) } catch {
        return batch.fail(document, at: index, sink.name, "\(error)")
      }
      profile.add(stage: steps.count + 1 + number, [document], nanoseconds: Deadline.now - started)
    }
    batch.outcomes[index] = batch.outcome(
      index, id: document.id, bytes: document.raw.count,
      .records(records, hasText: document.hasText && !document.text.isEmpty))
  }
}

/// A document larger than `max_document`.
struct DocumentTooLarge: Error, CustomStringConvertible {
  let bytes: Int
  let limit: Int
  var description: String {
    "\(bytes) bytes are more than max_document allows (\(limit)); raise it with run: { max_document: … }"
  }
}
