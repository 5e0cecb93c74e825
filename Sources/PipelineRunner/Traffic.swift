import PipelineKit

/// How much may be on its way at once.
struct TrafficLimits: Sendable {
  /// Documents in a chunk: few, so that the last ones are shared out among the workers.
  var count: Int
  /// Documents in a chunk of small ones, where handing over would else cost more than the work.
  var smallCount: Int
  /// Bytes below which a chunk is one of small documents.
  var smallBytes = 8_000
  /// Bytes after which a chunk is closed.
  var bytes = 1_000_000
  /// Chunks in flight.
  var chunks: Int
  /// Bytes in flight after which the source waits: a document may take several times its size on its way.
  var bytesInFlight = 256_000_000

  /// Whether a chunk takes no further document.
  func isFull(_ count: Int, bytes: Int) -> Bool {
    bytes >= self.bytes || count >= (bytes > 0 && bytes < smallBytes ? smallCount : self.count)
  }
}

/// Documents on their way: handed out by the source, worked on in chunks, and taken in order.
struct Traffic {
  /// Read, and not yet a chunk. A worker without work takes them as they are, so that no document waits for one
  /// that a pipe has still to bring.
  private(set) var filling: [RawDocument] = []
  private var fillingBytes = 0
  private var sequence = 0
  /// Waiting for a worker.
  private(set) var waiting: [Chunk] = []
  /// Done, and waiting for those before them.
  private var done: [Int: Chunk] = [:]
  /// Handed out and not yet taken: the bound of all memory.
  private(set) var inFlight = 0
  private var bytesInFlight = 0
  /// Workers that wait.
  var idle = 0
  private(set) var sourceHasEnded = false
  /// Nothing more is read; what is in flight is finished.
  private(set) var isInterrupted = false
  /// Too many workers do not answer.
  var hasGivenUp = false
  /// Nobody is to begin anything more.
  var isStopped = false

  /// Whether the source is to read no further.
  var isClosing: Bool { isStopped || isInterrupted || hasGivenUp }
  /// Whether all that was handed out is taken. Once interrupted, the source hands out nothing more, though it may
  /// still wait for input.
  var isOver: Bool { (sourceHasEnded || isInterrupted) && inFlight == 0 }
  /// Whether nothing is left that a worker could begin, or take over from another.
  var isWorkedOff: Bool { sourceHasEnded && inFlight == done.count }

  /// Whether the source may read one more document.
  func hasRoom(_ limits: TrafficLimits) -> Bool {
    inFlight == 0 && filling.isEmpty
      || inFlight < limits.chunks && bytesInFlight + fillingBytes < limits.bytesInFlight
  }

  /// The source hands out a document.
  /// - Returns: whether there is something new for a worker.
  mutating func add(_ document: RawDocument, _ limits: TrafficLimits) -> Bool {
    guard !isInterrupted else { return false }
    filling.append(document)
    fillingBytes += document.weight
    guard limits.isFull(filling.count, bytes: fillingBytes) else { return idle > 0 }
    closeChunk()
    return true
  }

  mutating func endSource() {
    closeChunk()
    sourceHasEnded = true
  }

  /// A worker takes a chunk, if there is one.
  mutating func begin() -> Chunk? {
    if waiting.isEmpty { closeChunk() }
    return waiting.isEmpty ? nil : waiting.removeFirst()
  }

  /// What is left of a chunk whose worker does not answer.
  mutating func putBack(_ chunk: Chunk) { waiting.insert(chunk, at: 0) }

  mutating func finish(_ chunk: Chunk) { done[chunk.sequence] = chunk }

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
    (filling, fillingBytes) = ([], 0)
    for chunk in waiting where !chunk.hasBegun { forget(chunk) }
    waiting.removeAll { !$0.hasBegun }
  }

  private mutating func closeChunk() {
    guard !filling.isEmpty else { return }
    let chunk = Chunk(sequence: sequence, documents: filling)
    waiting.append(chunk)
    sequence += 1
    inFlight += 1
    bytesInFlight += chunk.bytes
    (filling, fillingBytes) = ([], 0)
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
