import DocumentRecord
import FileOutput
import JSON
import PipelineKit

/// The rows of one document, made ready on a worker.
public struct DocumentTable: Sendable {
  let id: String
  let table: RowTable
  /// The rows as they will stand in the file, where it has the columns of this table.
  let bytes: [UInt8]

  init(id: String, table: RowTable, guardsFormulas: Bool) {
    (self.id, self.table) = (id, table)
    bytes = table.isComplete ? table.rows.flatMap { csvRow($0, guardsFormulas: guardsFormulas) } : []
  }
}

/// The file that a run writes.
///
/// Columns of a layer without declared fields are those of the first document that has entries, or in an
/// update those of the older file; what doesn't fit them goes into the last column, `other_fields`, as JSON.
final class ResultTable {
  private static let others = "other_fields"
  private let path: String
  private let mode: WriteMode
  private let guardsFormulas: Bool
  private var columns: [String] = []
  private var file: KeyedFile?

  /// - Parameter columns: nil where they are not known before the first document.
  init(_ path: String, mode: WriteMode, columns: [String]?, guardsFormulas: Bool) throws {
    (self.path, self.mode, self.guardsFormulas) = (path, mode, guardsFormulas)
    if let columns {
      try open(columns)
    } else if mode == .update, let header = try KeyedFile.header(of: path, isQuoted: true) {
      let columns = try csvCells(header)
      guard columns.first == "document" else {
        throw OutputProblem(path, "its first column is not \"document\"; use mode: replace or another path")
      }
      try open(columns)
    } else {
      try OutputPlace.check(path)
    }
  }

  private func open(_ columns: [String]) throws {
    self.columns = columns
    let header = csvRow(columns.map { Cell.text($0) }, guardsFormulas: guardsFormulas)
    let format = KeyedFormat(header: header, isQuoted: true) { row in try csvCells(row, limit: 1).first ?? "" }
    file = try KeyedFile(path, mode: mode, format: format)
  }

  func write(_ record: DocumentTable) throws {
    let table = record.table
    if file == nil {
      // Without an older file there is nothing that a document without rows would remove.
      guard table.isComplete || !table.rows.isEmpty else { return }
      try open(table.isComplete ? table.columns : table.columns + [Self.others])
    }
    let key = guardsFormulas ? guarded(record.id) : record.id
    let fits = table.isComplete && table.columns == columns
    try file?.write(fits ? record.bytes : fitted(table), key: key)
  }

  /// The rows of a table with other columns than the file's.
  private func fitted(_ table: RowTable) throws -> [UInt8] {
    let places = table.columns.map { columns.firstIndex(of: $0) }
    let rest = columns.firstIndex(of: Self.others)
    return try table.rows.flatMap { row in
      var cells = [Cell](repeating: .null, count: columns.count)
      var unplaced: [JSONMember] = []
      for (index, cell) in row.enumerated() where cell != .null {
        if let place = places[index] {
          cells[place] = cell
        } else {
          unplaced.append(JSONMember(table.columns[index], cell.json))
        }
      }
      if !unplaced.isEmpty {
        guard let rest else {
          throw OutputProblem(path, "it has no column for \(unplaced[0].key); use mode: replace")
        }
        cells[rest] = .text(String(decoding: JSONValue.object(unplaced).bytes(), as: UTF8.self))
      }
      return csvRow(cells, guardsFormulas: guardsFormulas)
    }
  }

  func confirm() throws { try file?.sync() }

  func finish() throws {
    if file == nil { try open(["document", "index", "start", "end", "text", Self.others]) }
    try file?.finish()
  }

  func abandon() -> String? { file?.abandon() }
}

extension Cell {
  /// The value as JSON; numbers and the like stand as they are.
  fileprivate var json: JSONValue {
    switch self {
    case .null: .null
    case .text(let text): .string(text)
    case .plain(let text): (try? JSONValue(parsing: text)) ?? .string(text)
    }
  }
}
