/// Where the lines are drawn; each was tried over the development pages, where its neighbours were worse or equal.
private enum Thresholds {
  /// Bytes outside of links; what is shorter is a label.
  static let shortestProse: Int32 = 25
  /// Percent of the page's prose, above which a signal must be wrong.
  static let mostProse = 60
  /// The same for signals of layout, which wrappers are often named after.
  static let muchProse = 25
  /// Percent of the mass that a child must hold for the walk to go down.
  static let nearlyAll = 95
  /// Percent of a block's bytes in links, for items of lists and for other blocks.
  static let linkShareOfItem = 60
  static let linkShare = 67
  /// Bytes of prose, and percent of all prose on the page, that a choice must hold to be believed.
  static let twoSentences: Int32 = 250
  static let largePart = 30
  /// Bytes of prose that are believed whatever else the page holds.
  static let wholeArticle: Int32 = 2500
}

/// Chooses the blocks of a page that are its article.
///
/// Idea: each block of prose has a mass, its bytes outside of links. Signals of boilerplate take the mass of
/// what is inside them away, unless that is most of the page's prose, when the signal must be wrong. Then
/// the container is the smallest element that holds nearly all that is left: an element marked as the
/// article's body, or else the end of a walk from the root to the heaviest child. In the container each block
/// is judged by itself. Where too little comes out, the same is tried with fewer signals, and at last all
/// prose is taken. Cost: linear in elements and blocks, for each of the tries.
struct Selection {
  /// Index into the page's blocks, in order.
  private(set) var kept: [Int] = []
  /// What the rules kept before metadata and furniture were left out.
  var chosen: [Int] = []
  private var comments = ReaderComments()

  // Scratch, one entry for each element or block.
  private var said: [Signals] = []
  private var inherited: [Signals] = []
  private var elementMass: [Int32] = []
  private var blockMass: [Int32] = []

  /// - Parameter kind: what the page calls itself.
  mutating func choose(from page: inout Page, options: Options, kind: PageKind) {
    kept.removeAll(keepingCapacity: true)
    guard !page.blocks.isEmpty else { return }
    weigh(page)
    said.removeAll(keepingCapacity: true)
    for element in page.elements {
      said.append(element.parent >= 0 ? element.signals.union(said[Int(element.parent)]) : element.signals)
    }
    if options.comments {
      comments.forget()
    } else {
      comments.find(in: page, said: said, blockMass: blockMass, kind: kind)
    }
    let asRead = comments.areBesideArticle ? page.elements : []
    propose(from: &page, options, without: nil)
    if comments.areBesideArticle, kept.contains(where: { isReaderComment(page.blocks[$0], of: page) }) {
      page.elements = asRead
      propose(from: &page, options, without: comments)
    }
  }

  /// - Parameter comments: are no text, however much prose they hold.
  private mutating func propose(from page: inout Page, _ options: Options, without comments: ReaderComments?) {
    kept.removeAll(keepingCapacity: true)
    let total = sumMasses(page, cleanOnly: false, without: comments)
    withdrawSignals(of: &page, total: total, but: comments)
    var disregarded: Signals = options.comments ? [.comment] : []
    if options.captions { disregarded.formUnion(.caption) }
    let tries: [Signals] = [
      [], [.comment, .form, .related, .details],
      [.noScript, .hidden, .header, .sidebar, .promotion, .dialog, .advertisement],
    ]
    for more in tries {
      disregarded.formUnion(comments == nil ? more : more.subtracting(.comment))
      inheritSignals(page, disregarded)
      let mass = sumMasses(page, cleanOnly: true, without: comments)
      if isEnough(mass, of: total) || more == tries.last {
        keepBlocks(of: page, in: container(of: page, mass: mass), total: mass)
        if !kept.isEmpty { return }
      }
    }
  }

  /// What a block's elements say, those taken back and those disregarded left out.
  func signals(of block: Page.TextBlock) -> Signals { inherited[Int(block.element)].union(block.inline) }
  /// What a block's elements say, also what was taken back.
  func allSignals(of block: Page.TextBlock) -> Signals { said[Int(block.element)].union(block.inline) }
  /// Whether a block is a reader's comment, beside an article.
  func isReaderComment(_ block: Page.TextBlock, of page: Page) -> Bool { comments.hold(block, of: page) }
  /// Bytes of prose in a block of the page.
  func mass(ofBlock index: Int) -> Int { Int(blockMass[index]) }
  /// Takes a block of the page out of the text.
  mutating func keep(_ indices: [Int]) { kept = indices }
  mutating func drop(where isDropped: (Int) -> Bool) { kept.removeAll(where: isDropped) }

  mutating func keep(upTo place: Int) { kept.removeSubrange(place...) }
  mutating func remove(at place: Int) { kept.remove(at: place) }
  mutating func remove(_ places: Range<Int>) { kept.removeSubrange(places) }

  /// Where most of the prose stands in comments and the like, these are the page: it is a forum.
  private func isEnough(_ mass: Int32, of total: Int32) -> Bool {
    if mass >= Thresholds.wholeArticle { return true }
    let isLargePart = Int(mass) * 100 >= Int(total) * Thresholds.largePart
    return isLargePart && (mass >= Thresholds.twoSentences || (mass > 0 && Int(mass) * 3 >= Int(total)))
  }

  // MARK: Masses

  private mutating func weigh(_ page: Page) {
    blockMass.removeAll(keepingCapacity: true)
    for block in page.blocks { blockMass.append(Self.mass(of: block, in: page)) }
  }

  /// Bytes of prose. Short lines and lines without an end of a sentence are mostly labels.
  private static func mass(of block: Page.TextBlock, in page: Page) -> Int32 {
    let plain = Int32(block.count) - block.linkBytes
    guard block.level == 0, plain >= Thresholds.shortestProse, Int(block.linkBytes) * 2 < block.count else { return 0 }
    let isProse = block.hasSentenceEnd(in: page.text)
    let isItem = page.elements[Int(block.element)].context.contains(.listItem)
    return isProse ? (isItem ? plain / 2 : plain) : plain / 8
  }

  /// Gives each element the mass of the blocks inside it that count.
  private mutating func sumMasses(_ page: Page, cleanOnly: Bool, without comments: ReaderComments?) -> Int32 {
    elementMass.removeAll(keepingCapacity: true)
    elementMass.append(contentsOf: repeatElement(0, count: page.elements.count))
    var total: Int32 = 0
    for (index, block) in page.blocks.enumerated() where !cleanOnly || isClean(block) {
      if comments?.hold(block, of: page) == true { continue }
      elementMass[Int(block.element)] += blockMass[index]
      total += blockMass[index]
    }
    for index in page.elements.indices.reversed() {
      let parent = Int(page.elements[index].parent)
      if parent >= 0 { elementMass[parent] += elementMass[index] }
    }
    return total
  }

  // MARK: Signals

  /// Takes back signals of elements that hold most of the prose.
  private func withdrawSignals(of page: inout Page, total: Int32, but comments: ReaderComments?) {
    for index in page.elements.indices where !page.elements[index].signals.isDisjoint(with: .boilerplate) {
      if comments?.hold(element: index) == true { continue }
      let share = Int(elementMass[index]) * 100
      if share > Int(total) * Thresholds.mostProse {
        page.elements[index].signals.subtract(.boilerplate)
      } else if share > Int(total) * Thresholds.muchProse {
        page.elements[index].signals.subtract(.layout)
      }
    }
  }

  private mutating func inheritSignals(_ page: Page, _ disregarded: Signals) {
    inherited.removeAll(keepingCapacity: true)
    for element in page.elements {
      let own = element.signals.subtracting(disregarded)
      inherited.append(element.parent >= 0 ? own.union(inherited[Int(element.parent)]) : own)
    }
  }

  private func isClean(_ block: Page.TextBlock) -> Bool {
    signals(of: block).isDisjoint(with: .boilerplate)
  }

  // MARK: Container

  private func container(of page: Page, mass: Int32) -> Int {
    var best = 0
    var bestMass = mass / 2
    for (index, element) in page.elements.enumerated() where elementMass[index] > bestMass {
      guard element.signals.contains(.articleBody) else { continue }
      (best, bestMass) = (index, elementMass[index])
    }
    return best > 0 ? best : heaviest(page, from: 0)
  }

  /// Walks down while one child holds nearly all of the mass.
  private func heaviest(_ page: Page, from start: Int) -> Int {
    var current = start
    while let child = heaviestChild(of: current, page),
      Int(elementMass[child]) * 100 >= Int(elementMass[current]) * Thresholds.nearlyAll
    {
      current = child
    }
    return current
  }

  private func heaviestChild(of parent: Int, _ page: Page) -> Int? {
    var best: Int?
    var child = parent + 1
    let end = Int(page.elements[parent].end)
    while child < end {
      if page.elements[child].tag.holdsBlocks && elementMass[child] > best.map({ elementMass[$0] }) ?? 0 {
        best = child
      }
      child = Int(page.elements[child].end)
    }
    return best
  }

  // MARK: Blocks

  private mutating func keepBlocks(of page: Page, in container: Int, total: Int32) {
    let range = container..<Int(page.elements[container].end)
    for (index, block) in page.blocks.enumerated() where range.contains(Int(block.element)) {
      if isClean(block) && belongs(block, in: page) { kept.append(index) }
    }
    trimEnds(page)
    dropLonelyHeadings(page)
  }

  private func belongs(_ block: Page.TextBlock, in page: Page) -> Bool {
    if block.level > 0 { return Int(block.linkBytes) * 2 <= block.count }
    let context = page.elements[Int(block.element)].context
    let share = Int(block.linkBytes) * 100 / max(1, block.count)
    if context.contains(.listItem) && !block.hasSentenceEnd(in: page.text) {
      return share <= Thresholds.linkShareOfItem
    }
    return share <= Thresholds.linkShare
  }

  /// Labels before the first prose and behind the last are dates, counts and buttons.
  private mutating func trimEnds(_ page: Page) {
    func isText(_ index: Int) -> Bool {
      if blockMass[index] > 0 { return true }
      let block = page.blocks[index]
      if block.linkBytes == 0 && block.count >= 12 && block.level == 0 && block.hasSentenceEnd(in: page.text) {
        return true
      }
      return page.kind(of: block) == .tableCell
    }
    guard let first = kept.firstIndex(where: isText), let last = kept.lastIndex(where: isText) else { return }
    var start = first
    while start > 0, page.blocks[kept[start - 1]].level > 0 { start -= 1 }
    kept = Array(kept[start...last])
  }

  /// A heading with nothing under it headed what was left out.
  private mutating func dropLonelyHeadings(_ page: Page) {
    var result: [Int] = []
    var next: UInt8 = 1
    for index in kept.reversed() {
      let level = page.blocks[index].level
      // A heading follows: this one needs to be above it.
      if level > 0 && next > 0 && level >= next { continue }
      result.append(index)
      next = level
    }
    kept = result.reversed()
  }
}

extension Page.TextBlock {
  /// Whether some sentence ends in the block or at its end.
  func hasSentenceEnd(in text: [UInt8]) -> Bool {
    var index = Int(end) - 1
    // Closing quotation marks and brackets may stand behind the end.
    while index > start, index > Int(end) - 6,
      text[index] > 0x7F || text[index] == 34 || text[index] == 39 || text[index] == 41
    {
      if Self.endsSentence(text, index) { return true }
      index -= 1
    }
    if Self.endsSentence(text, index) { return true }
    var position = Int(start)
    let last = Int(end) - 1
    while position < last {
      if text[position + 1] == 32 && Self.endsSentence(text, position) { return true }
      position += 1
    }
    return false
  }

  private static func endsSentence(_ text: [UInt8], _ index: Int) -> Bool {
    switch text[index] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"): true
    // The ideographic full stop, and the full-width marks.
    case 0x82: index >= 2 && text[index - 1] == 0x80 && text[index - 2] == 0xE3
    default: false
    }
  }
}
