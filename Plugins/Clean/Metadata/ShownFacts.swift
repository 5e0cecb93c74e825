import ArticleHead
import PipelineKit

/// What a page shows of its metadata: headings, bylines, dates, a newsletter's head.
///
/// They stand between the title and the text, a few lines above the title, or directly behind the text. A line
/// there counts where it is nothing but names, dates and labels; marks in classes only help to choose.
struct ShownFacts {
  private(set) var newsletter: NewsletterHead
  /// Bylines and dates behind the text.
  private(set) var behind: NewsletterHead
  /// Headings of level 1, those nearest to the text first.
  private(set) var headings: [String] = []
  private(set) var firstHeading: String?
  /// Short lines of the page above the nearest heading, where sites set their name.
  private(set) var linesAboveHeading: [String] = []
  /// What stands as a heading right above a newsletter's `Publication:`.
  private(set) var headline: String?
  private(set) var lines: [String] = []
  private(set) var bylines: [String] = []
  private(set) var dates: [String] = []
  /// Blocks that are the newsletter's head and not text.
  private(set) var headBlocks: Set<Int> = []
  /// Blocks from a few lines above the title to the first prose.
  private(set) var region = 0..<0
  /// A few blocks behind the text.
  private(set) var behindText = 0..<0
  /// The date in `Tbilisi, March 3, 2012 – The ministers`, and that of a last line that is nothing else.
  private(set) var dateBeforeText: String?
  private(set) var dateUnderText: String?
  /// Blocks with marked dates that are not the article's.
  private var blocksApart: Set<Int> = []
  let order: DayOrder

  /// How many blocks above a title, and without a title above the text, may be its head.
  private static let aboveTitle = 4
  private static let aboveText = 15
  private static let linesBehind = 12
  /// Bytes of prose that a first paragraph has.
  private static let prose = 150
  /// A page with more lines of heads is a list of articles, whose lines are left alone from there.
  private static let mostLines = 400
  /// Nothing here is about the article.
  private static let others: Signals = [.navigation, .footer, .comment, .related, .consent]
  private static let besides: Signals = [.sidebar, .promotion, .advertisement, .tagList, .form]

  init(of page: Page, _ selection: Selection) {
    order = Self.order(of: page)
    newsletter = NewsletterHead(.shown, order)
    behind = NewsletterHead(.shown, order)
    let heads = selection.kept.prefix(20).prefix { Self.isHead(page.blocks[$0], page) }
    let text = selection.kept.dropFirst(heads.count)
    let firstProse =
      text.first { selection.mass(ofBlock: $0) >= Self.prose } ?? text.first { selection.mass(ofBlock: $0) >= 60 }
      ?? text.first ?? page.blocks.count
    let title = readHeadings(page, selection, firstProse)
    let start = title.map { max(0, $0 - Self.aboveTitle) } ?? max(0, firstProse - Self.aboveText)
    region = min(start, firstProse)..<firstProse
    readHead(page, selection)
    readHeadline(page, selection)
    if page.blocks.indices.contains(firstProse) { readDateline(page.blocks[firstProse], page) }
    readInside(page, selection)
    readBehind(page, selection)
    setApart(page, selection)
  }

  /// One date in a side bar may be the article's; several are those of a list.
  private mutating func setApart(_ page: Page, _ selection: Selection) {
    var listed: Set<Int> = []
    for index in Set(page.head.times.map(\.block)) where page.blocks.indices.contains(index) {
      let signals = selection.signals(of: page.blocks[index])
      if signals.contains(.comment) { blocksApart.insert(index) }
      guard !region.contains(index) else { continue }
      if signals.contains(.navigation) { blocksApart.insert(index) }
      if !signals.isDisjoint(with: [.sidebar, .related]) { listed.insert(index) }
    }
    if listed.count > 1 { blocksApart.formUnion(listed) }
  }

  /// Whether a date that is marked before or in a block is that of a comment or of another article.
  func isApart(_ block: Int) -> Bool { blocksApart.contains(block) }

  /// Whether a block is a newsletter's head in one, which is as long as a paragraph.
  private static func isHead(_ block: Page.TextBlock, _ page: Page) -> Bool {
    guard block.count <= 700 else { return false }
    let lines = page.lines(of: block)
    return lines.contains { $0.dropping(prefix: "Publication:") != nil } || lines.allSatisfy { HeadLine($0) != nil }
  }

  /// - Returns: the block of the nearest heading above the text.
  private mutating func readHeadings(_ page: Page, _ selection: Selection, _ firstProse: Int) -> Int? {
    var above: [Int] = []
    var below: [Int] = []
    for index in page.blocks.indices where page.blocks[index].level == 1 && page.blocks[index].count < 400 {
      if index <= firstProse { above.append(index) } else if below.count < 5 { below.append(index) }
    }
    firstHeading = page.blocks.first { $0.level == 1 && $0.count < 400 }.map(page.string)
    headings = (above.suffix(20).reversed() + below).map { page.string(page.blocks[$0]) }
    linesAboveHeading = page.blocks.prefix(above.last ?? 0).prefix(200).filter { $0.count <= 80 }.map(page.string)
    return above.last
  }

  /// Newsletters set their headlines in bold or as headings of any level.
  private mutating func readHeadline(_ page: Page, _ selection: Selection) {
    func namesPublication(_ line: String) -> Bool { line.dropping(prefix: "Publication:") != nil }
    guard newsletter.publication != nil,
      let place = headBlocks.sorted().first(where: { page.lines(of: page.blocks[$0]).contains(where: namesPublication) }
      )
    else { return }
    let above = page.lines(of: page.blocks[place]).prefix { !namesPublication($0) }
    if let line = above.last(where: { !$0.isEmpty && HeadLine($0, order) == nil }) { return headline = line }
    guard let index = (max(0, place - 3)..<place).last(where: { !headBlocks.contains($0) }) else { return }
    let block = page.blocks[index]
    // Emphasis is counted without the blanks between words.
    let isSetOff = block.level > 0 || Int(block.emphasis) * 4 >= block.count * 3
    guard isSetOff, block.count <= 300, selection.signals(of: block).isDisjoint(with: Self.others) else { return }
    headline = page.string(block)
  }

  private mutating func readHead(_ page: Page, _ selection: Selection) {
    let kept = Set(selection.kept.prefix(200))
    for index in 0..<region.upperBound {
      let block = page.blocks[index]
      guard block.count <= 700 else { continue }
      let signals = selection.signals(of: block)
      guard signals.isDisjoint(with: Self.others) else { continue }
      let isNear = region.contains(index) && signals.isDisjoint(with: Self.besides)
      let isMarked = !signals.isDisjoint(with: [.byline, .date, .details])
      let lines = page.lines(of: block)
      if headBlocks.count < Self.mostLines, takeHead(lines, kept.contains(index) || isNear || isMarked, block.level) {
        headBlocks.insert(index)
      }
      note(lines, signals, isNear)
    }
    // In the first block of prose a head may stand in lines of its own above the text; it is left there.
  }

  private mutating func takeHead(_ lines: [String], _ isNearText: Bool, _ level: UInt8) -> Bool {
    let hasPublication = lines.contains { $0.dropping(prefix: "Publication:") != nil }
    let begins = hasPublication || lines.contains { $0.dropping(prefix: "By:") != nil }
    guard begins || isNearText || newsletter.publication != nil else { return false }
    // A heading is a head's line only where nothing else is in it.
    if level > 0, !lines.allSatisfy({ HeadLine($0, order) != nil }) { return false }
    var all = true
    for line in lines where !line.isEmpty {
      let isTaken =
        newsletter.take(line) || (level == 0 && (newsletter.takeName(line) || newsletter.takeRubrics(line)))
      all = isTaken && all
    }
    // A rubric and the title may stand in the same block.
    return all || (hasPublication && lines.count <= 8 && lines.allSatisfy { $0.utf8.count <= 160 })
  }

  private mutating func note(_ lines: [String], _ signals: Signals, _ isNear: Bool) {
    if self.lines.count < 60 { self.lines += lines.filter { $0.utf8.count <= 200 } }
    if !signals.isDisjoint(with: [.byline, .author]), let line = lines.first, line.utf8.count <= 120, bylines.count < 20
    {
      bylines.append(line)
    }
    let isDated =
      !signals.isDisjoint(with: [.date, .details, .byline, .header])
      && signals.isDisjoint(with: [.navigation, .comment, .related])
    if isNear || isDated, dates.count < 50 {
      dates += lines.filter { $0.utf8.count <= 120 && $0.utf8.contains { $0 &- 48 < 10 } }
    }
  }

  private mutating func readDateline(_ block: Page.TextBlock, _ page: Page) {
    let start = page.text[Int(block.start)..<min(Int(block.end), Int(block.start) + 100)]
    guard start.contains(where: { $0 &- 48 < 10 }) else { return }
    let line = String(decoding: start, as: UTF8.self)
    for sign in [" – ", " — ", " - ", " | "] {
      let parts = line.split(separator: sign, maxSplits: 1)
      guard parts.count == 2, let found = HeadLine(String(parts[0]), order, allowsOthers: true) else { continue }
      dateBeforeText = found.published
      return
    }
  }

  /// Takes lines out of the text that name author and date together, as lists of articles and forums do, and labelled
  /// ones at its end.
  private mutating func readInside(_ page: Page, _ selection: Selection) {
    let last = selection.kept.suffix(3).first ?? 0
    for index in selection.kept {
      let block = page.blocks[index]
      guard headBlocks.count < Self.mostLines || index >= last, block.level == 0, (8...120).contains(block.count),
        page.text[Int(block.start)..<Int(block.end)].contains(where: { $0 &- 48 < 10 }),
        let line = HeadLine(page.string(block), order), line.isLabelled
      else { continue }
      let isComplete = line.modified != nil || (line.authors?.isEmpty == false && line.published != nil)
      guard isComplete || index >= last else { continue }
      headBlocks.insert(index)
      if index >= last { _ = behind.take(page.string(block)) }
    }
  }

  /// Behind a text stand lines such as "Posted by Anna Kern at 10:32".
  private mutating func readBehind(_ page: Page, _ selection: Selection) {
    let last = selection.kept.last ?? 0
    behindText = min(last + 1, page.blocks.count)..<min(page.blocks.count, last + 1 + Self.linesBehind)
    if let line = page.blocks.indices.contains(last) ? page.lines(of: page.blocks[last]).last : nil,
      line.utf8.count <= 60
    {
      dateUnderText = HeadLine(line, order)?.published
    }
    for index in behindText {
      let block = page.blocks[index]
      let signals = selection.signals(of: block)
      // A list of links leads to other articles, and to all of a month.
      let isListed =
        page.elements[Int(block.element)].context.contains(.listItem) && Int(block.linkBytes) * 10 >= block.count * 9
      guard block.count <= HeadLine.longest, block.level == 0, !isListed,
        signals.isDisjoint(with: [.navigation, .comment, .related])
      else { continue }
      for line in page.lines(of: block) where HeadLine(line, order) != nil { _ = behind.take(line) }
    }
  }

  // MARK: Order of numbers in dates

  /// By the dates that the page shows, its host, or its language.
  private static func order(of page: Page) -> DayOrder {
    let slash = UInt8(ascii: "/")
    for block in page.blocks where (8...60).contains(block.count) {
      let bytes = page.text[Int(block.start)..<Int(block.end)]
      guard let first = bytes.firstIndex(of: slash), first + 2 < bytes.endIndex,
        bytes[(first + 1)...].prefix(3).contains(slash)
      else { continue }
      let order = DayOrder(shownBy: page.string(block))
      if order != .unknown { return order }
    }
    let address = page.head.canonical ?? page.head.properties.first { $0.name == "og:url" }?.content ?? ""
    let byHost = DayOrder(host: PageAddress.host(of: address))
    return byHost != .unknown ? byHost : DayOrder(language: page.head.language ?? "")
  }
}
