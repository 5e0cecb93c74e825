internal import Glibc

/// The text of bytes through the C library's converter; nil where it has none for the encoding.
///
/// What cannot be read becomes U+FFFD, as browsers do it: a lead byte alone where ASCII follows it, so that
/// no tag and no line break is swallowed, and with its second byte otherwise, so that the pairs stay in step.
func convert(_ bytes: ArraySlice<UInt8>, from encoding: TextEncoding) -> String? {
  guard let converter = iconv_open("UTF-8", encoding.iconvName), converter != iconv_t(bitPattern: -1) else {
    return nil
  }
  defer { iconv_close(converter) }
  var utf8: [UInt8] = []
  utf8.reserveCapacity(bytes.count + bytes.count / 2)
  bytes.withUnsafeBytes { input in
    withUnsafeTemporaryAllocation(byteCount: chunkSize, alignment: 1) { chunk in
      var position = 0
      while position < input.count {
        let end = convertChunk(converter, input, from: &position, into: chunk)
        utf8.append(contentsOf: chunk[..<end.written])
        if end.isStuck {
          utf8.append(contentsOf: replacement)
          position += skip(input[position...], in: encoding)
        }
      }
      utf8.append(contentsOf: chunk[..<heldBack(by: converter, into: chunk)])
    }
  }
  return String(decoding: utf8, as: UTF8.self)
}

/// Large enough that a call's cost vanishes, small enough for the stack.
private let chunkSize = 16_384
private let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

/// Converts until the chunk is full, the input ends or something cannot be read.
private func convertChunk(
  _ converter: iconv_t, _ input: UnsafeRawBufferPointer, from position: inout Int,
  into chunk: UnsafeMutableRawBufferPointer
) -> (written: Int, isStuck: Bool) {
  // The converter only reads the input, though its type doesn't say so.
  let rest = UnsafeMutableRawBufferPointer(mutating: UnsafeRawBufferPointer(rebasing: input[position...]))
  var from = rest.baseAddress?.assumingMemoryBound(to: CChar.self)
  var to = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
  var unread = rest.count
  var free = chunk.count
  errno = 0
  let result = iconv(converter, &from, &unread, &to, &free)
  let isStuck = result == Int(bitPattern: UInt.max) && errno != E2BIG
  position += rest.count - unread
  return (chunk.count - free, isStuck)
}

/// What a converter still holds because a combining character might have followed.
private func heldBack(by converter: iconv_t, into chunk: UnsafeMutableRawBufferPointer) -> Int {
  var to = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
  var free = chunk.count
  iconv(converter, nil, nil, &to, &free)
  return chunk.count - free
}

/// How many bytes to pass over where nothing can be read.
private func skip(_ bytes: Slice<UnsafeRawBufferPointer>, in encoding: TextEncoding) -> Int {
  let start = bytes.startIndex
  if encoding.isMultibyte, bytes.count > 1, bytes[start] >= 0x81, bytes[start + 1] >= 0x80 { return 2 }
  return min(encoding.unit, bytes.count)
}
