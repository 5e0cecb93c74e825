import PipelineKit

/// A sink with its writer, without its types.
protocol SinkDriver: Sendable {
  var name: StageName { get }
  var path: FilePath { get }
  func record(of document: Document) throws -> any Sendable
  func open(_ context: StageContext) throws
  func write(_ record: any Sendable) throws
  func confirm(_ position: SourcePosition) throws
  func finish() throws
  func abandon() -> String?
}

/// Only `record(of:)` is called from several threads; the writer is the writing thread's alone.
final class DriverOf<S: Sink>: SinkDriver, @unchecked Sendable {
  private let sink: S
  private var writer: S.Writer?
  init(_ sink: S) { self.sink = sink }

  var name: StageName { S.name }
  var path: FilePath { sink.path }
  func record(of document: Document) throws -> any Sendable { try sink.record(of: document) }
  func open(_ context: StageContext) throws { writer = try sink.makeWriter(context) }
  func write(_ record: any Sendable) throws {
    guard let record = record as? S.Record else {
      throw StageFailure(stage: name, reason: "was handed another's record")
    }
    try writer?.write(record)
  }
  func confirm(_ position: SourcePosition) throws { try writer?.confirm(position) }
  func finish() throws { try writer?.finish() }
  func abandon() -> String? { writer?.abandon() }
}

func makeDriver(_ sink: some Sink) -> any SinkDriver { DriverOf(sink) }
