public import PipelineFile
public import PipelineKit
import Threads

/// The annotators of a plan tried on single documents, on the calling thread; nothing is written.
public struct Trial {
  private let plan: Plan
  private var runner: StageRunner
  private let slot = WorkerSlot()
  private let capture = Capture()

  /// Makes the workers, and with them loads the models.
  public init(_ plan: Plan, log: @escaping @Sendable (String) -> Void = { _ in }) throws {
    var settings = RunSettings()
    settings.log = log
    self.plan = plan
    runner = try PipelineRun(plan, settings: settings).stageRunner(sinks: [capture])
  }

  /// Takes bytes through all annotators, read as the plan's source would read them.
  ///
  /// - Throws: the stage's name with its reason, where a stage fails or leaves the document out.
  public mutating func document(from bytes: [UInt8], id: String, mediaType: MediaType) throws -> Document {
    try document(from: bytes, id: id, mediaType: mediaType, plan.source)
  }

  private mutating func document(
    from bytes: [UInt8], id: String, mediaType: MediaType, _ source: some Source
  ) throws -> Document {
    var raw = RawDocument(id: id, uri: id, position: SourcePosition(0), mediaType: mediaType) {
      RawContent(bytes: bytes)
    }
    raw.load = { [raw] in try source.content(of: bytes, as: raw) }
    let outcome = runner.run([raw], slot: slot).first
    runner.finish()
    switch outcome?.kind {
    case .failed(let failure): throw StageFailure(stage: failure.stage, reason: failure.reason)
    case .skipped(let reason): throw StageFailure(stage: "pipeline", reason: "the document is left out: \(reason)")
    case .records, nil:
      guard let document = capture.document else {
        throw StageFailure(stage: "pipeline", reason: "no document came out")
      }
      return document
    }
  }
}

/// A sink that keeps the document itself.
private final class Capture: SinkDriver, Sendable {
  private let last = Monitor<Document?>(nil)
  let name: StageName = "try"
  let path = FilePath("-")
  var document: Document? { last.read { $0 } }
  func record(of document: Document) throws -> any Sendable {
    last.update { $0 = document }
    return 0
  }
  func open(_ context: StageContext) throws {}
  func write(_ record: any Sendable) throws {}
  func confirm(_ position: SourcePosition) throws {}
  func finish() throws {}
  func abandon() -> String? { nil }
}
