import PipelineKit

/// What a page shows of its metadata: headings, bylines, dates, a newsletter's head.
struct ShownFacts {
  private(set) var newsletter = NewsletterHead()
  private(set) var headings: [String] = []
  private(set) var bylines: [String] = []
  private(set) var dates: [String] = []
  /// Blocks that are the newsletter's head and not text.
  private(set) var headBlocks: Set<Int> = []

  init(of page: Page, _ selection: Selection) {
    let kept = Set(selection.kept)
    // The head ends where the text begins.
    let firstProse = selection.kept.first { selection.mass(ofBlock: $0) >= 150 } ?? page.blocks.count
    for index in 0..<min(firstProse, page.blocks.count) {
      let block = page.blocks[index]
      let signals = selection.signals(of: block)
      if block.level == 1 && block.count < 400 { headings.append(page.string(block)) }
      guard block.count <= 300, signals.isDisjoint(with: [.navigation, .footer, .comment, .related, .consent]) else {
        continue
      }
      let lines = page.lines(of: block)
      if takeHead(lines, kept.contains(index) || !signals.isDisjoint(with: [.byline, .date, .details])) {
        headBlocks.insert(index)
      }
      note(lines, signals)
    }
    for block in page.blocks where block.level == 1 && headings.isEmpty && block.count < 400 {
      headings.append(page.string(block))
    }
  }

  private mutating func takeHead(_ lines: [String], _ isNearText: Bool) -> Bool {
    let begins = lines.contains { $0.dropping(prefix: "Publication:") != nil || $0.dropping(prefix: "By:") != nil }
    guard begins || isNearText || newsletter.publication != nil else { return false }
    var all = true
    for line in lines { all = newsletter.take(line) && all }
    return all
  }

  private mutating func note(_ lines: [String], _ signals: Signals) {
    if signals.contains(.byline), let line = lines.first, line.utf8.count <= 120, bylines.count < 20 {
      bylines.append(line)
    }
    if !signals.isDisjoint(with: [.date, .details, .byline, .header]), dates.count < 50 {
      dates += lines.filter { $0.utf8.count <= 120 }
    }
  }
}
