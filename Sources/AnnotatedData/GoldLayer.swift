public import PipelineKit

/// Makes the spans of a layer such as a trainer can rely on: in order, apart, without white space at their edges.
struct GoldLayer {
  let name: String
  private var spans: [(index: Int, gold: GoldSpan)] = []
  init(_ name: String) { self.name = name }

  /// Adds the annotation at an index of the file's list.
  /// - Throws: ``GoldProblem`` where nothing but white space is under the span.
  mutating func add(_ span: TextSpan, label: String, at index: Int, in text: [UInt8]) throws(GoldProblem) {
    let trimmed = trimmed(span, in: text)
    guard !trimmed.isEmpty else {
      throw GoldProblem("\(name)[\(index)] covers no more than white space; leave it out")
    }
    spans.append((index, GoldSpan(trimmed, label: label)))
  }

  /// - Throws: ``GoldProblem`` where two annotations overlap.
  func sorted() throws(GoldProblem) -> [GoldSpan] {
    let sorted = spans.sorted { ($0.gold.span.start, $0.gold.span.end) < ($1.gold.span.start, $1.gold.span.end) }
    for (one, two) in zip(sorted, sorted.dropFirst()) where one.gold.span.overlaps(two.gold.span) {
      throw GoldProblem("\(name)[\(two.index)] overlaps \(name)[\(one.index)]; keep one of them")
    }
    return sorted.map(\.gold)
  }
}

/// What is wrong with an annotation.
struct GoldProblem: Error {
  var message: String
  init(_ message: String) { self.message = message }
}

/// A span without the white space at its edges. The text is UTF-8, the span inside it.
public func trimmed(_ span: TextSpan, in text: [UInt8]) -> TextSpan {
  var (start, end) = (span.bytes.lowerBound, min(span.bytes.upperBound, text.count))
  while start < end {
    let size = whiteSpace(text[start..<end])
    if size == 0 { break }
    start += size
  }
  while start < end {
    var last = end - 1
    while last > start, text[last] & 0xC0 == 0x80 { last -= 1 }
    guard whiteSpace(text[last..<end]) == end - last else { break }
    end = last
  }
  return TextSpan(start, max(start, end))
}

/// The length of the white space character with which some bytes begin; 0 for none.
///
/// Unicode's White_Space: tab to carriage return, blank, and by their lead byte U+0085, U+00A0, U+1680, U+2000 to
/// U+200A, U+2028, U+2029, U+202F, U+205F, U+3000.
private func whiteSpace(_ bytes: ArraySlice<UInt8>) -> Int {
  let start = bytes.startIndex
  switch bytes[start] {
  case 0x09...0x0D, 0x20: return 1
  case 0xC2 where bytes.count > 1: return bytes[start + 1] == 0x85 || bytes[start + 1] == 0xA0 ? 2 : 0
  case 0xE1...0xE3 where bytes.count > 2:
    switch (bytes[start], bytes[start + 1], bytes[start + 2]) {
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
      (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return 3
    default: return 0
    }
  default: return 0
  }
}

/// The paragraphs of a text that stays as it is: each ends at a line of nothing but white space.
func paragraphs(of text: [UInt8]) -> [Block] {
  var blocks: [Block] = []
  var open: Range<Int>?
  var start = 0
  while start < text.count {
    let end = text[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
    if trimmed(TextSpan(start, end), in: text).isEmpty {
      // Between a carriage return and its line feed there is no line.
      let isPair = start == end && start > 0 && text[start - 1] == 0x0D && end < text.count && text[end] == 0x0A
      if !isPair, let block = open {
        blocks.append(Block(span: TextSpan(block)))
        open = nil
      }
    } else {
      open = (open?.lowerBound ?? start)..<end
    }
    start = end + 1
  }
  if let block = open { blocks.append(Block(span: TextSpan(block))) }
  return blocks
}
