internal import Glibc

/// Hands out the rows of a file with their places, one buffer in memory and the row at hand.
struct RowScanner {
  private let descriptor: Int32
  private let path: String
  /// Whether a line break between quotation marks belongs to the row.
  private let isQuoted: Bool
  private var buffer: [UInt8] = []
  /// The next byte of the buffer, and its place in the file.
  private var (next, offset) = (0, 0)
  private var isAtEnd = false

  init(_ descriptor: Int32, path: String, isQuoted: Bool) {
    (self.descriptor, self.path, self.isQuoted) = (descriptor, path, isQuoted)
  }

  /// The next row without its line break, and where it stands in the file with it; nil at the end.
  mutating func row() throws -> (bytes: [UInt8], place: Range<Int>)? {
    var isOpen = false
    var index = next
    while true {
      while index < buffer.count {
        let byte = buffer[index]
        index += 1
        if isQuoted, byte == UInt8(ascii: "\"") { isOpen.toggle() }
        if byte == UInt8(ascii: "\n"), !isOpen { return take(upTo: index) }
      }
      guard !isAtEnd else { return next < buffer.count ? take(upTo: buffer.count) : nil }
      index -= next
      try fill()
    }
  }

  private mutating func take(upTo end: Int) -> (bytes: [UInt8], place: Range<Int>) {
    var row = buffer[next..<end]
    if row.last == UInt8(ascii: "\n") { row.removeLast() }
    if row.last == UInt8(ascii: "\r") { row.removeLast() }
    let place = offset..<(offset + end - next)
    (next, offset) = (end, place.upperBound)
    return (Array(row), place)
  }

  private mutating func fill() throws {
    buffer.removeSubrange(..<next)
    next = 0
    let size = 256 * 1024
    let (start, path) = (buffer.count, path)
    buffer.append(contentsOf: repeatElement(0, count: size))
    let got = buffer.withUnsafeMutableBytes { bytes in
      while true {
        let got = read(descriptor, bytes.baseAddress.map { $0 + start }, size)
        if got >= 0 || errno != EINTR { return got }
      }
    }
    guard got >= 0 else { throw OutputProblem(path, errno: errno) }
    buffer.removeLast(size - got)
    isAtEnd = got == 0
  }
}
