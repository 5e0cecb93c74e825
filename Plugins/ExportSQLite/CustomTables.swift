import DocumentRecord
import FileOutput
import PipelineKit
import SQLite

/// The tables of layers that this program doesn't know: made when a layer is met, widened when a field is.
///
/// Names are those of layer and fields; one that is taken, or differs from another only in case, gets `layer_` or
/// `field_` in front. Which name stands for what is kept in the tables `layers` and `layer_columns`, so that an update
/// goes on with it.
struct CustomTables {
  /// SQLite takes 2,000 columns.
  private static let columnLimit = 1900
  private let database: Database
  private var entries: [LayerName: CustomTable] = [:]

  init(_ database: Database) throws {
    self.database = database
    for row in try database.rows("SELECT layer, table_name FROM layers") {
      guard case .text(let layer) = row[0], case .text(let table) = row[1] else { continue }
      entries[LayerName(layer)] = CustomTable(table: table)
    }
    for row in try database.rows("SELECT layer, field, part, column_name FROM layer_columns ORDER BY layer, number") {
      guard case .text(let layer) = row[0], case .text(let field) = row[1], case .text(let part) = row[2],
        case .text(let name) = row[3]
      else { continue }
      let column = FlatColumn(field, FlatColumn.Part(rawValue: part) ?? .value)
      entries[LayerName(layer)]?.add(column, name)
    }
  }

  mutating func write(_ rows: CustomRows, document: Int) throws {
    var entry = try entries.removeValue(forKey: rows.layer) ?? makeTable(of: rows.layer)
    defer { entries[rows.layer] = entry }
    for column in rows.columns where entry.parameters[column] == nil {
      try addColumn(column, of: rows.layer, to: &entry)
    }
    let insertion = try entry.insertion ?? database.prepare(entry.insertionText)
    entry.insertion = insertion
    let parameters = rows.columns.map { entry.parameters[$0] ?? 0 }
    for (index, row) in rows.rows.enumerated() {
      insertion.clear()
      for (place, value) in [document, index + 1, row.start, row.end].enumerated() {
        try insertion.bind(.integer(value), at: place + 1)
      }
      for cell in row.cells { try insertion.bind(cell.value, at: parameters[cell.column]) }
      try insertion.run()
    }
  }

  private func makeTable(of layer: LayerName) throws -> CustomTable {
    let taken = Schema.reservedNames.union(entries.values.map { $0.table.lowercased() })
    let name = Self.free(layer.description, prefix: "layer_") {
      taken.contains($0) || $0.hasPrefix("sqlite_") || $0.hasPrefix("documents_fts")
    }
    try database.execute(Table.layer(name).definition)
    try database.prepare("INSERT INTO layers VALUES (?, ?)").run([.text(layer.description), .text(name)])
    return CustomTable(table: name)
  }

  private func addColumn(_ column: FlatColumn, of layer: LayerName, to entry: inout CustomTable) throws {
    guard entry.columnNames.count < Self.columnLimit else {
      throw OutputProblem(
        database.path,
        "layer \(layer) has more than \(Self.columnLimit) different fields; put the many into a list or an object")
    }
    let taken = Set(CustomTable.head + entry.columnNames.map { $0.lowercased() })
    let name = Self.free(column.name, prefix: "field_") { taken.contains($0) }
    try database.execute("ALTER TABLE \(quoted(entry.table)) ADD COLUMN \(quoted(name))")
    try database.prepare("INSERT INTO layer_columns VALUES (?, ?, ?, ?, ?)").run([
      .text(layer.description), .integer(entry.columnNames.count + 1), .text(column.field), .text(column.part.rawValue),
      .text(name),
    ])
    entry.add(column, name)
  }

  /// A name that is not taken: the wished one, that with the prefix, that with a number too.
  private static func free(_ wish: String, prefix: String, isTaken: (String) -> Bool) -> String {
    // SQL text ends at a zero byte.
    let name = wish.isEmpty ? "unnamed" : String(wish.map { $0 == "\0" ? "_" : $0 })
    if !isTaken(name.lowercased()) { return name }
    var number = 1
    while true {
      let other = prefix + name + (number == 1 ? "" : String(number))
      if !isTaken(other.lowercased()) { return other }
      number += 1
    }
  }
}

/// The table of one layer.
private struct CustomTable {
  /// The columns in front of the fields': document, number and edges.
  static let head = ["document", "number", "span_start", "span_end"]
  let table: String
  /// The parameter of each column in the insertion.
  var parameters: [FlatColumn: Int] = [:]
  var columnNames: [String] = []
  var insertion: Statement?

  init(table: String) { self.table = table }

  mutating func add(_ column: FlatColumn, _ name: String) {
    columnNames.append(name)
    parameters[column] = Self.head.count + columnNames.count
    insertion = nil
  }
  var insertionText: String {
    let names = Self.head + columnNames
    return "INSERT INTO \(quoted(table)) (" + names.map(quoted).joined(separator: ", ") + ") VALUES ("
      + names.map { _ in "?" }.joined(separator: ", ") + ")"
  }
}
