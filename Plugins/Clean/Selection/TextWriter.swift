import PipelineKit

/// Writes the chosen blocks as a text with its blocks, one blank line between them.
struct TextWriter {
  private var bytes: [UInt8] = []
  /// Their sources are offsets in the parser's input.
  private(set) var blocks: [Block] = []

  /// - Parameters:
  ///   - kept: indices of the page's blocks, in order.
  ///   - captions: where captions are not wanted, a block that only a class calls one is a paragraph that was chosen.
  mutating func write(_ kept: [Int], of page: Page, tables: TableMode, captions: Bool) {
    bytes.removeAll(keepingCapacity: true)
    blocks = []
    blocks.reserveCapacity(kept.count)
    var lastRow: (table: Int32, row: Int32) = (-1, -1)
    for index in kept {
      let block = page.blocks[index]
      let found = page.kind(of: block)
      let kind = found == .caption && !captions ? .paragraph : found
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

  /// Whether elements and not only classes say that a block is a caption.
  func isCaption(_ block: TextBlock) -> Bool {
    var index = Int(block.element)
    for _ in 0..<4 where index >= 0 {
      let element = elements[index]
      if element.tag == .figcaption || element.tag == .caption { return true }
      index = Int(element.parent)
    }
    let context = elements[Int(block.element)].context
    return context.contains(.caption) && context.contains(.figure)
  }

  /// A table of data has more than one row and column, nothing nested, and little text in each cell.
  func isData(_ table: Table) -> Bool {
    guard !table.isPresentation, table.nested == 0, table.rows > 1, table.cells > table.rows else { return false }
    return table.headerCells > 0
      || (Int(table.bytes) < Int(table.cells) * 100 && Int(table.blocks) * 2 < Int(table.cells) * 3)
  }
}
