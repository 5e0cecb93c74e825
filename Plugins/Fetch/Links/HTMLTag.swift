/// A start or end tag of HTML with its attributes, as places in the bytes that it was read from.
struct HTMLTag {
  let bytes: UnsafeBufferPointer<UInt8>
  var isEnd = false
  var name = 0..<0
  var attributes: [(name: Range<Int>, value: Range<Int>)] = []
  /// Where the tag ends, behind its `>`.
  var end = 0

  /// Reads the tag at a `<`, by the rules of the HTML standard for attributes with and without quotation marks.
  /// - Returns: nil where the bytes end inside it.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    self.bytes = bytes
    var index = start + 1
    if index < bytes.count, bytes[index] == UInt8(ascii: "/") {
      isEnd = true
      index += 1
    }
    name = Self.run(bytes, from: index) { $0 == UInt8(ascii: "/") }
    index = name.upperBound
    while true {
      while index < bytes.count, isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "/") { index += 1 }
      guard index < bytes.count else { return nil }
      if bytes[index] == UInt8(ascii: ">") { break }
      guard let next = attribute(at: index) else { return nil }
      index = next
    }
    end = index + 1
  }

  func isNamed(_ word: StaticString) -> Bool { self[name].equals(word) }

  /// The value of the first attribute of that name.
  func value(_ word: StaticString) -> UnsafeBufferPointer<UInt8>? {
    attributes.first { self[$0.name].equals(word) }.map { self[$0.value].trimmed() }
  }

  subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[range]) }

  /// - Returns: where to go on.
  private mutating func attribute(at start: Int) -> Int? {
    // A `=` in front belongs to the name.
    let name =
      start..<Self.run(bytes, from: start + 1) { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "/") }.upperBound
    var index = name.upperBound
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    guard index < bytes.count else { return nil }
    guard bytes[index] == UInt8(ascii: "=") else {
      attributes.append((name, index..<index))
      return index
    }
    index += 1
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    guard index < bytes.count else { return nil }
    let quote = bytes[index]
    if quote == 34 || quote == 39 {
      let close = bytes.index(of: quote, from: index + 1)
      guard close < bytes.count else { return nil }
      attributes.append((name, index + 1..<close))
      return close + 1
    }
    let value = Self.run(bytes, from: index) { _ in false }
    attributes.append((name, value))
    return value.upperBound
  }

  /// Bytes up to white space, `>` or what else ends them.
  private static func run(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, until isEnd: (UInt8) -> Bool
  ) -> Range<Int> {
    var index = start
    while index < bytes.count, !isSpace(bytes[index]), bytes[index] != UInt8(ascii: ">"), !isEnd(bytes[index]) {
      index += 1
    }
    return min(start, index)..<index
  }
}
