/// Writes into memory that is known to be large enough: the bare inside of ``JSONWriter``.
struct RawCursor {
  private var next: UnsafeMutablePointer<UInt8>
  private let start: UnsafeMutablePointer<UInt8>

  init(_ start: UnsafeMutablePointer<UInt8>) { (next, self.start) = (start, start) }

  /// Bytes written so far.
  var count: Int { next - start }

  @inline(__always) mutating func byte(_ value: UInt8) {
    next.initialize(to: value)
    next += 1
  }
  @inline(__always) mutating func copy(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    next.initialize(from: base, count: bytes.count)
    next += bytes.count
  }
  @inline(__always) mutating func text(_ text: StaticString) {
    next.initialize(from: text.utf8Start, count: text.utf8CodeUnitCount)
    next += text.utf8CodeUnitCount
  }

  /// The most bytes that ``decimal(_:)`` writes: 19 digits and a sign.
  static let decimalSize = 20
  @inline(__always) mutating func decimal(_ value: Int) {
    if value < 0 { byte(UInt8(ascii: "-")) }
    var rest = value.magnitude
    var digits = 1
    var limit: UInt = 10
    while digits < 19, rest >= limit {
      digits += 1
      limit &*= 10
    }
    var place = next + digits
    next = place
    repeat {
      place -= 1
      place.initialize(to: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
  }
}

extension [UInt8] {
  /// Appends what `fill` writes, with one look at the capacity.
  /// - Parameter size: the most that it writes.
  @inline(__always) mutating func append(atMost size: Int, _ fill: (inout RawCursor) -> Void) {
    append(addingCapacity: size) { output in
      output.withUnsafeMutableBufferPointer { buffer, count in
        guard let base = buffer.baseAddress else { return }
        var cursor = RawCursor(base)
        fill(&cursor)
        count = cursor.count
      }
    }
  }
}
