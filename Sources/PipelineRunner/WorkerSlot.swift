import PipelineKit
import Threads

/// What a worker thread is at, for the watchdog, which must know without asking it.
final class WorkerSlot: Sendable {
  struct Work: Sendable {
    var chunk: Chunk?
    /// The documents at work, by their index in the chunk.
    var indices: [Int] = []
    /// The one among them that the stage is at, if it takes one after another.
    var current: Int?
    /// What is known of it. Not the document itself: a stage could no longer change that without a copy.
    var known: Known?
    var stage: StageName = ""
    var since: UInt64 = 0
    var isLeftBehind = false
  }
  struct Known: Sendable {
    var id: String
    var bytes: [UInt8]
    var metadata: Metadata
  }
  let deadline = Deadline()
  private let work = Monitor(Work())

  func take(_ chunk: Chunk, _ indices: [Int]) {
    work.update { ($0.chunk, $0.indices, $0.current, $0.known, $0.since) = (chunk, indices, nil, nil, 0) }
  }
  /// A stage begins with one of the documents, by its place among them; nil where it takes all of them together.
  func begin(_ position: Int?, stage: StageName, document: Document? = nil) {
    work.update {
      $0.current = position.flatMap { [indices = $0.indices] in indices.indices.contains($0) ? indices[$0] : nil }
      ($0.stage, $0.since) = (stage, Deadline.now)
      $0.known = document.map { Known(id: $0.id, bytes: $0.raw, metadata: $0.metadata) }
    }
  }
  /// Nothing is being worked on.
  /// - Returns: false where the watchdog has given the thread up meanwhile, so that it has to end.
  func rest() -> Bool {
    work.update {
      guard !$0.isLeftBehind else { return false }
      ($0.known, $0.since) = (nil, 0)
      return true
    }
  }

  /// Gives the thread up if it has been at one stage for longer than the limit.
  /// - Returns: what it was at, once.
  func leaveBehind(after limit: UInt64) -> Work? {
    work.update {
      guard !$0.isLeftBehind, $0.since > 0, $0.chunk != nil else { return nil }
      let count = $0.current == nil ? max(1, $0.indices.count) : 1
      let (allowed, overflow) = limit.multipliedReportingOverflow(by: UInt64(count))
      guard !overflow, Deadline.now > $0.since &+ allowed else { return nil }
      $0.isLeftBehind = true
      return $0
    }
  }
}
