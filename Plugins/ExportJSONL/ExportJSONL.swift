public import DocumentRecord
internal import FileOutput
public import PipelineKit

/// Writes each document as one line of JSON, schema `pipeline.document/1`.
public struct ExportJSONL: Sink {
  public static let name: StageName = "export.jsonl"
  public static let summary = "Writes each document as one line of JSON, with all of its layers."
  public var needs: [LayerName] { (layers ?? []).map { LayerName($0) } }

  @Option("File to write; - is standard output.", required: true)
  public var path = FilePath()
  @Option("Whether an older file is replaced, or updated by document id.")
  public var mode = WriteMode.replace
  @Option("What offsets count: Unicode code points, UTF-8 bytes or UTF-16 code units.")
  public var offsets = OffsetUnit.codepoint
  @Option("The only layers to write; null for all that there are.")
  public var layers: [String]? = nil
  @Option("Whether tokens are written; without them a line is about half as long.")
  public var tokens = true

  public init() {}

  public func problems() -> [OptionProblem] {
    var found: [OptionProblem] = []
    if mode == .update, path.isStandardStream {
      found.append(OptionProblem("mode", "can't be update on standard output; write to a file"))
    }
    for (layer, other) in danglingReferences(among: layers) {
      found.append(OptionProblem("layers", "has \(layer), whose entries refer to \(other); add \(other)"))
    }
    return found
  }

  public func record(of document: Document) throws -> DocumentLine {
    let encoder = RecordEncoder(
      offsets: offsets, layers: layers?.map { LayerName($0) }, omitting: tokens ? [] : [Token.layer])
    return DocumentLine(id: document.id, bytes: try encoder.line(of: document))
  }

  public func makeWriter(_ context: StageContext) throws -> LineWriter {
    LineWriter(
      file: try KeyedFile(path.resolved(in: context.directory), mode: mode, format: KeyedFormat(key: documentID)))
  }
}

/// A document's record as it will stand in the file.
public struct DocumentLine: Sendable {
  public let id: String
  /// JSON in UTF-8 with its line break.
  public let bytes: [UInt8]
}

/// Writes lines that are made already.
public struct LineWriter: SinkWriter {
  let file: KeyedFile
  public func write(_ record: DocumentLine) throws { try file.write(record.bytes, key: record.id) }
  public func confirm(_ position: SourcePosition) throws { try file.sync() }
  public func finish() throws { try file.finish() }
  public func abandon() -> String? { file.abandon() }
}
