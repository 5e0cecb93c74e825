/// Turns elements and text into the flat arrays of a `Page`.
///
/// A block of text is what stands between two edges of block elements, or between two `br` in a row. White
/// space is normalised while the bytes are copied, so that each byte of text is touched once. Cost: linear.
struct PageBuilder {
  var page = Page()
  /// Elements that are open, innermost last.
  private var open: [Open] = []
  /// Elements that hide what is inside them.
  private var opaqueDepth = 0
  private var linkDepth = 0
  private var emphasisDepth = 0
  /// Pictures since the last block.
  private var pictures = 0
  private var reader = HeadReader()
  private var openBlock = OpenBlock()
  private var noteMark = NoteMark()
  /// Where the text of the outermost open link begins.
  private var linkStart = -1

  private struct Open {
    var element: Int32
    /// Innermost block element, itself or an ancestor.
    var block: Int32
    /// Signals of the inline elements between the block element and here.
    var inline: Signals
    var isOpaque = false
    var isLink = false
    var isEmphasis = false
    var captures = false
  }

  private struct OpenBlock {
    var start = -1
    var element: Int32 = 0
    var linkBytes = 0
    var emphasis = 0
    var pictures = 0
    var inline: Signals = []
    var sourceStart = 0
    var sourceEnd = 0
    var space = false
    var breaks = 0
    var level: UInt8 = 0
  }

  mutating func begin() {
    page.removeAll()
    open.removeAll(keepingCapacity: true)
    (opaqueDepth, linkDepth, emphasisDepth, pictures) = (0, 0, 0, 0)
    (noteMark, linkStart) = (NoteMark(), -1)
    reader.begin()
    openBlock = OpenBlock()
  }

  /// Ends the page: what is still open ends here.
  mutating func end() {
    while !open.isEmpty { pop() }
    closeBlock()
  }

  // MARK: Events

  /// How many elements are open.
  var depth: Int { open.count }

  /// Opens an element inside the one opened last.
  mutating func push(_ tag: Tag, _ attributes: Attributes, adding more: Signals = []) {
    if tag.isBlock { closeBlock() }
    let parent = open.last
    let context = parent.map { page.elements[Int($0.element)].context } ?? []
    // Nothing is decided inside of what is not shown, and pages name their body after anything.
    var signals = opaqueDepth > 0 || tag == .body || tag == .html ? more : attributes.signals.union(more)
    signals.formUnion(Self.signals(of: tag, in: context))
    let index = Int32(page.elements.count)
    page.elements.append(
      Page.Element(
        parent: parent?.element ?? -1, tag: tag, signals: signals,
        context: context.union(Self.context(of: tag, signals)), table: table(tag, signals, parent), end: index + 1,
        template: (opaqueDepth > 0 ? 0 : attributes.classHash) &* 31 &+ UInt32(tag.rawValue)))
    var entry = Open(
      element: index, block: tag.isBlock ? index : parent?.block ?? index,
      inline: tag.isBlock ? [] : (parent?.inline ?? []).union(signals))
    // A template for the shadow of its parent is shown.
    let isShadow = tag == .template && attributes.has("shadowrootmode")
    entry.isOpaque = (tag.isOpaque && !isShadow) || (!tag.isBlock && signals.contains(.hidden))
    entry.isLink = tag == .a && attributes.has("href")
    if entry.isOpaque { opaqueDepth += 1 }
    if tag.isEmphasis {
      entry.isEmphasis = true
      emphasisDepth += 1
    }
    if tag.isPicture { addPicture() }
    if entry.isLink {
      if linkDepth == 0 { linkStart = page.text.count }
      linkDepth += 1
    }
    if tag == .sup || (entry.isLink && NoteMark.isLinkIntoPage(attributes)) { beginNoteMark(tag) }
    entry.captures = readHead(tag, attributes, signals)
    open.append(entry)
  }

  /// Closes the element opened last.
  mutating func pop() {
    guard let entry = open.popLast() else { return }
    let tag = page.elements[Int(entry.element)].tag
    if tag == .sup || entry.isLink { endNoteMark() }
    if tag.isBlock { closeBlock() }
    if entry.isOpaque { opaqueDepth -= 1 }
    if entry.isEmphasis { emphasisDepth -= 1 }
    if entry.isLink { linkDepth -= 1 }
    if entry.captures { reader.close(&page.head) }
    page.elements[Int(entry.element)].end = Int32(page.elements.count)
  }

  /// An element without content.
  mutating func empty(_ tag: Tag, _ attributes: Attributes) {
    switch tag {
    case .br:
      openBlock.breaks += 1
      openBlock.space = true
    case .hr: closeBlock()
    case .img: addPicture()
    case .meta, .link: _ = readHead(tag, attributes, [])
    default: break
    }
  }

  private mutating func addPicture() {
    pictures += 1
    if let top = open.last { page.pictures.append(top.element) }
  }

  /// What touches the word before it may be the mark of a note; what begins a block may be the note's number.
  private mutating func beginNoteMark(_ tag: Tag) {
    // A link that the superscript begins with.
    if noteMark.isRaised && noteMark.start == page.text.count { return }
    let touches = openBlock.start >= 0 && !openBlock.space && openBlock.breaks == 0 && page.text.last ?? 0 > 32
    guard opaqueDepth == 0, touches || openBlock.start < 0 else { return noteMark = NoteMark() }
    noteMark = NoteMark(
      start: page.text.count, blockStart: touches ? openBlock.start : page.text.count, linkBytes: openBlock.linkBytes,
      isLink: linkDepth == 0 || linkStart == page.text.count, isRaised: tag == .sup)
  }

  private mutating func endNoteMark() {
    defer { noteMark = NoteMark() }
    guard noteMark.start >= 0, noteMark.blockStart == openBlock.start, page.text.count > noteMark.start else { return }
    if noteMark.start == openBlock.start {
      // A note's number and the note's first word.
      if noteMark.isRaised && page.text[noteMark.start] &- 48 < 10 { openBlock.space = true }
    } else if noteMark.isMark(in: page.text, linkBytes: openBlock.linkBytes) {
      page.text.insert(UInt8(ascii: "["), at: noteMark.start)
      for index in page.lineBreaks.indices.reversed() {
        guard page.lineBreaks[index] >= noteMark.start else { break }
        page.lineBreaks[index] += 1
      }
      page.text.append(UInt8(ascii: "]"))
    }
  }

  /// What follows is in another block, though no element begins or ends.
  mutating func endBlock() { closeBlock() }

  /// A second tag of the root or the body, of which only the attributes count.
  mutating func addRoot(_ tag: Tag, _ attributes: Attributes) {
    if tag == .html && page.head.language == nil { _ = readHead(.html, attributes, []) }
  }

  /// What follows is in no link, though elements of links may still be open.
  mutating func endLinks() {
    for index in open.indices { open[index].isLink = false }
    linkDepth = 0
  }

  // MARK: Text

  /// - Parameters:
  ///   - start: offset in the input.
  ///   - length: bytes of the input; as many as `bytes` has where these stand in the input as they are.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, length: Int) {
    if reader.isCapturing { reader.text(bytes) }
    guard opaqueDepth == 0, let top = open.last else { return }
    let isLiteral = length == bytes.count
    let preformatted = page.elements[Int(top.element)].context.contains(.preformatted)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let (size, kind) = byte < 0x80 ? (1, Self.classOf(byte)) : Self.classOf(bytes, at: index)
      defer { index += size }
      switch kind {
      case .dropped: continue
      case .space:
        openBlock.space = true
        if preformatted && openBlock.start >= 0 { appendPreformatted(byte) }
      case .visible:
        separate(top, preformatted, sourceStart: isLiteral ? start + index : start)
        // Copies the run of plain bytes at once.
        var end = index + size
        while end < bytes.count, bytes[end] > 32, bytes[end] < 0x7F { end += 1 }
        page.text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<end]))
        if linkDepth > 0 { openBlock.linkBytes += end - index }
        if emphasisDepth > 0 { openBlock.emphasis += end - index }
        openBlock.inline.formIntersection(top.inline)
        openBlock.sourceEnd = isLiteral ? start + end : start + length
        index = end - size
      }
    }
  }

  /// Before a visible character: begins a block, or writes the blank that came before.
  private mutating func separate(_ top: Open, _ preformatted: Bool, sourceStart: Int) {
    if openBlock.breaks >= 2 && !preformatted { closeBlock() }
    if openBlock.start < 0 {
      beginBlock(top, sourceStart: sourceStart)
    } else if openBlock.breaks > 0 && preformatted {
      appendPreformatted(10)
    } else if openBlock.space {
      if openBlock.breaks > 0 { page.lineBreaks.append(Int32(page.text.count)) }
      page.text.append(32)
    }
    openBlock.space = false
    openBlock.breaks = 0
  }

  private mutating func beginBlock(_ top: Open, sourceStart: Int) {
    openBlock.start = page.text.count
    openBlock.element = top.block
    openBlock.inline = top.inline
    openBlock.linkBytes = 0
    openBlock.emphasis = 0
    openBlock.pictures = pictures
    pictures = 0
    openBlock.sourceStart = sourceStart
    openBlock.level = UInt8(headingLevel(of: top.block))
  }

  /// Line breaks and indents of preformatted text stay; a blank line does not, as it would part blocks.
  private mutating func appendPreformatted(_ byte: UInt8) {
    openBlock.space = false
    let isBreak = byte == 10
    if isBreak {
      while page.text.count > openBlock.start, let last = page.text.last, last == 32 { page.text.removeLast() }
      if page.text.last == 10 || page.text.count == openBlock.start { return }
    }
    page.text.append(isBreak ? 10 : 32)
  }

  private mutating func closeBlock() {
    defer { openBlock = OpenBlock() }
    guard openBlock.start >= 0 else { return }
    while page.text.count > openBlock.start, let last = page.text.last, last == 32 || last == 10 {
      page.text.removeLast()
    }
    let element = page.elements[Int(openBlock.element)]
    let table = Int(element.table)
    if table >= 0 {
      page.tables[table].blocks += 1
      page.tables[table].bytes += Int32(page.text.count - openBlock.start)
    }
    page.blocks.append(
      Page.TextBlock(
        start: Int32(openBlock.start), end: Int32(page.text.count), sourceStart: Int32(openBlock.sourceStart),
        sourceEnd: Int32(openBlock.sourceEnd), element: openBlock.element, level: openBlock.level,
        linkBytes: Int32(openBlock.linkBytes), emphasis: Int32(openBlock.emphasis), pictures: Int32(openBlock.pictures),
        inline: openBlock.inline,
        row: table >= 0 ? page.tables[table].rows : 0))
  }

  /// The level of a block in a heading: the heading itself, or a div or two in it. Only its first block counts,
  /// as a heading without an end tag has the rest of the page inside it.
  private func headingLevel(of element: Int32) -> Int {
    var index = element
    for _ in 0..<3 where index >= 0 {
      if let level = page.elements[Int(index)].tag.headingLevel {
        let isFirst = page.blocks.last.map { $0.element < index } ?? true
        return isFirst ? level : 0
      }
      index = page.elements[Int(index)].parent
    }
    return 0
  }

  // MARK: Elements

  private mutating func table(_ tag: Tag, _ signals: Signals, _ parent: Open?) -> Int32 {
    let current = parent.map { page.elements[Int($0.element)].table } ?? -1
    switch tag {
    case .table:
      if current >= 0 { page.tables[Int(current)].nested += 1 }
      page.tables.append(Page.Table(isPresentation: signals.contains(.presentation)))
      return Int32(page.tables.count - 1)
    case .tr where current >= 0: page.tables[Int(current)].rows += 1
    case .td where current >= 0: page.tables[Int(current)].cells += 1
    case .th where current >= 0:
      page.tables[Int(current)].cells += 1
      page.tables[Int(current)].headerCells += 1
    default: break
    }
    return current
  }

  private static func signals(of tag: Tag, in context: Page.Context) -> Signals {
    switch tag {
    case .nav, .menu: .navigation
    case .aside: .sidebar
    case .footer: .footer
    case .header: context.isDisjoint(with: [.article, .main]) ? .header : []
    case .form: .form
    case .dialog: .dialog
    case .figcaption, .caption: .caption
    case .noscript: .noScript
    case .article: .article
    case .main: .main
    default: []
    }
  }

  private static func context(of tag: Tag, _ signals: Signals) -> Page.Context {
    var context: Page.Context = []
    switch tag {
    case .li, .dd, .dt: context = .listItem
    case .blockquote: context = .quote
    case .pre, .xmp, .listing, .plaintext: context = .preformatted
    case .td, .th: context = .cell
    case .figcaption: context = .caption
    case .figure: context = .figure
    case .article: context = .article
    case .main: context = .main
    default: break
    }
    if signals.contains(.caption) { context.formUnion(.caption) }
    if signals.contains(.footnote) { context.formUnion(.footnote) }
    return context
  }

  // MARK: Head

  /// Keeps what the element says of the page.
  /// - Returns: whether the element's text is to be captured.
  private mutating func readHead(_ tag: Tag, _ attributes: Attributes, _ signals: Signals) -> Bool {
    reader.open(tag, attributes, signals, isDeep: opaqueDepth > 1, block: page.blocks.count, &page.head)
  }
}
