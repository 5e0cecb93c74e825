import ArticleHead

/// Takes out of the chosen blocks what pages set around and into a text, told by its words where the markup is silent.
extension Selection {
  mutating func dropFurniture(of page: Page, authors: [String], captions: Bool) {
    cutClosing(page)
    dropPartsBehind(page)
    dropSmallPrint(page, authors: authors, captions: captions)
    dropTrailingHeadings(page)
    dropDeck(page)
  }

  /// Takes out what its own words say is no text: labels, small print, credits of pictures, lines about the author.
  mutating func dropSmallPrint(_ page: Page, authors: [String], captions: Bool) {
    drop { index in
      let block = page.blocks[index]
      guard block.count <= 300 else { return false }
      let text = page.string(block)
      return Labels.isFurniture(text) || Labels.isSmallPrint(text) || (!captions && Labels.isCredited(text))
    }
    dropAuthorBoxes(page, authors)
  }

  /// A deck above the text that is marked as a heading: one that is a sentence, which headings inside a text are not.
  private mutating func dropDeck(_ page: Page) {
    guard kept.count > 2, let first = kept.first else { return }
    let block = page.blocks[first]
    guard block.level > 1, page.blocks[kept[1]].level == 0, (60...400).contains(block.count) else { return }
    if page.string(block).hasSuffix(".") { remove(at: 0) }
  }

  /// Cuts the text at a label such as "Related articles" where little follows: behind it the article is over.
  /// A label in a box between paragraphs of one row takes its box with it and nothing else.
  private mutating func cutClosing(_ page: Page) {
    let total = kept.reduce(0) { $0 + mass(ofBlock: $1) }
    var behind = 0
    var boxes = 0
    var place = kept.count
    while place > 0 {
      place -= 1
      let block = page.blocks[kept[place]]
      if block.count <= 60, isClosing(block, page) {
        boxes += 1
        if boxes <= Self.mostBoxes, let end = endOfBoxInText(place, page) {
          remove(place..<end)
        } else {
          keep(upTo: place)
        }
      }
      behind += place < kept.count ? mass(ofBlock: kept[place]) : 0
      if behind * 4 > total { break }
    }
  }

  /// Each look at a box costs a walk over the blocks; an article has fewer, and a page of nothing but labels no text.
  private static let mostBoxes = 20

  private func isClosing(_ block: Page.TextBlock, _ page: Page) -> Bool {
    let text = page.string(block)
    return Labels.closes(text) || (block.level > 1 && Labels.announcesMore(text))
  }

  /// `ANNA KERN reports from Tallinn.` at the end is about the author.
  private mutating func dropAuthorBoxes(_ page: Page, _ authors: [String]) {
    for place in kept.indices.suffix(4).reversed() where place > 0 {
      let block = page.blocks[kept[place]]
      guard block.count <= 500 else { continue }
      let text = page.string(block)
      if authors.contains(where: {
        $0.utf8.count >= 5 && text.dropping(prefix: $0 + " ") != nil && !text.hasSuffix("said.")
      }) {
        remove(at: place)
      }
    }
  }

  private mutating func dropTrailingHeadings(_ page: Page) {
    while let last = kept.last, kept.count > 1, page.blocks[last].level > 0 { keep(upTo: kept.count - 1) }
  }
}
