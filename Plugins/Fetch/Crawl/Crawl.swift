import Glibc

/// Asks sites for lists and pages, and hands over what is new. All of it happens on one thread.
///
/// Each visit goes through the frontier, which owes every site its manners, to libcurl, and comes back here as an
/// answer: a robots.txt becomes rules, a list becomes visits, a page becomes a document. Before a page is handed over
/// it stands in the archive and, unconfirmed, in the state.
final class Crawl {
  let plan: CrawlPlan
  let state: FetchState
  let archive: PageArchive
  let delivery: Delivery
  let log: @Sendable (String) -> Void
  var frontier: Frontier
  var tally = Tally()
  /// Validators of lists that were read to their end: kept once everything that they named is confirmed.
  var readLists: [(address: String, validators: Validators)] = []
  /// Canonical addresses that this run has asked for or will.
  var planned = Set<String>()
  /// Lists, likewise.
  var plannedLists = Set<String>()
  /// Documents of a run that was killed: they are in the archive.
  var unconfirmed: ArraySlice<PageRecord> = []
  private let transfers: Transfers
  private var underway: [Int: (visit: Visit, host: Int)] = [:]
  private var lastTag = 0
  private let firstOrdinal: UInt64
  private var nextOrdinal: UInt64
  private var lastCommit = monotonicSeconds()
  private(set) var isComplete = false
  private var random = SystemRandomNumberGenerator()

  init(
    _ plan: CrawlPlan, _ state: FetchState, _ archive: PageArchive, _ delivery: Delivery,
    log: @escaping @Sendable (String) -> Void
  ) throws {
    (self.plan, self.state, self.archive, self.delivery, self.log) = (plan, state, archive, delivery, log)
    frontier = Frontier(plan.manners)
    transfers = try Transfers(plan.transfers)
    firstOrdinal = try state.freeOrdinal()
    nextOrdinal = firstOrdinal
  }

  /// Runs to the end, or until the reader wants no more.
  func run() throws {
    try begin()
    while !delivery.isStopped {
      try startVisits()
      if transfers.count == 0, frontier.isEmpty, unconfirmed.isEmpty { break }
      for (tag, outcome) in waitForAnswers() { try take(outcome, tag) }
      try commitIfDue()
    }
    isComplete = frontier.isEmpty && transfers.count == 0 && unconfirmed.isEmpty
    try commit()
    if !plan.isTrial { log(tally.summary(sites: frontier.hosts.count)) }
  }

  /// Every sink has what was handed over up to this position.
  func confirm(through ordinal: UInt64) throws {
    try state.confirm(firstOrdinal...max(firstOrdinal, ordinal))
    try end(isEverythingConfirmed: ordinal + 1 >= nextOrdinal)
  }

  /// Nothing was handed over.
  func confirmNothing() throws { try end(isEverythingConfirmed: true) }

  private func end(isEverythingConfirmed: Bool) throws {
    // A list that says that nothing is new must not hide what it said before and nobody has.
    if isComplete, isEverythingConfirmed {
      for (address, validators) in readLists { try state.record(list: address, validators) }
    }
    try archive.close(state)
    try state.close()
  }

  /// Whether there is nothing for the sinks to confirm.
  var hasHandedOutNothing: Bool { nextOrdinal == firstOrdinal }

  // MARK: The loop

  private func startVisits() throws {
    try handOutAgain()
    while transfers.count < CrawlPlan.transferLimit, delivery.hasRoom(besides: transfers.count), wantsMore,
      let (visit, host) = frontier.next(at: monotonicSeconds())
    {
      guard try mayBegin(visit, at: host) else {
        frontier.pass(host)
        continue
      }
      lastTag += 1
      frontier.begin(at: host, now: monotonicSeconds())
      underway[lastTag] = (visit, host)
      try transfers.start(Request(address: visit.address, validators: visit.validators), tag: lastTag)
    }
  }

  private var wantsMore: Bool { Int(clamping: nextOrdinal - firstOrdinal) < plan.limit - transfers.count }

  private func waitForAnswers() -> [(tag: Int, outcome: Result<Answer, TransferProblem>)] {
    guard transfers.count > 0 || delivery.hasRoom(besides: 0) else {
      delivery.waitForRoom()
      return []
    }
    // Not longer than somebody who presses Ctrl-C would notice.
    let left = frontier.nextTime.map { max(0, $0 - monotonicSeconds()) } ?? 1
    return transfers.finished(within: Int((min(left, 0.1) * 1000).rounded(.up)))
  }

  private func take(_ outcome: Result<Answer, TransferProblem>, _ tag: Int) throws {
    guard let (visit, host) = underway.removeValue(forKey: tag) else { return }
    frontier.end(at: host)
    switch outcome {
    case .failure(let problem):
      if problem.isTransient { frontier.change(host) { $0.faults += 1 } }
      try fault(visit, host, problem, restsSite: true, retryAfter: nil)
    case .success(let answer):
      frontier.change(host) { $0.faults = 0 }
      try take(answer, visit, host)
    }
  }

  private func commitIfDue() throws {
    let now = monotonicSeconds()
    guard now - lastCommit > 0.5 else { return }
    lastCommit = now
    delivery.show(activity)
    try commit()
  }

  private func commit() throws {
    guard !plan.isTrial else { return }
    try archive.flush(state)
    try state.commit()
  }

  /// The sites at which most is going on.
  private var activity: String {
    let busy = frontier.hosts.filter { $0.waitingCount + $0.active > 0 }
    let shown = busy.sorted { $0.waitingCount > $1.waitingCount }.prefix(3).map {
      "\($0.name) \($0.done) of \($0.done + $0.failed + $0.waitingCount + $0.active)"
        + ($0.failed > 0 ? ", \($0.failed) failed" : "")
    }
    return shown.joined(separator: "; ") + (busy.count > 3 ? "; \(busy.count - 3) more sites" : "")
  }

  // MARK: What failed

  /// Tries a visit again later, or gives it up.
  func fault(_ visit: Visit, _ host: Int, _ problem: TransferProblem, restsSite: Bool, retryAfter: Double?) throws {
    guard problem.isTransient else { return try giveUp(visit, host, problem) }
    var again = visit
    again.attempts += 1
    if let retryAfter, retryAfter > CrawlPlan.longestWait {
      try giveUp(
        again, host, TransferProblem("\(problem), and to come back in \(Int(retryAfter)) s", isTransient: true))
      return try leave(host, problem)
    }
    guard again.attempts <= plan.retries else {
      try giveUp(again, host, problem)
      // A site whose connections only ever fail is not there: what else is to be asked would take hours to fail.
      if frontier.hosts[host].faults >= CrawlPlan.mostFaults { try leave(host, problem) }
      return
    }
    tally.retries += 1
    let time = monotonicSeconds() + plan.backOff.delay(attempt: again.attempts, retryAfter: retryAfter, using: &random)
    if restsSite { frontier.rest(host, until: time) }
    frontier.postpone(again, until: time)
  }

  /// Asks nothing more of a site in this run.
  private func leave(_ host: Int, _ problem: TransferProblem) throws {
    for visit in frontier.removeAll(from: host) {
      try giveUp(visit, host, TransferProblem("not asked, as the site failed before: \(problem)", isTransient: true))
    }
  }

  func giveUp(_ visit: Visit, _ host: Int, _ problem: TransferProblem, status: Int = 0) throws {
    if case .robots(let origin) = visit.purpose { return try takeNoRobots(of: origin, problem) }
    frontier.change(host) { $0.failed += 1 }
    tally.failures[status > 0 ? "\(status)" : problem.description, default: 0] += 1
    if plan.isTrial { return log("\(visit.origin.text): \(problem)") }
    // A page that was there before is in the result, and stays there.
    guard visit.known?.result != .document else { return }
    let (address, ordinal) = (visit.origin.canonical.text, takeOrdinal())
    if visit.isPage {
      var record = PageRecord(address: address, result: .failed)
      (record.status, record.reason, record.listed, record.ordinal) = (
        status, problem.description, visit.listed, ordinal
      )
      record.failures = (visit.known?.failures ?? 0) + 1
      record.isTransient = problem.isTransient && record.failures < Self.mostRuns
      try state.record(record)
    }
    delivery.put(Delivery.Item(address: address, ordinal: ordinal, page: .failure(problem)))
  }

  /// In so many runs an address is tried that fails for a reason which may go away.
  private static let mostRuns = 20

  /// The place of the next document in the order of this run.
  func takeOrdinal() -> UInt64 {
    defer { nextOrdinal += 1 }
    return nextOrdinal
  }
}

/// Seconds of the monotonic clock.
func monotonicSeconds() -> Double { seconds(of: CLOCK_MONOTONIC) }

/// Seconds since 1970.
func wallSeconds() -> Double { seconds(of: CLOCK_REALTIME) }

private func seconds(of clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
