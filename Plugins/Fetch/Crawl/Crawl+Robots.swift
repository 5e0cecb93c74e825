extension Crawl {
  /// Whether a visit may begin. Where the site's rules are not known yet they are asked for first, and the visit waits;
  /// where they forbid it the visit is given up.
  func mayBegin(_ visit: Visit, at host: Int) throws -> Bool {
    guard !visit.isRobots else { return true }
    let origin = visit.address.origin
    if case .unknown = frontier.hosts[host][robotsOf: origin], let kept = try state.robots(of: origin),
      // What was out of reach in a run before may be back.
      kept.expires > wallSeconds(), kept.unreachableSince == nil
    {
      know(kept, of: origin, at: host)
    }
    switch frontier.hosts[host][robotsOf: origin] {
    case .unknown, .asked:
      guard let robots = Address(origin + "/robots.txt") else { return true }
      frontier.ask(Visit(robots, .robots(origin: origin)), before: visit, at: host)
      return false
    case .known(let rules):
      if rules.allows(target: visit.address.target) { return true }
      try giveUp(visit, host, TransferProblem("robots.txt of \(visit.address.host) forbids it", isTransient: false))
      return false
    case .outOfReach(let problem):
      try giveUp(visit, host, problem)
      return false
    }
  }

  /// An answer to the request for a robots.txt.
  func takeRobots(_ answer: Answer, of origin: String) throws {
    try settleRobots(
      .response(status: answer.status, body: answer.body, cacheControl: answer.field("cache-control")), of: origin)
  }

  /// There was none, after all attempts.
  func takeNoRobots(of origin: String, _ problem: TransferProblem) throws {
    guard problem.isTransient else { return refuse(origin, problem) }
    try settleRobots(.unreachable, of: origin, problem)
  }

  func takeManyRedirects(of origin: String) throws { try settleRobots(.tooManyRedirects, of: origin) }

  /// A site that we don't ask, for a reason of our own.
  private func refuse(_ origin: String, _ problem: TransferProblem) {
    if let address = Address(origin) { frontier.knowNothing(of: origin, at: frontier.host(of: address), problem) }
  }

  private func settleRobots(
    _ outcome: RobotsAnswer.Outcome, of origin: String, _ problem: TransferProblem? = nil
  ) throws {
    guard let address = Address(origin) else { return }
    let before = try state.robots(of: origin)?.unreachableSince
    let answer = RobotsAnswer(
      outcome, productToken: CrawlPlan.productToken, now: wallSeconds(), unreachableSince: before)
    var kept = KeptRobots(expires: answer.expires)
    if answer.isUnreachable { kept.unreachableSince = before ?? wallSeconds() }
    if case .response(200..<300, let body, _) = outcome { kept.body = Array(body.prefix(RobotsRules.longest)) }
    if !plan.isTrial { try state.record(robots: kept, of: origin) }
    know(answer, of: origin, at: frontier.host(of: address), problem)
  }

  private func know(_ answer: RobotsAnswer, of origin: String, at host: Int, _ problem: TransferProblem?) {
    guard answer.isUnreachable, !answer.rules.allows(target: "/") else {
      return frontier.know(answer.rules, of: origin, at: host)
    }
    let words = "robots.txt of \(frontier.hosts[host].name) can't be reached, and without it nothing may be asked"
    let reason = problem.map { " (\($0))" } ?? ""
    frontier.knowNothing(of: origin, at: host, TransferProblem(words + reason, isTransient: true))
  }

  private func know(_ kept: KeptRobots, of origin: String, at host: Int) {
    let rules = kept.body.map { RobotsRules(parsing: $0, productToken: CrawlPlan.productToken) }
    frontier.know(rules ?? .allowAll, of: origin, at: host)
  }
}
