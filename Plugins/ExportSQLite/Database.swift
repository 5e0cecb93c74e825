internal import CSQLite
internal import FileOutput

/// A value of a cell.
enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int)
  case real(Double)
  case text(String)

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
}

/// An open SQLite database. Its errors are ``OutputProblem``s that name the file.
final class Database {
  let path: String
  private var handle: OpaquePointer?

  /// Opens a database, or makes one of an empty file.
  init(_ path: String) throws {
    self.path = path
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
  func execute(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw problem() }
  }

  func prepare(_ sql: String) throws -> Statement {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
      let statement
    else { throw problem() }
    return Statement(statement, of: self)
  }

  /// The rows of a short query.
  func rows(_ sql: String, _ values: [SQLValue] = []) throws -> [[SQLValue]] { try prepare(sql).rows(values) }

  /// The whole number that a pragma gives.
  func pragma(_ name: String) throws -> Int {
    guard case .integer(let value) = try rows("PRAGMA \(name)").first?.first else { return 0 }
    return value
  }

  var lastRow: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// Closes the database; all statements must be gone.
  func close() throws {
    guard sqlite3_close(handle) == SQLITE_OK else { throw problem() }
    handle = nil
  }

  /// What the last call reported, in words that say what to do.
  func problem() -> OutputProblem {
    let words = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
    let remedy: String? =
      switch sqlite3_errcode(handle) & 0xFF {
      case SQLITE_FULL: "make room on the disk or write elsewhere, and run again"
      case SQLITE_BUSY, SQLITE_LOCKED: "another program is using it; close that program and run again"
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: "change the permissions or write elsewhere"
      case SQLITE_CANTOPEN: "see that the folder is there and may be written"
      case SQLITE_NOTADB: "it is no SQLite database; use mode: replace or another path"
      case SQLITE_CORRUPT: "the database is damaged; use mode: replace or another path"
      case SQLITE_IOERR: "the disk reports an error; see whether it is full or gone"
      default: nil
      }
    return OutputProblem(path, remedy.map { words + "; " + $0 } ?? words)
  }
}

/// A prepared statement, to be run many times.
final class Statement {
  /// SQLite's sign that it must copy what is bound.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  private let handle: OpaquePointer
  private let database: Database

  fileprivate init(_ handle: OpaquePointer, of database: Database) { (self.handle, self.database) = (handle, database) }
  deinit { sqlite3_finalize(handle) }

  /// Binds a value to a parameter, counted from 1.
  func bind(_ value: SQLValue, at index: Int) throws {
    let index = Int32(index)
    let result =
      switch value {
      case .null: sqlite3_bind_null(handle, index)
      case .integer(let value): sqlite3_bind_int64(handle, index, sqlite3_int64(value))
      case .real(let value): sqlite3_bind_double(handle, index, value)
      case .text(let value): bind(value, at: index)
      }
    guard result == SQLITE_OK else { throw database.problem() }
  }

  private func bind(_ text: String, at index: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      // An empty string has no address, and without one SQLite would bind null.
      guard let base = bytes.baseAddress else { return sqlite3_bind_text(handle, index, "", 0, Self.transient) }
      return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
        sqlite3_bind_text64(handle, index, $0, UInt64(bytes.count), Self.transient, UInt8(SQLITE_UTF8))
      }
    }
  }

  /// Unbinds all parameters, which makes them null.
  func clear() { sqlite3_clear_bindings(handle) }

  /// Runs the statement with what is bound.
  func run() throws {
    let result = sqlite3_step(handle)
    guard result == SQLITE_DONE || result == SQLITE_ROW else {
      let problem = database.problem()
      sqlite3_reset(handle)
      throw problem
    }
    sqlite3_reset(handle)
  }

  /// Runs the statement with values for its first parameters.
  func run(_ values: some Sequence<SQLValue>) throws {
    var index = 1
    for value in values {
      try bind(value, at: index)
      index += 1
    }
    try run()
  }

  /// All rows of a query.
  func rows(_ values: [SQLValue] = []) throws -> [[SQLValue]] {
    defer { sqlite3_reset(handle) }
    for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
    var rows: [[SQLValue]] = []
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: rows.append((0..<sqlite3_column_count(handle)).map(column))
      case SQLITE_DONE: return rows
      default: throw database.problem()
      }
    }
  }

  private func column(_ index: Int32) -> SQLValue {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(Int(sqlite3_column_int64(handle, index)))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
    case SQLITE_NULL: return .null
    default:
      let bytes = sqlite3_column_text(handle, index)
      let count = Int(sqlite3_column_bytes(handle, index))
      return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    }
  }
}

/// A name as SQL takes it, whatever is in it.
func quoted(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
