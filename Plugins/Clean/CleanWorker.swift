public import PipelineKit

/// Cleans one document after another, with arrays that it fills anew for each.
public struct CleanWorker: AnnotatorWorker {
  private let options: Options
  private let maxDocument: Int
  private var builder = PageBuilder()
  private var chooser: Chooser
  private var writer = TextWriter()

  init(options: Options, model: BlockModel?, maxDocument: Int) {
    chooser = Chooser(model)
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
    chooser.chooseMarked(from: builder.page, options)
    if options.metadata { news.write(to: &document.metadata) }
    try document.checkTime()
    try write(input, &document)
  }

  private mutating func cleanPage(_ input: MarkupInput, _ document: inout Document) throws {
    try HTMLTokenizer.read(
      input.bytes, isXHTML: document.origin.mediaType == .xhtml, into: &builder
    ) { try document.checkTime() }
    try document.checkTime()
    chooser.choose(from: &builder.page, options, &document.metadata, uri: document.origin.uri)
    try document.checkTime()
    try write(input, &document)
  }

  private mutating func write(_ input: MarkupInput, _ document: inout Document) throws {
    writer.write(chooser.kept, of: builder.page, tables: options.tables)
    try document.write(text: writer.text, blocks: input.placed(writer.blocks, in: document.raw))
    if options.metadata {
      if !input.hasLanguage { document.settleLanguage() }
      input.note(in: &document.metadata)
    }
  }
}

extension CleanWorker {
  /// The numbers by which a model decides about the blocks of a page, and the page.
  mutating func describe(_ document: Document) throws -> (FeatureColumns, Page) {
    var metadata = document.metadata
    try HTMLTokenizer.read(MarkupInput(document).bytes, isXHTML: false, into: &builder) {}
    _ = chooser.propose(from: &builder.page, options, &metadata, uri: document.origin.uri)
    return (chooser.features.columns, builder.page)
  }
}

extension MediaType {
  /// XML but for XHTML, which is read as HTML.
  var isXML: Bool { isMarkup && self != .html && self != .xhtml }
}
