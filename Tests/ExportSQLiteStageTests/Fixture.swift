import CSQLite
import ExportSQLiteStage
import Glibc
import PipelineKit
import PipelineTesting

/// A layer of a stage from outside.
struct Sanction: Annotation {
  static let layer: LayerName = "sanctions"
  static let fields = [
    Field("verb", .string, "What is done."), Field("by", .optional(.reference(Entity.layer)), "Who does it."),
    Field("scope", .optional(.span), "What it covers."),
  ]
  var span: TextSpan
  var verb: String
  func describe(to fields: inout some FieldVisitor) {
    fields.field("verb", verb)
    fields.field("by", .reference(Entity.layer, 0))
    fields.field("scope", span)
  }
}

func document(_ id: String, _ text: String = "Mosków backs the pipeline (RIA Novosti, March 3).") throws -> Document {
  var document = Document.sample(text, id: id)
  document.metadata.set(.title, "Title of \(id)", from: "og:title")
  document.metadata.set(.authors, list: ["A. Author", "B. Author"], from: "text")
  document.metadata.set(.published, "2012-03-05", from: "text")
  document.metadata.set("series", "x", from: "record")
  document.actors = [Actor(id: "RUS", name: "Russia", kind: .state)]
  let end = text.utf8.count
  document[Sentence.self] = [Sentence(span: TextSpan(0, end))]
  document[Token.self] = [Token(span: TextSpan(0, 7))]
  document[Entity.self] = [
    Entity(
      span: TextSpan(0, 7), type: .location, actor: "RUS", kind: .government, via: .metonymy,
      candidates: [.init(actor: "RUS", score: 0.97)]),
    Entity(span: TextSpan(18, 26), type: .other, actor: "misc:pipeline"),
  ]
  document[Citation.self] = [
    Citation(
      span: TextSpan(27, end - 1),
      sources: [.init(outlet: "RIA Novosti", date: "2012-03-03", country: "RUS", type: "agency")],
      supports: [0, 0, 9])
  ]
  document[DateMention.self] = [DateMention(span: TextSpan(41, 48), value: "2012-03-03")]
  document[Quote.self] = [Quote(span: TextSpan(8, 13), speaker: 0), Quote(span: TextSpan(8, 13), speaker: 7)]
  document[Stance.self] = [
    Stance(
      holder: .entity(0), target: .entity(1), polarity: .support, strength: 2, mode: .verbal, evidence: TextSpan(0, 26),
      citations: [0], confidence: 0.8),
    Stance(
      holder: .author, target: .issue(TextSpan(14, 26)), polarity: .oppose, strength: 1, mode: .material,
      evidence: TextSpan(8, 26), speaker: 1, confidence: 0.5),
  ]
  document[Sanction.self] = [Sanction(span: TextSpan(8, 13), verb: "ban")]
  return document
}

/// A fresh folder, removed when the test lets go of it.
final class Folder {
  let path: String
  init() {
    var template = Array("/tmp/pipeline-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }
  deinit {
    for name in names { unlink(path + "/" + name) }
    rmdir(path)
  }
  var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { found.append(name) }
    }
    return found.sorted()
  }
  func bytes(_ name: String) -> [UInt8] {
    guard let file = fopen(path + "/" + name, "r") else { return [] }
    defer { fclose(file) }
    var all: [UInt8] = []
    while case let byte = getc(file), byte != EOF { all.append(UInt8(byte)) }
    return all
  }
  func write(_ name: String, _ text: String) { write(name, bytes: Array(text.utf8)) }
  func write(_ name: String, bytes: [UInt8]) {
    guard let file = fopen(path + "/" + name, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  /// Runs the stage over documents into `out.db`, confirming each so many documents.
  func export(
    _ documents: [Document], confirming every: Int = 1, provenance: [Provenance] = [],
    prepare: (inout ExportSQLite) -> Void = { _ in }
  ) throws {
    var stage = ExportSQLite()
    stage.path = FilePath("out.db")
    prepare(&stage)
    let writer = try stage.makeWriter(StageContext(directory: path, provenance: provenance))
    do {
      for (index, document) in documents.enumerated() {
        try writer.write(stage.record(of: document))
        if index % every == every - 1 { try writer.confirm(SourcePosition(UInt64(index))) }
      }
      try writer.finish()
    } catch {
      _ = writer.abandon()
      throw error
    }
  }

  /// The rows of a query, cells joined by `|`, null as `∅`.
  func query(_ sql: String, in name: String = "out.db") -> [String] {
    var database: OpaquePointer?
    var statement: OpaquePointer?
    defer {
      sqlite3_finalize(statement)
      sqlite3_close(database)
    }
    guard sqlite3_open(path + "/" + name, &database) == SQLITE_OK,
      sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK
    else { return ["error: " + String(cString: sqlite3_errmsg(database))] }
    var rows: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      rows.append(
        (0..<sqlite3_column_count(statement))
          .map { sqlite3_column_text(statement, $0).map { String(cString: $0) } ?? "∅" }.joined(separator: "|"))
    }
    return rows
  }

  /// Everything in the database, in an order that doesn't depend on how it came in.
  func contents() -> [String] {
    let tables = query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'documents_fts%' AND name NOT LIKE 'sqlite%' ORDER BY name"
    )
    return tables.flatMap { table in query("SELECT * FROM \"\(table)\" ORDER BY 1, 2").map { table + ": " + $0 } }
  }
}
