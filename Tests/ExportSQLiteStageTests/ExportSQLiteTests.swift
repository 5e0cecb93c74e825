import CSQLite
import DocumentRecord
import ExportSQLiteStage
import FileOutput
import Foundation
import Glibc
import PipelineKit
import PipelineTesting
import Testing

@Suite("export.sqlite")
struct ExportSQLiteTests {
  static let provenance = [
    Provenance(
      layers: ["entities"], stage: "entities", version: 3, optionsHash: "ab",
      model: ModelIdentity(name: "m", version: "1"))
  ]

  @Test("makes the schema of the golden file")
  func schema() throws {
    let folder = Folder()
    try folder.export([document("a")]) { $0.tokens = true }
    let schema =
      folder.query(
        "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'documents_fts_%' AND name NOT LIKE 'sqlite%' ORDER BY type DESC, name"
      ).joined(separator: "\n") + "\n"
    let golden = try #require(Bundle.module.url(forResource: "Data/schema", withExtension: "sql"))
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Data/schema.sql")
      try schema.write(to: source, atomically: true, encoding: .utf8)
    } else {
      #expect(try String(contentsOf: golden, encoding: .utf8) == schema)
    }
  }

  @Test("is sound and keeps every foreign key, also where a stage referred to nothing")
  func soundness() throws {
    let folder = Folder()
    var dangling = try document("dangling")
    dangling.remove("sentences")
    dangling.actors = []
    var stances = dangling[Stance.self]
    stances[0].holder = .entity(77)
    stances[0].target = .entity(-1)
    stances[0].citations = [5]
    dangling[Stance.self] = stances
    try folder.export([document("a"), dangling, Document(id: "bare", origin: Origin(uri: "b", mediaType: .html))])
    #expect(folder.query("PRAGMA integrity_check") == ["ok"])
    #expect(folder.query("PRAGMA foreign_key_check").isEmpty)
    #expect(folder.query("SELECT count(*) FROM stances WHERE holder IS NULL") == ["3"])
    #expect(folder.query("SELECT id, name FROM actors") == ["RUS|Russia", "misc:pipeline|∅"])
    #expect(folder.names == ["out.db"])
  }

  @Test("holds the values of the layers")
  func values() throws {
    let folder = Folder()
    try folder.export([document("a")], provenance: Self.provenance)
    #expect(
      folder.query("SELECT id, title, published, other_metadata, json_extract(metadata_from, '$.title') FROM documents")
        == [#"a|Title of a|2012-03-05|{"series":["x"]}|og:title"#])
    #expect(folder.query("SELECT number, name FROM authors") == ["1|A. Author", "2|B. Author"])
    #expect(
      folder.query(
        "SELECT e.span_end, e.text, e.actor, e.via, substr(d.text, span_start + 1, span_end - span_start) FROM entities e JOIN documents d USING (document)"
      )
        == ["6|Mosków|RUS|metonymy|Mosków", "25|pipeline|misc:pipeline|∅|pipeline"])
    #expect(folder.query("SELECT citation, sentence FROM citation_supports") == ["1|1"])
    #expect(folder.query("SELECT outlet, country FROM citation_sources") == ["RIA Novosti|RUS"])
    #expect(folder.query("SELECT speaker FROM quotes") == ["1", "∅"])
    #expect(folder.query("SELECT key, value FROM meta") == ["offsets|codepoint", "schema|pipeline.sqlite/1"])
    #expect(folder.query("SELECT * FROM provenance") == ["entities|entities|3|ab|m|1"])
    #expect(folder.query("SELECT count(*) FROM sqlite_stat1").first != "0")
    #expect(folder.query("SELECT 1 FROM tokens").first?.hasPrefix("error: no such table") == true)
  }

  @Test("shows who said what about whom, and by month")
  func views() throws {
    let folder = Folder()
    try folder.export([document("a"), document("b")])
    #expect(
      folder.query(
        "SELECT document, published, holder, holder_actor, holder_name, target, target_actor, polarity, evidence, speaker, sources FROM who_said_what_about_whom WHERE document = 'a' ORDER BY polarity DESC"
      ) == [
        "a|2012-03-05|Mosków|RUS|Russia|pipeline|misc:pipeline|support|Mosków backs the pipeline|∅|RIA Novosti",
        "a|2012-03-05|author|∅|∅|the pipeline|∅|oppose|backs the pipeline|pipeline|∅",
      ])
    #expect(
      folder.query("SELECT month, holder_actor, target_actor, target, polarity, stances FROM stances_by_month") == [
        "2012-03|∅|∅|the pipeline|oppose|2", "2012-03|RUS|misc:pipeline|∅|support|2",
      ])
  }

  @Test("finds words in title and text, without their accents")
  func search() throws {
    let folder = Folder()
    let search =
      "SELECT d.id FROM documents_fts f JOIN documents d ON d.document = f.rowid WHERE documents_fts MATCH ? ORDER BY 1"
    func found(_ words: String) -> [String] { folder.query(search.replacingOccurrences(of: "?", with: "'\(words)'")) }
    try folder.export([document("a"), document("b", "Ankara refused everything in the whole of the treaty.")])
    #expect(found("moskow") == ["a"])
    #expect(found("title") == ["a", "b"])
    try folder.export([document("a", "Budapest has now another view of this whole question.")]) { $0.mode = .update }
    #expect(found("moskow") == [])
    #expect(found("budapest") == ["a"])
    #expect(folder.query("INSERT INTO documents_fts (documents_fts, rank) VALUES ('integrity-check', 1)") == [])
  }

  @Test("updated twice holds what replacing once gives")
  func updating() throws {
    let (one, two) = (Folder(), Folder())
    let documents = try (0..<9).map { try document("d\($0)") }
    try one.export(documents, provenance: Self.provenance) { $0.tokens = true }
    let older = try (0..<7).map { try document("d\($0)", "An older text, which is as long as it has to be here.") }
    for batch in [older, Array(documents[3...]), Array(documents[..<5])] {
      try two.export(batch, confirming: 2, provenance: Self.provenance) { ($0.mode, $0.tokens) = (.update, true) }
    }
    #expect(two.contents() == one.contents())
    #expect(two.query("PRAGMA integrity_check") == ["ok"])
    #expect(two.query("PRAGMA foreign_key_check").isEmpty)
    #expect(two.names == ["out.db"])
  }

  @Test("drops actors whom no document knows any more")
  func actors() throws {
    let folder = Folder()
    try folder.export([document("a")])
    var bare = try document("a")
    (bare.actors, bare[Entity.self]) = ([], [])
    try folder.export([bare]) { $0.mode = .update }
    #expect(folder.query("SELECT count(*) FROM actors") == ["0"])
  }

  @Test("gives the same bytes whenever documents are confirmed")
  func deterministic() throws {
    let (one, two) = (Folder(), Folder())
    let documents = try (0..<300).map { try document("d\($0)") }
    try one.export(documents, confirming: 1)
    try two.export(documents, confirming: 1000)
    let (first, second) = (one.bytes("out.db"), two.bytes("out.db"))
    #expect(first.count == second.count)
    #expect(zip(first, second).enumerated().filter { $1.0 != $1.1 }.map(\.offset) == [])
  }

  @Test("keeps an older result when it is abandoned, and the part holds what was finished")
  func abandoning() throws {
    let folder = Folder()
    try folder.export([document("a")])
    var stage = ExportSQLite()
    stage.path = FilePath(folder.path + "/out.db")
    let writer = try stage.makeWriter(StageContext())
    try writer.write(stage.record(of: document("b")))
    try writer.confirm(SourcePosition(4))
    #expect(writer.abandon() == folder.path + "/out.db.part")
    #expect(folder.query("SELECT id FROM documents") == ["a"])
    #expect(folder.query("SELECT id FROM documents", in: "out.db.part") == ["b"])
    #expect(
      folder.query("SELECT value FROM meta WHERE key = 'position'", in: "out.db.part") == ["00000000000000000004"])
    #expect(folder.names == ["out.db", "out.db.part"])
  }

  @Test("is not touched by what a killed run left behind")
  func afterKill() throws {
    let folder = Folder()
    var stage = ExportSQLite()
    stage.path = FilePath(folder.path + "/out.db")
    let killed = try stage.makeWriter(StageContext())
    try killed.write(stage.record(of: document("a")))
    try killed.confirm(SourcePosition(0))
    // The log is what a kill leaves, beside the part and beside a database that was being updated.
    let log = folder.bytes("out.db.part-wal")
    #expect(log.count > 4096)
    _ = killed.abandon()
    for name in ["out.db.part-wal", "out.db-wal"] { folder.write(name, bytes: log) }
    try folder.export([document("a"), document("b")])
    #expect(folder.query("SELECT id FROM documents ORDER BY id") == ["a", "b"])
    #expect(folder.query("PRAGMA integrity_check") == ["ok"])
    #expect(folder.names == ["out.db"])
  }

  @Test("takes back in an older database what was not confirmed")
  func rollback() throws {
    let folder = Folder()
    try folder.export([document("a")])
    var stage = ExportSQLite()
    (stage.path, stage.mode) = (FilePath(folder.path + "/out.db"), .update)
    let writer = try stage.makeWriter(StageContext())
    try writer.write(stage.record(of: document("b")))
    try writer.confirm(SourcePosition(0))
    try writer.write(stage.record(of: document("c")))
    #expect(writer.abandon() == nil)
    #expect(folder.query("SELECT id FROM documents ORDER BY 1") == ["a", "b"])
    #expect(folder.names == ["out.db"])
  }
}

@Suite("export.sqlite, a layer of one's own")
struct CustomLayerTests {
  @Test("is a table with the declared fields, spans as two columns and references as numbers")
  func declared() throws {
    let folder = Folder()
    var empty = try document("b")
    empty[Sanction.self] = []
    try folder.export([empty, document("a")])
    #expect(
      folder.query("SELECT number, span_start, span_end, verb, \"by\", scope_start, scope_end FROM sanctions") == [
        "1|7|12|ban|1|7|12"
      ])
  }

  @Test("gets columns as fields are met, whatever they are called")
  func discovered() throws {
    let folder = Folder()
    func odd(_ id: String, _ layer: LayerName, _ values: [NamedValue]) -> Document {
      var document = Document.sample("Some text.", id: id)
      document.set(layer, to: [NamedAnnotation(span: TextSpan(0, 4), values: values)])
      return document
    }
    let rows = [
      odd("a", "odd\" name", [NamedValue("se\"lect", .string("x")), NamedValue("Number", .integer(3))]),
      odd("b", "odd\" name", [NamedValue("SE\"LECT", .boolean(true)), NamedValue("at", .span(TextSpan(5, 9)))]),
      odd("c", "documents", [NamedValue("n", .list([.integer(1), .span(TextSpan(0, 4))]))]),
      odd("d", "Odd\" Name", [NamedValue("", .number(0.5))]), odd("e", "sqlite_x", []), odd("f", "", []),
    ]
    for mode in [WriteMode.replace, .update] {
      try folder.export(rows) { $0.mode = mode }
      #expect(
        folder.query("SELECT layer, table_name FROM layers ORDER BY 1") == [
          "|unnamed", "Odd\" Name|layer_Odd\" Name", "documents|layer_documents", "odd\" name|odd\" name",
          "sqlite_x|layer_sqlite_x",
        ])
      #expect(
        folder.query("SELECT d.id, t.* FROM \"odd\"\" name\" t JOIN documents d USING (document)") == [
          "a|1|1|0|4|x|3|∅|∅|∅", "b|2|1|0|4|∅|∅|1|5|9",
        ])
      #expect(folder.query("SELECT n FROM layer_documents") == [#"[1,{"start":0,"end":4}]"#])
      #expect(folder.query("SELECT unnamed FROM \"layer_Odd\"\" Name\"") == ["0.5"])
      #expect(
        folder.query("SELECT column_name FROM layer_columns WHERE layer = 'odd\" name'") == [
          "se\"lect", "field_Number", "field_SE\"LECT", "at_start", "at_end",
        ])
    }
  }
}

@Suite("export.sqlite refuses")
struct ExportSQLiteProblemTests {
  func problem(_ folder: Folder, _ prepare: (inout ExportSQLite) -> Void = { $0.mode = .update }) -> String {
    let problem = #expect(throws: OutputProblem.self) { try folder.export([document("a")], prepare: prepare) }
    return problem?.description ?? ""
  }

  @Test("to update what is not its own database")
  func foreign() throws {
    let folder = Folder()
    folder.write("out.db", String(repeating: "this is no database at all, only text. ", count: 200))
    #expect(problem(folder).contains("it is no SQLite database; use mode: replace"))
    let other = Folder()
    #expect(other.query("PRAGMA user_version") == ["0"])
    _ = other.query("CREATE TABLE mine (x)")
    let before = other.bytes("out.db")
    #expect(problem(other).contains("this export has not made"))
    #expect(other.bytes("out.db") == before)
  }

  @Test("to mix units of offsets")
  func units() throws {
    let folder = Folder()
    try folder.export([document("a")])
    #expect(problem(folder) { ($0.mode, $0.offsets) = (.update, .utf8) }.contains("use the same offsets as before"))
  }

  @Test("a database that another program is writing, with a clear word")
  func locked() throws {
    let folder = Folder()
    try folder.export([document("a")])
    var database: OpaquePointer?
    sqlite3_open(folder.path + "/out.db", &database)
    defer { sqlite3_close(database) }
    #expect(sqlite3_exec(database, "BEGIN EXCLUSIVE", nil, nil, nil) == SQLITE_OK)
    #expect(problem(folder).contains("another program is using it"))
  }

  @Test("what is no place for a database")
  func places() throws {
    let folder = Folder()
    folder.write("file", "")
    #expect(problem(folder) { $0.path = FilePath("/dev/null") }.contains("a database is a file"))
    #expect(problem(folder) { $0.path = FilePath("file/out.db") }.contains("Not a directory"))
    var stage = ExportSQLite()
    stage.path = FilePath("-")
    #expect(stage.problems().map(\.option) == ["path"])
  }
}
