import ArticleHead

/// Takes out of the chosen blocks what pages set around and into a text, told by its words where the markup is silent.
extension Selection {
  mutating func dropFurniture(of page: Page, authors: [String], captions: Bool) {
    cutClosing(page)
    drop { index in
      let block = page.blocks[index]
      guard block.count <= 300 else { return false }
      let text = page.string(block)
      return Labels.isFurniture(text) || Labels.isSmallPrint(text) || (!captions && Labels.isCredited(text))
    }
    dropAuthorBoxes(page, authors)
    dropTrailingHeadings(page)
  }

  /// Cuts the text at a label such as "Related articles" where little follows: behind it the article is over.
  private mutating func cutClosing(_ page: Page) {
    let total = kept.reduce(0) { $0 + mass(ofBlock: $1) }
    var behind = 0
    var cut: Int?
    for place in kept.indices.reversed() {
      let index = kept[place]
      if page.blocks[index].count <= 60, Labels.closes(page.string(page.blocks[index])) { cut = place }
      behind += mass(ofBlock: index)
      if behind * 4 > total { break }
    }
    if let cut { keep(upTo: cut) }
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
