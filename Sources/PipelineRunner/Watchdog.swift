import Glibc
import PipelineKit
import Threads

/// Looks for workers that do not answer. Loops of ours poll for their time limit; code that does not
/// can't be stopped from outside, so its thread is left behind and another takes its place.
final class Watchdog: Sendable {
  private let pool: WorkerPool
  private let limit: UInt64
  private let maximum: Int
  private let isOver = Monitor(false)
  private let giveUp: @Sendable () -> Void

  /// - Parameters:
  ///   - timeLimit: nanoseconds for each document and stage.
  ///   - maximum: left behind so many, the run stops.
  init(pool: WorkerPool, timeLimit: UInt64, maximum: Int, giveUp: @escaping @Sendable () -> Void) {
    (self.pool, self.maximum, self.giveUp) = (pool, maximum, giveUp)
    // A stage that polls gives up by itself: only what stays silent for half as long again is left behind.
    limit = timeLimit &+ timeLimit / 2 &+ 100_000_000
  }

  func start() {
    // Without a thread for it nobody is left behind; loops of ours still give up by themselves.
    startThread {
      while !self.isOver.read({ $0 }) {
        usleep(20_000)
        self.look()
      }
    }
  }
  func stop() { isOver.update { $0 = true } }

  private func look() {
    for slot in pool.slots {
      guard let work = slot.leaveBehind(after: limit), let chunk = work.chunk else { continue }
      // Where a stage took several together nobody knows which is guilty, and all of them are given up.
      for index in work.current.map({ [$0] }) ?? work.indices {
        chunk.add(outcome(of: chunk.documents[index], work), at: index)
      }
      pool.replace(slot, chunk: chunk)
      if pool.leftBehind >= maximum { giveUp() }
    }
  }

  private func outcome(of raw: RawDocument, _ work: WorkerSlot.Work) -> Outcome {
    let known = work.known
    var failure = raw.failure(
      work.stage, "took longer than the time limit and did not answer; its thread was left behind", bytes: known?.bytes)
    failure.metadata = known?.metadata ?? Metadata()
    return Outcome(
      id: known?.id ?? raw.id, position: raw.position, bytes: failure.bytes?.count ?? 0,
      kind: .failed(failure))
  }
}
