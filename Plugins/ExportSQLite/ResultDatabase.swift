import DocumentRecord
import FileOutput
internal import Glibc
import PipelineKit
import SQLite

/// The database that a run writes: a new one in `PATH.part`, or an older one that it updates.
///
/// The write-ahead log makes a confirmed transaction survive a kill without a full sync for each; it is
/// folded into the file at the end, so that the result is one file.
final class ResultDatabase {
  private let database: Database
  /// Holds the part and puts it in its place; nil where an older database is updated.
  private let output: OutputFile?
  private let provenance: [Provenance]
  private var statements: Statements?
  private var custom: CustomTables?
  private var isInTransaction = false
  private static let remedy = "use mode: replace or another path"

  init(_ path: String, mode: WriteMode, offsets: OffsetUnit, tokens: Bool, provenance: [Provenance]) throws {
    self.provenance = provenance
    guard case .file(let file) = try OutputPlace(path) else {
      throw OutputProblem(path, "a database is a file; name one")
    }
    if mode == .update, Self.hasContent(file) {
      output = nil
      database = try Database(file, remedy: Self.remedy)
      try Self.check(database, offsets: offsets)
    } else {
      let output = try OutputFile(file)
      self.output = output
      Self.removeLogs(of: output.part ?? file)
      database = try Database(output.part ?? file, remedy: Self.remedy)
    }
    try prepare(offsets: offsets, tokens: tokens)
  }

  /// Removes what a killed run may have left beside a database: SQLite would replay it into the new one.
  private static func removeLogs(of file: String) {
    for suffix in ["-wal", "-shm", "-journal"] { unlink(file + suffix) }
  }

  private static func hasContent(_ file: String) -> Bool {
    var status = stat()
    return stat(file, &status) == 0 && status.st_size > 0
  }

  /// Refuses a database that this export has not made, or not so that it could be gone on with.
  private static func check(_ database: Database, offsets: OffsetUnit) throws {
    guard try database.pragma("application_id") == Schema.applicationID else {
      throw OutputProblem(
        database.path, "it is a database that this export has not made; use another path, or mode: replace")
    }
    let version = try database.pragma("user_version")
    guard version == Schema.version else {
      throw OutputProblem(
        database.path,
        "it has version \(version) of the tables, and this program has \(Schema.version); use mode: replace")
    }
    let unit = try database.rows("SELECT value FROM meta WHERE key = 'offsets'").first?.first
    guard unit == .text(offsets.rawValue) else {
      throw OutputProblem(
        database.path, "its offsets are not in \(offsets.rawValue) units; use the same offsets as before")
    }
  }

  private func prepare(offsets: OffsetUnit, tokens: Bool) throws {
    _ = try database.rows("PRAGMA journal_mode = WAL")
    try database.execute("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536")
    // In a new database rows are right by construction; in an older one the keys remove what belongs to a document.
    try database.execute("PRAGMA foreign_keys = \(output == nil ? "ON" : "OFF")")
    try begin()
    if output != nil {
      try database.execute("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(Schema.version)")
    }
    for definition in Schema.tables + (tokens ? [Table.tokens.definition] : []) { try database.execute(definition) }
    try setMeta("schema", "pipeline.sqlite/\(Schema.version)")
    try setMeta("offsets", offsets.rawValue)
    try setPosition(0)
    try commit()
    statements = try Statements(database, tokens: tokens)
    custom = try CustomTables(database)
  }

  func write(_ rows: DocumentRows) throws {
    guard let statements else { return }
    try begin()
    let older = output == nil ? try statements.remove(rows.id) : nil
    try statements.document.run([SQLValue(older)] + rows.document)
    let number = older ?? database.lastRow
    for actor in rows.actors {
      try statements.actor.run([
        .text(actor.id), .text(actor.name), .text(actor.kind.rawValue), SQLValue(actor.serves),
      ])
    }
    for actor in rows.namelessActors { try statements.namelessActor.run([.text(actor)]) }
    for (table, values) in rows.standard { try statements.insert(values, into: table, document: number) }
    for layer in rows.custom { try custom?.write(layer, document: number) }
    if output == nil { try statements.indexText.run([.integer(number)]) }
  }

  func confirm(_ position: SourcePosition) throws {
    guard isInTransaction else { return }
    try setPosition(position.ordinal)
    try commit()
  }

  func finish() throws {
    try begin()
    try setPosition(0)
    try database.execute("DELETE FROM meta WHERE key = 'position'")
    try database.execute("DELETE FROM actors WHERE id NOT IN (SELECT actor FROM document_actors)")
    if output != nil { try database.execute("INSERT INTO documents_fts (documents_fts) VALUES ('rebuild')") }
    for index in Schema.indexes { try database.execute(index) }
    try writeProvenance()
    try database.execute("ANALYZE")
    try commit()
    try close()
    if let output { Self.removeLogs(of: output.path) }
    try output?.finish()
  }

  func abandon() -> String? {
    // What was written since the last confirmation is worth keeping in a part, but not in somebody's database.
    if isInTransaction { try? database.execute(output == nil ? "ROLLBACK" : "COMMIT") }
    isInTransaction = false
    try? close()
    return output?.abandon()
  }

  private func close() throws {
    (statements, custom) = (nil, nil)
    _ = try database.rows("PRAGMA journal_mode = DELETE")
    try database.close()
  }

  private func begin() throws {
    guard !isInTransaction else { return }
    try database.execute("BEGIN IMMEDIATE")
    isInTransaction = true
  }
  private func commit() throws {
    try database.execute("COMMIT")
    isInTransaction = false
  }

  private func setMeta(_ key: String, _ value: String) throws {
    try database.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)").run([.text(key), .text(value)])
  }

  /// Always of one length and reset at the end, so that the file's bytes don't tell when documents were confirmed.
  private func setPosition(_ ordinal: UInt64) throws {
    let digits = String(ordinal)
    try setMeta("position", String(repeating: "0", count: 20 - digits.count) + digits)
  }

  private func writeProvenance() throws {
    let insertion = try database.prepare("INSERT OR REPLACE INTO provenance VALUES (?, ?, ?, ?, ?, ?)")
    for entry in provenance {
      for layer in entry.layers {
        try insertion.run([
          .text(layer.description), .text(entry.stage.description), .integer(entry.version), .text(entry.optionsHash),
          SQLValue(entry.model?.name), SQLValue(entry.model?.version),
        ])
      }
    }
  }
}
