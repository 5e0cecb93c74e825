import Glibc

/// Reads HTML into tags and text and hands them to an `HTMLTree`.
///
/// Follows the tokenizer of the HTML standard in what pages need: raw text of scripts and styles up to their own
/// end tag, comments in all their odd forms, attributes with and without quotation marks, character references.
/// What is cut off or unclosed ends where the input ends. Text is handed on as ranges of the input, with their
/// offsets, and found by `memchr`. No search begins again where another has failed, so the cost is linear.
struct HTMLTokenizer {
  private let input: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var attributes = Attributes()
  /// From where on there is none of a byte: a search that found nothing need not be made again.
  private var missing = [Int](repeating: .max, count: 256)
  private var isTitleUnclosed = false
  /// Where the next `-->` ends and from where it was looked for.
  private var commentEnd = (from: Int.max, end: Int.max)
  private var checkpoint = 0

  /// - Parameters:
  ///   - bytes: UTF-8.
  ///   - isXHTML: an element closed in its own tag is empty, as XML has it.
  ///   - checkTime: called every 64 kB or so.
  static func read(
    _ bytes: [UInt8], isXHTML: Bool, into builder: inout PageBuilder, checkTime: () throws -> Void
  ) rethrows {
    var tree = HTMLTree(builder: builder, isXHTML: isXHTML)
    builder = PageBuilder()
    defer {
      tree.finish()
      builder = tree.builder
    }
    try bytes.withUnsafeBufferPointer { input in
      var tokenizer = HTMLTokenizer(input)
      try tokenizer.run(&tree, checkTime)
    }
  }

  private init(_ input: UnsafeBufferPointer<UInt8>) { self.input = input }

  private mutating func run(_ tree: inout HTMLTree, _ checkTime: () throws -> Void) rethrows {
    while index < input.count {
      if index > checkpoint {
        try checkTime()
        checkpoint = index + 65_536
      }
      let open = find(UInt8(ascii: "<"), from: index) ?? input.count
      if open > index { text(index..<open, &tree) }
      index = open
      if index < input.count { markup(&tree) }
    }
  }

  // MARK: Markup

  /// At a `<`.
  private mutating func markup(_ tree: inout HTMLTree) {
    let next = byte(index + 1)
    if isLetter(next) { return startTag(&tree) }
    switch next {
    case UInt8(ascii: "/"):
      if isLetter(byte(index + 2)) { return endTag(&tree) }
      skip(past: UInt8(ascii: ">"))
    case UInt8(ascii: "!"):
      if byte(index + 2) == UInt8(ascii: "-") && byte(index + 3) == UInt8(ascii: "-") { return comment() }
      if tree.takesCharacterData && has("[CDATA[", at: index + 2) { return characterData(&tree) }
      skip(past: UInt8(ascii: ">"))
    case UInt8(ascii: "?"): skip(past: UInt8(ascii: ">"))
    default:
      literal(index..<index + 1, &tree)
      index += 1
    }
  }

  private mutating func comment() {
    // "<!-->" and "<!--->" are whole comments; else it ends at "-->" or "--!>".
    var place = index + 4
    if byte(place) == UInt8(ascii: ">") || (byte(place) == UInt8(ascii: "-") && byte(place + 1) == UInt8(ascii: ">")) {
      index = place + (byte(place) == UInt8(ascii: ">") ? 1 : 2)
      return
    }
    while let end = find(UInt8(ascii: ">"), from: place) {
      let isEnd = byte(end - 1) == UInt8(ascii: "-") && byte(end - 2) == UInt8(ascii: "-") && end - 2 >= index + 4
      let isOddEnd =
        byte(end - 1) == UInt8(ascii: "!") && byte(end - 2) == UInt8(ascii: "-") && byte(end - 3) == UInt8(ascii: "-")
        && end - 3 >= index + 4
      if isEnd || isOddEnd {
        index = end + 1
        return
      }
      place = end + 1
    }
    index = input.count
  }

  /// Text as it stands up to `]]>`.
  private mutating func characterData(_ tree: inout HTMLTree) {
    let start = index + 9
    var place = start
    while let end = find(UInt8(ascii: ">"), from: place) {
      if end >= start + 2, byte(end - 1) == UInt8(ascii: "]"), byte(end - 2) == UInt8(ascii: "]") {
        literal(start..<end - 2, &tree)
        index = end + 1
        return
      }
      place = end + 1
    }
    index = input.count
  }

  private mutating func endTag(_ tree: inout HTMLTree) {
    let name = takeName(from: index + 2)
    if byte(index) == UInt8(ascii: ">") {
      index += 1
    } else if takeAttributes() == nil {
      return
    }
    tree.end(Tag(name), Words.hash(name))
  }

  private mutating func startTag(_ tree: inout HTMLTree) {
    let name = takeName(from: index + 1)
    let tag = Tag(name)
    guard let isEmpty = takeAttributes() else { return }
    let isForeign = tree.isForeign
    let isOpen = tree.start(tag, Words.hash(name), attributes, isEmpty: isEmpty)
    if tag == .plaintext && isOpen {
      literal(index..<input.count, &tree)
      index = input.count
    } else if tag.isRawText && !isForeign && !(isEmpty && tree.isXHTML) {
      rawText(tag, name, isShown: isOpen, &tree)
    }
  }

  private mutating func takeName(from start: Int) -> UnsafeBufferPointer<UInt8> {
    index = start
    while index < input.count, !isSpace(input[index]), input[index] != UInt8(ascii: "/"),
      input[index] != UInt8(ascii: ">")
    { index += 1 }
    return UnsafeBufferPointer(rebasing: input[start..<index])
  }

  /// - Returns: whether the tag closes its element too; nil where the input ends inside the tag.
  private mutating func takeAttributes() -> Bool? {
    attributes.entries.removeAll(keepingCapacity: true)
    var isEmpty = false
    while index < input.count {
      let next = input[index]
      if next == UInt8(ascii: ">") {
        index += 1
        return isEmpty
      }
      isEmpty = next == UInt8(ascii: "/")
      if isSpace(next) || isEmpty {
        index += 1
        continue
      }
      takeAttribute()
    }
    return nil
  }

  private mutating func takeAttribute() {
    let start = index
    index += 1  // An attribute may begin with "=".
    while index < input.count, !isSpace(input[index]), input[index] != UInt8(ascii: "/"),
      input[index] != UInt8(ascii: ">"), input[index] != UInt8(ascii: "=")
    { index += 1 }
    let name = UnsafeBufferPointer(rebasing: input[start..<index])
    skipSpaces()
    var value = UnsafeBufferPointer(rebasing: input[index..<index])
    if byte(index) == UInt8(ascii: "=") {
      index += 1
      skipSpaces()
      value = takeValue()
    }
    if attributes.entries.count < 64 { attributes.entries.append(.init(name: name, value: value, isRaw: true)) }
  }

  private mutating func takeValue() -> UnsafeBufferPointer<UInt8> {
    let quote = byte(index)
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), let end = find(quote, from: index + 1) {
      let value = UnsafeBufferPointer(rebasing: input[index + 1..<end])
      index = end + 1
      return value
    }
    let start = index
    while index < input.count, !isSpace(input[index]), input[index] != UInt8(ascii: ">") { index += 1 }
    return UnsafeBufferPointer(rebasing: input[start..<index])
  }

  // MARK: Raw text

  /// Takes all up to the element's own end tag, where its content is no markup.
  private mutating func rawText(
    _ tag: Tag, _ name: UnsafeBufferPointer<UInt8>, isShown: Bool, _ tree: inout HTMLTree
  ) {
    let end = tag == .title && isTitleUnclosed ? nil : endOfRawText(tag, name)
    guard let end else {
      if tag == .title { return unclosedTitle(&tree) }
      // Unclosed: a script takes the rest.
      index = input.count
      return
    }
    if !isShown {
      // Its element is not open, as it was nested too deep.
    } else if tag == .title || tag == .textarea {
      text(index..<end, &tree)
    } else {
      literal(index..<end, &tree)
    }
    index = end
  }

  /// A title that nothing closes would be the rest of the page: it ends at the next tag.
  private mutating func unclosedTitle(_ tree: inout HTMLTree) {
    isTitleUnclosed = true
    let end = find(UInt8(ascii: "<"), from: index) ?? input.count
    text(index..<end, &tree)
    index = end
    tree.end(.title, Words.hash(of: "title"))
  }

  private mutating func endOfRawText(_ tag: Tag, _ name: UnsafeBufferPointer<UInt8>) -> Int? {
    var place = index
    while let open = find(UInt8(ascii: "<"), from: place) {
      if byte(open + 1) == UInt8(ascii: "/"), isEnd(of: name, at: open + 2) { return open }
      place = open + 1
      if tag == .script, has("!--", at: open + 1) {
        guard let (next, isEnd) = endOfComment(inScript: name, at: open) else { return nil }
        if isEnd { return next }
        place = next
      }
    }
    return nil
  }

  /// Where a script's `<!--` has led to: behind its `-->`, or at the end tag of the script, which ends it too unless
  /// another `<script` stands before it.
  private mutating func endOfComment(inScript name: UnsafeBufferPointer<UInt8>, at start: Int) -> (Int, isEnd: Bool)? {
    let end = endOfComment(from: start + 2)
    var isInner = false
    var place = start + 4
    while let open = find(UInt8(ascii: "<"), from: place), open < end {
      let isClosing = byte(open + 1) == UInt8(ascii: "/")
      if isEnd(of: name, at: open + (isClosing ? 2 : 1)) {
        if isClosing && !isInner { return (open, true) }
        isInner = !isClosing
      }
      place = open + 1
    }
    return end <= input.count ? (end, false) : nil
  }

  /// Behind the next `-->`; beyond the input where there is none.
  private mutating func endOfComment(from start: Int) -> Int {
    if start >= commentEnd.from && start + 3 <= commentEnd.end { return commentEnd.end }
    var place = start + 2
    commentEnd = (start, Int.max)
    while let end = find(UInt8(ascii: ">"), from: place) {
      if byte(end - 1) == UInt8(ascii: "-") && byte(end - 2) == UInt8(ascii: "-") {
        commentEnd.end = end + 1
        break
      }
      place = end + 1
    }
    return commentEnd.end
  }

  private func isEnd(of name: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    guard start + name.count <= input.count else { return false }
    for offset in 0..<name.count where Words.fold(input[start + offset]) != Words.fold(name[offset]) { return false }
    let next = byte(start + name.count)
    return next == UInt8(ascii: ">") || next == UInt8(ascii: "/") || isSpace(next) || next == 0
  }

  // MARK: Text

  /// Hands text on as it stands.
  private func literal(_ range: Range<Int>, _ tree: inout HTMLTree) {
    tree.builder.text(UnsafeBufferPointer(rebasing: input[range]), at: range.lowerBound, length: range.count)
  }

  /// Hands text on, its character references resolved.
  private func text(_ range: Range<Int>, _ tree: inout HTMLTree) {
    var start = range.lowerBound
    let whole = UnsafeBufferPointer(rebasing: input[..<range.upperBound])
    var place = start
    while let ampersand = Self.find(UInt8(ascii: "&"), in: whole, from: place) {
      guard let found = CharacterReferences.find(whole, at: ampersand) else {
        place = ampersand + 1
        continue
      }
      if ampersand > start {
        tree.builder.text(UnsafeBufferPointer(rebasing: whole[start..<ampersand]), at: start, length: ampersand - start)
      }
      let encoded = UTF8.encode(found.scalar) ?? UTF8.encodedReplacementCharacter
      encoded.withContiguousStorageIfAvailable { tree.builder.text($0, at: ampersand, length: found.length) }
        ?? Array(encoded).withUnsafeBufferPointer { tree.builder.text($0, at: ampersand, length: found.length) }
      start = ampersand + found.length
      place = start
    }
    if start < range.upperBound {
      tree.builder.text(
        UnsafeBufferPointer(rebasing: whole[start...]), at: start, length: range.upperBound - start)
    }
  }

  // MARK: Bytes

  /// 0 outside of the input.
  @inline(__always) private func byte(_ index: Int) -> UInt8 {
    index >= 0 && index < input.count ? input[index] : 0
  }
  private func has(_ word: StaticString, at start: Int) -> Bool {
    (0..<word.utf8CodeUnitCount).allSatisfy { byte(start + $0) == word.utf8Start[$0] }
  }
  private func isLetter(_ byte: UInt8) -> Bool { Words.fold(byte) &- 97 < 26 }
  @inline(__always) private func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || byte == 10 || byte == 9 || byte == 13 || byte == 12
  }
  private mutating func skipSpaces() { while index < input.count, isSpace(input[index]) { index += 1 } }

  private mutating func skip(past wanted: UInt8) { index = find(wanted, from: index).map { $0 + 1 } ?? input.count }

  private mutating func find(_ wanted: UInt8, from start: Int) -> Int? {
    guard start < missing[Int(wanted)] else { return nil }
    guard let found = Self.find(wanted, in: input, from: start) else {
      missing[Int(wanted)] = start
      return nil
    }
    return found
  }

  private static func find(_ wanted: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    guard let found = memchr(base + start, Int32(wanted), bytes.count - start) else { return nil }
    return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
  }
}
