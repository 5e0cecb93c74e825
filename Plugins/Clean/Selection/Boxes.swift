/// What the nesting of the chosen blocks says of the parts at the end of a text.
extension Selection {
  /// The largest element around a block that does not hold another block.
  func box(around block: Page.TextBlock, without other: Page.TextBlock, _ page: Page) -> Int {
    var box = Int(block.element)
    while case let parent = Int(page.elements[box].parent), parent >= 0,
      !(parent..<Int(page.elements[parent].end)).contains(Int(other.element))
    { box = parent }
    return box
  }

  /// Where the box ends that a label stands in, if behind it the row of paragraphs goes on that stands before it:
  /// prose beside the box, under tags of the same names. Nil where the label has no box or nothing goes on.
  func endOfBoxInText(_ place: Int, _ page: Page) -> Int? {
    guard place > 0, let before = kept[..<place].last(where: { mass(ofBlock: $0) >= 100 }) else { return nil }
    let label = page.blocks[kept[place]]
    let box = box(around: label, without: page.blocks[kept[place - 1]], page)
    let parent = Int(page.elements[box].parent)
    guard box != Int(label.element), parent >= 0 else { return nil }
    guard let end = kept[place...].firstIndex(where: { page.blocks[$0].element >= page.elements[box].end }) else {
      return nil
    }
    let path = path(of: page.blocks[before], page)
    let goesOn = kept[end...].contains {
      let block = page.blocks[$0]
      // What stands under a text says where it is filed, and links there.
      return block.element < page.elements[parent].end && mass(ofBlock: $0) >= 100
        && Int(block.linkBytes) * 5 < block.count && self.path(of: block, page) == path
    }
    return goesOn ? end : nil
  }

  // MARK: Parts behind the text

  /// Takes boxes of comments and of teasers away from the end.
  mutating func dropPartsBehind(_ page: Page) {
    let total = kept.reduce(0) { $0 + mass(ofBlock: $1) }
    for _ in 0..<4 {
      guard let start = lastPart(page), start > 0 else { return }
      let part = kept[start...]
      guard part.reduce(0, { $0 + mass(ofBlock: $1) }) * 4 <= total else { return }
      guard areTeasers(part, page) || areComments(part, page) else { return }
      keep(upTo: start)
      while let last = kept.last, kept.count > 1, page.blocks[last].level > 0 { keep(upTo: kept.count - 1) }
    }
  }

  /// The place at which the part begins that ends the text: the largest box of the last block without the
  /// heaviest one.
  private func lastPart(_ page: Page) -> Int? {
    guard let last = kept.last, let heaviest = kept.max(by: { mass(ofBlock: $0) < mass(ofBlock: $1) }),
      heaviest != last
    else { return nil }
    let box = box(around: page.blocks[last], without: page.blocks[heaviest], page)
    return kept.firstIndex { page.blocks[$0].element >= box }
  }

  /// Each begins with a link or is mostly one, and is short.
  private func areTeasers(_ part: ArraySlice<Int>, _ page: Page) -> Bool {
    let texts = part.filter { page.blocks[$0].level == 0 }
    return texts.count >= 2
      && texts.allSatisfy {
        let block = page.blocks[$0]
        return Int(block.linkBytes) * 3 >= block.count && block.count <= 250 && page.kind(of: block) != .footnote
      }
  }

  /// Comments without a word that says so: at least two lines in three blocks say when, `Anna, 9 hours ago`.
  private func areComments(_ part: ArraySlice<Int>, _ page: Page) -> Bool {
    // A footnote that says when a page was read ends as a sentence does.
    let dated = part.count {
      let block = page.blocks[$0]
      return block.count <= 80 && !block.hasSentenceEnd(in: page.text) && Labels.saysWhen(page.string(block))
    }
    return dated >= 2 && dated * 3 >= part.count
  }

  /// The tags around a block, innermost first.
  private func path(of block: Page.TextBlock, _ page: Page) -> [Tag] {
    var path: [Tag] = []
    var index = Int(block.element)
    while index >= 0 {
      path.append(page.elements[index].tag)
      index = Int(page.elements[index].parent)
    }
    return path
  }
}
