/// What is inside each element of a page, and which blocks one template of the page has made.
struct PageSums {
  /// Sums over blocks.
  struct Sum {
    var bytes: Float = 0
    var links: Float = 0
    var mass: Float = 0
    var blocks: Float = 0
    var headings: Float = 0
    var sentences: Float = 0
    var words: Float = 0
    var pictures: Float = 0
    /// Elements directly inside.
    var children: Float = 0

    mutating func add(_ other: Sum) {
      bytes += other.bytes
      links += other.links
      mass += other.mass
      blocks += other.blocks
      headings += other.headings
      sentences += other.sentences
      words += other.words
      pictures += other.pictures
    }
  }

  /// Blocks whose elements have equal tags and classes.
  struct Group {
    var sum = Sum()
    /// Blocks in which a sentence ends.
    var withEnds: Float = 0
    var first = 0
    var last = 0
  }

  private(set) var elements: [Sum] = []
  private(set) var depths: [Int32] = []
  /// How many elements have the tag and the classes of an element.
  private(set) var alike: [Int32] = []
  /// By the element of the block and the two around it.
  private(set) var narrow: [Group] = []
  private(set) var narrowGroup: [Int] = []
  /// By the element of the block alone.
  private(set) var wide: [Group] = []
  private(set) var wideGroup: [Int] = []
  /// How many blocks have the text of a block, and how many of them stand before it.
  private(set) var copies: [Int32] = []
  private(set) var copiesBefore: [Int32] = []
  private var table = KeyTable()
  private var counts: [Int32] = []

  var total: Sum { elements.first ?? Sum() }

  mutating func read(_ page: Page, _ shapes: [TextShape], _ selection: Selection) {
    sumElements(page, shapes, selection)
    countAlike(page)
    countCopies(shapes)
    group(page, shapes, selection)
  }

  private static func sum(_ block: Page.TextBlock, _ shape: TextShape, mass: Int) -> Sum {
    Sum(
      bytes: Float(block.count), links: Float(block.linkBytes), mass: Float(mass), blocks: 1,
      headings: block.level > 0 ? 1 : 0, sentences: Float(shape.sentenceEnds), words: Float(shape.words))
  }

  private mutating func sumElements(_ page: Page, _ shapes: [TextShape], _ selection: Selection) {
    elements.removeAll(keepingCapacity: true)
    elements.append(contentsOf: repeatElement(Sum(), count: page.elements.count))
    depths.removeAll(keepingCapacity: true)
    for element in page.elements {
      let parent = Int(element.parent)
      depths.append(parent >= 0 ? depths[parent] + 1 : 0)
      if parent >= 0 { elements[parent].children += 1 }
    }
    for element in page.pictures { elements[Int(element)].pictures += 1 }
    for (index, block) in page.blocks.enumerated() {
      elements[Int(block.element)].add(Self.sum(block, shapes[index], mass: selection.mass(ofBlock: index)))
    }
    for index in page.elements.indices.reversed() where page.elements[index].parent >= 0 {
      elements[Int(page.elements[index].parent)].add(elements[index])
    }
  }

  private mutating func countAlike(_ page: Page) {
    table.removeAll(most: page.elements.count)
    counts.removeAll(keepingCapacity: true)
    alike.removeAll(keepingCapacity: true)
    for element in page.elements {
      let number = table.number(of: UInt64(element.template))
      if number == counts.count { counts.append(0) }
      counts[number] += 1
      alike.append(Int32(number))
    }
    for index in alike.indices { alike[index] = counts[Int(alike[index])] }
  }

  private mutating func countCopies(_ shapes: [TextShape]) {
    table.removeAll(most: shapes.count)
    counts.removeAll(keepingCapacity: true)
    copies.removeAll(keepingCapacity: true)
    copiesBefore.removeAll(keepingCapacity: true)
    for shape in shapes {
      let number = table.number(of: shape.hash)
      if number == counts.count { counts.append(0) }
      copiesBefore.append(counts[number])
      counts[number] += 1
      copies.append(Int32(number))
    }
    for index in copies.indices { copies[index] = counts[Int(copies[index])] }
  }

  private mutating func group(_ page: Page, _ shapes: [TextShape], _ selection: Selection) {
    (narrowGroup, narrow) = grouped(page, shapes, selection) { block in
      let element = page.elements[Int(block.element)]
      let parent = element.parent >= 0 ? page.elements[Int(element.parent)] : element
      let grandparent = parent.parent >= 0 ? page.elements[Int(parent.parent)] : parent
      return (UInt64(element.template) << 32 | UInt64(parent.template)) &* 31 &+ UInt64(grandparent.template)
    }
    (wideGroup, wide) = grouped(page, shapes, selection) { UInt64(page.elements[Int($0.element)].template) }
  }

  private mutating func grouped(
    _ page: Page, _ shapes: [TextShape], _ selection: Selection, by key: (Page.TextBlock) -> UInt64
  ) -> ([Int], [Group]) {
    table.removeAll(most: page.blocks.count)
    var numbers: [Int] = []
    var groups: [Group] = []
    for (index, block) in page.blocks.enumerated() {
      let number = table.number(of: key(block))
      if number == groups.count { groups.append(Group(first: index)) }
      groups[number].sum.add(Self.sum(block, shapes[index], mass: selection.mass(ofBlock: index)))
      groups[number].withEnds += shapes[index].sentenceEnds > 0 ? 1 : 0
      groups[number].last = index
      numbers.append(number)
    }
    return (numbers, groups)
  }
}
