public import PipelineKit
internal import TextDecoding

/// Cleans one document after another, with arrays that it fills anew for each.
public struct CleanWorker: AnnotatorWorker {
  private let options: Options
  private let maxDocument: Int
  private var builder = PageBuilder()
  private var selection = Selection()
  private var writer = TextWriter()

  init(options: Options, maxDocument: Int) {
    (self.options, self.maxDocument) = (options, maxDocument)
    XMLLibrary.start()
  }

  public mutating func annotate(_ document: inout Document) throws {
    guard !document.hasText else { return }
    guard document.origin.mediaType.isMarkup else {
      throw CleanProblem.notMarkup(document.origin.mediaType.description)
    }
    guard document.raw.count <= 1_000_000_000 else { throw CleanProblem.tooLarge }
    let input = MarkupInput(document)
    try document.checkTime()
    if document.origin.mediaType.isXML {
      switch try XMLReader.read(
        input.bytes, options: options, into: &builder, checkTime: { try document.checkTime() })
      {
      case .article(let article): return try cleanArticle(article, input, &document)
      case .pageInBuilder: return try cleanPage(input, &document)
      case .page: break
      }
    }
    let isXHTML = document.origin.mediaType == .xhtml
    try HTMLTokenizer.read(input.bytes, isXHTML: isXHTML, into: &builder) { try document.checkTime() }
    try cleanPage(input, &document)
  }

  private mutating func cleanArticle(_ article: MarkedArticle, _ input: MarkupInput, _ document: inout Document) throws
  {
    var article = article
    var metadata = document.metadata
    article.write(to: &metadata)
    article.leaveOutHeadings(of: builder.page, title: metadata[.title])
    if options.metadata { document.metadata = metadata }
    try document.checkTime()
    writer.write(article.kept, of: builder.page, tables: options.tables, shift: input.shift)
    try document.write(text: writer.text, blocks: writer.blocks)
  }

  /// Cleans the page in the builder.
  private mutating func cleanPage(_ input: MarkupInput, _ document: inout Document) throws {
    try document.checkTime()
    selection.choose(from: &builder.page, options: options)
    try document.checkTime()
    let facts = ShownFacts(of: builder.page, selection)
    if options.metadata {
      let page = PageMetadata(
        head: builder.page.head, newsletter: facts.newsletter, linked: LinkedData(builder.page.head.linkedData),
        headings: facts.headings, lines: facts.lines, bylines: facts.bylines, shownDates: facts.dates)
      page.write(to: &document.metadata, uri: document.origin.uri)
    }
    leaveOut(facts, document.metadata)
    try document.checkTime()
    writer.write(selection.kept, of: builder.page, tables: options.tables, shift: input.shift)
    try document.write(text: writer.text, blocks: writer.blocks)
  }

  /// Takes out what is metadata, what only repeats, and what pages set around a text.
  private mutating func leaveOut(_ facts: ShownFacts, _ metadata: Metadata) {
    let page = builder.page
    let titles = Set((facts.headings.prefix(1) + [metadata[.title] ?? ""]).map(\.essence).filter { !$0.isEmpty })
    let firstProse = selection.kept.first { selection.mass(ofBlock: $0) >= 60 } ?? 0
    selection.drop { index in
      if facts.headBlocks.contains(index) { return true }
      let block = page.blocks[index]
      guard block.level > 0 || index < firstProse, block.count < 400 else { return false }
      return titles.contains(page.string(block).essence)
    }
    let repeated = Repetition.repeated(selection.kept, in: page)
    selection.drop { repeated.contains($0) }
    selection.dropFurniture(of: page, authors: metadata.list(.authors), captions: options.captions)
  }
}

/// The bytes of a document as UTF-8, without NUL, for the parsers.
struct MarkupInput {
  var bytes: [UInt8]
  /// Added to offsets in `bytes` gives those in the original; nil where the encodings differ.
  var shift: Int?

  init(_ document: Document) {
    let raw = document.raw
    let decoded = decode(raw, transport: document.origin.charset, declared: declaredEncoding(inMarkup: raw))
    bytes = Array(decoded.text.utf8)
    // A byte order mark is not part of the text. Where all else has its length, it is UTF-8, or ASCII by another name.
    let mark = raw.count - bytes.count
    let hasMark = mark == 3 && raw.starts(with: [0xEF, 0xBB, 0xBF])
    let keepsLengths = !["utf-16", "utf-32", "gb", "big5", "shift", "euc", "iso-2022"].contains {
      decoded.encoding.hasPrefix($0)
    }
    shift = keepsLengths && (mark == 0 || hasMark) ? mark : nil
    // NUL ends a text in C; this character is dropped like it, and as long.
    for index in bytes.indices where bytes[index] == 0 { bytes[index] = 1 }
  }
}

extension MediaType {
  /// XML but for XHTML, which is read as HTML.
  var isXML: Bool { isMarkup && self != .html && self != .xhtml }
}
