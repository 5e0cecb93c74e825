internal import Glibc

/// A file that only grows by whole records: what is written in part is taken back.
final class ArchiveFile {
  let path: String
  private var descriptor: Int32
  /// Bytes that are whole records, as far as they were handed to the system.
  private(set) var length: Int
  private var isNew: Bool

  /// Opens or makes the file, alone: two processes that append to one archive would tear each other's records.
  init(path: String) throws {
    self.path = path
    isNew = access(path, F_OK) != 0
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o666)
    length = 0
    guard descriptor >= 0 else { throw WARCProblem(path, "can't be opened for writing", errno: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw WARCProblem(path, "is no file that one can append to; name another")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw WARCProblem(path, "is being written by another process; wait for it or write to another file")
    }
    length = Int(status.st_size)
  }
  deinit { close() }

  /// Gives up the file and the lock on it.
  func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Bytes from an offset on; fewer at the file's end.
  func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let read = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, offset + filled)
        if read < 0, errno == EINTR { continue }
        guard read >= 0 else { throw WARCProblem(path, "can't be read", errno: errno) }
        if read == 0 { break }
        filled += read
      }
    }
  }

  func truncate(to length: Int) throws {
    guard ftruncate(descriptor, length) == 0 else { throw WARCProblem(path, "can't be shortened", errno: errno) }
    self.length = length
  }

  /// Appends whole records. Where that fails, the file is as it was before.
  func append(_ bytes: [UInt8]) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written, length + written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = WARCProblem(path, "can't be written", errno: count < 0 ? errno : ENOSPC)
        _ = ftruncate(descriptor, length)
        throw problem
      }
      written += count
    }
    length += written
  }

  /// Waits until the file, and the entry of a new one in its folder, are on the disk.
  func sync() throws {
    guard fdatasync(descriptor) == 0 else { throw WARCProblem(path, "can't be brought to the disk", errno: errno) }
    guard isNew else { return }
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    // Not every file system can do it, and none loses the file for that.
    fsync(handle)
    Glibc.close(handle)
    isNew = false
  }
}
