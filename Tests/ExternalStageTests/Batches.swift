import ExternalStage
import PipelineKit
import PipelineTesting

/// What became of a batch.
struct Batch {
  var documents: [Document]
  var failures: [Int: String] = [:]

  /// Takes the texts through the stage in batches, as a worker of a run does, and ends it.
  init(_ texts: [String], _ stage: External, _ context: StageContext) throws {
    documents = texts.enumerated().map { Document.sample($1, id: "d\($0)") }
    var worker = try stage.makeWorker(context)
    try run(&worker, size: stage.batchSize)
    worker.finish()
  }

  /// Takes documents through a worker that goes on afterwards.
  init(_ documents: [Document], _ worker: inout ExternalWorker, size: Int = 64) throws {
    self.documents = documents
    try run(&worker, size: size)
  }

  private mutating func run(_ worker: inout ExternalWorker, size: Int) throws {
    for start in stride(from: 0, to: documents.count, by: size) {
      var part = Array(documents[start..<min(documents.count, start + size)])
      worker.annotate(&part) { failures[start + $0] = "\($1)" }
      documents.replaceSubrange(start..<(start + part.count), with: part)
    }
  }

  /// Whether each document but the failed ones has the mark that `mark` of the test programs makes, and its own.
  var survivorsAreRight: Bool {
    documents.indices.allSatisfy { index in
      if failures[index] != nil { return !documents[index].has("own") }
      let first = documents[index].text.utf8.prefix { $0 > 32 }.count
      return documents[index].entries(of: "own") == ["0-\(first) \([NamedValue("of", .string("d\(index)"))])"]
    }
  }
}

extension Document {
  /// A layer's annotations, to be compared.
  func entries(of layer: LayerName) -> [String] {
    var entries: [String] = []
    visit(layer) {
      var fields = FieldCollector()
      $0.describe(to: &fields)
      entries.append("\($0.span.start)-\($0.span.end) \(fields.values)")
    }
    return entries
  }
}

/// Texts whose first words have characters of one to four bytes.
func texts(_ count: Int) -> [String] {
  (0..<count).map { ["Moscow agreed", "Zürich né", "Тбилиси 🙂", "🇬🇪🙂 — text"][$0 % 4] + " number \($0)." }
}
