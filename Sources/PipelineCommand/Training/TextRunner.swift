import AnnotatedData
import CCrash
import PipelineKit

/// Takes texts through annotators, one after another, on the calling thread.
struct TextRunner {
  private var workers: [(name: StageName, worker: any AnnotatorWorker)] = []

  /// Makes the workers, and with them loads the models.
  /// - Throws: the stage's name with its reason.
  init(_ annotators: [any Annotator], _ console: Console) throws {
    for annotator in annotators {
      let name = type(of: annotator).name
      let context = StageContext { console.error(printable("\(name): \($0)")) }
      do { workers.append((name, try Self.worker(of: annotator, context))) } catch {
        throw TextFailure(place: nil, stage: name, reason: "\(error)")
      }
    }
  }

  private static func worker(of annotator: some Annotator, _ context: StageContext) throws -> any AnnotatorWorker {
    try annotator.makeWorker(context)
  }

  /// The text's document with the annotators' layers.
  mutating func document(of text: AnnotatedText) throws -> Document {
    var document = text.document
    for index in workers.indices {
      crash_note(workers[index].name.description, document.origin.uri)
      do { try workers[index].worker.annotate(&document) } catch {
        throw TextFailure(place: text.place, stage: workers[index].name, reason: "\(error)")
      }
      if let reason = document.skipReason {
        throw TextFailure(place: text.place, stage: workers[index].name, reason: "leaves the text out: \(reason)")
      }
    }
    return document
  }

  mutating func finish() { for index in workers.indices { workers[index].worker.finish() } }
}

/// A stage could not process a text, or could not begin.
struct TextFailure: Error, CustomStringConvertible {
  let place: DataPlace?
  let stage: StageName
  let reason: String
  var description: String { (place.map { "\($0): " } ?? "") + "\(stage): \(reason)" }
}
