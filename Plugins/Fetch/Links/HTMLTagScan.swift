/// Finds the tags of a page that comes piece by piece: not those in comments, scripts, styles and other raw text.
struct HTMLTagScan {
  /// A tag that is longer is passed over.
  private static let longestTag = 65_536

  private enum State {
    case text
    case comment
    /// Up to `>`: a document type, or what browsers take for a comment.
    case declaration
    /// Up to the end tag.
    case raw(StaticString)
  }
  private var state = State.text
  private var carry: [UInt8] = []

  /// Hands each whole tag to `body`, until that returns false.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (HTMLTag) -> Bool) {
    if carry.isEmpty { return run(bytes, body) }
    let whole = carry + bytes
    carry.removeAll()
    whole.withUnsafeBufferPointer { run($0, body) }
  }

  private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (HTMLTag) -> Bool) {
    var index = 0
    while index < bytes.count {
      var next: Int?
      switch state {
      case .text: next = text(bytes, index, body)
      case .comment: next = skip(bytes, index, to: "-->")
      case .declaration: next = skip(bytes, index, to: ">")
      case .raw(let name): next = raw(bytes, index, name)
      }
      guard let next else { return }
      index = next
    }
  }

  private mutating func text(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ body: (HTMLTag) -> Bool
  ) -> Int? {
    let open = bytes.index(of: UInt8(ascii: "<"), from: start)
    guard open < bytes.count else { return open }
    // Four bytes tell a comment.
    if bytes.count - open < 4 { return hold(bytes, open) }
    let next = bytes[open + 1]
    if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") { return declaration(bytes, open) }
    let first = next == UInt8(ascii: "/") ? bytes[open + 2] : next
    guard (first | 32) &- 97 < 26 else { return open + 1 }
    guard let tag = HTMLTag(bytes, at: open) else {
      // Going on behind the `<` would read the same bytes again for each further one.
      return bytes.count - open > Self.longestTag ? bytes.count : hold(bytes, open)
    }
    if !tag.isEnd { enter(tag) }
    return body(tag) ? tag.end : bytes.count
  }

  private mutating func declaration(_ bytes: UnsafeBufferPointer<UInt8>, _ open: Int) -> Int? {
    guard bytes.starts(with: "<!--", at: open) else {
      state = .declaration
      return open + 2
    }
    // `<!-->` and `<!--->` are whole comments.
    state = .comment
    return open + 2
  }

  private mutating func enter(_ tag: HTMLTag) {
    let names: [StaticString] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "template"]
    for name in names where tag.isNamed(name) { state = .raw(name) }
  }

  private mutating func raw(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ name: StaticString) -> Int? {
    let length = name.utf8CodeUnitCount
    var open = bytes.index(of: UInt8(ascii: "<"), from: start)
    while open < bytes.count {
      if bytes.count - open < length + 3 { return hold(bytes, open) }
      if bytes[open + 1] == UInt8(ascii: "/"), bytes.starts(with: name, at: open + 2) {
        let next = bytes[open + 2 + length]
        if isSpace(next) || next == UInt8(ascii: ">") || next == UInt8(ascii: "/") {
          state = .text
          return open
        }
      }
      open = bytes.index(of: UInt8(ascii: "<"), from: open + 1)
    }
    return open
  }

  private mutating func skip(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, to mark: StaticString) -> Int? {
    if let end = bytes.end(of: mark, from: start) {
      state = .text
      return end
    }
    return hold(bytes, max(start, bytes.count - mark.utf8CodeUnitCount + 1))
  }

  private mutating func hold(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    carry = Array(bytes[start...])
    return nil
  }
}
