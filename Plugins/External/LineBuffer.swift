import Glibc

/// Bytes as they come out of a pipe, taken out line by line. Linear in the bytes: none is searched twice.
struct LineBuffer {
  private var bytes: [UInt8] = []
  /// Where the first line that was not taken yet begins.
  private var start = 0
  /// Up to where there is no line break.
  private var searched = 0

  /// Bytes of the line that is not whole yet.
  var waiting: Int { bytes.count - start }

  mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

  /// The next whole line without its line break.
  mutating func next() -> [UInt8]? {
    let from = searched
    let end = bytes.withUnsafeBytes { all -> Int? in
      guard from < all.count, let base = all.baseAddress else { return nil }
      guard let found = memchr(base + from, 10, all.count - from) else { return nil }
      return UnsafeRawPointer(found) - base
    }
    guard let end else {
      searched = bytes.count
      compact()
      return nil
    }
    let line = Array(bytes[start..<end])
    start = end + 1
    searched = start
    return line
  }

  /// What stands behind the last line break, at the end.
  mutating func rest() -> [UInt8] {
    let line = Array(bytes[start...])
    bytes.removeAll()
    (start, searched) = (0, 0)
    return line
  }

  private mutating func compact() {
    guard start > 0 else { return }
    bytes.removeSubrange(..<start)
    searched -= start
    start = 0
  }
}
