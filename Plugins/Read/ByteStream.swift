import Glibc
import PipelineKit

/// Bytes that come one piece after another.
protocol ByteStream: AnyObject {
  /// Writes some bytes to the beginning of the buffer and says how many; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
  /// Bytes taken from the file itself so far, for progress.
  var consumed: Int { get }
}

extension ByteStream {
  /// All that is left, up to a limit.
  /// - Throws: ``ReadProblem`` where there is more.
  func readAll(limit: ByteCount, expecting size: Int = 0) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = max(min(size, limit.bytes) + 1, 16_384)
    while true {
      let start = bytes.count
      // One byte more than allowed, so that a stream that ends at the limit can be told from one that goes on.
      let wanted = min(chunk, limit.bytes - start + 1)
      let piece = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        while count < wanted {
          let read = try self.read(
            into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]))
          if read == 0 { break }
          count += read
        }
      }
      if start == 0 { bytes = piece } else { bytes += piece }
      if bytes.count > limit.bytes { throw ReadProblem.tooLarge(limit) }
      if piece.count < wanted { return bytes }
      chunk = min(max(bytes.count, chunk), 1 << 24)
    }
  }
}

/// An open file, or standard input.
final class FileStream: ByteStream {
  private let descriptor: CInt
  private let closes: Bool
  private(set) var consumed = 0
  /// Size of a regular file; 0 for anything else.
  let size: Int
  let isRegular: Bool

  /// - Throws: ``ReadProblem`` with the system's reason.
  init(path: [UInt8]) throws {
    descriptor = open(cString(path), O_RDONLY | O_CLOEXEC | O_NOCTTY)
    closes = true
    guard descriptor >= 0 else { throw ReadProblem("can't be opened: \(systemMessage())") }
    var status = stat()
    isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isRegular ? Int(status.st_size) : 0
  }
  init(standardInput: Void) { (descriptor, closes, size, isRegular) = (0, false, 0, false) }
  deinit { if closes && descriptor >= 0 { close(descriptor) } }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        consumed += count
        return count
      }
      guard errno == EINTR else { throw ReadProblem("can't be read: \(systemMessage())") }
    }
  }
}

/// Bytes that are in memory already.
final class MemoryStream: ByteStream {
  private let bytes: [UInt8]
  private(set) var consumed = 0
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, bytes.count - consumed)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[consumed..<consumed + count])) }
    consumed += count
    return count
  }
}

/// A stream with a rolling buffer before it, so that one can look ahead and read by lines.
final class BufferedStream: ByteStream {
  private let source: any ByteStream
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// Long reads cost few calls; the buffer still fits the second-level cache.
  private static let chunk = 131_072

  init(_ source: any ByteStream) { self.source = source }
  var consumed: Int { source.consumed }

  /// Up to so many bytes that are still to be read.
  func peek(_ count: Int) throws -> ArraySlice<UInt8> {
    while buffer.count - start < count, try fill() {}
    return buffer[start...].prefix(count)
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    guard start < buffer.count else { return try source.read(into: target) }
    let count = min(target.count, buffer.count - start)
    buffer.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
    start += count
    return count
  }

  /// The next line without its line feed; nil at the end. A line that is longer than the limit is passed over
  /// and comes back cut, marked as such.
  func readLine(limit: Int) throws -> (bytes: [UInt8], isCut: Bool)? {
    var searched = start
    var kept: [UInt8]?
    while true {
      if let end = lineFeed(from: searched) {
        let line = kept ?? Array(buffer[start..<end].prefix(limit))
        let isCut = kept != nil || end - start > limit
        start = end + 1
        return (line, isCut)
      }
      if buffer.count - start > limit {
        if kept == nil { kept = Array(buffer[start..<start + limit]) }
        start = buffer.count
      }
      searched = buffer.count
      let shift = start
      guard try fill() else {
        defer { start = buffer.count }
        if let kept { return (kept, true) }
        return start < buffer.count ? (Array(buffer[start...]), false) : nil
      }
      searched -= shift - start
    }
  }

  private func lineFeed(from position: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard position < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + position, 0x0A, bytes.count - position)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  /// Reads more behind what is there, after moving it to the front. False at the end.
  private func fill() throws -> Bool {
    guard !isAtEnd else { return false }
    if start > 0 {
      buffer.removeSubrange(..<start)
      start = 0
    }
    let piece = try [UInt8](unsafeUninitializedCapacity: Self.chunk) { target, count in
      count = try source.read(into: UnsafeMutableRawBufferPointer(target))
    }
    isAtEnd = piece.isEmpty
    buffer += piece
    return !isAtEnd
  }
}
