import FoundationEssentials
import Glibc

/// Reads a whole file; `-` is standard input.
func readFile(_ path: String) throws -> [UInt8] {
  let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw FileProblem(path: path, code: errno) }
  defer { if path != "-" { close(descriptor) } }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw FileProblem(path: path, code: errno) }
    if count == 0 { return bytes }
    bytes += buffer[0..<count]
  }
}

/// A file can't be read.
struct FileProblem: Error, CustomStringConvertible {
  let path: String
  let code: Int32
  var reason: String { String(cString: strerror(code)).lowercased() }
  var description: String { "can't read \(path): \(reason)" }
}

/// What stands at a path.
enum PathKind {
  case nothing, file, folder

  init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      self = .nothing
      return
    }
    self = status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }
}
