import FileOutput
public import PipelineFile
import PipelineKit
import Threads

/// One run of a plan: a thread that reads, threads that work, and the calling thread that writes in order.
///
/// The source hands out chunks of documents, only so many at a time; a worker takes a chunk through all stages
/// and makes the sinks' records; the writer takes the chunks in the source's order. So memory is bounded by the
/// chunks in flight, and the same bytes come out whatever the number of workers.
public final class PipelineRun: Sendable {
  let plan: Plan
  let settings: RunSettings
  let traffic = Monitor(Traffic())
  private let progressState = Monitor(RunProgress())
  private let activity = Monitor<@Sendable () -> String?>({ nil })

  public init(_ plan: Plan, settings: RunSettings = RunSettings()) { (self.plan, self.settings) = (plan, settings) }

  /// The number of worker threads.
  public var workers: Int { plan.run.workers ?? availableCores() }

  /// How far the run is; may be asked from any thread.
  public var progress: RunProgress {
    var progress = progressState.read { $0 }
    progress.activity = activity.read { $0 }()
    return progress
  }

  /// Ends the run early; what a worker has begun is finished. May be called from any thread.
  public func interrupt() {
    traffic.update { $0.interrupt() }
  }

  /// Runs to the end. To be called once.
  public func run() -> RunReport {
    let started = Deadline.now
    let began = timestamp()
    let names =
      [type(of: plan.source).name] + plan.annotators.map { type(of: $0).name } + plan.sinks.map { type(of: $0).name }
    var report = RunReport(profile: Profile(names))
    do {
      try settings.retry ? runRetry(&report) : runSource(plan.source, &report)
    } catch {
      report.status = .failed("\(error)")
    }
    report.seconds = Double(Deadline.now - started) / 1e9
    do { try writeManifest(&report, began: began) } catch  where report.status == .done {
      report.status = .failed("\(error)")
    } catch {}
    return report
  }

  private func runSource(_ source: some Source, _ report: inout RunReport) throws {
    // What an incremental source has brought once it does not bring again: what is in quarantine of it stays there.
    let kept = source.isIncremental ? try QuarantinedDocument.all(in: plan.quarantineFolder) : []
    try runReader(try source.makeReader(context(for: type(of: source).name), after: nil), source, kept, &report)
  }

  private func runRetry(_ report: inout RunReport) throws {
    let waiting = try QuarantinedDocument.all(in: plan.quarantineFolder)
    let (repeated, others) = (waiting.filter(\.isRepeated), waiting.filter { !$0.isRepeated })
    if !repeated.isEmpty {
      settings.log(
        "retry: \(repeated.count) in quarantine with an id that came before stay there; give each an id of its own and run again"
      )
    }
    let taken = Array(others.prefix(settings.limit ?? .max))
    try retry(plan.source, taken, keeping: others.dropFirst(taken.count) + repeated, &report)
  }

  private func retry(
    _ source: some Source, _ taken: [QuarantinedDocument], keeping rest: [QuarantinedDocument],
    _ report: inout RunReport
  ) throws {
    try runReader(
      QuarantineReader(
        source: source, context: context(for: type(of: source).name), folder: plan.quarantineFolder, documents: taken),
      source, rest, &report)
  }

  private func runReader(
    _ reader: some SourceReader, _ source: some Source, _ rest: [QuarantinedDocument], _ report: inout RunReport
  ) throws {
    progressState.update { $0.expected = reader.expected }
    activity.update { $0 = reader.activity }
    let sinks = plan.sinks.map { makeDriver($0) }
    let runner = try stageRunner(sinks: sinks)
    let writer = OrderedWriter(run: self, sinks: sinks, rest: rest, lettingGo: !settings.retry)
    try writer.open()
    let pool = WorkerPool(traffic: traffic, prototype: runner)
    let count = runner.batchSize > 1 ? runner.batchSize : 8
    let feeder = SourceFeeder(
      reader: reader, traffic: traffic,
      limits: TrafficLimits(count: count, smallCount: runner.batchSize > 1 ? count : 64, chunks: workers * 4),
      outputs: OutputGuard(plan), total: settings.retry ? nil : settings.limit)
    let feeding = Monitor(Result<Void, any Error>?.none)
    do {
      try pool.start(workers)
      let isFed = startThread {
        let result = Result { try feeder.feed() }
        feeding.update { $0 = result }
      }
      guard isFed else { throw NoThread() }
    } catch {
      traffic.update { $0.isStopped = true }
      report.status = .failed("\(error)")
      return writer.close(&report, fed: .success(()), confirm: { _ in })
    }
    let watchdog = watch(pool, runner.timeLimit)
    report.status = writer.write(&report) { progress in self.progressState.update { progress(&$0) } }
    traffic.update { $0.isStopped = true }
    pool.join()
    watchdog?.stop()
    report.profile.add(pool.profile)
    // A run that ends early does not wait for its source, which may wait for input that never comes.
    let fed = report.status == .done ? feeding.wait { $0 } : feeding.wait(atMost: 1) { $0 }
    if fed != nil { report.profile.add(stage: 0, nanoseconds: feeder.nanoseconds) }
    writer.close(&report, fed: fed ?? .success(()), confirm: feeder.confirm)
  }

  /// Makes the workers of all annotators: this is where models are loaded.
  func stageRunner(sinks: [any SinkDriver]) throws -> StageRunner {
    let names = [type(of: plan.source).name] + plan.annotators.map { type(of: $0).name } + sinks.map(\.name)
    return StageRunner(
      steps: try plan.annotators.map { try step($0) }, sinks: sinks, sourceName: type(of: plan.source).name,
      maxDocument: plan.run.maxDocument.bytes,
      timeLimit: plan.run.timeLimit.map(\.nanoseconds), profile: Profile(names))
  }

  private func watch(_ pool: WorkerPool, _ limit: UInt64?) -> Watchdog? {
    guard let limit else { return nil }
    let watchdog = Watchdog(pool: pool, timeLimit: limit, maximum: workers) { [traffic] in
      traffic.update { $0.hasGivenUp = true }
    }
    watchdog.start()
    return watchdog
  }

  private func step(_ annotator: some Annotator) throws -> StageRunner.Step {
    let name = type(of: annotator).name
    do {
      return StageRunner.Step(
        name: name, needsText: annotator.needs.contains { $0 == .text || $0 == Block.layer }, gives: annotator.gives,
        batchSize: max(1, annotator.batchSize), worker: try annotator.makeWorker(context(for: name)))
    } catch { throw StageFailure(stage: name, reason: "\(error)") }
  }

  /// What a stage may know of this run.
  func context(for stage: StageName) -> StageContext {
    let log = settings.log
    return StageContext(
      directory: plan.directory, pipeline: plan.name, layers: plan.layers, provenance: plan.provenance,
      timeLimit: plan.run.timeLimit, maxDocument: plan.run.maxDocument, limit: settings.limit,
      log: { log("\(stage): \($0)") })
  }
}

extension TimeSpan {
  /// At most a year: far from any overflow, however many documents share it.
  fileprivate var nanoseconds: UInt64 { UInt64(min(max(0, milliseconds), 31_536_000_000)) * 1_000_000 }
}

/// A stage can't begin, or a sink can't go on.
struct StageFailure: Error, CustomStringConvertible {
  let stage: StageName
  let reason: String
  var description: String { "\(stage): \(reason)" }
}
