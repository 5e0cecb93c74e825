/// What an HTTP library has done to a body before handing it over.
package enum BodyForm: Sendable {
  case asSent
  /// The transfer coding is gone; what `Content-Encoding` says still holds.
  case dechunked
  /// Both codings are gone.
  case decoded
}

/// An HTTP/1.1 message for a `response` record whose head fits the body that is there.
///
/// Header lines stay as the server sent them, but for those that no longer hold: they go on under
/// `X-Archive-Orig-…`, as other archivers name them, and the length is put right. A status line of HTTP/2 or 3, which
/// readers of archives don't know, becomes one of HTTP/1.1. What is no header line is left out.
///
/// - Parameter head: status line and header lines as received. Of several heads (interim answers, a proxy's), the last
///   counts.
package func archivedResponse(head: [UInt8], body: [UInt8], form: BodyForm) -> [UInt8] {
  var writer = ResponseHeadWriter(form: form, bodyCount: body.count)
  for line in unfolded(lastHead(of: head)) { writer.take(line) }
  var block = writer.finish()
  block.reserveCapacity(block.count + body.count)
  block += body
  return block
}

private struct ResponseHeadWriter {
  let form: BodyForm
  let bodyCount: Int
  private var block: [UInt8] = []
  private var hasLength = false

  init(form: BodyForm, bodyCount: Int) { (self.form, self.bodyCount) = (form, bodyCount) }

  mutating func take(_ line: [UInt8]) {
    if block.isEmpty {
      let protocolEnd = line.firstIndex(of: 0x20) ?? line.endIndex
      let isKnown = line.starts(with: "HTTP/1.0 ".utf8) || line.starts(with: "HTTP/1.1 ".utf8)
      return append(isKnown ? line : Array("HTTP/1.1".utf8) + line[protocolEnd...])
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return }
    let name = trimmed(line[..<colon])
    if isName(name, "content-length") {
      // A second length, or a wrong one, is what the server sent but not what is here.
      let isRight = !hasLength && Int(String(decoding: trimmed(line[(colon + 1)...]), as: UTF8.self)) == bodyCount
      hasLength = hasLength || isRight
      return append((isRight ? [] : Self.original) + line)
    }
    let isGone =
      form != .asSent && isName(name, "transfer-encoding") || form == .decoded && isName(name, "content-encoding")
    append((isGone ? Self.original : []) + line)
  }

  /// The head with its blank line.
  mutating func finish() -> [UInt8] {
    if block.isEmpty { append(Array("HTTP/1.1 200 OK".utf8)) }
    // A body that is still chunked says itself how long it is (RFC 9112, 6.3).
    if !hasLength, form != .asSent { append(Array("Content-Length: \(bodyCount)".utf8)) }
    return block + [0x0D, 0x0A]
  }

  private static let original = Array("X-Archive-Orig-".utf8)

  private func isName(_ name: ArraySlice<UInt8>, _ wanted: String) -> Bool { equalWithoutCase(name, wanted.utf8) }

  private mutating func append(_ line: [UInt8]) {
    block += line
    block += [0x0D, 0x0A]
  }
}

/// The lines of a head, each with those that go on with it, and without control characters.
private func unfolded(_ head: ArraySlice<UInt8>) -> [[UInt8]] {
  var lines: [[UInt8]] = []
  for line in HeadLines(head) {
    if line.isEmpty { break }
    let clean = line.map { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F ? 0x20 : $0 }
    if line.first == 0x20 || line.first == 0x09, lines.count > 1 {
      lines[lines.count - 1] += [0x20] + trimmed(clean[...])
    } else {
      lines.append(clean)
    }
  }
  return lines
}

private func lastHead(of heads: [UInt8]) -> ArraySlice<UInt8> {
  var rest = heads[...]
  while let end = headEnd(in: rest), rest[end...].starts(with: "HTTP/".utf8) { rest = rest[end...] }
  return rest
}
