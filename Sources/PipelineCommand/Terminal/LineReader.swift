import Glibc

/// Reads a file line by line, without its newlines; memory holds one line.
struct LineReader: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// - Parameter path: `-` for standard input.
  init(_ path: String) throws {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem(path: path, code: errno) }
  }
  deinit { if path != "-" { close(descriptor) } }

  mutating func next() throws -> [UInt8]? {
    var scanned = start
    while true {
      if let newline = buffer[scanned...].firstIndex(of: 10) {
        defer { start = newline + 1 }
        return Array(buffer[start..<newline])
      }
      scanned = buffer.count
      if isAtEnd {
        defer { start = buffer.count }
        return start < buffer.count ? Array(buffer[start...]) : nil
      }
      buffer.removeFirst(start)
      scanned -= start
      start = 0
      try fill()
    }
  }

  private mutating func fill() throws {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    let count = read(descriptor, &chunk, chunk.count)
    if count < 0, errno == EINTR { return }
    guard count >= 0 else { throw FileProblem(path: path, code: errno) }
    if count == 0 { isAtEnd = true } else { buffer += chunk[0..<count] }
  }
}
