public import PipelineKit

/// Cleans one document after another, with arrays that it fills anew for each.
public struct CleanWorker: AnnotatorWorker {
  private let options: Options
  private var builder = PageBuilder()
  private var chooser: Chooser
  private var writer = TextWriter()

  init(options: Options, model: BlockModel?) {
    chooser = Chooser(model)
    self.options = options
    XMLLibrary.start()
  }

  public mutating func annotate(_ document: inout Document) throws {
    guard !document.hasText else { return }
    guard document.origin.mediaType.isMarkup else {
      throw CleanProblem.notMarkup(document.origin.mediaType.description)
    }
    let input = try MarkupInput(document)
    // Offsets are numbers of 32 bits.
    guard input.bytes.count <= 1_000_000_000 else { throw CleanProblem.tooLarge }
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
    try write(article.kept, input, &document)
  }

  /// Cleans the page in the builder.
  private mutating func cleanPage(_ input: MarkupInput, _ document: inout Document) throws {
    try document.checkTime()
    // Titles and authors are no text, whether they are wanted as metadata or not.
    var metadata = document.metadata
    try chooser.choose(from: &builder.page, options, &metadata, uri: document.origin.uri) { try document.checkTime() }
    if options.metadata { document.metadata = metadata }
    try document.checkTime()
    try write(chooser.kept, input, &document)
  }

  private mutating func write(_ kept: [Int], _ input: MarkupInput, _ document: inout Document) throws {
    writer.write(kept, of: builder.page, tables: options.tables, captions: options.captions)
    try document.write(text: writer.text, blocks: input.placed(writer.blocks, in: document.raw))
    if options.metadata {
      if !input.hasLanguage { document.settleLanguage() }
      input.note(in: &document.metadata)
    }
  }
}

extension CleanWorker {
  /// The numbers by which a model decides about the blocks of a page, and the page.
  mutating func describe(_ document: Document) throws -> ([FeatureColumns], Page) {
    try HTMLTokenizer.read(MarkupInput(document).bytes, isXHTML: false, into: &builder) {}
    let columns = chooser.describe(&builder.page, document.metadata, uri: document.origin.uri)
    return (columns, builder.page)
  }
}

extension MediaType {
  /// XML but for XHTML, which is read as HTML.
  var isXML: Bool { isMarkup && self != .html && self != .xhtml }
}
