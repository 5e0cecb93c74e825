import PipelineKit

/// Documents that come out of one stream. What is wrong with one is thrown by its `load`.
protocol DocumentSequence: AnyObject {
  func next() -> FoundDocument?
}

/// A document before it has a position.
struct FoundDocument {
  var id: String
  var uri: String
  var mediaType: MediaType
  var charset: String?
  var inputBytes = 0
  var load: @Sendable () throws -> RawContent

  /// A document that is lost.
  init(id: String, uri: String, mediaType: MediaType = .text, problem: any Error) {
    let problem = problem
    self.init(id: id, uri: uri, mediaType: mediaType) { throw problem }
  }

  init(
    id: String, uri: String, mediaType: MediaType, charset: String? = nil, inputBytes: Int = 0,
    load: @escaping @Sendable () throws -> RawContent
  ) {
    (self.id, self.uri, self.mediaType, self.charset) = (id, uri, mediaType, charset)
    (self.inputBytes, self.load) = (inputBytes, load)
  }
}

/// Where documents come from: the beginning of their identifiers and their address.
struct Place: Sendable {
  var id: String
  var uri: String
  func appending(_ suffix: String) -> Place { Place(id: id + suffix, uri: uri + suffix) }
}

/// One document.
final class SingleDocument: DocumentSequence {
  private var document: FoundDocument?
  init(_ document: FoundDocument) { self.document = document }
  func next() -> FoundDocument? {
    defer { document = nil }
    return document
  }
}

/// Makes a document's content of its bytes: plain text gets its text here, markup goes on as it is.
func content(of bytes: [UInt8], _ type: MediaType, _ rules: ReadingRules) throws -> RawContent {
  type == .text ? try plainText(bytes, encoding: rules.encoding) : RawContent(bytes: bytes)
}

/// The documents of a stream whose content is known.
func documents(of stream: BufferedStream, _ content: Content, at place: Place, _ rules: ReadingRules) throws
  -> any DocumentSequence
{
  switch content {
  case .records: return RecordSequence(stream, place, rules)
  case .feed: return FeedSequence(stream, place, rules)
  case .xml:
    let head = try FirstBytes.content(of: stream.peek(FirstBytes.count))
    switch head {
    case .feed: return FeedSequence(stream, place, rules)
    case .document(.xhtml): return try single(stream, .xhtml, at: place, rules)
    default: return try single(stream, .xml, at: place, rules)
    }
  case .document(let type): return try single(stream, type, at: place, rules)
  }
}

/// Reads the stream now and makes the text later, on a worker.
private func single(_ stream: BufferedStream, _ type: MediaType, at place: Place, _ rules: ReadingRules) throws
  -> SingleDocument
{
  let before = stream.consumed
  let bytes = try stream.readAll(limit: rules.limit)
  return SingleDocument(
    FoundDocument(
      id: place.id, uri: place.uri, mediaType: type, charset: rules.encoding,
      inputBytes: max(stream.consumed - before, 0)
    ) { try content(of: bytes, type, rules) })
}
