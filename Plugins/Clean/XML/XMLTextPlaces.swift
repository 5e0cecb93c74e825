/// Where in the document a text stands that the parser hands over.
///
/// The parser hands over its own copies, in pieces, with references and line ends resolved, and has at that moment
/// not always moved on; but each piece begins where the last event ended. So the place is found by reading the
/// document along with the text. Cost: linear in the text.
struct XMLTextPlaces {
  /// The document as the parser has it.
  let document: [UInt8]
  /// Offset behind the last event.
  private(set) var offset = 0

  init(_ document: [UInt8]) { self.document = document }

  /// A tag, a comment or an instruction ends here.
  mutating func move(to offset: Int) { self.offset = min(max(offset, 0), document.count) }

  enum Place {
    /// The text stands there as it is, but for its line ends.
    case literal(Range<Int>)
    /// A reference stands there.
    case reference(Range<Int>)
    /// Not found: the parser has repaired something.
    case unknown
  }

  /// The place of a text, behind which the next one is looked for.
  mutating func place(of text: UnsafeBufferPointer<UInt8>) -> Place {
    if offset < document.count, document[offset] == UInt8(ascii: "&") {
      guard let end = document[offset...].prefix(80).firstIndex(of: UInt8(ascii: ";")) else { return .unknown }
      defer { offset = end + 1 }
      return .reference(offset..<end + 1)
    }
    let isSection = document.hasBytes("<![CDATA[", at: offset)
    let start = offset + (isSection ? 9 : 0)
    guard let end = end(of: text, from: start) else { return .unknown }
    offset = end + (isSection && document.hasBytes("]]>", at: end) ? 3 : 0)
    return .literal(start..<end)
  }

  /// Two bytes of a line end are one in the text.
  private func end(of text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    for byte in text {
      if index + 1 < document.count, document[index] == 13, byte == 10, document[index + 1] == 10 { index += 1 }
      guard index < document.count, document[index] == byte || (byte == 10 && document[index] == 13) else { return nil }
      index += 1
    }
    return index
  }
}
