import FoundationEssentials
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

/// The cores that this process may use.
func availableCores() -> Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

/// Now, in UTC, by ISO 8601.
func timestamp() -> String {
  var now = time(nil)
  var parts = tm()
  gmtime_r(&now, &parts)
  var buffer = [CChar](repeating: 0, count: 32)
  let length = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
  return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

func hostName() -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  gethostname(&buffer, buffer.count - 1)
  return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

func removeFile(_ path: String) { unlink(path) }
