import PipelineKit
import SQLite

/// The statements that every document runs.
struct Statements {
  let document: Statement
  let actor: Statement
  let namelessActor: Statement
  let indexText: Statement
  private let find: Statement
  private let unindexText: Statement
  private let delete: Statement
  private var insertions: [String: Statement] = [:]

  init(_ database: Database, tokens: Bool) throws {
    let places = Schema.documentColumns.map { _ in "?" }.joined(separator: ", ")
    document = try database.prepare("INSERT INTO documents VALUES (\(places))")
    actor = try database.prepare(
      """
      INSERT INTO actors VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, serves = excluded.serves
      """)
    namelessActor = try database.prepare("INSERT OR IGNORE INTO actors (id) VALUES (?)")
    find = try database.prepare("SELECT document FROM documents WHERE id = ?")
    delete = try database.prepare("DELETE FROM documents WHERE document = ?")
    indexText = try database.prepare(
      "INSERT INTO documents_fts (rowid, title, text) SELECT document, title, text FROM documents WHERE document = ?")
    // An index without content of its own must be told what it had of a row.
    unindexText = try database.prepare(
      """
      INSERT INTO documents_fts (documents_fts, rowid, title, text)
      SELECT 'delete', document, title, text FROM documents WHERE document = ?
      """)
    for table in Table.standard + (tokens ? [.tokens] : []) {
      insertions[table.name] = try database.prepare(table.insertion)
    }
  }

  /// Removes a document with all of its rows.
  /// - Returns: the number that it had, for its successor.
  func remove(_ id: String) throws -> Int? {
    guard case .integer(let number) = try find.rows([.text(id)]).first?.first else { return nil }
    try unindexText.run([.integer(number)])
    try delete.run([.integer(number)])
    return number
  }

  /// Inserts rows that lie one behind the other, without their document.
  func insert(_ values: [SQLValue], into table: Table, document: Int) throws {
    guard let insertion = insertions[table.name], !values.isEmpty else { return }
    let width = table.columns.count - 1
    try insertion.bind(.integer(document), at: 1)
    for start in stride(from: 0, to: values.count, by: width) {
      for (place, value) in values[start..<min(start + width, values.count)].enumerated() {
        try insertion.bind(value, at: place + 2)
      }
      try insertion.run()
    }
  }
}
