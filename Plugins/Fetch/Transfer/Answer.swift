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
  var status: Int
  /// The lines of the request's head, and those of the answer's as the server sent them, up to an empty line.
  var requestHead: [UInt8]
  var head: [UInt8]
  /// Unpacked, whatever the server had it packed in.
  var body: [UInt8]
  /// The address that the connection went to, as digits.
  var peer: String

  /// The value of a field; of several, the last one.
  func field(_ name: String) -> String? {
    let name = Array(name.utf8)
    for line in head.split(separator: 0x0A).reversed() {
      guard let colon = line.firstIndex(of: 0x3A), line[..<colon].elementsEqual(name, by: { $0 | 0x20 == $1 | 0x20 })
      else { continue }
      let value = String(decoding: line[line.index(after: colon)...], as: UTF8.self)
      return String(value.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
    return nil
  }

  var validators: Validators { Validators(entityTag: field("etag"), lastModified: field("last-modified")) }
}

/// Why there is no answer.
struct TransferProblem: Error, Hashable, CustomStringConvertible {
  var description: String
  /// Whether it may go away by itself.
  var isTransient: Bool
  init(_ description: String, isTransient: Bool) { (self.description, self.isTransient) = (description, isTransient) }
}
