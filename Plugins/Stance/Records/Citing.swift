internal import PipelineKit

/// Which citations cover a piece of evidence: those that vouch for its sentence, or stand in it behind the evidence.
struct Citing {
  private let candidates: [(index: Int, citation: Citation)]
  private let sentence: Int

  init(citations: [Citation], sentence: Int, span: TextSpan) {
    self.sentence = sentence
    candidates = citations.enumerated().filter { _, citation in
      citation.kind == .source && (citation.supports.contains(sentence) || span.contains(citation.span))
    }.map { ($0.offset, $0.element) }
  }

  func covering(_ evidence: TextSpan) -> [Int] {
    let inside = candidates.filter {
      $0.citation.supports.contains(sentence) || $0.citation.span.start >= evidence.start
    }
    return inside.map(\.index)
  }
}
