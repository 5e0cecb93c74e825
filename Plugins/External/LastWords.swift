/// What a program writes to its standard error: passed on line by line, the last lines kept for messages.
struct LastWords {
  private var buffer = LineBuffer()
  /// A few lines name the error; a whole traceback would fill the screen, and was passed on already.
  private(set) var lines: [String] = []
  private static let kept = 4
  /// Longest line that is passed on in one piece, in bytes.
  private static let lineLimit = 4096
  let log: @Sendable (String) -> Void

  init(log: @escaping @Sendable (String) -> Void) { self.log = log }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    buffer.append(bytes)
    while let line = buffer.next() { pass(line) }
    if buffer.waiting > Self.lineLimit { flush() }
  }

  /// Passes on a last line that has no end.
  mutating func flush() {
    let rest = buffer.rest()
    if !rest.isEmpty { pass(rest) }
  }

  private mutating func pass(_ bytes: [UInt8]) {
    var text = String(decoding: bytes.prefix(Self.lineLimit), as: UTF8.self)
    if text.hasSuffix("\r") { text.removeLast() }
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    log(text)
    lines = lines.suffix(Self.kept - 1) + [String(text.prefix(200))]
  }
}
