public import PipelineKit

/// What a stage that makes the text of a page breaks of its contract; empty where all is well.
///
/// A page may be refused, with words that say why. Else the text has no control characters but line breaks, its blocks
/// cover it, parted by exactly one blank line and none inside, offsets are on boundaries of characters, the bytes of
/// the original from which blocks were read are inside it and in the blocks' order, and a used worker gives the same
/// again.
public func pageViolations(of stage: some Annotator, on page: Document) throws -> [String] {
  var worker = try stage.makeWorker(StageContext())
  var first = page
  do { try worker.annotate(&first) } catch {
    var again = page
    do { try worker.annotate(&again) } catch let second {
      return "\(error)" == "\(second)" && !"\(error)".isEmpty ? [] : ["refused as \(error), then as \(second)"]
    }
    return ["refused once: \(error)"]
  }
  var again = page
  try worker.annotate(&again)
  var found = first.snapshot == again.snapshot ? [] : ["a used worker gives another answer"]
  let text = Array(first.text.utf8)
  let blocks = first[Block.self]
  found += text.filter { $0 < 32 && $0 != 10 && $0 != 9 }.map { "the text has a byte \($0)" }
  found += blankLineViolations(text, blocks.map(\.span))
  found += sourceViolations(
    blocks.compactMap(\.source), page.raw, inOrder: [.html, .xhtml].contains(page.origin.mediaType))
  return found
}

/// Blocks are all of the text but the blank lines between them.
private func blankLineViolations(_ text: [UInt8], _ spans: [TextSpan]) -> [String] {
  var found: [String] = []
  var end = 0
  for span in spans {
    let (start, last) = (Int(span.start), Int(span.end))
    guard start < last, last <= text.count, start == (end == 0 ? 0 : end + 2) else {
      return found + ["block \(span) is empty, outside of the text or out of place"]
    }
    if end > 0, text[end] != 10 || text[end + 1] != 10 { found.append("no blank line before \(span)") }
    if text[start] & 0xC0 == 0x80 || (last < text.count && text[last] & 0xC0 == 0x80) {
      found.append("block \(span) cuts a character")
    }
    if text[start] <= 32 || text[last - 1] <= 32 { found.append("block \(span) has a blank edge") }
    for index in start..<last - 1 where text[index] == 10 && text[index + 1] == 10 {
      found.append("block \(span) holds a blank line")
    }
    end = last
  }
  return end == text.count ? found : found + ["the end of the text is in no block"]
}

/// - Parameter inOrder: whether each stands behind the one before; in XML a note stands inside of its paragraph.
private func sourceViolations(_ sources: [TextSpan], _ raw: [UInt8], inOrder: Bool) -> [String] {
  var found: [String] = []
  var end = 0
  for source in sources {
    guard Int(source.start) >= end, source.start < source.end, Int(source.end) <= raw.count else {
      return found + ["source \(source) is empty, outside of the page of \(raw.count) bytes, or before \(end)"]
    }
    end = inOrder ? Int(source.end) : 0
  }
  guard String(validating: raw, as: UTF8.self) != nil else { return found }
  for edge in sources.flatMap({ [Int($0.start), Int($0.end)] }) where edge < raw.count && raw[edge] & 0xC0 == 0x80 {
    found.append("source offset \(edge) is inside a character")
  }
  return found
}
