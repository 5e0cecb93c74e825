// RFC 4180: cells parted by commas, quoted where they hold a comma, a quotation mark or a line break. Rows end
// with a bare line feed, as the tools of Unix expect. An empty cell is null, `""` an empty text.

/// What stands in a cell.
enum Cell: Hashable, Sendable {
  case null
  /// A text, which a spreadsheet might take for a formula.
  case text(String)
  /// A number, `true`, `false` or the like, which stands as it is.
  case plain(String)

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ number: Int) { self = .plain(String(number)) }
}

/// A row with its line break.
func csvRow(_ cells: some Sequence<Cell>, guardsFormulas: Bool) -> [UInt8] {
  var bytes: [UInt8] = []
  var isFirst = true
  for cell in cells {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    switch cell {
    case .null: break
    case .plain(let text): bytes.append(contentsOf: text.utf8)
    case .text(let text): appendCell(guardsFormulas ? guarded(text) : text, to: &bytes)
    }
  }
  bytes.append(UInt8(ascii: "\n"))
  return bytes
}

private func appendCell(_ text: String, to bytes: inout [UInt8]) {
  let needsQuotes =
    text.utf8.isEmpty || text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    || text.utf8.first == 0x20 || text.utf8.last == 0x20
  guard needsQuotes else { return bytes.append(contentsOf: text.utf8) }
  bytes.append(UInt8(ascii: "\""))
  for byte in text.utf8 {
    if byte == UInt8(ascii: "\"") { bytes.append(byte) }
    bytes.append(byte)
  }
  bytes.append(UInt8(ascii: "\""))
}

/// A text that no spreadsheet takes for a formula: an apostrophe before the characters that begin one.
func guarded(_ text: String) -> String {
  guard let first = text.unicodeScalars.first else { return text }
  // Some spreadsheets take the full-width forms for the same.
  return "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) ? "'" + text : text
}

/// The texts of a row's cells.
/// - Throws: ``UnfinishedCell`` where a quotation mark is missing.
func csvCells(_ row: [UInt8], limit: Int = .max) throws -> [String] {
  var cells: [String] = []
  var cell: [UInt8] = []
  var index = 0
  var isQuoted = false
  while index < row.count {
    let byte = row[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""):
      // Two of them in a quoted cell stand for one.
      if isQuoted, index < row.count, row[index] == byte {
        cell.append(byte)
        index += 1
      } else {
        isQuoted.toggle()
      }
    case UInt8(ascii: ",") where !isQuoted:
      cells.append(String(decoding: cell, as: UTF8.self))
      if cells.count == limit { return cells }
      cell.removeAll()
    default: cell.append(byte)
    }
  }
  guard !isQuoted else { throw UnfinishedCell() }
  cells.append(String(decoding: cell, as: UTF8.self))
  return cells
}

/// A row ends inside quotation marks.
struct UnfinishedCell: Error, CustomStringConvertible {
  var description: String { "a quotation mark is missing" }
}
