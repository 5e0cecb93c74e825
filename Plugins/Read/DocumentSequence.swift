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
  /// Bytes of memory that `load` holds already.
  var heldBytes = 0
  var load: @Sendable () throws -> RawContent

  /// A document that is lost.
  init(id: String, uri: String, mediaType: MediaType = .text, problem: any Error) {
    let problem = problem
    self.init(id: id, uri: uri, mediaType: mediaType) { throw problem }
  }

  init(
    id: String, uri: String, mediaType: MediaType, charset: String? = nil, inputBytes: Int = 0, heldBytes: Int = 0,
    load: @escaping @Sendable () throws -> RawContent
  ) {
    (self.id, self.uri, self.mediaType, self.charset) = (id, uri, mediaType, charset)
    (self.inputBytes, self.heldBytes, self.load) = (inputBytes, heldBytes, load)
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
