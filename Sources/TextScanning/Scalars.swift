/// A scalar of UTF-8 bytes and how many bytes it takes.
@frozen public struct ScannedScalar: Sendable {
  public var value: UInt32
  /// 1 to 4 bytes.
  public var length: Int
  @inlinable public init(value: UInt32, length: Int) { (self.value, self.length) = (value, length) }
  @inlinable public var kind: ScalarClass { .of(value) }
}

extension Span<UInt8> {
  /// The scalar that begins at an offset. The bytes are valid UTF-8; where the offset stands inside a
  /// character, or the bytes end early, the answer is U+FFFD of one byte, so that every loop goes on.
  @inlinable public func scalar(at offset: Int) -> ScannedScalar {
    let first = self[offset]
    if first < 0x80 { return ScannedScalar(value: UInt32(first), length: 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, offset + length <= count else { return ScannedScalar(value: 0xFFFD, length: 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length { value = value << 6 | UInt32(self[offset + index] & 0x3F) }
    return ScannedScalar(value: value, length: length)
  }

  /// The scalar that ends before an offset above 0.
  @inlinable public func scalar(before offset: Int) -> ScannedScalar {
    var start = offset - 1
    while start > 0, offset - start < 4, self[start].isContinuation { start -= 1 }
    let found = scalar(at: start)
    return found.length == offset - start ? found : ScannedScalar(value: 0xFFFD, length: 1)
  }

  /// The class of the scalar at an offset; empty at and behind the end.
  @inlinable public func kind(at offset: Int, end: Int) -> ScalarClass {
    offset < end ? scalar(at: offset).kind : []
  }
  /// The class of the scalar that ends before an offset; empty at the beginning.
  @inlinable public func kind(before offset: Int, start: Int) -> ScalarClass {
    offset > start ? scalar(before: offset).kind : []
  }

  /// The first offset from `offset` on at which no white space stands; at most `end`.
  @inlinable public func skipSpace(from offset: Int, to end: Int) -> Int {
    var offset = offset
    while offset < end {
      let byte = self[offset]
      if byte.isASCIISpace { offset += 1; continue }
      if byte < 0xC2 { break }
      let next = scalar(at: offset)
      guard next.kind.isSpace else { break }
      offset += next.length
    }
    return offset
  }

  /// The end of what stands before `offset` without the white space at its end; at least `start`.
  @inlinable public func skipSpace(backFrom offset: Int, to start: Int) -> Int {
    var offset = offset
    while offset > start {
      let last = scalar(before: offset)
      guard last.kind.isSpace else { break }
      offset -= last.length
    }
    return offset
  }

  /// Whether these bytes stand at an offset.
  @inlinable public func has(_ text: StaticString, at offset: Int, end: Int) -> Bool {
    guard offset >= 0, offset + text.utf8CodeUnitCount <= end else { return false }
    for index in 0..<text.utf8CodeUnitCount where self[offset + index] != text.utf8Start[index] { return false }
    return true
  }
}
