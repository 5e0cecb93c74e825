internal import Glibc
import PipelineKit
internal import TextDecoding

/// The bytes of a document as UTF-8, without NUL, for the parsers, and the way back to the original ones.
///
/// A page in valid UTF-8 is looked through once and not copied.
struct MarkupInput {
  private var decoded: DecodedBytes
  var bytes: [UInt8] { decoded.utf8 }
  /// Whether the source has said in which language the document is.
  let hasLanguage: Bool

  /// - Throws: ``CleanProblem/notText(_:)`` where the bytes are those of another kind of file.
  init(_ document: Document) throws {
    let raw = document.raw
    hasLanguage = document.metadata[.language] != nil
    decoded = decodeBytes(raw, transport: document.origin.charset, declared: declaredEncoding(inMarkup: raw))
    if !decoded.isWide, let kind = BinaryContent.kind(of: raw) {
      throw CleanProblem.notText(kind)
    }
    decoded.repairMojibake()
    // NUL ends a text in C; this character is dropped like it, and as long.
    decoded.replace(0, with: 1)
  }

  /// Blocks whose sources are offsets in the parser's input, with those in the original.
  func placed(_ blocks: [Block], in raw: [UInt8]) -> [Block] {
    var blocks = blocks
    let offsets = blocks.flatMap { block in block.source.map { [Int($0.start), Int($0.end)] } ?? [] }
    let order = offsets.indices.sorted { offsets[$0] < offsets[$1] }
    var originals = offsets
    for (index, original) in zip(order, decoded.originals(of: order.map { offsets[$0] }, in: raw)) {
      originals[index] = original
    }
    var next = 0
    for index in blocks.indices where blocks[index].source != nil {
      blocks[index].source = TextSpan(originals[next], originals[next + 1])
      next += 2
    }
    return blocks
  }

  /// Says in the metadata what was put right in the text.
  func note(in metadata: inout Metadata) {
    guard let repair = decoded.repair else { return }
    metadata.set("mojibake", repair.encoding, from: "text")
  }
}
