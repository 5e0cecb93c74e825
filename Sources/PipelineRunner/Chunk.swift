import PipelineKit

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

/// Chunks on their way: handed out by the source, worked on, and taken in order.
struct Traffic {
  /// Waiting for a worker.
  var waiting: [Chunk] = []
  /// Done, and waiting for those before them.
  var done: [Int: Chunk] = [:]
  /// Handed out and not yet taken: the bound of all memory.
  var inFlight = 0
  var bytesInFlight = 0
  var sourceHasEnded = false
  /// Nothing more is read; what is in flight is finished.
  var isInterrupted = false
  /// Too many workers do not answer.
  var hasGivenUp = false
  /// Nobody is to begin anything more.
  var isStopped = false
}

extension Traffic {
  /// The source hands out a chunk.
  mutating func add(_ chunk: Chunk) {
    inFlight += 1
    bytesInFlight += chunk.bytes
    waiting.append(chunk)
  }

  /// The writer takes a chunk, if it is done.
  mutating func take(_ sequence: Int) -> Chunk? {
    guard let chunk = done.removeValue(forKey: sequence) else { return nil }
    forget(chunk)
    return chunk
  }

  /// Nothing more is begun. What no worker has begun comes behind all that is being worked on, and is left; the
  /// rest of a chunk whose worker was left behind comes before it, and is finished.
  mutating func interrupt() {
    isInterrupted = true
    for chunk in waiting where !chunk.hasBegun { forget(chunk) }
    waiting.removeAll { !$0.hasBegun }
  }

  private mutating func forget(_ chunk: Chunk) {
    inFlight -= 1
    bytesInFlight -= chunk.bytes
  }
}

extension RawDocument {
  /// What it counts for among the bytes in flight.
  var weight: Int { max(inputBytes, heldBytes) }
}
