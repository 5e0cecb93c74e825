/// A body without its chunks (RFC 9112, 7.1). What does not begin with the size of a chunk isn't chunked.
func dechunked(_ body: [UInt8]) throws(HTTPProblem) -> [UInt8] {
  var output: [UInt8] = []
  output.reserveCapacity(body.count)
  var rest = body[...]
  while true {
    let lineEnd = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    guard lineEnd < rest.endIndex, let size = chunkSize(rest[..<lineEnd]) else {
      if rest.startIndex == 0 { return body }
      throw HTTPProblem(rest.isEmpty ? "its chunked body is cut off" : "its chunked body is damaged")
    }
    rest = rest[(lineEnd + 1)...]
    if size == 0 { return output }
    guard size <= rest.count else { throw HTTPProblem("its chunked body is cut off") }
    output += rest.prefix(size)
    rest = rest.dropFirst(size)
    if rest.first == 0x0D { rest = rest.dropFirst() }
    if rest.first == 0x0A { rest = rest.dropFirst() }
  }
}

/// The number before the line's end or an extension.
private func chunkSize(_ line: ArraySlice<UInt8>) -> Int? {
  let digits = trimmed(line.prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") })
  guard !digits.isEmpty, digits.count <= 15, digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-")
  else { return nil }
  return Int(String(decoding: digits, as: UTF8.self), radix: 16)
}

/// A body without one content coding (RFC 9110, 8.4.1).
func unpacked(_ body: [UInt8], _ coding: String, limit: Int) throws(HTTPProblem) -> [UInt8] {
  switch coding {
  case _ where body.isEmpty: return body
  case "gzip", "x-gzip":
    return try body.starts(with: gzipMagic) ? unpacked(body, by: inflater(.gzip), magic: gzipMagic, limit: limit) : body
  case "deflate":
    // The frame's first two bytes are a multiple of 31 with method 8 (RFC 1950, 2.2).
    let isFramed = body.count > 1 && body[0] & 15 == 8 && (Int(body[0]) << 8 | Int(body[1])) % 31 == 0
    return try unpacked(body, by: inflater(isFramed ? .zlib : .none), magic: nil, limit: limit)
  case "br": return try unpacked(body, by: BrotliUnpacker(), magic: nil, limit: limit)
  case "zstd":
    return try body.starts(with: zstdMagic) ? unpacked(body, by: ZstdUnpacker(), magic: zstdMagic, limit: limit) : body
  default: throw HTTPProblem("its body is packed by \"\(coding)\", which can't be unpacked here")
  }
}

/// The codings that ``HTTPResponse/body(of:limit:)`` unpacks, as a request names them.
package let unpackedCodings = "gzip, deflate, br, zstd"

private let gzipMagic: [UInt8] = [0x1F, 0x8B]
private let zstdMagic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

private func inflater(_ frame: PackedFrame) throws(HTTPProblem) -> Inflater {
  do { return try Inflater(frame) } catch { throw HTTPProblem("can't be unpacked: \(error.reason)") }
}

/// All members behind each other; padding behind them is passed over.
///
/// - Parameter magic: the bytes that begin another member; nil where there is only one.
private func unpacked(
  _ body: [UInt8], by unpacker: some Unpacking, magic: [UInt8]?, limit: Int
) throws(HTTPProblem) -> [UInt8] {
  var output: [UInt8] = []
  var position = 0
  var room = min(max(body.count * 4, 16_384), limit)
  while true {
    var step = Unpacked.Step(consumed: 0, produced: 0, isAtEnd: false)
    // One byte more than allowed shows that there are more.
    let wanted = min(room, limit - output.count) + 1
    do {
      output += try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        step = try body.withUnsafeBytes { bytes in
          try unpacker.step(
            from: UnsafeRawBufferPointer(rebasing: bytes[position...]), into: UnsafeMutableRawBufferPointer(buffer))
        }
        count = step.produced
      }
    } catch { throw HTTPProblem("its packed body is damaged") }
    position += step.consumed
    if output.count > limit { throw HTTPProblem.tooLarge(limit) }
    if step.isAtEnd {
      guard let magic, body[position...].starts(with: magic) else { return output }
      unpacker.reset()
    } else if step.consumed == 0, step.produced == 0 {
      throw HTTPProblem("its packed body is cut off")
    }
    room = min(max(output.count, 16_384), 1 << 24)
  }
}
