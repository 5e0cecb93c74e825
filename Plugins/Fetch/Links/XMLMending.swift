/// Mends a stream of XML for libxml2, which would drop names behind a stray `&` and stop at a stray `<`.
///
/// An `&` stays only in front of one of XML's five names or a valid number; any other, also one of an entity that the
/// document declares, becomes `&amp;`, so that nothing is ever expanded. The document type goes. A tag's length and
/// attributes have a limit, as libxml2 compares each attribute of a tag with all others. Linear, one pass; what is
/// cut at the end of a piece waits for the next.
struct XMLMending {
  /// Bytes of a tag.
  static let longestTag = 65_536
  /// Attributes of a tag: those of feeds have ten or so, and as many namespaces.
  static let mostAttributes = 256
  /// Bytes of a document type: all entities of HTML take 20,000.
  static let longestDocumentType = 65_536

  private enum State {
    case text
    /// Between `<` and `>`; the quotation mark of an open value, or 0.
    case tag(quote: UInt8)
    case comment
    case data
    case instruction
    /// Square brackets and the quotation mark that are open.
    case documentType(brackets: Int, quote: UInt8)
    case commentInDocumentType(brackets: Int)
  }
  private var state = State.text
  private var carry: [UInt8] = []
  private var length = 0
  private var quotes = 0
  /// Up to where the piece was copied: all behind it is copied at once, where nothing stands in its place.
  private var copied = 0

  /// Appends the mended piece to `output`.
  mutating func mend(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into output: inout [UInt8]
  ) throws(LinkProblem) {
    if carry.isEmpty { return try run(bytes, isLast, &output) }
    let whole = carry + bytes
    carry.removeAll()
    var problem: LinkProblem?
    whole.withUnsafeBufferPointer { whole in
      do throws(LinkProblem) { try run(whole, isLast, &output) } catch { problem = error }
    }
    if let problem { throw problem }
  }

  private mutating func run(
    _ bytes: UnsafeBufferPointer<UInt8>, _ isLast: Bool, _ output: inout [UInt8]
  ) throws(LinkProblem) {
    var index = 0
    copied = 0
    while index < bytes.count {
      let next: Int?
      switch state {
      case .text: next = text(bytes, index, isLast, &output)
      case .tag(let quote): next = try tag(bytes, index, quote, isLast, &output)
      case .comment: next = skip(bytes, index, to: "-->", isLast, &output)
      case .data: next = skip(bytes, index, to: "]]>", isLast, &output)
      case .instruction: next = skip(bytes, index, to: "?>", isLast, &output)
      case .documentType(let brackets, let quote):
        next = try documentType(bytes, index, brackets, quote, isLast)
        copied = next ?? bytes.count
      case .commentInDocumentType(let brackets):
        next = try comment(bytes, index, brackets, isLast)
        copied = next ?? bytes.count
      }
      guard let next else { return }
      index = next
    }
    copy(bytes, upTo: bytes.count, &output)
  }

  /// Copies what waits for it, and goes on copying at `end`, by default where that ends.
  private mutating func copy(
    _ bytes: UnsafeBufferPointer<UInt8>, upTo index: Int, goOnAt end: Int? = nil, _ output: inout [UInt8]
  ) {
    if index > copied { output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<index])) }
    copied = max(end ?? index, copied)
  }

  /// Copies up to an index and keeps the rest for the next piece.
  private mutating func hold(_ bytes: UnsafeBufferPointer<UInt8>, from index: Int, _ output: inout [UInt8]) -> Int? {
    copy(bytes, upTo: index, goOnAt: bytes.count, &output)
    carry = Array(bytes[index...])
    return nil
  }

  // Each part gives the index where to go on, nil where the rest is in `carry`.

  private mutating func text(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ isLast: Bool, _ output: inout [UInt8]
  ) -> Int? {
    let end = bytes.index(of: UInt8(ascii: "<"), from: start)
    guard let index = references(bytes, start, end, isLast, &output) else { return nil }
    guard index == end, end < bytes.count else { return index }
    return markup(bytes, end, isLast, &output)
  }

  private mutating func markup(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ isLast: Bool, _ output: inout [UInt8]
  ) -> Int? {
    // The longest beginning that tells something is `<![CDATA[`.
    if bytes.count - start < 9, !isLast, isUndecided(bytes, start) { return hold(bytes, from: start, &output) }
    (length, quotes) = (0, 0)
    let next = start + 1 < bytes.count ? bytes[start + 1] : 0
    if next == UInt8(ascii: "!") { return declaration(bytes, start, &output) }
    let isName = (next | 32) &- 97 < 26 || next >= 0x80 || next == UInt8(ascii: "_") || next == UInt8(ascii: ":")
    if isName || next == UInt8(ascii: "/") {
      state = .tag(quote: 0)
    } else if next == UInt8(ascii: "?") {
      state = .instruction
    } else {
      copy(bytes, upTo: start, goOnAt: start + 1, &output)
      output += Array("&lt;".utf8)
      return start + 1
    }
    return start + 2
  }

  private func isUndecided(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    bytes.count - start < 2 || bytes[start + 1] == UInt8(ascii: "!")
  }

  private mutating func declaration(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ output: inout [UInt8]
  ) -> Int {
    if bytes.starts(with: "<!--", at: start) {
      state = .comment
      return start + 4
    }
    if bytes.starts(with: "<![cdata[", at: start) {
      state = .data
      return start + 9
    }
    copy(bytes, upTo: start, goOnAt: start + 2, &output)
    state = .documentType(brackets: 0, quote: 0)
    return start + 2
  }

  /// Copies text up to `end`, each stray `&` written out.
  private mutating func references(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ isLast: Bool, _ output: inout [UInt8]
  ) -> Int? {
    let text = UnsafeBufferPointer(rebasing: bytes[..<end])
    var index = text.index(of: UInt8(ascii: "&"), from: start)
    while index < end {
      if end - index < Self.longestReference, end == bytes.count, !isLast {
        return hold(bytes, from: index, &output)
      }
      if !Self.isReference(text, index) {
        copy(bytes, upTo: index + 1, &output)
        output += Array("amp;".utf8)
      }
      index = text.index(of: UInt8(ascii: "&"), from: index + 1)
    }
    return end
  }

  /// Bytes of `&#x10FFFF;`, and of some zeros more.
  private static let longestReference = 14

  private static func isReference(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    let rest = UnsafeBufferPointer(rebasing: bytes[start + 1..<min(start + longestReference, bytes.count)])
    guard let end = rest.firstIndex(of: UInt8(ascii: ";")), end > 1 else { return false }
    let name = rest[..<end]
    if name.first == UInt8(ascii: "#") { return isNumber(name.dropFirst()) }
    let text = UnsafeBufferPointer(rebasing: name)
    // In lower case only, which `equals` leaves open.
    guard !text.contains(where: { $0 < 97 }) else { return false }
    return text.equals("amp") || text.equals("lt") || text.equals("gt") || text.equals("quot") || text.equals("apos")
  }

  private static func isNumber(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let isHex = digits.first == UInt8(ascii: "x")
    let text = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
    guard text.utf8.first != UInt8(ascii: "+"), let value = UInt32(text, radix: isHex ? 16 : 10) else { return false }
    return value == 9 || value == 10 || value == 13
      || value >= 32 && value & 0xFFFE != 0xFFFE && Unicode.Scalar(value) != nil
  }

  private mutating func tag(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ quote: UInt8, _ isLast: Bool, _ output: inout [UInt8]
  ) throws(LinkProblem) -> Int? {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if quote == 0 ? byte == 34 || byte == 39 || byte == UInt8(ascii: ">") : byte == quote { break }
      index += 1
    }
    length += index - start
    if length > Self.longestTag { throw LinkProblem(.hostile, "a tag is longer than \(Self.longestTag) bytes") }
    guard let place = references(bytes, start, index, isLast, &output) else {
      length -= carry.count
      return nil
    }
    guard place < bytes.count else { return place }
    if quote != 0 {
      state = .tag(quote: 0)
    } else if bytes[place] == UInt8(ascii: ">") {
      state = .text
    } else {
      state = .tag(quote: bytes[place])
      quotes += 1
      if quotes > Self.mostAttributes {
        throw LinkProblem(.hostile, "a tag has more than \(Self.mostAttributes) attributes")
      }
    }
    return place + 1
  }

  /// Passes over everything up to a mark and the mark.
  private mutating func skip(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, to mark: StaticString, _ isLast: Bool, _ output: inout [UInt8]
  ) -> Int? {
    if let end = bytes.end(of: mark, from: start) {
      state = .text
      return end
    }
    let kept = isLast ? bytes.count : max(start, bytes.count - mark.utf8CodeUnitCount + 1)
    return hold(bytes, from: kept, &output)
  }

  private mutating func documentType(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ brackets: Int, _ quote: UInt8, _ isLast: Bool
  ) throws(LinkProblem) -> Int? {
    let byte = bytes[start]
    var (brackets, quote) = (brackets, quote)
    if quote != 0 {
      if byte == quote { quote = 0 }
    } else if byte == UInt8(ascii: "<") {
      if bytes.count - start < 4, !isLast {
        carry = Array(bytes[start...])
        return nil
      }
      if bytes.starts(with: "<!--", at: start) {
        state = .commentInDocumentType(brackets: brackets)
        return start + 4
      }
    } else if byte == 34 || byte == 39 {
      quote = byte
    } else if byte == UInt8(ascii: "[") {
      brackets += 1
    } else if byte == UInt8(ascii: "]") {
      brackets -= 1
    } else if byte == UInt8(ascii: ">"), brackets <= 0 {
      state = .text
      return start + 1
    }
    try count(1)
    state = .documentType(brackets: brackets, quote: quote)
    return start + 1
  }

  private mutating func comment(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ brackets: Int, _ isLast: Bool
  ) throws(LinkProblem) -> Int? {
    if let end = bytes.end(of: "-->", from: start) {
      try count(end - start)
      state = .documentType(brackets: brackets, quote: 0)
      return end
    }
    let kept = max(start, bytes.count - 2)
    try count(kept - start)
    carry = Array(bytes[kept...])
    return nil
  }

  private mutating func count(_ bytes: Int) throws(LinkProblem) {
    length += bytes
    if length > Self.longestDocumentType {
      throw LinkProblem(.hostile, "the document type is longer than \(Self.longestDocumentType) bytes")
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a mark of ASCII ends.
  func end(of mark: StaticString, from start: Int) -> Int? {
    let length = mark.utf8CodeUnitCount
    let last = mark.utf8Start[length - 1]
    var index = self.index(of: last, from: start)
    while index < count {
      if index - start >= length - 1, starts(with: mark, at: index - length + 1) { return index + 1 }
      index = self.index(of: last, from: index + 1)
    }
    return nil
  }
}
