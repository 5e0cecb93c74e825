public import PipelineKit
internal import TextDecoding

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
    let input = MarkupInput(document)
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
    writer.write(chooser.kept, of: builder.page, tables: options.tables, shift: input.shift)
    try document.write(text: writer.text, blocks: writer.blocks)
  }

  private mutating func cleanPage(_ input: MarkupInput, _ document: inout Document) throws {
    try HTMLTokenizer.read(
      input.bytes, isXHTML: document.origin.mediaType == .xhtml, into: &builder
    ) { try document.checkTime() }
    try document.checkTime()
    chooser.choose(from: &builder.page, options, &document.metadata, uri: document.origin.uri)
    try document.checkTime()
    writer.write(chooser.kept, of: builder.page, tables: options.tables, shift: input.shift)
    try document.write(text: writer.text, blocks: writer.blocks)
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
