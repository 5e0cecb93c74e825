import FoundationEssentials
import Glibc

/// Reads a whole file; `-` is standard input.
/// - Parameter limit: bytes, more than which are refused.
func readFile(_ path: String, limit: Int = 1_000_000_000) throws -> [UInt8] {
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
    if bytes.count > limit { throw FileProblem(path: path, code: EFBIG) }
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

/// A path as a person would write it: `pipelines/../out/edm.db` is `out/edm.db`, unless `pipelines` is a symbolic
/// link, whose parent is somewhere else.
func shortened(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    let folder = (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    var status = stat()
    if part == "..", let last = parts.last, last != "..", lstat(folder, &status) == 0,
      status.st_mode & S_IFMT == S_IFDIR
    {
      parts.removeLast()
    } else {
      parts.append(part)
    }
  }
  return (path.hasPrefix("/") ? "/" : "") + (parts.isEmpty ? "." : parts.joined(separator: "/"))
}

/// As a shell takes it for one word.
func quotedForShell(_ path: String) -> String {
  let isPlain = path.utf8.allSatisfy { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
    default: "/._-+:@%=,".utf8.contains(byte)
    }
  }
  return isPlain
    ? path : "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
