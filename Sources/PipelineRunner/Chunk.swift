import PipelineKit
import Threads

/// Some documents that follow one another in the source, and what became of them so far.
///
/// Threads share it, since a worker that is left behind leaves a chunk half done to another.
final class Chunk: Sendable {
  /// Place in the order of chunks.
  let sequence: Int
  let documents: [RawDocument]
  /// Bytes of input, or of memory that its documents hold already, whichever is more.
  let bytes: Int
  /// One for each document; nil while it is not done.
  private let outcomes: Monitor<[Outcome?]>

  init(sequence: Int, documents: [RawDocument]) {
    (self.sequence, self.documents) = (sequence, documents)
    bytes = documents.reduce(0) { $0 + $1.weight }
    outcomes = Monitor(Array(repeating: nil, count: documents.count))
  }

  /// Whether any of it is done.
  var hasBegun: Bool { outcomes.read { $0.contains { $0 != nil } } }

  /// All of them, once they are done.
  var finished: [Outcome] { outcomes.read { $0.compactMap { $0 } } }

  /// The next documents that are not done, by their index.
  func pending(_ count: Int) -> [Int] {
    outcomes.read { outcomes in Array(outcomes.indices.lazy.filter { outcomes[$0] == nil }.prefix(count)) }
  }

  /// Adds an outcome, unless somebody else has done so meanwhile.
  func add(_ outcome: Outcome, at index: Int) {
    outcomes.update { if $0[index] == nil { $0[index] = outcome } }
  }
}
