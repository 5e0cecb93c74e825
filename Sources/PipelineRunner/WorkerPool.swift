internal import CCrash
import PipelineKit
import Threads

/// The worker threads. Each has a copy of every stage's worker; all share the traffic.
final class WorkerPool: Sendable {
  private let traffic: Monitor<Traffic>
  private let prototype: StageRunner
  private let crew: Monitor<Crew>

  struct Crew {
    var slots: [WorkerSlot] = []
    var running = 0
    var leftBehind = 0
    var profile: Profile
  }

  init(traffic: Monitor<Traffic>, prototype: StageRunner) {
    (self.traffic, self.prototype) = (traffic, prototype)
    crew = Monitor(Crew(profile: prototype.profile))
  }

  var slots: [WorkerSlot] { crew.read(\.slots) }
  var leftBehind: Int { crew.read(\.leftBehind) }
  /// The times of all workers that have ended.
  var profile: Profile { crew.read(\.profile) }

  /// Starts so many workers, or as many as the system has threads for.
  /// - Throws: ``NoThread`` where it has none at all.
  func start(_ count: Int) throws {
    for number in 0..<count where !startWorker() {
      if number == 0 { throw NoThread() }
      return
    }
  }

  /// Waits until every worker that answers has ended.
  func join() { crew.wait { $0.running <= 0 ? () : nil } }

  /// A worker does not answer: another takes its place, and what is left of its chunk.
  func replace(_ slot: WorkerSlot, chunk: Chunk) {
    crew.update {
      $0.slots.removeAll { $0 === slot }
      $0.running -= 1
      $0.leftBehind += 1
    }
    traffic.update { $0.putBack(chunk) }
    if !startWorker(), crew.read({ $0.running == 0 }) { traffic.update { $0.hasGivenUp = true } }
  }

  private func startWorker() -> Bool {
    let slot = WorkerSlot()
    crew.update {
      $0.slots.append(slot)
      $0.running += 1
    }
    if startThread({ self.work(slot) }) { return true }
    crew.update {
      $0.slots.removeAll { $0 === slot }
      $0.running -= 1
    }
    return false
  }

  private func work(_ slot: WorkerSlot) {
    crash_prepare_thread()
    var runner = prototype
    while let chunk = nextChunk() {
      guard process(chunk, &runner, slot) else { return }
      traffic.update { $0.finish(chunk) }
    }
    runner.finish()
    crew.update {
      $0.slots.removeAll { $0 === slot }
      $0.running -= 1
      $0.profile.add(runner.profile)
    }
  }

  private func nextChunk() -> Chunk? {
    var isIdle = false
    return traffic.wait { traffic -> Chunk?? in
      let chunk = traffic.isStopped ? nil : traffic.begin()
      let isOver = chunk != nil || traffic.isStopped || traffic.isWorkedOff
      if isIdle == isOver {
        traffic.idle += isIdle ? -1 : 1
        isIdle.toggle()
      }
      return isOver ? .some(chunk) : nil
    }
  }

  /// - Returns: false where the thread was given up meanwhile.
  private func process(_ chunk: Chunk, _ runner: inout StageRunner, _ slot: WorkerSlot) -> Bool {
    while true {
      let indices = chunk.pending(runner.batchSize)
      if indices.isEmpty || traffic.read(\.isStopped) { return true }
      slot.take(chunk, indices)
      let outcomes = runner.run(indices.map { chunk.documents[$0] }, slot: slot)
      guard slot.rest() else { return false }
      for (index, outcome) in zip(indices, outcomes) { chunk.add(outcome, at: index) }
    }
  }
}

extension StageRunner {
  /// How many documents go through the stages together.
  var batchSize: Int { steps.map(\.batchSize).max() ?? 1 }
}

/// The system has no thread for the run.
struct NoThread: Error, CustomStringConvertible {
  var description: String { "the system gives no further thread; raise its limit (ulimit -u), or use fewer --workers" }
}
