public import PipelineKit

/// What an export counts offsets in. Inside the program offsets are UTF-8 bytes.
public enum OffsetUnit: String, CaseIterable, OptionValue, Hashable {
  /// Unicode code points, as Python counts.
  case codepoint
  /// Bytes of the text in UTF-8.
  case utf8
  /// UTF-16 code units, as Java, C# and JavaScript count.
  case utf16
}

/// The byte offsets of one text in another unit, both ways.
///
/// Bytes and units of an ASCII text agree, and nothing is computed. Else one pass over the text notes the
/// count at every 16th byte; a question then looks at 16 bytes at most, and the notes take a quarter of
/// the text's size.
///
/// ```swift
/// let offsets = TextOffsets(Array("né.".utf8), unit: .codepoint)
/// offsets.unit(atByte: 3)  // 2
/// offsets.byte(atUnit: 2)  // 3
/// ```
public struct TextOffsets: Sendable {
  private static let stride = 16
  private let text: [UInt8]
  private let countsSurrogates: Bool
  /// Units before each 16th byte; nil where bytes and units agree.
  private let marks: [UInt32]?
  /// Units of the whole text.
  public let count: Int

  /// - Parameter text: valid UTF-8.
  public init(_ text: [UInt8], unit: OffsetUnit) {
    self.text = text
    countsSurrogates = unit == .utf16
    guard unit != .utf8, !text.isASCII else {
      (marks, count) = (nil, text.count)
      return
    }
    var marks: [UInt32] = []
    marks.reserveCapacity(text.count / Self.stride + 1)
    var units: UInt32 = 0
    for (index, byte) in text.enumerated() {
      if index % Self.stride == 0 { marks.append(units) }
      units += Self.units(startedBy: byte, countsSurrogates)
    }
    marks.append(units)
    (self.marks, count) = (marks, Int(units))
  }

  /// The unit at a byte offset; the last one for an offset behind the text.
  public func unit(atByte offset: Int) -> Int {
    let offset = min(max(0, offset), text.count)
    guard let marks else { return offset }
    var units = marks[offset / Self.stride]
    for index in (offset / Self.stride * Self.stride)..<offset {
      units += Self.units(startedBy: text[index], countsSurrogates)
    }
    return Int(units)
  }

  /// The byte at which a unit begins; nil outside the text and inside a character.
  public func byte(atUnit unit: Int) -> Int? {
    guard unit >= 0, unit <= count else { return nil }
    guard let marks else { return isBoundary(unit) ? unit : nil }
    // The last mark that is not behind the unit.
    var (low, high) = (0, (text.count - 1) / Self.stride)
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(marks[middle]) <= unit { low = middle } else { high = middle - 1 }
    }
    var (offset, units) = (low * Self.stride, Int(marks[low]))
    while offset < text.count, units < unit || !isBoundary(offset) {
      units += Int(Self.units(startedBy: text[offset], countsSurrogates))
      offset += 1
    }
    return units == unit ? offset : nil
  }

  /// Whether no character is cut at a byte offset.
  public func isBoundary(_ offset: Int) -> Bool {
    offset == text.count || (text.indices.contains(offset) && text[offset] & 0xC0 != 0x80)
  }

  /// 1 for a byte that begins a character, 0 for one that goes on; 2 for four bytes that are two in UTF-16.
  @inline(__always) private static func units(startedBy byte: UInt8, _ countsSurrogates: Bool) -> UInt32 {
    (byte & 0xC0 != 0x80 ? 1 : 0) + (countsSurrogates && byte >= 0xF0 ? 1 : 0)
  }
}

extension [UInt8] {
  var isASCII: Bool { withUnsafeBufferPointer { bytes in bytes.reduce(0 as UInt8) { $0 | $1 } < 0x80 } }
}
