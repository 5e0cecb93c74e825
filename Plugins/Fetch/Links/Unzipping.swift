internal import CZlib

/// Unpacks a gzip file as it comes, its members one behind the other, up to a limit of bytes.
struct Unzipping: ~Copyable {
  /// The two bytes with which every gzip file begins (RFC 1952, section 2.3.1).
  static let magic: [UInt8] = [0x1F, 0x8B]
  private static let outputSize = 32_768

  private let state: UnsafeMutablePointer<z_stream>
  private let limit: Int
  private var unpacked = 0
  /// Whether a member has begun and not ended.
  private(set) var isInMember = true
  private(set) var isDamaged = false
  /// Behind the last member comes what is no member; it is passed over, as gzip itself does.
  private var isOver = false

  /// - Parameter limit: bytes that may come out.
  init(limit: Int) throws(LinkProblem) {
    self.limit = limit
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    guard inflateInit2_(state, 16 + MAX_WBITS, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw LinkProblem(.broken, "no memory to unpack it")
    }
  }
  deinit {
    inflateEnd(state)
    state.deallocate()
  }

  /// Unpacks a piece and hands the bytes to `body`, some at a time.
  mutating func add(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(LinkProblem) -> Void
  ) throws(LinkProblem) {
    guard !isOver, let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    state.pointee.next_in = UnsafeMutablePointer(mutating: base)
    state.pointee.avail_in = UInt32(clamping: bytes.count)
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.outputSize, alignment: 1)
    defer { output.deallocate() }
    var isFull = false
    while !isOver, state.pointee.avail_in > 0 || isFull {
      guard beginMember() else { return }
      let count = inflateSome(output)
      isFull = count == output.count
      unpacked += count
      if unpacked > limit {
        throw LinkProblem(
          .unpackedTooLarge, "it unpacks to more than \(limit) bytes; raise the limit if it is no attack")
      }
      try body(UnsafeRawBufferPointer(rebasing: output[..<count]))
    }
  }

  /// - Returns: false where the rest is no member.
  private mutating func beginMember() -> Bool {
    guard !isInMember else { return true }
    guard state.pointee.avail_in > 0 else { return false }
    guard state.pointee.next_in.pointee == Self.magic[0], inflateReset(state) == Z_OK else {
      isOver = true
      return false
    }
    isInMember = true
    return true
  }

  private mutating func inflateSome(_ output: UnsafeMutableRawBufferPointer) -> Int {
    state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(output.count)
    switch inflate(state, Z_NO_FLUSH) {
    case Z_STREAM_END: isInMember = false
    case Z_OK, Z_BUF_ERROR: break
    default:
      // What came out before the damage is used.
      isDamaged = true
      isOver = true
    }
    return output.count - Int(state.pointee.avail_out)
  }
}
