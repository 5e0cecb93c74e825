internal import PipelineKit

/// Which citations cover a piece of evidence: those that vouch for its sentence, or stand in it behind the evidence.
///
/// Made once for a document; a sentence's citations are then found by two binary searches.
struct Citing {
  /// A citation that may cover evidence in a sentence.
  struct Candidate: Hashable {
    var index: Int
    var start: UInt32
    /// Vouches for the whole sentence, wherever in it the evidence stands.
    var isForAll: Bool
  }
  /// Most citations of one record: a sentence without an end, as lists and tables are read, may hold thousands.
  private static let most = 32

  private let citations: [Citation]
  /// By sentence, each pair once.
  private let supports: [(sentence: Int, citation: Int)]

  /// - Parameter citations: sorted by where they start.
  init(_ citations: [Citation]) {
    self.citations = citations
    supports = citations.indices.filter { citations[$0].kind == .source }
      .flatMap { index in Set(citations[index].supports).map { (sentence: $0, citation: index) } }
      .sorted { ($0.sentence, $0.citation) < ($1.sentence, $1.citation) }
  }

  /// The citations of a sentence, in the order of the text.
  func citations(of sentence: Int, _ span: TextSpan) -> [Candidate] {
    var found: [Candidate] = []
    var index = supports.firstIndex(partedBy: { $0.sentence >= sentence })
    while index < supports.count, supports[index].sentence == sentence {
      let citation = supports[index].citation
      found.append(Candidate(index: citation, start: citations[citation].span.start, isForAll: true))
      index += 1
    }
    index = citations.firstIndex(partedBy: { $0.span.start >= span.start })
    let vouching = Set(found.map(\.index))
    while index < citations.count, citations[index].span.start < span.end {
      let citation = citations[index]
      if citation.kind == .source, span.contains(citation.span), !vouching.contains(index) {
        found.append(Candidate(index: index, start: citation.span.start, isForAll: false))
      }
      index += 1
    }
    return found.sorted { $0.index < $1.index }
  }

  /// Indices of the citations, of many those that come next behind the evidence.
  func covering(_ evidence: TextSpan, among candidates: [Candidate]) -> [Int] {
    guard candidates.count > Self.most else {
      return candidates.filter { $0.isForAll || $0.start >= evidence.start }.map(\.index)
    }
    return candidates[candidates.firstIndex(partedBy: { $0.start >= evidence.start })...].prefix(Self.most).map(\.index)
  }
}

extension Array {
  /// The first index whose element is in the second part of the array, which is parted by the condition.
  fileprivate func firstIndex(partedBy isInSecond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isInSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
