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
    while index < bytes.count {
      let next: Int?
      switch state {
      case .text: next = text(bytes, index, isLast, &output)
      case .tag(let quote): next = try tag(bytes, index, quote, isLast, &output)
      case .comment: next = copy(bytes, index, to: "-->", isLast, &output)
      case .data: next = copy(bytes, index, to: "]]>", isLast, &output)
      case .instruction: next = copy(bytes, index, to: "?>", isLast, &output)
      case .documentType(let brackets, let quote): next = try documentType(bytes, index, brackets, quote, isLast)
      case .commentInDocumentType(let brackets): next = try comment(bytes, index, brackets, isLast)
      }
      guard let next else { return }
      index = next
    }
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
    if bytes.count - start < 9, !isLast, isUndecided(bytes, start) {
      carry = Array(bytes[start...])
      return nil
    }
    (length, quotes) = (0, 0)
    let next = start + 1 < bytes.count ? bytes[start + 1] : 0
    if next == UInt8(ascii: "!") { return declaration(bytes, start, &output) }
    let isName = (next | 32) &- 97 < 26 || next >= 0x80 || next == UInt8(ascii: "_") || next == UInt8(ascii: ":")
    if isName || next == UInt8(ascii: "/") {
      state = .tag(quote: 0)
    } else if next == UInt8(ascii: "?") {
      state = .instruction
    } else {
      output += Array("&lt;".utf8)
      return start + 1
    }
    output.append(bytes[start])
    output.append(next)
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
      output += Array("<!--".utf8)
      return start + 4
    }
    if bytes.starts(with: "<![cdata[", at: start) {
      state = .data
      output += Array("<![CDATA[".utf8)
      return start + 9
    }
    state = .documentType(brackets: 0, quote: 0)
    return start + 2
  }

  /// Copies text up to `end`, each stray `&` written out.
  private mutating func references(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ isLast: Bool, _ output: inout [UInt8]
  ) -> Int? {
    let text = UnsafeBufferPointer(rebasing: bytes[..<end])
    var copied = start
    var index = text.index(of: UInt8(ascii: "&"), from: start)
    while index < end {
      if end - index < Self.longestReference, end == bytes.count, !isLast {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<index]))
        carry = Array(text[index...])
        return nil
      }
      if !Self.isReference(text, index) {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied...index]))
        output += Array("amp;".utf8)
        copied = index + 1
      }
      index = text.index(of: UInt8(ascii: "&"), from: index + 1)
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied...]))
    return end
  }

  /// Bytes of `&#x10FFFF;`, and of some zeros more.
  private static let longestReference = 14

  private static func isReference(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    let rest = UnsafeBufferPointer(rebasing: bytes[start + 1..<min(start + longestReference, bytes.count)])
    guard let end = rest.firstIndex(of: UInt8(ascii: ";")), end > 1 else { return false }
    let name = rest[..<end]
    if name.first == UInt8(ascii: "#") { return isNumber(name.dropFirst()) }
    return ["amp", "lt", "gt", "quot", "apos"].contains { name.elementsEqual($0.utf8) }
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
    output.append(bytes[place])
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

  /// Copies everything up to a mark and the mark.
  private mutating func copy(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, to mark: StaticString, _ isLast: Bool, _ output: inout [UInt8]
  ) -> Int? {
    if let end = bytes.end(of: mark, from: start) {
      output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<end]))
      state = .text
      return end
    }
    let kept = isLast ? bytes.count : max(start, bytes.count - mark.utf8CodeUnitCount + 1)
    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<kept]))
    carry = Array(bytes[kept...])
    return nil
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
