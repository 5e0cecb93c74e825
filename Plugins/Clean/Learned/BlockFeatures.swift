import Glibc

/// Numbers that describe each block of a page, for a model to decide by: its text, its elements, what is around it,
/// its place in the page, what the rules chose, and the page. No number stands for a word of a text or for a site.
package struct BlockFeatures {
  /// The number of this way of looking; another for each change of what a number means.
  package static let layout: UInt16 = 1
  /// How many numbers a block has.
  package static let width = 207

  /// So many blocks are described at once; a page may have millions.
  private static let chunk = 4096

  private var columns = FeatureColumns()
  private var shapes: [TextShape] = []
  private var sums = PageSums()

  /// - Parameter body: called with the numbers of some thousand blocks at a time, in order.
  mutating func read<Problem: Error>(
    _ page: Page, _ selection: Selection, _ linked: LinkedData, _ body: (FeatureColumns) throws(Problem) -> Void
  ) throws(Problem) {
    readShapes(page)
    sums.read(page, shapes, selection)
    let facts = PageFacts(page, sums.total, linked)
    var walk = Walk(page, selection)
    var start = 0
    while start < page.blocks.count {
      let end = min(page.blocks.count, start + Self.chunk)
      columns.removeAll(count: end - start, width: Self.width)
      for index in start..<end { add(index, page, selection, facts, &walk) }
      try body(columns)
      start = end
    }
  }

  private mutating func add(
    _ index: Int, _ page: Page, _ selection: Selection, _ facts: PageFacts, _ walk: inout Walk
  ) {
    columns.beginRow()
    addText(index, page)
    addMarkup(index, page, selection)
    addAncestors(index, page)
    addTemplates(index, page)
    addNeighbours(index, page)
    walk.add(index, page, selection, shapes[index], sums, &columns)
    facts.add(index, page, &columns)
    columns.endRow(width: Self.width)
  }

  private mutating func readShapes(_ page: Page) {
    shapes.removeAll(keepingCapacity: true)
    page.text.withUnsafeBufferPointer { text in
      for block in page.blocks {
        shapes.append(TextShape(UnsafeBufferPointer(rebasing: text[Int(block.start)..<Int(block.end)])))
      }
    }
  }

  // MARK: The block itself

  private mutating func addText(_ index: Int, _ page: Page) {
    let block = page.blocks[index]
    let shape = shapes[index]
    let count = Float(max(1, block.count))
    let words = Float(max(1, shape.words))
    columns.add(log2f(count + 1))
    columns.add(words)
    columns.add(Float(block.linkBytes) / count)
    columns.add(log2f(Float(block.linkBytes) + 1))
    columns.add(Float(block.emphasis) / count)
    columns.add(Float(shape.sentenceEnds) / words)
    columns.add(Float(shape.commas))
    columns.add(Float(shape.capitals) / Float(max(1, shape.letters)))
    columns.add(Float(shape.capitalised) / words)
    columns.add(Float(shape.letters + shape.wide) / words)
    columns.add(Float(shape.separators))
    columns.add(Float(shape.wide) / count)
    columns.add(Self.kind(shape.first))
    columns.add(Self.kind(shape.last))
    let looked = min(words, TextShape.lookedWords)
    for kind in 0..<WordKinds.count { columns.add(Float(shape.kinds[kind]) / looked) }
  }

  private static func kind(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 1
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): 2
    case UInt8(ascii: "a")...UInt8(ascii: "z"): 3
    case UInt8(ascii: "."): 4
    case UInt8(ascii: ":"): 5
    case UInt8(ascii: "?"), UInt8(ascii: "!"): 6
    case 128...: 7
    case UInt8(ascii: ")"), UInt8(ascii: "\""): 8
    default: 0
    }
  }

  private mutating func addMarkup(_ index: Int, _ page: Page, _ selection: Selection) {
    let block = page.blocks[index]
    let element = page.elements[Int(block.element)]
    let parent = element.parent >= 0 ? page.elements[Int(element.parent)] : element
    columns.add(Int(block.level))
    columns.add(Self.kind(element.tag))
    columns.add(Self.kind(parent.tag))
    // As one number: trees find the few combinations that matter.
    columns.add(Int(element.context.rawValue & 0x3F))
    columns.add(element.table >= 0 && page.isData(page.tables[Int(element.table)]))
    let said = selection.allSignals(of: block)
    for signal in Signals.heard { columns.add(said.contains(signal)) }
    columns.add(said.intersection(.boilerplate).rawValue.nonzeroBitCount)
    columns.add(Int(sums.depths[Int(block.element)]))
  }

  private static func kind(_ tag: Tag) -> Int {
    switch tag {
    case .p: 1
    case .li: 2
    case .div: 3
    case .td: 4
    case .h1: 5
    case .h2: 6
    case .h3: 7
    case .h4, .h5, .h6: 8
    case .blockquote: 9
    case .pre: 10
    case .dd, .dt: 11
    case .section: 12
    case .article: 13
    case .main: 14
    case .aside: 15
    case .header: 16
    case .footer: 17
    case .ul, .ol: 18
    case .figure, .figcaption: 19
    case .button, .label, .form, .fieldset: 20
    case .th: 21
    case .body: 22
    default: 0
    }
  }

  // MARK: Around the block

  private static let levels = 6
  private static let shares: [Float] = [0.1, 0.3, 0.6, 0.9]

  /// What the element of the block and the five around it hold, and how many levels up the first one is that holds
  /// some share of the page's prose.
  private mutating func addAncestors(_ index: Int, _ page: Page) {
    var element = Int(page.blocks[index].element)
    let total = max(1, sums.total.mass)
    var level = 0
    var levelsTo: [Float] = [-1, -1, -1, -1]
    while element >= 0 {
      let sum = sums.elements[element]
      if level < Self.levels { addAncestor(sum, alike: sums.alike[element], total: total) }
      for place in levelsTo.indices where levelsTo[place] < 0 && sum.mass >= Self.shares[place] * sums.total.mass {
        levelsTo[place] = Float(level)
      }
      element = Int(page.elements[element].parent)
      level += 1
    }
    for _ in min(level, Self.levels)..<Self.levels { for _ in 0..<10 { columns.add(Float(-1)) } }
    for level in levelsTo { columns.add(level) }
  }

  private mutating func addAncestor(_ sum: PageSums.Sum, alike: Int32, total: Float) {
    columns.add(log2f(sum.bytes + 1))
    columns.add(sum.links / max(1, sum.bytes))
    columns.add(sum.mass / total)
    columns.add(sum.blocks)
    columns.add(sum.mass / max(1, sum.blocks))
    columns.add(Float(alike))
    columns.add(sum.children)
    columns.add(sum.headings)
    columns.add(sum.sentences / max(1, sum.words))
    columns.add(sum.pictures)
  }

  private mutating func addTemplates(_ index: Int, _ page: Page) {
    let total = max(1, sums.total.mass)
    for group in [sums.narrow[sums.narrowGroup[index]], sums.wide[sums.wideGroup[index]]] {
      columns.add(group.sum.blocks)
      columns.add(group.sum.bytes / group.sum.blocks)
      columns.add(group.sum.links / max(1, group.sum.bytes))
      columns.add(group.withEnds / group.sum.blocks)
      columns.add(group.sum.mass / total)
      columns.add(Float(group.last - group.first) / Float(page.blocks.count))
    }
    columns.add(Float(sums.copies[index]))
    columns.add(Float(sums.copiesBefore[index]))
  }

  private mutating func addNeighbours(_ index: Int, _ page: Page) {
    for offset in [-2, -1, 1, 2] {
      let place = index + offset
      guard page.blocks.indices.contains(place) else {
        for _ in 0..<5 { columns.add(Float(-1)) }
        continue
      }
      let other = page.blocks[place]
      columns.add(log2f(Float(other.count) + 1))
      columns.add(Float(other.linkBytes) / Float(max(1, other.count)))
      columns.add(Float(shapes[place].sentenceEnds))
      columns.add(Int(other.level))
      columns.add(page.levels(from: page.blocks[index], to: other))
    }
  }
}

extension Page {
  /// How many levels up from one block the element is that holds another too.
  func levels(from block: TextBlock, to other: TextBlock) -> Int {
    var element = Int(block.element)
    var levels = 0
    while element >= 0, !(element..<Int(elements[element].end)).contains(Int(other.element)) {
      element = Int(elements[element].parent)
      levels += 1
    }
    return levels
  }
}
