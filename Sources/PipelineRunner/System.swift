import Glibc

/// The last error of a system call, in words.
func errnoWords() -> String { String(cString: strerror(errno)) }

extension [UInt8] {
  /// Writes all bytes, also where the system takes them in parts.
  func writeAll(to descriptor: Int32, path: String) throws {
    try withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw QuarantineProblem(path: path, reason: errnoWords()) }
        rest = rest.dropFirst(written)
      }
    }
  }
}
