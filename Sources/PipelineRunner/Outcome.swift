import PipelineKit

/// What became of one document.
struct Outcome: Sendable {
  enum Kind: Sendable {
    /// A record for each sink, in their order.
    case records([any Sendable], hasText: Bool)
    /// A stage left it out, for this reason.
    case skipped(String)
    case failed(Failure)
  }
  var id: String
  var position: SourcePosition
  /// Size of the document after unpacking.
  var bytes: Int
  var kind: Kind
}

/// A document that a stage could not process: all that quarantine keeps of it.
struct Failure: Sendable {
  var stage: StageName
  var reason: String
  var uri: String
  var mediaType: MediaType
  var charset: String?
  var metadata: Metadata
  /// Nil where they are not known: the document could not even be read, or is larger than may be read.
  var bytes: [UInt8]?
  /// Whether its identifier came before.
  var isRepeated = false
}
