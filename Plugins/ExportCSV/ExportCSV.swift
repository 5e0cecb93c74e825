public import DocumentRecord
public import PipelineKit

/// Writes one kind of rows as CSV: documents, or the entries of one layer.
public struct ExportCSV: Sink {
  public static let name: StageName = "export.csv"
  public static let summary = "Writes documents, or the entries of one layer, as rows of a CSV file."
  public var needs: [LayerName] {
    switch content {
    case .documents: []
    case .stances: [Entity.layer, Stance.layer]
    case .layer(let name): [name]
    }
  }

  @Option("File to write; - is standard output.", required: true)
  public var path = FilePath()
  @Option(
    "What the rows are: documents, or a layer such as sentences, entities, citations, stances or one of your own.")
  public var rows = "documents"
  @Option("Whether an older file is replaced, or updated by document id.")
  public var mode = WriteMode.replace
  @Option("What offsets count: Unicode code points, UTF-8 bytes or UTF-16 code units.")
  public var offsets = OffsetUnit.codepoint
  @Option("Puts an apostrophe before texts that a spreadsheet would take for a formula.")
  public var guardFormulas = false

  public init() {}

  public func problems() -> [OptionProblem] {
    var found: [OptionProblem] = []
    if mode == .update, path.isStandardStream {
      found.append(OptionProblem("mode", "can't be update on standard output; write to a file"))
    }
    if rows.isEmpty || rows == LayerName.text.description {
      found.append(OptionProblem("rows", "wants documents or the name of a layer; the text is a column of documents"))
    }
    return found
  }

  var content: RowContent {
    switch LayerName(rows) {
    case "documents": .documents
    case Stance.layer: .stances
    case let name: .layer(name)
    }
  }

  public func record(of document: Document) throws -> DocumentTable {
    let text = RecordText(document.text, unit: offsets)
    let table =
      switch content {
      case .documents: documentTable(document)
      case .stances: stanceTable(document, text)
      case .layer(let name): layerTable(name, document, text)
      }
    return DocumentTable(id: document.id, table: table, guardsFormulas: guardFormulas)
  }

  public func makeWriter(_ context: StageContext) throws -> CSVWriter {
    CSVWriter(
      result: try ResultTable(
        path.resolved(in: context.directory), mode: mode, columns: content.columns, guardsFormulas: guardFormulas))
  }
}

/// What the rows of a file are.
enum RowContent {
  case documents
  case stances
  case layer(LayerName)

  /// The columns, where they are known before the first document.
  var columns: [String]? {
    switch self {
    case .documents: documentColumns
    case .stances: stanceColumns
    case .layer(let name): StandardLayers.type(of: name).map { layerColumns(prefix: $0.idPrefix, fields: $0.fields) }
    }
  }
}

/// Writes the rows of documents.
public struct CSVWriter: SinkWriter {
  let result: ResultTable
  public func write(_ record: DocumentTable) throws { try result.write(record) }
  public func confirm(_ position: SourcePosition) throws { try result.confirm() }
  public func finish() throws { try result.finish() }
  public func abandon() -> String? { result.abandon() }
}
