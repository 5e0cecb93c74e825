/// A half-open range of UTF-8 bytes in a document's text.
///
/// Eight bytes, so that a layer of a hundred thousand tokens stays below a megabyte; a text is
/// therefore shorter than 4 GiB, which the limit on a document's size sees to.
///
/// ```swift
/// let span = TextSpan(0, 6)
/// span.count  // 6 bytes
/// ```
@frozen public struct TextSpan: Hashable, Sendable {
  /// Offset of the first byte.
  public var start: UInt32
  /// Offset behind the last byte.
  public var end: UInt32

  /// - Parameters:
  ///   - start: offset of the first byte, in UTF-8 bytes from the beginning of the text.
  ///   - end: offset behind the last byte.
  @inlinable public init(_ start: Int, _ end: Int) {
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: end)
  }

  /// The span of a range of byte offsets.
  @inlinable public init(_ range: Range<Int>) { self.init(range.lowerBound, range.upperBound) }

  /// The offsets as a range; empty where the span is turned round.
  @inlinable public var bytes: Range<Int> { Int(start)..<max(Int(start), Int(end)) }

  /// Length in UTF-8 bytes.
  @inlinable public var count: Int { bytes.count }

  /// True where the span holds no byte.
  @inlinable public var isEmpty: Bool { end <= start }

  /// Whether `other` lies inside this span, edges included.
  @inlinable public func contains(_ other: TextSpan) -> Bool { start <= other.start && other.end <= end }

  /// Whether the two spans share at least one byte.
  @inlinable public func overlaps(_ other: TextSpan) -> Bool { start < other.end && other.start < end }
}
