import PipelineKit

/// Writes the chosen blocks as a text with its blocks, one blank line between them.
struct TextWriter {
  private var bytes: [UInt8] = []
  private(set) var blocks: [Block] = []

  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    blocks = []
  }

  /// - Parameter shift: added to the offsets of the parser's input to have those of the original; nil where
  ///   the original had another encoding, so that its offsets are not known.
  mutating func append(_ block: Page.TextBlock, kind: Block.Kind, of page: Page, shift: Int?) {
    if !bytes.isEmpty { bytes.append(contentsOf: [10, 10]) }
    let start = bytes.count
    bytes.append(contentsOf: page.text[Int(block.start)..<Int(block.end)])
    blocks.append(
      Block(
        span: TextSpan(start, bytes.count), kind: kind, level: kind == .heading ? Int(block.level) : nil,
        source: shift.map { TextSpan(Int(block.sourceStart) + $0, Int(block.sourceEnd) + $0) }))
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Page {
  /// What a chosen block is.
  func kind(of block: TextBlock) -> Block.Kind {
    if block.level > 0 { return .heading }
    let element = elements[Int(block.element)]
    if element.context.contains(.preformatted) { return .code }
    if element.context.contains(.caption) { return .caption }
    if element.context.contains(.footnote) { return .footnote }
    if element.context.contains(.cell), element.table >= 0, isData(tables[Int(element.table)]) { return .tableCell }
    if element.context.contains(.listItem) { return .listItem }
    if element.context.contains(.quote) { return .quote }
    return .paragraph
  }

  /// A table of data has more than one row and column, nothing nested, and little text in each cell.
  func isData(_ table: Table) -> Bool {
    guard !table.isPresentation, table.nested == 0, table.rows > 1, table.cells > table.rows else { return false }
    return table.headerCells > 0 || (table.bytes < table.cells * 100 && table.blocks * 2 < table.cells * 3)
  }
}
