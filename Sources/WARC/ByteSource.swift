internal import Glibc

/// Bytes that come one piece after another.
package protocol ByteSource: AnyObject {
  /// Writes some bytes to the beginning of the buffer and says how many; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// A file from an offset on.
package final class FileSource: ByteSource {
  private let path: String
  private let descriptor: Int32

  /// - Throws: ``WARCProblem``.
  package init(path: String, offset: Int = 0) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw WARCProblem(path, "can't be opened", errno: errno) }
    guard offset == 0 || lseek(descriptor, offset, SEEK_SET) == offset else {
      throw WARCProblem(path, "can't be read at byte \(offset)", errno: errno)
    }
  }
  deinit { if descriptor >= 0 { close(descriptor) } }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { throw WARCProblem(path, "can't be read", errno: errno) }
    }
  }
}

/// Bytes in memory.
package final class MemorySource: ByteSource {
  private var rest: ArraySlice<UInt8>
  package init(_ bytes: [UInt8]) { rest = bytes[...] }

  package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, rest.count)
    rest.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    rest = rest.dropFirst(count)
    return count
  }
}
