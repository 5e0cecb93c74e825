/// A stage that hands out documents.
///
/// ```swift
/// struct Lines: Source {
///   static let name: StageName = "lines"
///   static let summary = "Hands out each of its lines as a document."
///   var gives: [LayerName] { [.text, Block.layer] }
///   @Option("The lines.") var lines: [String] = []
///
///   func makeReader(_ context: StageContext, after position: SourcePosition?) -> Reader {
///     Reader(lines: lines, ordinal: position.map { $0.ordinal + 1 } ?? 0)
///   }
///
///   struct Reader: SourceReader {
///     let lines: [String]
///     var ordinal: UInt64
///     mutating func next() -> RawDocument? {
///       guard ordinal < lines.count else { return nil }
///       defer { ordinal += 1 }
///       let line = lines[Int(ordinal)]
///       return RawDocument(
///         id: "\(ordinal)", uri: "lines#\(ordinal)", position: SourcePosition(ordinal), mediaType: .text
///       ) {
///         let block = Block(span: TextSpan(0, line.utf8.count))
///         return RawContent(bytes: Array(line.utf8), text: (line, [block]))
///       }
///     }
///   }
/// }
/// ```
public protocol Source: Stage {
  associatedtype Reader: SourceReader
  /// Whether a second run brings only what is new; an export that replaces would then lose the rest.
  var isIncremental: Bool { get }
  /// Called once, when the run is certain; a dry run calls it too, and reads all of it without loading.
  ///
  /// - Parameter position: the last document that every sink has confirmed, if the run goes on; nil to begin.
  func makeReader(_ context: StageContext, after position: SourcePosition?) throws -> Reader
  /// A reader of documents that a run before could not have, and whose bytes are nowhere: an address that did not
  /// answer. Nil where the source has to be read for them as a whole.
  ///
  /// - Parameter ids: identifiers of the documents.
  func makeReader(_ context: StageContext, of ids: [String]) throws -> Reader?
  /// What `load` would give for a document whose original bytes are known: one that comes back from quarantine.
  ///
  /// - Parameter raw: the document as it was handed out; its `load` gives the bytes alone.
  func content(of bytes: [UInt8], as raw: RawDocument) throws -> RawContent
}

extension Source {
  public var isIncremental: Bool { false }
  public func makeReader(_ context: StageContext, of ids: [String]) throws -> Reader? { nil }
  public func content(of bytes: [UInt8], as raw: RawDocument) throws -> RawContent { RawContent(bytes: bytes) }
}

/// Hands out documents in an order that is the same in every run.
public protocol SourceReader: Sendable {
  /// How much there is, as far as it is known before reading, for progress.
  var expected: ExpectedInput { get }
  /// What the reader is about, for progress: the sites at which a crawl is, say. Asked at any time, from any thread.
  var activity: @Sendable () -> String? { get }
  /// The next document; nil at the end. What is wrong with one document is thrown by its `load`,
  /// so that only this document is lost; an error thrown here ends the run.
  mutating func next() throws -> RawDocument?
  /// The run is whole, and every sink has its result in place with all documents up to this position; only now
  /// may they be marked as done. Not called where a run ends early: what is then unfinished is read again.
  mutating func confirm(_ position: SourcePosition) throws
}

extension SourceReader {
  public var expected: ExpectedInput { ExpectedInput() }
  public var activity: @Sendable () -> String? { { nil } }
  public mutating func confirm(_ position: SourcePosition) throws {}
}

/// How much a source will hand out; nil where it can't know.
public struct ExpectedInput: Hashable, Sendable {
  public var documents: Int?
  public var bytes: Int?
  public init(documents: Int? = nil, bytes: Int? = nil) { (self.documents, self.bytes) = (documents, bytes) }
}

/// A document's place in the order of its source, counted from 0.
public struct SourcePosition: Hashable, Sendable, Comparable {
  public var ordinal: UInt64
  public init(_ ordinal: UInt64) { self.ordinal = ordinal }
  public static func < (a: Self, b: Self) -> Bool { a.ordinal < b.ordinal }
}

/// A document as a source finds it, before anything has been read.
public struct RawDocument: Sendable {
  /// From the path; ``RawContent/id`` may give a better one.
  public var id: String
  /// As ``Origin/uri``.
  public var uri: String
  public var position: SourcePosition
  /// As far as it is known before reading; ``RawContent/mediaType`` may say better.
  public var mediaType: MediaType
  /// The encoding that the transport named, if any.
  public var charset: String?
  /// Size in the input as far as known, for progress.
  public var inputBytes: Int
  /// Bytes of memory that `load` holds already, as for a member of an archive: few such documents may wait.
  public var heldBytes: Int
  /// Called by a worker, so that reading, unpacking and decoding happen in parallel.
  public var load: @Sendable () throws -> RawContent

  public init(
    id: String, uri: String, position: SourcePosition, mediaType: MediaType, charset: String? = nil,
    inputBytes: Int = 0, heldBytes: Int = 0, load: @escaping @Sendable () throws -> RawContent
  ) {
    (self.id, self.uri, self.position, self.mediaType) = (id, uri, position, mediaType)
    (self.charset, self.inputBytes, self.heldBytes, self.load) = (charset, inputBytes, heldBytes, load)
  }
}

/// What a worker gets when it loads a document.
public struct RawContent: Sendable {
  /// The original bytes, after unpacking and before decoding.
  public var bytes: [UInt8]
  /// The record's own identifier, where it has one.
  public var id: String?
  /// The text with its blocks, where the source makes it: from plain text and JSONL.
  public var text: (text: String, blocks: [Block])?
  /// What the source knows of the document.
  public var metadata: Metadata
  /// A media type that only a look at the bytes could tell.
  public var mediaType: MediaType?

  public init(
    bytes: [UInt8], id: String? = nil, text: (text: String, blocks: [Block])? = nil, metadata: Metadata = Metadata(),
    mediaType: MediaType? = nil
  ) { (self.bytes, self.id, self.text, self.metadata, self.mediaType) = (bytes, id, text, metadata, mediaType) }
}

/// A document could not be loaded, though its bytes are known and belong into quarantine.
public struct UnreadableDocument: Error, CustomStringConvertible {
  public var bytes: [UInt8]
  public var reason: String
  public init(bytes: [UInt8], reason: String) { (self.bytes, self.reason) = (bytes, reason) }
  public var description: String { reason }
}
