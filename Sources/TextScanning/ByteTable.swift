/// A value for each of the 256 bytes, read without a bounds check: an index of type `UInt8` can't leave it.
///
/// Tables are made once, as `static let`, and live as long as the process; that is why their memory is
/// never freed and a copy is just the pointer.
///
/// ```swift
/// static let isDigit = ByteTable { $0 >= 0x30 && $0 <= 0x39 ? 1 : 0 }
/// ```
public struct ByteTable: @unchecked Sendable {
  // Written in `init` alone and constant afterwards: the unchecked promise.
  @usableFromInline let storage: UnsafePointer<UInt8>

  /// - Parameter value: the entry of each byte.
  public init(_ value: (UInt8) -> UInt8) {
    let storage = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in 0...UInt8.max { (storage + Int(byte)).initialize(to: value(byte)) }
    self.storage = UnsafePointer(storage)
  }

  @inlinable public subscript(byte: UInt8) -> UInt8 { storage[Int(byte)] }
}

extension UInt8 {
  /// The byte with `A` to `Z` made small; anything else as it is.
  @inlinable public var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
  /// Whether the byte is `0` to `9`.
  @inlinable public var isASCIIDigit: Bool { self &- 0x30 < 10 }
  /// Whether the byte is a letter of ASCII.
  @inlinable public var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  /// Whether the byte is one of ASCII's white space: blank, tab, line breaks, form feed.
  @inlinable public var isASCIISpace: Bool { self == 0x20 || self &- 9 < 5 }
  /// Whether the byte goes on with a character that began before it.
  @inlinable public var isContinuation: Bool { self & 0xC0 == 0x80 }
}
