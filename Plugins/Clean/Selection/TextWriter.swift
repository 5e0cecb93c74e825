import PipelineKit

/// Writes the chosen blocks as a text with its blocks, one blank line between them.
struct TextWriter {
  private var bytes: [UInt8] = []
  /// Their sources are offsets in the parser's input.
  private(set) var blocks: [Block] = []

  /// - Parameter kept: indices of the page's blocks, in order.
  mutating func write(_ kept: [Int], of page: Page, tables: TableMode) {
    bytes.removeAll(keepingCapacity: true)
    blocks = []
    blocks.reserveCapacity(kept.count)
    var lastRow: (table: Int32, row: Int32) = (-1, -1)
    for index in kept {
      let block = page.blocks[index]
      let kind = page.kind(of: block)
      guard kind == .tableCell else {
        lastRow = (-1, -1)
        append(block, kind: kind, of: page)
        continue
      }
      let row = (page.elements[Int(block.element)].table, block.row)
      switch tables {
      case .none: continue
      case .rows where row == lastRow: extendLast(with: block, of: page)
      case .cells, .rows: append(block, kind: kind, of: page)
      }
      lastRow = row
    }
  }

  private mutating func append(_ block: Page.TextBlock, kind: Block.Kind, of page: Page) {
    if !bytes.isEmpty { bytes.append(contentsOf: [10, 10]) }
    let start = bytes.count
    bytes.append(contentsOf: page.text[Int(block.start)..<Int(block.end)])
    blocks.append(
      Block(
        span: TextSpan(start, bytes.count), kind: kind, level: kind == .heading ? Int(block.level) : nil,
        source: TextSpan(Int(block.sourceStart), Int(block.sourceEnd))))
  }

  /// Adds a cell to the block of its row.
  private mutating func extendLast(with block: Page.TextBlock, of page: Page) {
    guard let last = blocks.indices.last else { return }
    bytes.append(contentsOf: " | ".utf8)
    bytes.append(contentsOf: page.text[Int(block.start)..<Int(block.end)])
    blocks[last].span.end = UInt32(clamping: bytes.count)
    blocks[last].source?.end = UInt32(clamping: block.sourceEnd)
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
    return table.headerCells > 0
      || (Int(table.bytes) < Int(table.cells) * 100 && Int(table.blocks) * 2 < Int(table.cells) * 3)
  }
}
