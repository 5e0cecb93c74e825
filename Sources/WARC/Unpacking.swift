internal import CBrotli
internal import CZstd

/// Unpacks a stream piece by piece, from memory that the caller holds.
protocol Unpacking: AnyObject {
  /// Unpacks as much as there is room for.
  func step(from input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(Unpacked.Damage)
    -> Unpacked.Step
  /// Begins another member or frame.
  func reset()
}

enum Unpacked {
  /// What a step did.
  struct Step {
    var consumed: Int
    var produced: Int
    /// Whether the stream, or this member of it, is whole.
    var isAtEnd: Bool
  }
  struct Damage: Error { var reason: String }
}

/// Brotli (RFC 7932).
final class BrotliUnpacker: Unpacking {
  private var state: OpaquePointer?

  init() { state = BrotliDecoderCreateInstance(nil, nil, nil) }
  deinit { BrotliDecoderDestroyInstance(state) }

  func reset() {
    BrotliDecoderDestroyInstance(state)
    state = BrotliDecoderCreateInstance(nil, nil, nil)
  }

  func step(from input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(Unpacked.Damage)
    -> Unpacked.Step
  {
    guard let state else { throw Unpacked.Damage(reason: "brotli does not start") }
    var (left, room) = (input.count, output.count)
    var next = input.bindMemory(to: UInt8.self).baseAddress
    var place = output.bindMemory(to: UInt8.self).baseAddress
    let result = BrotliDecoderDecompressStream(state, &left, &next, &room, &place, nil)
    guard result != BROTLI_DECODER_RESULT_ERROR else {
      throw Unpacked.Damage(reason: String(cString: BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state))))
    }
    return Unpacked.Step(
      consumed: input.count - left, produced: output.count - room, isAtEnd: result == BROTLI_DECODER_RESULT_SUCCESS)
  }
}

/// Zstandard (RFC 8878).
final class ZstdUnpacker: Unpacking {
  private let state = ZSTD_createDStream()

  /// RFC 9659 lets servers use no larger window than 8 MB.
  init() { ZSTD_DCtx_setParameter(state, ZSTD_d_windowLogMax, 23) }
  deinit { ZSTD_freeDStream(state) }

  func reset() { ZSTD_initDStream(state) }

  func step(from input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(Unpacked.Damage)
    -> Unpacked.Step
  {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let result = ZSTD_decompressStream(state, &target, &source)
    guard ZSTD_isError(result) == 0 else { throw Unpacked.Damage(reason: String(cString: ZSTD_getErrorName(result))) }
    return Unpacked.Step(consumed: source.pos, produced: target.pos, isAtEnd: result == 0)
  }
}
