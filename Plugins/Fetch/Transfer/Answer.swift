import WARC

/// What is asked for.
struct Request: Sendable {
  var address: Address
  /// What is known of an earlier answer: the server may say that nothing has changed since.
  var validators = Validators()
}

/// What a server said of a version of a resource, to be shown to it when the resource is asked for again
/// (RFC 9110, section 13).
struct Validators: Hashable, Sendable {
  var entityTag: String?
  var lastModified: String?
}

/// An answer, whatever its status.
struct Answer: Sendable {
  /// The lines of the request's head, up to an empty line.
  var requestHead: [UInt8]
  /// Head and body as they are archived: the body packed as the server sent it.
  var block: [UInt8]
  var head: HTTPResponse
  /// Unpacked.
  var body: [UInt8]
  /// The address that the connection went to, as digits.
  var peer: String

  var status: Int { head.status }
  /// The value of a field; of several, the first one.
  func field(_ name: String) -> String? { head.fields[name] }
  var validators: Validators { Validators(entityTag: field("etag"), lastModified: field("last-modified")) }
}

extension Answer {
  /// - Parameters:
  ///   - head: status line and fields as received.
  ///   - packed: the body as received, without chunks.
  ///   - limit: largest body, unpacked.
  /// - Throws: ``TransferProblem`` where the answer contradicts itself, or its body is cut off, damaged or too large.
  init(
    requestHead: [UInt8], head: [UInt8], packed: [UInt8], peer: String, limit: Int
  ) throws(TransferProblem) {
    block = archivedResponse(head: head, body: packed, form: .dechunked)
    (self.requestHead, self.peer) = (requestHead, peer)
    do {
      self.head = try HTTPResponse(parsing: block)
      body = try self.head.body(of: block, limit: limit)
    } catch {
      throw error.isTooLarge
        ? .tooLarge(limit) : TransferProblem("the answer can't be read: \(error)", isTransient: true)
    }
    // Which of two lengths holds nobody knows (RFC 9112, 6.3), and half an article is worse than none.
    let lengths = self.head.fields.values("Content-Length") + self.head.fields.values("X-Archive-Orig-Content-Length")
    if Set(lengths).count > 1, self.head.fields["X-Archive-Orig-Transfer-Encoding"] == nil {
      throw TransferProblem("the answer says two lengths: \(lengths.joined(separator: ", "))", isTransient: false)
    }
  }
}

/// Why there is no answer.
struct TransferProblem: Error, Hashable, CustomStringConvertible {
  var description: String
  /// Whether it may go away by itself.
  var isTransient: Bool
  init(_ description: String, isTransient: Bool) { (self.description, self.isTransient) = (description, isTransient) }

  /// - Parameter limit: in bytes.
  static func tooLarge(_ limit: Int) -> TransferProblem {
    TransferProblem(
      "the page is larger than \(limit) bytes; raise the limit with run: { max_document: … }", isTransient: false)
  }
}
