/// The head of an HTTP response in the block of a record, and the way to its body.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var reason: String
  package var fields: HeaderFields
  /// The index in the block at which the body begins.
  package var bodyStart: Int

  /// - Throws: ``HTTPProblem`` where the block is no HTTP response.
  package init(parsing block: [UInt8]) throws(HTTPProblem) {
    var lines = HeadLines(block[...])
    guard block.starts(with: "HTTP/".utf8), let statusLine = lines.next() else {
      throw HTTPProblem("is no HTTP response: it does not begin with HTTP/")
    }
    let parts = statusLine.split(separator: 0x20, maxSplits: 2)
    guard parts.count > 1, let status = Int(String(decoding: parts[1], as: UTF8.self)), 100..<1000 ~= status else {
      throw HTTPProblem("is no HTTP response: its first line has no status")
    }
    self.status = status
    reason = parts.count > 2 ? String(decoding: parts[2], as: UTF8.self) : ""
    bodyStart = headEnd(in: block[...]) ?? block.count
    fields = HeaderFields(parsing: lines)
  }

  /// `text/html` and the like, in lower case and without parameters; nil where the server says none.
  package var mediaType: String? {
    let type = fields["Content-Type"]?.split(separator: ";", omittingEmptySubsequences: false).first ?? ""
    let bytes = trimmed(Array(type.utf8)[...])
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self).lowercased()
  }

  /// The encoding that the server names.
  package var charset: String? {
    for parameter in (fields["Content-Type"] ?? "").split(separator: ";").dropFirst() {
      guard let sign = parameter.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = trimmed(Array(parameter.utf8[..<sign])[...])
      guard equalWithoutCase(name, "charset".utf8) else { continue }
      var value = trimmed(Array(parameter.utf8[sign...].dropFirst())[...])
      while let quote = value.first, quote == 0x22 || quote == 0x27 { value = value.dropFirst() }
      while let quote = value.last, quote == 0x22 || quote == 0x27 { value = value.dropLast() }
      return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
    }
    return nil
  }

  /// The body without its transfer and content codings.
  ///
  /// Archives are full of responses whose body was unpacked while the head still names the coding: where the body
  /// visibly isn't in that coding, it is taken as it is.
  ///
  /// - Parameter limit: bytes after unpacking; no more are ever unpacked.
  /// - Throws: ``HTTPProblem``.
  package func body(of block: [UInt8], limit: Int) throws(HTTPProblem) -> [UInt8] {
    var body = Array(block[min(bodyStart, block.count)...])
    if codings("Transfer-Encoding").contains("chunked") { body = try dechunked(body) }
    let content = codings("Content-Encoding") + codings("Transfer-Encoding").filter { $0 != "chunked" }
    guard content.count <= 4 else {
      throw HTTPProblem("has \(content.count) codings one in another, which no server needs")
    }
    for coding in content.reversed() { body = try unpacked(body, coding, limit: limit) }
    guard body.count <= limit else { throw HTTPProblem.tooLarge(limit) }
    return body
  }

  private func codings(_ name: String) -> [String] {
    fields.values(name).flatMap { $0.split(separator: ",") }
      .map { String(decoding: trimmed(Array($0.utf8)[...]), as: UTF8.self).lowercased() }
      .filter { !$0.isEmpty && $0 != "identity" && $0 != "none" }
  }
}

/// What is wrong with an HTTP message.
package struct HTTPProblem: Error, Hashable, CustomStringConvertible {
  package var description: String
  package var isTooLarge = false
  init(_ description: String) { self.description = description }

  static func tooLarge(_ limit: Int) -> HTTPProblem {
    var problem = HTTPProblem("its body is larger than \(limit) bytes after unpacking")
    problem.isTooLarge = true
    return problem
  }
}
