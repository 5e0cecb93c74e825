internal import Glibc

/// What is wrong with an archive or one record of it: where, why, and behind a semicolon what to do.
package struct WARCProblem: Error, Hashable, CustomStringConvertible {
  /// Nil where only a stream is known.
  package var path: String?
  package var message: String
  /// Whether a limit and no damage stands behind it.
  package var isTooLarge = false

  package init(_ path: String, _ message: String) { (self.path, self.message) = (path, message) }
  package init(_ message: String) { self.message = message }

  /// A failed system call, by its `errno`.
  init(_ path: String, _ attempt: String, errno code: Int32) {
    let words = attempt + ": " + String(cString: strerror(code))
    self.init(path, Self.remedy(code).map { words + "; " + $0 } ?? words)
  }

  package var description: String { path.map { "\($0): " + message } ?? message }

  private static func remedy(_ code: Int32) -> String? {
    switch code {
    case ENOSPC, EDQUOT: "make room on the disk or write elsewhere, and run again"
    case EFBIG: "raise the limit on a file's size (ulimit -f) or begin another archive"
    case EACCES, EPERM, EROFS: "change the permissions or write elsewhere"
    case ENOENT, ENOTDIR: "see that its folder is there"
    case EISDIR: "name a file in it"
    case EMFILE, ENFILE: "raise the limit on open files (ulimit -n)"
    default: nil
    }
  }
}
