import SQLite

/// The statements of the table of pages that run for every page.
struct PageStatements {
  let page: Statement
  let digest: Statement
  let record: Statement
  private static let columns =
    "address, result, status, reason, transient, failures, etag, modified, listed, digest, offset, length, ordinal"
  static let select = "SELECT \(columns) FROM pages"

  init(_ database: Database) throws {
    page = try database.prepare(Self.select + " WHERE address = ?1")
    digest = try database.prepare("SELECT address FROM pages WHERE digest = ?1 AND address <> ?2 LIMIT 1")
    record = try database.prepare(
      "INSERT OR REPLACE INTO pages (\(Self.columns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")
  }
}

extension PageRecord {
  /// - Parameter row: as ``PageStatements/select`` gives it; nil where it is none that this program has written.
  init?(_ row: [SQLValue]) {
    guard row.count == 13, let address = row[0].text, let result = row[1].text.flatMap(Result.init) else { return nil }
    self.init(address: address, result: result)
    (status, reason, isTransient) = (row[2].integer ?? 0, row[3].text, row[4].integer == 1)
    (failures, listed, digest) = (row[5].integer ?? 0, row[8].text, row[9].blob)
    validators = Validators(entityTag: row[6].text, lastModified: row[7].text)
    if let offset = row[10].integer, let length = row[11].integer {
      place = ArchivePlace(offset: offset, length: length)
    }
    ordinal = row[12].integer.map { UInt64(clamping: $0) }
  }

  /// In the order of the columns.
  var values: [SQLValue] {
    [
      .text(address), .text(result.rawValue), .integer(status), SQLValue(reason), .integer(isTransient ? 1 : 0),
      .integer(failures), SQLValue(validators.entityTag), SQLValue(validators.lastModified), SQLValue(listed),
      digest.map { .blob($0) } ?? .null, SQLValue(place?.offset), SQLValue(place?.length),
      SQLValue(ordinal.map { Int(clamping: $0) }),
    ]
  }
}
