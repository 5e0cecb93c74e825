import CXML
import PipelineKit

/// The items of an RSS or Atom feed, each a document whose bytes are its body in HTML.
///
/// The feed is parsed as it is read, so that a large one is never in memory. Entities that it declares are not
/// expanded and nothing outside it is loaded. What isn't well-formed is read as far as it goes, and then reported.
final class FeedSequence: DocumentSequence {
  private let stream: BufferedStream
  private let place: Place
  private let rules: ReadingRules
  private let parser = FeedParser()
  private var waiting: [FeedItem] = []
  private var hasEnded = false
  private var count = 0
  private var reported = 0

  init(_ stream: BufferedStream, _ place: Place, _ rules: ReadingRules) {
    (self.stream, self.place, self.rules) = (stream, place, rules)
  }

  func next() -> FoundDocument? {
    while waiting.isEmpty, !hasEnded {
      do { try parseMore() } catch {
        hasEnded = true
        waiting += parser.assembler.takeFinished().reversed()
        problem = error
      }
    }
    if let item = waiting.popLast() { return document(item) }
    defer { problem = nil }
    return problem.map { FoundDocument(id: place.id, uri: place.uri, mediaType: .xml, problem: $0) }
  }

  private var problem: (any Error)?

  private func parseMore() throws {
    // Small pieces keep few items waiting.
    let piece = try [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
      count = try stream.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    hasEnded = piece.isEmpty
    parser.parse(piece)
    waiting = parser.assembler.takeFinished().reversed()
    if parser.assembler.pendingSize > rules.limit.bytes { throw ReadProblem.tooLarge(rules.limit) }
    if hasEnded, let message = parser.problem {
      let state = parser.assembler.hasOpenItem ? "ends inside an item" : "was read as far as it goes"
      throw ReadProblem("is not well-formed XML: \(message); the feed \(state)")
    }
  }

  private func document(_ item: FeedItem) -> FoundDocument {
    count += 1
    let place = place.appending("#\(count)")
    let assembler = parser.assembler
    let origin = assembler.isAtom ? "atom" : "rss"
    let content = RawContent(
      bytes: item.body, metadata: item.metadata(of: assembler.feed, from: origin, base: assembler.base))
    let consumed = stream.consumed
    defer { reported = consumed }
    return FoundDocument(
      id: place.id, uri: place.uri, mediaType: .html, charset: "utf-8", inputBytes: consumed - reported,
      heldBytes: item.body.count
    ) { content }
  }
}

/// libxml2's parser fed piece by piece, its events handed to a ``FeedAssembler``.
final class FeedParser {
  fileprivate(set) var assembler = FeedAssembler()
  private var context: xmlParserCtxtPtr?
  private var firstProblem: String?

  init() {
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    handler.startElementNs = { parser, name, _, uri, _, _, count, _, attributes in
      FeedParser.from(parser)?.assembler.start(
        string(name), namespace: string(uri), attributes: attributeList(attributes, Int(count)))
    }
    handler.endElementNs = { parser, name, _, _ in FeedParser.from(parser)?.assembler.end(string(name)) }
    let characters: charactersSAXFunc = { parser, text, count in
      guard let text else { return }
      let bytes = UnsafeBufferPointer(start: text, count: Int(count))
      FeedParser.from(parser)?.assembler.text(String(decoding: bytes, as: UTF8.self))
    }
    handler.characters = characters
    handler.cdataBlock = characters
    handler.serror = { parser, error in
      if let error, error.pointee.level == XML_ERR_FATAL { FeedParser.from(parser)?.note(error.pointee) }
    }
    context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
    if let context {
      // NOENT, against its name, is about `&amp;` in attributes; entities of the document's own never get stored.
      let options = XML_PARSE_RECOVER.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue
      xmlCtxtUseOptions(context, CInt(options))
    }
  }
  deinit {
    guard let context else { return }
    // A document type makes the parser keep a document for its declarations, which is not freed with it.
    if let document = context.pointee.myDoc { xmlFreeDoc(document) }
    xmlFreeParserCtxt(context)
  }

  /// Parses a piece; an empty one ends the document.
  func parse(_ bytes: [UInt8]) {
    guard let context else { return }
    bytes.withUnsafeBytes { buffer in
      let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      _ = xmlParseChunk(context, start, CInt(clamping: buffer.count), bytes.isEmpty ? 1 : 0)
    }
  }

  /// What is wrong with the document so far.
  var problem: String? {
    guard let context else { return "the parser does not start" }
    return context.pointee.wellFormed == 0 ? firstProblem ?? "no reason given" : nil
  }

  /// Only the first problem is of use: those behind it mostly follow from it.
  private func note(_ error: xmlError) {
    let message = error.message.map { String(cString: $0).oneLine } ?? "no reason given"
    firstProblem = firstProblem ?? "line \(error.line): \(message)"
  }

  private static func from(_ pointer: UnsafeMutableRawPointer?) -> FeedParser? {
    pointer.map { Unmanaged<FeedParser>.fromOpaque($0).takeUnretainedValue() }
  }
}

private func string(_ text: UnsafePointer<xmlChar>?) -> String { text.map { String(cString: $0) } ?? "" }

/// Five pointers an attribute: name, prefix, namespace, and the value's two ends.
private func attributeList(
  _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
) -> [(name: String, value: String)] {
  guard let attributes else { return [] }
  return (0..<count).map { index in
    let (start, end) = (attributes[index * 5 + 3], attributes[index * 5 + 4])
    let value = UnsafeBufferPointer(start: start, count: start.flatMap { s in end.map { $0 - s } } ?? 0)
    return (string(attributes[index * 5]), String(decoding: value, as: UTF8.self))
  }
}
