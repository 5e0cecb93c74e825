internal import CSQLite

/// A prepared statement, to be run many times.
package final class Statement {
  /// SQLite's sign that it must copy what is bound.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  private let handle: OpaquePointer
  private let database: Database

  init(_ handle: OpaquePointer, of database: Database) { (self.handle, self.database) = (handle, database) }
  deinit { sqlite3_finalize(handle) }

  /// Binds a value to a parameter, counted from 1.
  package func bind(_ value: SQLValue, at index: Int) throws {
    let index = Int32(index)
    let result =
      switch value {
      case .null: sqlite3_bind_null(handle, index)
      case .integer(let value): sqlite3_bind_int64(handle, index, sqlite3_int64(value))
      case .real(let value): sqlite3_bind_double(handle, index, value)
      case .text(let value): bind(value, at: index)
      case .blob(let value): bind(value, at: index)
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

  private func bind(_ bytes: [UInt8], at index: Int32) -> Int32 {
    bytes.withUnsafeBytes {
      // No bytes have no address, and without one SQLite would bind null.
      guard let base = $0.baseAddress, !$0.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
      return sqlite3_bind_blob64(handle, index, base, UInt64($0.count), Self.transient)
    }
  }

  /// Unbinds all parameters, which makes them null.
  package func clear() { sqlite3_clear_bindings(handle) }

  /// Runs the statement with what is bound.
  package func run() throws {
    let result = sqlite3_step(handle)
    guard result == SQLITE_DONE || result == SQLITE_ROW else {
      let problem = database.problem()
      sqlite3_reset(handle)
      throw problem
    }
    sqlite3_reset(handle)
  }

  /// Runs the statement with values for its first parameters.
  package func run(_ values: some Sequence<SQLValue>) throws {
    var index = 1
    for value in values {
      try bind(value, at: index)
      index += 1
    }
    try run()
  }

  /// All rows of a query.
  package func rows(_ values: [SQLValue] = []) throws -> [[SQLValue]] {
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
    case SQLITE_BLOB:
      let bytes = UnsafeRawBufferPointer(
        start: sqlite3_column_blob(handle, index), count: Int(sqlite3_column_bytes(handle, index)))
      return .blob(Array(bytes))
    default:
      let bytes = sqlite3_column_text(handle, index)
      let count = Int(sqlite3_column_bytes(handle, index))
      return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    }
  }
}
