/// Records of one kind that lie one behind the other in memory which somebody else keeps: a part of a mapped file.
///
/// An index out of range reads as the first record, without a trap: a damaged file gives wrong answers and never
/// ends the process. An empty array must therefore lie before readable bytes, a record's worth of them.
@frozen public struct PackedArray<Element: BitwiseCopyable>: @unchecked Sendable {
  // Never written: the unchecked promise.
  @usableFromInline let start: UnsafePointer<Element>
  public let count: Int

  /// - Parameter start: must be aligned as the records are, and stay valid as long as the array and its copies.
  @inlinable public init(start: UnsafePointer<Element>, count: Int) { (self.start, self.count) = (start, count) }

  @inlinable @inline(__always) public subscript(index: Int) -> Element {
    start[UInt(bitPattern: index) < UInt(bitPattern: count) ? index : 0]
  }

  /// The records, for a copy of them.
  @inlinable public var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }
}

extension Array where Element: BitwiseCopyable {
  /// Lends the elements as a packed array; there must be at least one.
  @inlinable @inline(__always)
  func withPacked<Result>(_ body: (PackedArray<Element>) -> Result?) -> Result? {
    withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      return body(PackedArray(start: start, count: buffer.count))
    }
  }
}

extension [UInt32] {
  /// Whether so many slots of a hash table are taken, half of them at most, by numbers below a bound; 0 is a free one.
  func fill(_ count: Int, below bound: Int) -> Bool {
    count * 2 <= self.count && self.reduce(0) { $1 == 0 ? $0 : $0 + 1 } == count && allSatisfy { Int($0) < bound }
  }
}
