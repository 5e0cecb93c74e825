import ArticleHead
import PipelineKit

/// What a page shows of its metadata: headings, bylines, dates, a newsletter's head.
struct ShownFacts {
  private(set) var newsletter = NewsletterHead(.shown)
  private(set) var headings: [String] = []
  private(set) var lines: [String] = []
  private(set) var bylines: [String] = []
  private(set) var dates: [String] = []
  /// Blocks that are the newsletter's head and not text.
  private(set) var headBlocks: Set<Int> = []

  init(of page: Page, _ selection: Selection) {
    let kept = Set(selection.kept)
    for index in page.blocks.indices {
      let block = page.blocks[index]
      let signals = selection.signals(of: block)
      if block.level == 1 && block.count < 400 { headings.append(page.string(block)) }
      guard block.count <= 700, signals.isDisjoint(with: [.navigation, .footer, .comment, .related, .consent]) else {
        continue
      }
      let lines = page.lines(of: block)
      if takeHead(lines, kept.contains(index) || !signals.isDisjoint(with: [.byline, .date, .details])) {
        headBlocks.insert(index)
      } else if kept.contains(index), selection.mass(ofBlock: index) >= 150 {
        break  // The head ends where the text begins.
      }
      note(lines, signals)
    }
    if headings.isEmpty {
      headings = page.blocks.filter { $0.level == 1 && $0.count < 400 }.prefix(5).map { page.string($0) }
    }
  }

  private mutating func takeHead(_ lines: [String], _ isNearText: Bool) -> Bool {
    let hasPublication = lines.contains { $0.dropping(prefix: "Publication:") != nil }
    let begins = hasPublication || lines.contains { $0.dropping(prefix: "By:") != nil }
    guard begins || isNearText || newsletter.publication != nil else { return false }
    var all = true
    for line in lines where !line.isEmpty { all = newsletter.take(line) && all }
    // A rubric and the title may stand in the same block.
    return all || (hasPublication && lines.count <= 8 && lines.allSatisfy { $0.utf8.count <= 160 })
  }

  private mutating func note(_ lines: [String], _ signals: Signals) {
    if self.lines.count < 60 { self.lines += lines.filter { $0.utf8.count <= 200 } }
    if signals.contains(.byline), let line = lines.first, line.utf8.count <= 120, bylines.count < 20 {
      bylines.append(line)
    }
    if !signals.isDisjoint(with: [.date, .details, .byline, .header]), dates.count < 50 {
      dates += lines.filter { $0.utf8.count <= 120 }
    }
  }
}
