/// A stage that writes documents.
///
/// Its work has two halves: ``record(of:)`` runs on the workers, in parallel; the writer takes the
/// records in the source's order, on one thread. An error of the first costs the document, one of the writer the run.
///
/// ```swift
/// struct Tally: Sink {
///   static let name: StageName = "tally"
///   static let summary = "Logs how many bytes of text there are."
///   var path: FilePath { FilePath("-") }
///   var mode: WriteMode { .replace }
///   func record(of document: Document) -> Int { document.text.utf8.count }
///   func makeWriter(_ context: StageContext) -> Writer { Writer(log: context.log) }
///
///   struct Writer: SinkWriter {
///     let log: @Sendable (String) -> Void
///     var bytes = 0
///     mutating func write(_ record: Int) { bytes += record }
///     mutating func confirm(_ position: SourcePosition) {}
///     mutating func finish() { log("\(bytes) bytes") }
///     mutating func abandon() -> String? { nil }
///   }
/// }
/// ```
public protocol Sink: Stage {
  associatedtype Record: Sendable = Document
  associatedtype Writer: SinkWriter<Record>
  /// Where it writes; the first sink's gives the quarantine and the manifest their names.
  var path: FilePath { get }
  /// Whether an older result is replaced or updated.
  var mode: WriteMode { get }
  /// All of a sink's work on one document that needs no order.
  func record(of document: Document) throws -> Record
  /// Called once, when the run is certain: opens what is written to. An older result stays as it is until the end.
  func makeWriter(_ context: StageContext) throws -> Writer
}

extension Sink where Record == Document {
  public func record(of document: Document) -> Document { document }
}

/// What becomes of an older result.
public enum WriteMode: String, CaseIterable, OptionValue {
  /// It is there until the new one is whole, and then gone.
  case replace
  /// By document id: new ones are added, known ones replaced, the others stay.
  case update
}

/// Writes records in the source's order, on one thread.
public protocol SinkWriter<Record> {
  associatedtype Record: Sendable
  /// Takes the next record.
  /// - Throws: ``OutputClosed`` where the reader has gone; any other error fails the run.
  mutating func write(_ record: Record) throws
  /// Makes everything written so far durable, together with the position: this survives a kill.
  mutating func confirm(_ position: SourcePosition) throws
  /// The run is whole: makes indexes and puts the result in its place.
  mutating func finish() throws
  /// The run ends early: closes what is open and leaves an older result untouched.
  /// - Returns: the path of the unfinished part, if one is kept.
  mutating func abandon() -> String?
}

/// Whoever read the output has closed it: a quiet end of the run, no error.
public struct OutputClosed: Error {
  public init() {}
}
