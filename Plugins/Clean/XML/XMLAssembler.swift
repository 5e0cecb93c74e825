/// Makes a page and facts of the elements and texts of a document, by the table of its vocabulary.
///
/// Only what is text reaches the builder. A footnote or a caption in the midst of a paragraph waits until the
/// paragraph is over, so that no sentence is cut in two. Cost: linear.
struct XMLAssembler {
  private(set) var builder: PageBuilder
  private(set) var facts = Facts()
  /// Ranges of the page's blocks that are an abstract.
  private(set) var abstracts: [Range<Int>] = []
  /// Documents of the file behind the first with text, which are left out.
  private(set) var others = 0
  /// Whether anything but the root's name was as the vocabulary has it.
  private(set) var isConfirmed = false
  /// Whether an element was there that begins a paragraph.
  private(set) var hasParagraph = false
  /// Whether there is NITF inside of another vocabulary.
  private(set) var holdsNITF = false
  let vocabulary: any XMLVocabulary
  private let captions: Bool

  private var open: [Open] = []
  private var embedded: (any XMLVocabulary)?
  private var embeddedDepth = 0
  /// How many sections are open.
  private var level = 0
  private var captures: [(fact: String, start: Int)] = []
  private var captured: [UInt8] = []
  private var muted = 0
  private var waiting = WaitingEvents()
  /// Number of open elements around the one that waits; nil where none does.
  private var waitingDepth: Int?
  /// Number of open elements around the one for whose end it waits.
  private var awaitedDepth = -1
  /// The last byte that went into the text.
  private var lastByte: UInt8 = 32
  private let noAttributes = Attributes()

  /// Whether an element's text is the article's, nothing, or may yet hold some.
  private enum State { case outside, text, notesOnly, never }

  private struct Open {
    var hash: UInt64
    var part: Part
    var state: State
    var notesFacts: Bool
    /// Index of the innermost element that the builder has, itself or one around it; -1 where there is none.
    var block = -1
    var isPushed = false
    var hasText = false
    var mutes = false
    var captures = 0
    var firstBlock = 0
  }

  init(_ vocabulary: any XMLVocabulary, builder: PageBuilder, captions: Bool) {
    (self.vocabulary, self.builder, self.captions) = (vocabulary, builder, captions)
  }
  mutating func takeBuilder() -> PageBuilder {
    defer { builder = PageBuilder() }
    builder.end()
    return builder
  }

  // MARK: Elements

  /// - Parameter ahead: the document behind the start tag.
  mutating func start(_ name: ElementName, _ attributes: XMLAttributes, ahead: ArraySlice<UInt8>) {
    let parent = open.last
    let vocabulary = vocabulary(for: name)
    let row = vocabulary.elements[name.hash, parent?.hash ?? 0] ?? ElementTable.Row()
    let isInLine = parent.map { $0.block >= 0 && open[$0.block].hasText } ?? false
    var part = vocabulary.part(row, of: name, attributes, isInLine: isInLine)
    if name.namespace == .drawing { part = .hidden }
    part = resolved(part, ahead)
    var entry = Open(
      hash: name.hash, part: part, state: state(of: part, in: parent?.state ?? .outside),
      notesFacts: part == .nitf
        || (parent?.notesFacts ?? true) && part != .ignored && (!part.isText || vocabulary.notesInText))
    if entry.notesFacts { note(row, attributes, &entry) }
    embed(part)
    if part.isText || row.fact != nil { isConfirmed = true }
    if part == .paragraph { hasParagraph = true }
    if part == .hidden && !captures.isEmpty {
      entry.mutes = true
      muted += 1
    }
    entry.block = parent?.block ?? -1
    if part.isText { entry.firstBlock = builder.page.blocks.count }
    if entry.state == .text { push(part, &entry) }
    open.append(entry)
  }

  mutating func end() {
    guard let entry = open.popLast() else { return }
    for _ in 0..<entry.captures { endCapture() }
    if entry.mutes { muted -= 1 }
    if entry.part == .section && entry.state == .text { level -= 1 }
    if entry.isPushed { pop(entry) }
    if waitingDepth == open.count { waitingDepth = nil }
    if entry.part == .abstract && entry.state == .text {
      abstracts.append(entry.firstBlock..<builder.page.blocks.count)
    }
    if embedded != nil && open.count == embeddedDepth { embedded = nil }
  }

  private func vocabulary(for name: ElementName) -> any XMLVocabulary {
    if let embedded { return embedded }
    return name.namespace == .xhtml && open.last?.state == .text ? XHTMLContent() : vocabulary
  }

  /// What a part is that depends on what came before or comes behind.
  private mutating func resolved(_ part: Part, _ ahead: ArraySlice<UInt8>) -> Part {
    switch part {
    case .document where hasText:
      others += 1
      return .ignored
    case .document:
      facts.removeAll()
      return part
    case .rendition where hasText, .plainText where hasText: return .ignored
    case .nitf where open.last?.state == .never: return .ignored
    case .caption where !captions: return .hidden
    case .mark: return ReferenceMarks.isMark(ahead, behind: lastByte) ? .hidden : .inline
    case .raised: return ReferenceMarks.isRaisedMark(ahead) ? .hidden : .inline
    default: return part
    }
  }
  private var hasText: Bool { !builder.page.blocks.isEmpty }

  private func state(of part: Part, in parent: State) -> State {
    if parent == .never || part == .hidden || part == .ignored || part == .fact { return .never }
    if part.isText || (vocabulary.notesInText && part != .inline) { return .text }
    if part == .nitf { return .outside }
    if part == .back { return .notesOnly }
    if part == .footnote && parent == .notesOnly { return .text }
    return parent
  }

  private mutating func embed(_ part: Part) {
    guard embedded == nil, part == .html || part == .nitf else { return }
    if part == .nitf { holdsNITF = true }
    embedded = part == .html ? XHTMLContent() : NITF()
    embeddedDepth = open.count
  }

  // MARK: Facts

  private mutating func note(_ row: ElementTable.Row, _ attributes: XMLAttributes, _ entry: inout Open) {
    for (name, fact) in row.attributes {
      if let value = attributes[name] { facts.note(fact, value) }
    }
    if let fact = row.fact {
      captures.append((fact, captured.count))
      entry.captures += 1
    }
  }

  private mutating func endCapture() {
    guard let capture = captures.popLast() else { return }
    facts.note(capture.fact, String(decoding: captured[capture.start...], as: UTF8.self))
    if captures.isEmpty { captured.removeAll(keepingCapacity: true) }
  }

  // MARK: Text

  private mutating func push(_ part: Part, _ entry: inout Open) {
    if part.isFloating && waitingDepth == nil, let line = line(around: part) {
      waitingDepth = open.count
      awaitedDepth = line
    }
    switch part {
    case .inline, .mark, .raised: return
    case .gap, .verse:
      blank()
      return
    case .lineBreak:
      waitingDepth == nil ? builder.empty(.br, noAttributes) : waiting.append(.lineBreak)
      lastByte = 32
      return
    case .section: level += 1
    default: break
    }
    let tag = part == .heading ? Self.headings[min(max(level - 1, 0), Self.headings.count - 1)] : part.tag
    let signals: Signals = part == .footnote ? .footnote : []
    if waitingDepth == nil {
      builder.push(tag, noAttributes, adding: signals)
    } else {
      waiting.append(.push(tag, signals))
    }
    entry.isPushed = true
    entry.block = open.count
    lastByte = 32
  }

  /// The outermost element that is one running text, for whose end something waits; a table counts as one.
  private func line(around part: Part) -> Int? {
    let table = open.firstIndex { $0.part == .table && $0.isPushed }
    if part == .table && table != nil { return nil }
    let text = open.firstIndex { $0.hasText }
    return [table, text].compactMap { $0 }.min()
  }

  private mutating func pop(_ entry: Open) {
    lastByte = 32
    guard waitingDepth == nil else { return waiting.append(.pop) }
    builder.pop()
    guard awaitedDepth == open.count else { return }
    awaitedDepth = -1
    waiting.replay(to: &builder)
  }

  /// The title stands on level 1, so that the sections of an article stand on level 2.
  private static let headings: [Tag] = [.h2, .h3, .h4, .h5, .h6]

  /// - Parameters:
  ///   - bytes: what the text is.
  ///   - place: where it stands in the input; as long as `bytes` where it stands there as it is.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, at place: Range<Int>) {
    guard let top = open.last else { return }
    if !captures.isEmpty && muted == 0 && captured.count < Facts.longest * 4 { captured.append(contentsOf: bytes) }
    guard top.state == .text, let last = bytes.last else { return }
    lastByte = last
    if top.block >= 0, !open[top.block].hasText, bytes.contains(where: { $0 > 32 }) { open[top.block].hasText = true }
    if top.part == .plainText && place.count == bytes.count { return plainText(bytes, at: place.lowerBound) }
    add(bytes, at: place)
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, at place: Range<Int>) {
    if waitingDepth == nil {
      builder.text(bytes, at: place.lowerBound, length: place.count)
    } else {
      waiting.append(bytes, at: place)
    }
  }

  /// A blank that stands nowhere in the document.
  private mutating func blank() {
    lastByte = 32
    var space: UInt8 = 32
    withUnsafePointer(to: &space) { add(UnsafeBufferPointer(start: $0, count: 1), at: 0..<0) }
  }

  /// Lines of plain text, of which an empty one ends a paragraph.
  private mutating func plainText(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    var begin = 0
    var lastBreak: Int?
    for (index, byte) in bytes.enumerated() {
      if byte == 10 {
        if lastBreak != nil {
          add(UnsafeBufferPointer(rebasing: bytes[begin..<index]), at: start + begin..<start + index)
          builder.empty(.br, noAttributes)
          builder.empty(.br, noAttributes)
          begin = index
        }
        lastBreak = index
      } else if byte > 32 {
        lastBreak = nil
      }
    }
    add(UnsafeBufferPointer(rebasing: bytes[begin...]), at: start + begin..<start + bytes.count)
  }
}
