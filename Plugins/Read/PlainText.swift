import PipelineKit
import TextDecoding

/// A document of a plain text file: decoded, a newsletter's head taken out, the rest in blocks.
func plainText(_ bytes: [UInt8], encoding: String?) throws -> RawContent {
  let decoded = decode(bytes, transport: encoding)
  var text = decoded.text
  let (head, body, mark) = text.withUTF8 { utf8 in
    let head = TextHead(of: utf8)
    // Offsets in the original are known where the text is the original, but for a mark before it.
    let mark = bytes.count - utf8.count
    let isOriginal = decoded.encoding == "utf-8" && (mark == 0 || decoded.from == .bom)
    return (head, BlockText(utf8, from: head?.end ?? 0, originalOffset: isOriginal ? mark : nil), mark)
  }
  _ = mark
  return RawContent(bytes: bytes, text: (body.text, body.blocks), metadata: head?.metadata ?? Metadata())
}

/// Text verbatim, cut into blocks at blank lines.
///
/// A line of nothing but white space is blank; a single line break is part of its block, and every kind of line
/// break is a line feed. Between two blocks stands exactly one blank line. One pass, copying by lines.
struct BlockText {
  private(set) var text = ""
  private(set) var blocks: [Block] = []

  init(_ text: String) {
    var text = text
    self = text.withUTF8 { BlockText($0, originalOffset: nil) }
  }

  /// - Parameter originalOffset: what to add to an offset in the text to get one in the original; nil where
  ///   the original is not UTF-8, so that blocks don't say where they come from.
  init(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int = 0, originalOffset: Int?) {
    var output: [UInt8] = []
    output.reserveCapacity(utf8.count - start)
    var block: (start: Int, source: Int, sourceEnd: Int)?
    var blocks: [Block] = []
    func close() {
      guard let open = block else { return }
      let source = originalOffset.map { TextSpan(open.source + $0, open.sourceEnd + $0) }
      blocks.append(Block(span: TextSpan(open.start, output.count), source: source))
      block = nil
    }
    for line in Lines(utf8, from: start) {
      if utf8[line].isBlank {
        close()
        continue
      }
      if block == nil {
        if !output.isEmpty { output += [0x0A, 0x0A] }
        block = (output.count, line.lowerBound, line.upperBound)
      } else {
        output.append(0x0A)
        block?.sourceEnd = line.upperBound
      }
      output.append(contentsOf: utf8[line])
    }
    close()
    (text, self.blocks) = (String(decoding: output, as: UTF8.self), blocks)
  }
}

/// The lines of a text, without their ends: line feed, carriage return, or both.
struct Lines: Sequence, IteratorProtocol {
  private let utf8: UnsafeBufferPointer<UInt8>
  /// Where the next line begins.
  private(set) var position: Int

  init(_ utf8: UnsafeBufferPointer<UInt8>, from start: Int = 0) { (self.utf8, position) = (utf8, start) }

  mutating func next() -> Range<Int>? {
    guard position < utf8.count else { return nil }
    let start = position
    var end = start
    while end < utf8.count, utf8[end] != 0x0A, utf8[end] != 0x0D { end += 1 }
    let isPair = end + 1 < utf8.count && utf8[end] == 0x0D && utf8[end + 1] == 0x0A
    position = Swift.min(end + (isPair ? 2 : 1), utf8.count)
    return start..<end
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// Whether there is nothing but spaces, tabs, form feeds and no-break spaces.
  var isBlank: Bool {
    var position = startIndex
    while position < endIndex {
      switch self[position] {
      case 0x20, 0x09, 0x0B, 0x0C: position += 1
      case 0xC2 where position + 1 < endIndex && self[position + 1] == 0xA0: position += 2
      default: return false
      }
    }
    return true
  }
}
