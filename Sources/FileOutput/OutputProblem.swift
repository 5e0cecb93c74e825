internal import Glibc

/// A result can't be written: where, why in the system's words, and what to do.
public struct OutputProblem: Error, Hashable, CustomStringConvertible {
  public var path: String
  /// What is wrong, and after a semicolon what to do.
  public var message: String
  public init(_ path: String, _ message: String) { (self.path, self.message) = (path, message) }

  /// A failed system call, by its `errno`.
  public init(_ path: String, errno code: Int32) {
    let words = String(cString: strerror(code))
    self.init(path, Self.remedy(code).map { words + "; " + $0 } ?? words)
  }

  public var description: String { "can't write \(path): \(message)" }

  private static func remedy(_ code: Int32) -> String? {
    switch code {
    case ENOSPC, EDQUOT: "make room on the disk or write elsewhere, and run again"
    case EACCES, EPERM: "change the permissions or write elsewhere"
    case EROFS: "write to another file system"
    case ENOTDIR, EEXIST: "a part of the path is a file and no folder"
    case EISDIR: "name a file in it"
    case ELOOP: "remove the symbolic link that stands there"
    case ENAMETOOLONG: "choose a shorter path"
    case EMFILE, ENFILE: "raise the limit on open files (ulimit -n)"
    case EFBIG: "raise the limit on a file's size (ulimit -f)"
    case ENOENT: "a folder on the way is missing"
    default: nil
    }
  }
}
