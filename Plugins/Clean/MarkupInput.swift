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
    // Blocks follow each other in the page, so that their ends are in ascending order; what isn't has no source.
    var (offsets, last) = ([Int](), 0)
    for case let source? in blocks.map(\.source) {
      guard source.start >= last, source.end >= source.start else { return blocks.map { $0.with(source: nil) } }
      offsets += [Int(source.start), Int(source.end)]
      last = Int(source.end)
    }
    var originals = decoded.originals(of: offsets, in: raw)[...]
    return blocks.map { block in
      guard block.source != nil, let start = originals.popFirst(), let end = originals.popFirst() else { return block }
      return block.with(source: TextSpan(start, end))
    }
  }

  /// Says in the metadata what was put right in the text.
  func note(in metadata: inout Metadata) {
    guard let repair = decoded.repair else { return }
    metadata.set("mojibake", repair.encoding, from: "text")
  }
}

extension Block {
  fileprivate func with(source: TextSpan?) -> Block {
    var block = self
    block.source = source
    return block
  }
}
