import PipelineKit

/// Takes finished chunks in the source's order to the sinks, the quarantine and the counts, on the calling thread.
final class OrderedWriter {
  private let run: PipelineRun
  private let sinks: [any SinkDriver]
  /// What stays in quarantine because this run takes up only some of it, or brings only what is new.
  private var rest: [QuarantinedDocument]
  /// Identifiers of those among them that leave it when the run brings the document again.
  private let leaving: Set<String>
  private var settled: Set<String> = []
  private var quarantine: Quarantine
  private var opened = 0
  private var ids = SeenIdentifiers()
  private var last: SourcePosition?
  private var lastConfirmation = Deadline.now
  private static let confirmationInterval: UInt64 = 2_000_000_000

  init(run: PipelineRun, sinks: [any SinkDriver], rest: [QuarantinedDocument], lettingGo: Bool) {
    (self.run, self.sinks, self.rest) = (run, sinks, rest)
    leaving = lettingGo ? Set(rest.map(\.id)) : []
    quarantine = Quarantine(folder: run.plan.quarantineFolder, prefix: String(Deadline.now, radix: 36))
  }

  /// Opens every sink, or none.
  func open() throws {
    for sink in sinks {
      do { try sink.open(run.context(for: sink.name)) } catch {
        for sink in sinks.prefix(opened) { _ = sink.abandon() }
        throw StageFailure(stage: sink.name, reason: "\(error)")
      }
      opened += 1
    }
  }

  /// Writes until everything is written or the run has to end.
  func write(_ report: inout RunReport, progress: ((inout RunProgress) -> Void) -> Void) -> RunStatus {
    var sequence = 0
    do {
      while let chunk = next(&sequence) {
        for (raw, outcome) in zip(chunk.documents, chunk.finished) {
          try take(outcome, of: raw, &report)
          if run.settings.failFast, report.quarantinedCount > 0 {
            return .failed("stopped at the first document that failed, as --fail-fast asks: \(outcome.id)")
          }
        }
        progress {
          $0.documents += chunk.documents.count
          $0.inputBytes += chunk.documents.reduce(0) { $0 + $1.inputBytes }
          $0.errors = report.quarantinedCount
        }
        if Deadline.now - lastConfirmation > Self.confirmationInterval { try confirmSinks() }
      }
      guard !run.traffic.read(\.hasGivenUp) else {
        return .failed("as many workers as there are did not answer within the time limit; what is finished is kept")
      }
      guard !run.traffic.read(\.isInterrupted) else { return .interrupted }
      try confirmSinks()
      return .done
    } catch is OutputClosed {
      return .outputClosed
    } catch {
      return .failed("\(error)")
    }
  }

  private func next(_ sequence: inout Int) -> Chunk? {
    let wanted = sequence
    let chunk = run.traffic.wait { traffic -> Chunk?? in
      if let chunk = traffic.take(wanted) { return chunk }
      return traffic.isOver || traffic.hasGivenUp ? .some(nil) : nil
    }
    sequence += 1
    return chunk
  }

  private func take(_ outcome: Outcome, of raw: RawDocument, _ report: inout RunReport) throws {
    report.read += 1
    report.bytes += outcome.bytes
    last = outcome.position
    if leaving.contains(outcome.id) { settled.insert(outcome.id) }
    switch outcome.kind {
    case .skipped(let reason): report.skipped[reason, default: 0] += 1
    case .failed(let failure): try fail(outcome, failure, &report)
    case .records(let records, let hasText):
      guard ids.insert(outcome.id) else { return try fail(outcome, repeated(outcome, raw), &report) }
      let firstSink = 1 + run.plan.annotators.count
      for (number, (sink, record)) in zip(sinks, records).enumerated() {
        let started = Deadline.now
        try attempt(sink) { try sink.write(record) }
        report.profile.add(stage: firstSink + number, nanoseconds: Deadline.now - started)
      }
      report.written += 1
      if !hasText { report.empty += 1 }
    }
  }

  /// Its bytes went away with the document; they are seldom wanted and read again.
  private func repeated(_ outcome: Outcome, _ raw: RawDocument) -> Failure {
    var failure = raw.failure(
      type(of: run.plan.source).name,
      "a document with the id \"\(outcome.id)\" came before it; give each an id of its own",
      bytes: try? raw.load().bytes)
    failure.isRepeated = true
    return failure
  }

  private func fail(_ outcome: Outcome, _ failure: Failure, _ report: inout RunReport) throws {
    report.quarantined[failure.stage, default: 0] += 1
    report.quarantine = run.plan.quarantineFolder
    try quarantine.add(outcome, failure)
  }

  private func confirmSinks() throws {
    guard let last else { return }
    for sink in sinks { try attempt(sink) { try sink.confirm(last) } }
    lastConfirmation = Deadline.now
  }

  private func attempt(_ sink: any SinkDriver, _ body: () throws -> Void) throws {
    do { try body() } catch let closed as OutputClosed { throw closed } catch {
      throw StageFailure(stage: sink.name, reason: "\(error)")
    }
  }

  /// Puts the results in their place, or leaves the older ones where they are.
  ///
  /// - Parameters:
  ///   - fed: how the reading of the source ended.
  ///   - confirm: tells the source what every sink has in its place.
  func close(_ report: inout RunReport, fed: Result<Void, any Error>, confirm: (SourcePosition) throws -> Void) {
    if case .failure(let error) = fed, report.status == .done {
      report.status = .failed("\(type(of: run.plan.source).name): \(error)")
    }
    if report.status == .done, report.read == 0, run.settings.retry || !run.plan.source.isIncremental {
      report.status = .failed(
        run.settings.retry ? "nothing is in quarantine" : "no input matched; look at \"path\" of the source")
    }
    var finished = 0
    if report.status == .done {
      do {
        for sink in sinks {
          try attempt(sink) { try sink.finish() }
          finished += 1
        }
        rest.removeAll { settled.contains($0.id) }
        try quarantine.finish(keepingOlder: rest)
        if let last { try confirm(last) }
      } catch {
        report.status = error is OutputClosed ? .outputClosed : .failed("\(error)")
      }
    }
    if report.status != .done { abandon(sinks.dropFirst(finished), &report) }
  }

  private func abandon(_ sinks: some Sequence<any SinkDriver>, _ report: inout RunReport) {
    for part in sinks.compactMap({ $0.abandon() }) {
      if report.written > 0 { report.parts.append(part) } else { removeFile(part) }
    }
  }
}

/// The ids that have been seen, eight bytes for each: a hash that no input can be made to collide with is enough.
struct SeenIdentifiers {
  private var hashes: Set<Int> = []

  /// - Returns: false where the id has been seen before.
  mutating func insert(_ id: String) -> Bool {
    // Swift's own hasher is SipHash with a key of the process: nobody outside can aim at it.
    var hasher = Hasher()
    hasher.combine(id)
    return hashes.insert(hasher.finalize()).inserted
  }
}
