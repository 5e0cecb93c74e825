internal import CZlib

/// Packs pieces of bytes, each as one gzip member (RFC 1952), with the same tables for all of them.
package final class GzipPacker {
  private let large: Deflater
  /// Clearing zlib's full tables costs more than packing a request of 200 bytes.
  private let small: Deflater
  private static let smallest = 4096

  /// - Parameter level: 1, fast, to 9, small; 0 doesn't pack.
  package init(level: Int) throws {
    large = try Deflater(level: level, windowBits: MAX_WBITS, memoryLevel: 8)
    small = try Deflater(level: level, windowBits: 12, memoryLevel: 4)
  }

  /// Appends the pieces, one behind the other, as one member.
  package func append(_ pieces: [[UInt8]], to output: inout [UInt8]) throws {
    let size = pieces.reduce(0) { $0 + $1.count }
    try (size < Self.smallest ? small : large).append(pieces, size: size, to: &output)
  }
}

private final class Deflater {
  private let state: UnsafeMutablePointer<z_stream>

  init(level: Int, windowBits: CInt, memoryLevel: CInt) throws {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    let size = CInt(MemoryLayout<z_stream>.size)
    // 16 asks for gzip's frame.
    let result = deflateInit2_(
      state, CInt(min(max(level, 0), 9)), Z_DEFLATED, 16 + windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      size)
    guard result == Z_OK else { throw WARCProblem("can't be packed: zlib does not start") }
  }
  deinit {
    deflateEnd(state)
    state.deallocate()
  }

  func append(_ pieces: [[UInt8]], size: Int, to output: inout [UInt8]) throws {
    deflateReset(state)
    let bound = Int(deflateBound(state, UInt(size))) + 64
    output += try [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      state.pointee.next_out = buffer.baseAddress
      state.pointee.avail_out = UInt32(clamping: bound)
      for piece in pieces { try piece.withUnsafeBytes { try deflateAll($0, Z_NO_FLUSH) } }
      try deflateAll(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH)
      count = bound - Int(state.pointee.avail_out)
    }
  }

  private func deflateAll(_ bytes: UnsafeRawBufferPointer, _ flush: CInt) throws {
    state.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
    state.pointee.avail_in = UInt32(clamping: bytes.count)
    let result = deflate(state, flush)
    let isDone = flush == Z_FINISH ? result == Z_STREAM_END : result == Z_OK || bytes.isEmpty
    guard isDone, state.pointee.avail_in == 0, bytes.count < Int(UInt32.max) else {
      throw WARCProblem("a record of \(bytes.count) bytes can't be packed; lower the limit on a body")
    }
  }
}

/// What bytes that are to be unpacked are framed in.
enum PackedFrame {
  case gzip, zlib
  /// Deflate without a frame (RFC 1951), which some servers send for `deflate`.
  case none

  fileprivate var windowBits: CInt {
    switch self {
    case .gzip: 16 + MAX_WBITS
    case .zlib: MAX_WBITS
    case .none: -MAX_WBITS
    }
  }
}

/// Unpacks one member after another from memory that the caller holds.
final class Inflater: Unpacking {
  private let state: UnsafeMutablePointer<z_stream>

  init(_ frame: PackedFrame) throws(Unpacked.Damage) {
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    guard inflateInit2_(state, frame.windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw Unpacked.Damage(reason: "zlib does not start")
    }
  }
  deinit {
    inflateEnd(state)
    state.deallocate()
  }

  /// Begins another member.
  func reset() { inflateReset(state) }

  /// Unpacks as much as there is room for.
  func step(from input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(Unpacked.Damage)
    -> Unpacked.Step
  {
    state.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
    state.pointee.avail_in = UInt32(clamping: input.count)
    state.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    state.pointee.avail_out = UInt32(clamping: output.count)
    let (before, room) = (state.pointee.avail_in, state.pointee.avail_out)
    let result = inflate(state, Z_NO_FLUSH)
    guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
      throw Unpacked.Damage(reason: state.pointee.msg.map { String(cString: $0) } ?? "no reason given")
    }
    return Unpacked.Step(
      consumed: Int(before - state.pointee.avail_in), produced: Int(room - state.pointee.avail_out),
      isAtEnd: result == Z_STREAM_END)
  }
}

/// Whether a gzip member that begins a record begins here: the frame's head (RFC 1952, 2.3) and what the first bytes
/// unpack to, which no chance gives.
///
/// - Parameter isTorn: whether so little is enough as there is.
func beginsRecordMember(_ bytes: UnsafeRawBufferPointer, isTorn: Bool = false) -> Bool {
  if isTorn, bytes.count <= 10 { return true }
  guard bytes.count > 10, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8, bytes[3] & 0xE0 == 0,
    let inflater = try? Inflater(.gzip)
  else { return false }
  return withUnsafeTemporaryAllocation(byteCount: recordMark.count, alignment: 1) { start in
    guard let step = try? inflater.step(from: bytes, into: start) else { return false }
    return (isTorn || step.produced == recordMark.count) && recordMark.starts(with: start.prefix(step.produced))
  }
}

/// What every record begins with.
let recordMark = Array("WARC/".utf8)
