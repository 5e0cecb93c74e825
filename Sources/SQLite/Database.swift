internal import CSQLite
package import FileOutput

/// An open SQLite database. Its errors are ``OutputProblem``s that name the file.
package final class Database {
  package let path: String
  private let remedy: String
  private var handle: OpaquePointer?

  /// Opens a database, or makes one of an empty file.
  ///
  /// - Parameter remedy: what to do where the file is damaged or no database.
  package init(_ path: String, remedy: String) throws {
    self.path = path
    self.remedy = remedy
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK else {
      let problem = problem()
      sqlite3_close_v2(handle)
      handle = nil
      throw problem
    }
    sqlite3_busy_timeout(handle, 2000)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  package func execute(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw problem() }
  }

  package func prepare(_ sql: String) throws -> Statement {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
      let statement
    else { throw problem() }
    return Statement(statement, of: self)
  }

  /// The rows of a short query.
  package func rows(_ sql: String, _ values: [SQLValue] = []) throws -> [[SQLValue]] { try prepare(sql).rows(values) }

  /// The whole number that a pragma gives.
  package func pragma(_ name: String) throws -> Int {
    guard case .integer(let value) = try rows("PRAGMA \(name)").first?.first else { return 0 }
    return value
  }

  package var lastRow: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// Closes the database; all statements must be gone.
  package func close() throws {
    guard sqlite3_close(handle) == SQLITE_OK else { throw problem() }
    handle = nil
  }

  /// What the last call reported, in words that say what to do.
  package func problem() -> OutputProblem {
    let words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
    let remedy: String? =
      switch sqlite3_errcode(handle) & 0xFF {
      case SQLITE_FULL: "make room on the disk or write elsewhere, and run again"
      case SQLITE_BUSY, SQLITE_LOCKED: "another program is using it; close that program and run again"
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: "change the permissions or write elsewhere"
      case SQLITE_CANTOPEN: "see that the folder is there and may be written"
      case SQLITE_NOTADB: "it is no SQLite database; \(remedy)"
      case SQLITE_CORRUPT: "the database is damaged; \(remedy)"
      case SQLITE_IOERR: "the disk reports an error; see whether it is full or gone"
      default: nil
      }
    return OutputProblem(path, remedy.map { words + "; " + $0 } ?? words)
  }
}

/// A name as SQL takes it, whatever is in it.
package func quoted(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
