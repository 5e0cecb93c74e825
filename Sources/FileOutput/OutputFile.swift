internal import Glibc
internal import PipelineKit

/// A file that an export writes: into `PATH.part`, which takes the place of `PATH` when it is whole.
///
/// Standard output, devices and FIFOs are written directly. The process must ignore SIGPIPE, so that a
/// closed pipe is an error here. Not to be used by two threads at once.
///
/// ```swift
/// let file = try OutputFile("out/edm.jsonl")
/// try file.write(line)
/// try file.finish()
/// ```
public final class OutputFile {
  /// Large enough that system calls cost nothing beside making the bytes.
  private static let bufferSize = 256 * 1024

  /// Where the result will stand, or what is written directly.
  public let path: String
  /// The unfinished file; nil where the output is written directly.
  public let part: String?
  /// Bytes taken so far.
  public private(set) var count = 0
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private let isTerminal: Bool

  /// - Parameters:
  ///   - path: a path, or `-` for standard output. Missing folders are made.
  ///   - suffix: put behind the path of the unfinished file.
  /// - Throws: ``OutputProblem``.
  public init(_ path: String, suffix: String = ".part") throws(OutputProblem) {
    switch try OutputPlace(path) {
    case .descriptor(let number):
      (self.path, part) = (path, nil)
      descriptor = dup(number)
    case .device(let device):
      (self.path, part) = (path, nil)
      descriptor = open(device, O_WRONLY | O_CLOEXEC)
    case .file(let file):
      (self.path, part) = (file, file + suffix)
      try OutputPlace.makeFolder(of: file)
      descriptor = try Self.openPart(file + suffix, for: file)
    }
    isTerminal = isatty(descriptor) == 1
    guard descriptor >= 0 else { throw OutputProblem(path, errno: errno) }
    buffer.reserveCapacity(Self.bufferSize)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Takes bytes; they may stay in the buffer until ``flush()``.
  /// - Throws: `OutputClosed` where the reader of a pipe has gone, else ``OutputProblem``.
  public func write(_ bytes: some Collection<UInt8>) throws {
    if buffer.count + bytes.count > Self.bufferSize { try flush() }
    if bytes.count > Self.bufferSize {
      try bytes.withContiguousStorageIfAvailable(writeAll) ?? Array(bytes).withUnsafeBufferPointer(writeAll)
    } else {
      buffer.append(contentsOf: bytes)
    }
    count += bytes.count
    if isTerminal { try flush() }
  }

  /// Hands the buffer to the system.
  public func flush() throws {
    guard !buffer.isEmpty else { return }
    try buffer.withUnsafeBufferPointer(writeAll)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Makes everything written so far durable; on a pipe only hands it on.
  public func sync() throws {
    try flush()
    guard part == nil || fdatasync(descriptor) == 0 else { throw OutputProblem(path, errno: errno) }
  }

  /// Ends the file and puts it in the place of an older one.
  public func finish() throws {
    try flush()
    guard let part else { return try end() }
    guard fsync(descriptor) == 0 else { throw OutputProblem(path, errno: errno) }
    try end()
    try OutputPlace.replace(path, by: part)
  }

  /// Ends the file early and leaves an older result untouched.
  /// - Returns: the path of the part, which is kept; nil where the output was written directly.
  public func abandon() -> String? {
    try? flush()
    try? end()
    return part
  }

  /// Reads bytes of the part again.
  func read(at offset: Int, count: Int, each: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    try flush()
    try readAll(descriptor, path, at: offset, count: count, each: each)
  }

  private func end() throws {
    guard descriptor >= 0 else { return }
    let result = close(descriptor)
    descriptor = -1
    // Network file systems report here what they could not write.
    guard result == 0 || errno == EINTR else { throw OutputProblem(path, errno: errno) }
  }

  private func writeAll(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      guard written >= 0 else {
        switch errno {
        case EINTR: continue
        case EAGAIN:
          // Somebody has set the pipe to non-blocking; wait until it takes more.
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&request, 1, -1)
          continue
        case EPIPE: throw OutputClosed()
        default: throw OutputProblem(path, errno: errno)
        }
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// Opens the part for this run alone. It is emptied only after it is locked, so that two runs with one
  /// output don't spoil each other's.
  private static func openPart(_ part: String, for file: String) throws(OutputProblem) -> Int32 {
    while true {
      let descriptor = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
      guard descriptor >= 0 else { throw OutputProblem(part, errno: errno) }
      do throws(OutputProblem) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
          throw OutputProblem(part, "another run is writing it; wait for that run or choose another path")
        }
        var mine = stat()
        var named = stat()
        guard fstat(descriptor, &mine) == 0, mine.st_mode & S_IFMT == S_IFREG else {
          throw OutputProblem(part, "it is no file; remove it")
        }
        // The run that held it may have put it in its place meanwhile; then the name is free.
        if lstat(part, &named) == 0, named.st_ino == mine.st_ino, named.st_dev == mine.st_dev {
          guard ftruncate(descriptor, 0) == 0 else { throw OutputProblem(part, errno: errno) }
          keepMode(of: file, on: descriptor)
          return descriptor
        }
        close(descriptor)
      } catch {
        close(descriptor)
        throw error
      }
    }
  }

  /// A result keeps the permissions of the one that it replaces.
  private static func keepMode(of file: String, on descriptor: Int32) {
    var old = stat()
    if stat(file, &old) == 0 { fchmod(descriptor, old.st_mode & 0o777) }
  }
}

/// Reads a stretch of a file in pieces.
func readAll(
  _ descriptor: Int32, _ path: String, at offset: Int, count: Int, each: (UnsafeBufferPointer<UInt8>) throws -> Void
) throws {
  var (offset, rest) = (offset, count)
  let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: min(max(1, count), 256 * 1024))
  defer { piece.deallocate() }
  while rest > 0 {
    let got = pread(descriptor, piece.baseAddress, min(piece.count, rest), offset)
    if got < 0, errno == EINTR { continue }
    guard got > 0 else {
      throw OutputProblem(path, got < 0 ? String(cString: strerror(errno)) : "it became shorter while it was read")
    }
    try each(UnsafeBufferPointer(rebasing: piece[..<got]))
    offset += got
    rest -= got
  }
}
