internal import Glibc

/// What a path of an export leads to.
public enum OutputPlace: Hashable, Sendable {
  /// An open descriptor of this process: `-`, `/dev/stdout`, `/dev/fd/3`.
  case descriptor(Int32)
  /// A device or FIFO, which is written directly and can't be replaced.
  case device(String)
  /// A regular file, there or to be made; a symbolic link is followed to its file.
  case file(String)

  /// - Throws: ``OutputProblem`` for a folder, a socket and a symbolic link that leads nowhere.
  public init(_ path: String) throws(OutputProblem) {
    if let number = Self.descriptor(path) {
      self = .descriptor(number)
      return
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw OutputProblem(path, errno: errno) }
      var link = stat()
      guard lstat(path, &link) != 0 else {
        throw OutputProblem(path, "it is a symbolic link that leads nowhere; remove it")
      }
      // Below /dev and /proc nothing is made: a file there would be lost, or in the way of the system.
      guard !path.hasPrefix("/dev/"), !path.hasPrefix("/proc/") else { throw OutputProblem(path, errno: ENOENT) }
      self = .file(path)
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file(Self.target(of: path))
    case S_IFDIR: throw OutputProblem(path, errno: EISDIR)
    case S_IFCHR, S_IFIFO: self = .device(path)
    default: throw OutputProblem(path, "it is a socket or a disk; name a file, a FIFO or -")
    }
  }

  /// Whether a result can be put there whole, in the place of an older one.
  public var isFile: Bool { if case .file = self { true } else { false } }

  /// Tells, without making anything, whether the path can be written.
  ///
  /// - Throws: ``OutputProblem``. What can't be known before, such as a disk that gets full, passes.
  public static func check(_ path: String) throws(OutputProblem) {
    guard case .file(let file) = try OutputPlace(path) else { return }
    var folder = parent(of: file)
    var status = stat()
    while stat(folder, &status) != 0 {
      guard errno == ENOENT, folder != "/", folder != "." else { throw OutputProblem(path, errno: errno) }
      folder = parent(of: folder)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw OutputProblem(path, errno: ENOTDIR) }
    guard access(folder, W_OK | X_OK) == 0 else { throw OutputProblem(path, errno: errno) }
  }

  /// Checks as ``check(_:)`` does, and that the path is none of the files from which the output is made: it would
  /// take the place of what somebody wrote by hand.
  public static func check(_ path: String, madeFrom inputs: [String]) throws(OutputProblem) {
    try check(path)
    var (output, input) = (stat(), stat())
    guard stat(path, &output) == 0, output.st_mode & S_IFMT == S_IFREG else { return }
    for name in inputs
    where stat(name, &input) == 0 && (input.st_dev, input.st_ino) == (output.st_dev, output.st_ino) {
      throw OutputProblem(path, "it is read as well, as \(name); name another file")
    }
  }

  /// Makes the folder of a file, and those above it.
  public static func makeFolder(of file: String) throws(OutputProblem) {
    let folder = parent(of: file)
    var status = stat()
    if stat(folder, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { throw OutputProblem(file, errno: ENOTDIR) }
      return
    }
    guard errno == ENOENT, folder != "/" else { throw OutputProblem(file, errno: errno) }
    try makeFolder(of: folder)
    // Another process may have made it meanwhile.
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw OutputProblem(file, errno: errno) }
  }

  /// Puts a finished file in its place and makes that durable.
  public static func replace(_ file: String, by part: String) throws(OutputProblem) {
    guard rename(part, file) == 0 else { throw OutputProblem(file, errno: errno) }
    // That the name is durable is a promise of the folder; some file systems can't make it.
    let folder = open(parent(of: file), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  static func parent(of path: String) -> String {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? path.dropLast() : path[...]
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  private static func descriptor(_ path: String) -> Int32? {
    switch path {
    case "-", "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default:
      for prefix in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(prefix) {
        return Int32(path.dropFirst(prefix.count))
      }
      return nil
    }
  }

  private static func target(of path: String) -> String {
    var link = stat()
    guard lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK, let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
