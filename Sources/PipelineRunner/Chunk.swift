import PipelineKit

/// Some documents that follow one another in the source, and what became of them so far.
///
/// Threads share it, since a worker that is left behind leaves a chunk half done to another.
final class Chunk: Sendable {
  /// Place in the order of chunks.
  let sequence: Int
  let documents: [RawDocument]
  /// One for each document; nil while it is not done.
  private let outcomes: Monitor<[Outcome?]>

  init(sequence: Int, documents: [RawDocument]) {
    (self.sequence, self.documents) = (sequence, documents)
    outcomes = Monitor(Array(repeating: nil, count: documents.count))
  }

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

/// Chunks on their way: handed out by the source, worked on, and taken in order.
struct Traffic {
  /// Waiting for a worker.
  var waiting: [Chunk] = []
  /// Done, and waiting for those before them.
  var done: [Int: Chunk] = [:]
  /// Handed out and not yet taken: the bound of all memory.
  var inFlight = 0
  var sourceHasEnded = false
  /// Nothing more is read; what is in flight is finished.
  var isInterrupted = false
  /// Too many workers do not answer.
  var hasGivenUp = false
  /// Nobody is to begin anything more.
  var isStopped = false
}
