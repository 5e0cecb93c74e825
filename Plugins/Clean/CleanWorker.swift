public import PipelineKit

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
    let input = try MarkupInput(document)
    try document.checkTime()
    if document.origin.mediaType.isXML, case .nitf(let news) = try XMLReader.read(input.bytes, into: &builder) {
      return try cleanNews(news, input, &document)
    }
    try cleanPage(input, &document)
  }

  private mutating func cleanNews(_ news: NITFVocabulary, _ input: MarkupInput, _ document: inout Document) throws {
    selection.chooseMarked(from: builder.page, options: options)
    if options.metadata { news.write(to: &document.metadata) }
    try document.checkTime()
    try write(input, &document)
  }

  private mutating func cleanPage(_ input: MarkupInput, _ document: inout Document) throws {
    let isXHTML = document.origin.mediaType == .xhtml
    try HTMLTokenizer.read(input.bytes, isXHTML: isXHTML, into: &builder) { try document.checkTime() }
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
    try write(input, &document)
  }

  private mutating func write(_ input: MarkupInput, _ document: inout Document) throws {
    writer.write(selection.kept, of: builder.page, tables: options.tables)
    try document.write(text: writer.text, blocks: input.placed(writer.blocks, in: document.raw))
    if options.metadata {
      if !input.hasLanguage { document.settleLanguage() }
      input.note(in: &document.metadata)
    }
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

extension MediaType {
  /// XML but for XHTML, which is read as HTML.
  var isXML: Bool { isMarkup && self != .html && self != .xhtml }
}
