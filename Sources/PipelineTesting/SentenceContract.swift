public import PipelineKit

/// What the sentences and tokens that a stage gives for a text break of their contract; empty where all is well.
///
/// Beside what ``sentenceViolations(in:)`` checks, each block is split on its own as well: a document's sentences are
/// those of its blocks, whatever stands beside them. Time and memory are linear in the text.
///
/// - Parameter text: blocks are parted by a blank line.
public func sentenceViolations(of stage: some Annotator, on text: String) throws -> [String] {
  let whole = try stage.annotated(.sample(text, id: "whole"))
  var sentences: [TextSpan] = []
  var tokens: [TextSpan] = []
  var shapes: [TokenShape] = []
  for block in whole[Block.self] {
    let part = try stage.annotated(.oneBlock(whole.text(in: block.span)))
    sentences += part[Sentence.self].map { $0.span.moved(by: block.span.start) }
    tokens += part[Token.self].map { $0.span.moved(by: block.span.start) }
    shapes += part[Token.self].map(\.shape)
  }
  var found = sentenceViolations(in: whole)
  if sentences != whole[Sentence.self].map(\.span) { found.append("a block alone has other sentences") }
  if tokens != whole[Token.self].map(\.span) { found.append("a block alone has other tokens") }
  if shapes != whole[Token.self].map(\.shape) { found.append("a block alone has tokens of another shape") }
  return found
}

/// What a document's sentences and tokens break of their contract: each sentence lies in one block, has no white space
/// at its edges, and comes in order; together they cover all of the blocks but white space; tokens cover the sentences
/// alike; offsets are on boundaries of characters; `sentenceStart`, `joined` and `continuesWord` say what is so.
public func sentenceViolations(in document: Document) -> [String] {
  let bytes = Array(document.text.utf8)
  let blocks = document[Block.self].map(\.span)
  let sentences = document[Sentence.self].map(\.span)
  let tokens = document[Token.self].map(\.span)
  let space = whiteSpace(in: document.text)
  let found =
    order("block", "sentence", blocks, sentences, space) + order("sentence", "token", sentences, tokens, space)
    + shapes(document)
  let edges = (sentences + tokens).flatMap { [Int($0.start), Int($0.end)] }
  return found
    + edges.filter { $0 < bytes.count && bytes[$0] & 0xC0 == 0x80 }.map { "\($0) is inside a character" }
}

/// The inner spans lie in the outer ones, in order, and leave nothing but white space between them.
private func order(
  _ outerName: String, _ innerName: String, _ outer: [TextSpan], _ inner: [TextSpan], _ space: [Bool]
) -> [String] {
  var found: [String] = []
  var next = 0
  for span in outer {
    var offset = Int(span.start)
    while next < inner.count, inner[next].start < span.end {
      let one = inner[next]
      guard Int(one.start) >= offset, one.end <= span.end, one.start < one.end else {
        return found + ["\(innerName) \(one) is empty, out of order or leaves its \(outerName) \(span)"]
      }
      if space[Int(one.start)] || space[Int(one.end) - 1] { found.append("\(innerName) \(one) has a blank edge") }
      if !space[offset..<Int(one.start)].allSatisfy({ $0 }) { found.append("text before \(innerName) \(one) is lost") }
      (offset, next) = (Int(one.end), next + 1)
    }
    if !space[offset..<Int(span.end)].allSatisfy({ $0 }) { found.append("the end of \(outerName) \(span) is lost") }
  }
  if next < inner.count { found.append("\(innerName) \(inner[next]) is in no \(outerName)") }
  return found
}

private func shapes(_ document: Document) -> [String] {
  let starts = Set(document[Sentence.self].map(\.span.start))
  var found: [String] = []
  var last: Token?
  for token in document[Token.self] {
    if token.shape.contains(.sentenceStart) != starts.contains(token.span.start) {
      found.append("token \(token.span): wrong sentenceStart")
    }
    let touches = last?.span.end == token.span.start && !starts.contains(token.span.start)
    if token.shape.contains(.joined) != touches { found.append("token \(token.span): wrong joined") }
    if token.shape.contains(.continuesWord), !touches { found.append("token \(token.span): goes on no word") }
    last = token
  }
  return found
}

/// For each byte, whether it is one of a white space.
private func whiteSpace(in text: String) -> [Bool] {
  var flags: [Bool] = []
  flags.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    let isSpace = scalar.properties.isWhitespace
    for _ in 0..<UTF8.width(scalar) { flags.append(isSpace) }
  }
  return flags
}

extension TextSpan {
  fileprivate func moved(by offset: UInt32) -> TextSpan { TextSpan(Int(start + offset), Int(end + offset)) }
}

extension Document {
  /// The text as one block, whatever it holds.
  fileprivate static func oneBlock(_ text: some StringProtocol) -> Document {
    var document = Document(id: "block", origin: Origin(uri: "block", mediaType: .text, byteCount: text.utf8.count))
    // A new document has no text yet, so that this write can't fail.
    try? document.write(text: String(text), blocks: [Block(span: TextSpan(0, text.utf8.count))])
    return document
  }
}
