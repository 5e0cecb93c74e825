import FileOutput
import Glibc
import SQLite
import WARC

/// The answers of servers in a WARC file: the user's archive, or beside the state a file of those pages that are not
/// confirmed yet. A page that a killed run has left behind comes out of it again, without asking for it.
final class PageArchive {
  enum Kind {
    case document
    /// A feed, a sitemap, a robots.txt, a start page.
    case list
    /// An error, a redirect, an image.
    case other
    /// Nothing has changed.
    case unchanged
    /// The same body as that of another address.
    case repetition(of: String)
  }
  private let path: String
  /// Whether it is there only until its pages are confirmed.
  private let isTemporary: Bool
  private let contact: String
  private var writer: WARCWriter?
  private var committed = 0

  /// - Parameter path: nil for a temporary file beside the state.
  init(_ path: String?, beside statePath: String, contact: String) {
    (self.path, isTemporary, self.contact) = (path ?? statePath + ".pages.warc", path == nil, contact)
  }

  /// Opens the archive and takes away what a killed run wrote behind its last commit.
  ///
  /// Pages of that run whose archive is gone are asked for again.
  func open(_ state: FetchState) throws {
    let isSame = try state.fact("archive")?.text == path
    let wasOpen = try state.fact("archive_open")?.integer == 1
    let length = try state.fact("archive_length")?.integer ?? 0
    let isWhole = isSame && size >= length
    if !isWhole { try state.askForUnconfirmedAgain() }
    try OutputPlace.makeFolder(of: path)
    writer = try WARCWriter(
      path: path, software: "pipeline", contact: contact, validLength: isWhole && wasOpen ? length : nil)
    committed = -1
    try state.record(fact: "archive", .text(path))
    try state.record(fact: "archive_open", .integer(1))
    try flush(state)
    try state.commit()
  }

  private var size: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Keeps an answer.
  /// - Returns: where it is; nil where it is not kept.
  @discardableResult
  func keep(_ answer: Answer, of visit: Visit, _ kind: Kind) throws -> ArchivePlace? {
    if isTemporary { guard case .document = kind else { return nil } }
    // A document goes by its identifier.
    var address = visit.address.page
    if case .document = kind { address = address.canonical }
    var exchange = HTTPExchange(
      uri: address.text, time: Int(wallSeconds()), address: answer.peer, request: answer.requestHead,
      response: answer.block)
    switch kind {
    case .document: break
    case .list, .other: exchange.isDocument = false
    case .unchanged: exchange.revisit = Revisit(.notModified)
    case .repetition(let twin):
      exchange.revisit = Revisit(.identicalPayload, uri: twin, payloadDigest: payloadDigest(of: answer.body))
    }
    guard let place = try writer?.write(exchange).response else { return nil }
    return ArchivePlace(offset: place.offset, length: place.length)
  }

  /// The answer at a place; nil where it is not there any more.
  func answer(at place: ArchivePlace) throws -> Answer? {
    try writer?.flush()
    guard let record = try? WARCReader.record(at: place.offset, in: path),
      let head = try? HTTPResponse(parsing: record.block),
      let body = try? head.body(of: record.block, limit: .max - 1)
    else { return nil }
    return Answer(requestHead: [], block: record.block, head: head, body: body, peer: "")
  }

  /// Hands everything to the system, and tells the state how much that is. To be followed by a commit of the state.
  func flush(_ state: FetchState) throws {
    guard let writer else { return }
    try writer.flush()
    guard writer.length != committed else { return }
    committed = writer.length
    try state.record(fact: "archive_length", .integer(committed))
  }

  /// Closes the archive and commits the state; a temporary one goes when nothing in it is waiting to be confirmed.
  func close(_ state: FetchState) throws {
    try flush(state)
    try writer?.sync()
    writer = nil
    try state.record(fact: "archive_open", .integer(0))
    let isSpent = try isTemporary && !state.hasUnconfirmed()
    if isSpent { try state.record(fact: "archive_length", .integer(0)) }
    try state.commit()
    // Not before the commit: a kill in between would leave pages to be handed out again without what they say.
    if isSpent { unlink(path) }
  }
}
