public import PipelineKit
internal import TextDecoding

/// Cleans one document after another, with arrays that it fills anew for each.
public struct CleanWorker: AnnotatorWorker {
  private let options: Options
  private let maxDocument: Int
  var builder = PageBuilder()
  var selection = Selection()
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
    if document.origin.mediaType.isXML, case .nitf(let news) = try XMLReader.read(input.bytes, into: &builder) {
      return try cleanNews(news, input, &document)
    }
    try cleanPage(input, &document)
  }

  private mutating func cleanNews(_ news: NITFVocabulary, _ input: MarkupInput, _ document: inout Document) throws {
    selection.chooseMarked(from: builder.page, options: options)
    if options.metadata { news.write(to: &document.metadata) }
    try document.checkTime()
    writer.write(selection.kept, of: builder.page, tables: options.tables, shift: input.shift)
    try document.write(text: writer.text, blocks: writer.blocks)
  }

  private mutating func cleanPage(_ input: MarkupInput, _ document: inout Document) throws {
    try choose(input, &document)
    writer.write(selection.kept, of: builder.page, tables: options.tables, shift: input.shift)
    try document.write(text: writer.text, blocks: writer.blocks)
  }

  mutating func choose(_ input: MarkupInput, _ document: inout Document) throws {
    let isXHTML = document.origin.mediaType == .xhtml
    try HTMLTokenizer.read(input.bytes, isXHTML: isXHTML, into: &builder) { try document.checkTime() }
    try document.checkTime()
    selection.choose(from: &builder.page, options: options)
    try document.checkTime()
    let facts = ShownFacts(of: builder.page, selection)
    if options.metadata {
      PageMetadata(of: builder.page, facts, selection).write(to: &document.metadata, uri: document.origin.uri)
    }
    selection.chosen = selection.kept
    leaveOut(facts, document.metadata)
    try document.checkTime()
  }

  /// Takes out what is metadata, what only repeats, and what pages set around a text.
  private mutating func leaveOut(_ facts: ShownFacts, _ metadata: Metadata) {
    let page = builder.page
    let titles = Set([facts.firstHeading ?? "", metadata[.title] ?? ""].map(\.essence).filter { !$0.isEmpty })
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
