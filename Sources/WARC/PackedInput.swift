/// The bytes of an archive's file, with some of those that were taken already: where a member turns out to be damaged,
/// the next one may have begun before that was noticed.
final class PackedInput {
  private let source: any ByteSource
  private let memory: UnsafeMutableRawBufferPointer
  private var position = 0
  private var end = 0
  /// The file offset of the memory's first byte.
  private var base: Int
  private var isAtEnd = false

  /// Zlib notices damage in the block in which it is, which is seldom longer than this.
  private static let history = 65_536
  private static let size = 327_680

  init(_ source: any ByteSource, offset: Int) {
    (self.source, base) = (source, offset)
    memory = .allocate(byteCount: Self.size, alignment: 1)
  }
  deinit { memory.deallocate() }

  /// The file offset of the next byte.
  var offset: Int { base + position }

  /// The next bytes: at least so many (not more than 128 KiB), unless the file ends.
  func next(_ wanted: Int) throws -> UnsafeRawBufferPointer {
    while end - position < wanted, !isAtEnd { try fill() }
    return UnsafeRawBufferPointer(rebasing: memory[position..<end])
  }

  func advance(_ count: Int) { position += count }

  /// Goes to an offset up to which bytes are there, or to the oldest byte that still is.
  func go(to offset: Int) { position = min(max(offset - base, 0), end) }

  private func fill() throws {
    if end == memory.count, position > Self.history {
      let first = position - Self.history
      memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[first..<end]))
      (position, end, base) = (Self.history, end - first, base + first)
    }
    let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[end...]))
    end += count
    isAtEnd = count == 0
  }
}
