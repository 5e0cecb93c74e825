public import PipelineKit

/// A document's text as an export needs it: its bytes and its offsets in the export's unit.
public struct RecordText: Sendable {
  /// The text in UTF-8.
  public let bytes: [UInt8]
  public let offsets: TextOffsets

  public init(_ text: String, unit: OffsetUnit) {
    bytes = Array(text.utf8)
    offsets = TextOffsets(bytes, unit: unit)
  }

  /// The bytes under a span; none where it is not inside the text or cuts a character.
  public func slice(_ span: TextSpan) -> ArraySlice<UInt8> {
    let range = span.bytes
    guard range.upperBound <= bytes.count, offsets.isBoundary(range.lowerBound), offsets.isBoundary(range.upperBound)
    else { return [] }
    return bytes[range]
  }

  /// The text under a span; empty where it is not inside the text or cuts a character.
  public func string(in span: TextSpan) -> String { String(decoding: slice(span), as: UTF8.self) }
  /// The edges of a span in the export's unit.
  public func edges(_ span: TextSpan) -> (start: Int, end: Int) {
    (offsets.unit(atByte: Int(span.start)), offsets.unit(atByte: Int(span.end)))
  }
}
