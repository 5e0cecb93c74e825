public import DocumentRecord
public import PipelineKit

/// Writes documents and layers as tables of an SQLite database, with full-text search and views.
public struct ExportSQLite: Sink {
  public static let name: StageName = "export.sqlite"
  public static let summary = "Writes documents and layers as tables of an SQLite database, with full-text search."

  @Option("Database to write.", required: true)
  public var path = FilePath()
  @Option("Whether an older database is replaced, or updated by document id.")
  public var mode = WriteMode.replace
  @Option("What offsets count: Unicode code points, UTF-8 bytes or UTF-16 code units.")
  public var offsets = OffsetUnit.codepoint
  @Option("Whether there is a table of tokens, which is several times as large as all others.")
  public var tokens = false

  public init() {}

  public func problems() -> [OptionProblem] {
    path.isStandardStream ? [OptionProblem("path", "can't be standard output; name a file")] : []
  }

  public func record(of document: Document) throws -> DocumentRows {
    try DocumentRows(document, offsets: offsets, tokens: tokens)
  }

  public func makeWriter(_ context: StageContext) throws -> DatabaseWriter {
    DatabaseWriter(
      result: try ResultDatabase(
        path.resolved(in: context.directory), mode: mode, offsets: offsets, tokens: tokens,
        provenance: context.provenance))
  }
}

/// Writes the rows of documents.
public struct DatabaseWriter: SinkWriter {
  let result: ResultDatabase
  public func write(_ record: DocumentRows) throws { try result.write(record) }
  public func confirm(_ position: SourcePosition) throws { try result.confirm(position) }
  public func finish() throws { try result.finish() }
  public func abandon() -> String? { result.abandon() }
}
