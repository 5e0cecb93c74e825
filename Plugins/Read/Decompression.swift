import CZlib
import CZstd

/// A stream that unpacks another one. What the compressed bytes claim of their size is never believed: only as
/// much is unpacked as is asked for.
func unpacked(_ stream: any ByteStream, _ compression: Compression) throws -> any ByteStream {
  switch compression {
  case .none: stream
  case .gzip: try GzipStream(stream)
  case .zstd: try ZstdStream(stream)
  }
}

private let inputSize = 65_536

/// Gzip with any number of members behind each other, as `cat` and parallel compressors make them.
final class GzipStream: ByteStream {
  private let source: any ByteStream
  private let state: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var isInMember = true
  private var hasEnded = false

  init(_ source: any ByteStream) throws {
    self.source = source
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    input = .allocate(byteCount: inputSize, alignment: 1)
    // 16 asks for gzip's frame around the largest window.
    guard inflateInit2_(state, 16 + MAX_WBITS, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw ReadProblem("can't be unpacked: zlib does not start")
    }
  }
  deinit {
    inflateEnd(state)
    state.deallocate()
    input.deallocate()
  }
  var consumed: Int { source.consumed }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !hasEnded, buffer.count > 0 else { return 0 }
    state.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let size = UInt32(clamping: buffer.count)
    state.pointee.avail_out = size
    while state.pointee.avail_out == size {
      if state.pointee.avail_in == 0, try !refill() {
        if isInMember { throw ReadProblem("is cut off: the gzip data end too early") }
        break
      }
      guard isInMember || nextMember() else { break }
      try inflateSome()
    }
    let count = Int(size - state.pointee.avail_out)
    if count == 0 { hasEnded = true }
    return count
  }

  private func refill() throws -> Bool {
    let count = try source.read(into: input)
    state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_in = UInt32(clamping: count)
    return count > 0
  }

  /// Whether another member begins. Anything else behind a member is padding, which gzip ignores too.
  private func nextMember() -> Bool {
    guard state.pointee.next_in?.pointee == 0x1F else { return false }
    isInMember = inflateReset(state) == Z_OK
    return isInMember
  }

  private func inflateSome() throws {
    switch inflate(state, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isInMember = false
    default:
      let reason = state.pointee.msg.map { String(cString: $0) } ?? "no reason given"
      throw ReadProblem("is no valid gzip: \(reason)")
    }
  }
}

/// Zstandard with any number of frames behind each other.
final class ZstdStream: ByteStream {
  private let source: any ByteStream
  private let context: OpaquePointer
  private let memory: UnsafeMutableRawBufferPointer
  private var input: ZSTD_inBuffer
  private var isInFrame = false

  init(_ source: any ByteStream) throws {
    guard let context = ZSTD_createDCtx() else { throw ReadProblem("can't be unpacked: zstd does not start") }
    (self.source, self.context) = (source, context)
    memory = .allocate(byteCount: inputSize, alignment: 1)
    input = ZSTD_inBuffer(src: memory.baseAddress, size: 0, pos: 0)
  }
  deinit {
    ZSTD_freeDCtx(context)
    memory.deallocate()
  }
  var consumed: Int { source.consumed }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
    while output.pos == 0 {
      var isAtEnd = false
      if input.pos == input.size {
        input.size = try source.read(into: memory)
        input.pos = 0
        isAtEnd = input.size == 0
        if isAtEnd && !isInFrame { return 0 }
      }
      let result = ZSTD_decompressStream(context, &output, &input)
      if ZSTD_isError(result) != 0 {
        throw ReadProblem("is no valid zstd: \(String(cString: ZSTD_getErrorName(result)))")
      }
      isInFrame = result != 0
      if isAtEnd && output.pos == 0 && isInFrame { throw ReadProblem("is cut off: the zstd data end too early") }
    }
    return output.pos
  }
}
