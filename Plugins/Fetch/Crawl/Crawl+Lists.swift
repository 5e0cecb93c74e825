extension Crawl {
  /// What the run begins with.
  func begin() throws {
    if !plan.isRetry, !plan.isTrial {
      unconfirmed = try state.unconfirmed()[...]
      try state.tryUnconfirmedFailuresAgain()
      planned.formUnion(unconfirmed.map(\.address))
    }
    try forgetListsReadOtherwise()
    for (address, kind) in plan.lists { try plan(list: address, kind, depth: 0) }
    for address in plan.pages { try plan(page: address, listed: nil, isRetry: plan.isRetry) }
    if !plan.isRetry {
      for page in try state.failedBefore() {
        if let address = Address(page.address) { try plan(page: address, listed: page.listed) }
      }
    }
  }

  /// With another `match` or `exclude` a list that has not changed names other pages.
  private func forgetListsReadOtherwise() throws {
    guard !plan.isTrial else { return }
    let wanted = (plan.wanted.match + ["\n"] + plan.wanted.exclude).joined(separator: "\n")
    if let before = try state.fact("wanted")?.text, before != wanted { try state.forgetLists() }
    try state.record(fact: "wanted", .text(wanted))
  }

  private func plan(list address: Address, _ kind: ListKind, depth: Int) throws {
    guard plannedLists.insert(address.page.text).inserted else { return }
    var visit = Visit(address.page, .list(kind, depth: depth))
    // A retry wants the list's pages, which the answer that nothing has changed would not name.
    if !plan.isRetry { visit.validators = try state.validators(ofList: address.page.text) ?? Validators() }
    frontier.add(visit)
  }

  /// A page that a list names, or the person: asked for once, and again where a list says that it has changed.
  ///
  /// - Parameter isRetry: whether it is asked for whatever became of it before.
  func plan(page: Address, listed: String?, isRetry: Bool = false) throws {
    let address = page.canonical
    guard planned.insert(address.text).inserted else { return }
    var visit = Visit(address, .page)
    visit.listed = listed
    if !isRetry, let known = try state.page(address.text) {
      guard isDue(known, listed) else { return }
      visit.known = known
      if known.result == .document { visit.validators = known.validators }
    }
    guard !plan.isTrial else { return countOnly(visit) }
    frontier.add(visit)
  }

  private func isDue(_ known: PageRecord, _ listed: String?) -> Bool {
    if known.result == .failed, known.isTransient { return true }
    return listed != nil && known.listed != listed
  }

  /// A dry run hands out what it would ask for.
  private func countOnly(_ visit: Visit) {
    let problem = TransferProblem("was not asked for in a dry run", isTransient: true)
    delivery.put(Delivery.Item(address: visit.address.text, ordinal: takeOrdinal(), page: .failure(problem)))
  }

  /// A feed, sitemap, robots.txt or start page has come in.
  func takeList(_ answer: Answer, _ visit: Visit, _ host: Int, _ kind: ListKind, depth: Int) throws {
    frontier.change(host) { $0.done += 1 }
    if kind == .robots {
      let rules = RobotsRules(parsing: answer.body, productToken: CrawlPlan.productToken)
      for link in rules.sitemaps { try follow(FoundLink(address: link, kind: .sitemap), in: visit, depth) }
    } else if let problem = try readLinks(answer, visit, kind, depth) {
      // Without validators, so that the next run gets the whole of it.
      return try giveUp(visit, host, TransferProblem("was read as far as it goes: \(problem)", isTransient: true))
    }
    readLists.append((visit.origin.page.text, answer.validators))
  }

  /// - Returns: what is wrong with the list.
  private func readLinks(_ answer: Answer, _ visit: Visit, _ kind: ListKind, _ depth: Int) throws -> LinkProblem? {
    var limits = LinkDocument.Limits()
    limits.unpackedBytes = plan.transfers.bodyLimit
    let document = LinkDocument(
      contentType: answer.field("content-type"), path: visit.address.target,
      expecting: kind == .startPage ? .startPage : .feedOrSitemap, limits: limits)
    // What is wrong is asked for below: links that came before it are good.
    try? answer.body.withUnsafeBytes { try document.add($0) }
    try? document.finish()
    let before = planned.count
    let links = document.takeLinks()
    for link in links where link.kind != .nextPage { try follow(link, in: visit, depth) }
    // Older pages of a feed are of use as long as they bring something.
    if planned.count > before, plannedLists.count < CrawlPlan.mostLists {
      for link in links where link.kind == .nextPage { try follow(link, in: visit, depth) }
    }
    return document.problem
  }

  /// Plans what a link leads to, unless it leads nowhere.
  private func follow(_ link: FoundLink, in visit: Visit, _ depth: Int) throws {
    let base = link.base.flatMap { Address($0, relativeTo: visit.address) } ?? visit.address
    guard let address = Address(link.address, relativeTo: base) else { return }
    switch link.kind {
    case .page:
      if plan.wanted.matches(address) { try plan(page: address, listed: link.modified) } else { tally.leftOut += 1 }
    case .sitemap:
      if depth < CrawlPlan.deepest, plannedLists.count < CrawlPlan.mostLists {
        try plan(list: address, .feedOrSitemap, depth: depth + 1)
      }
    case .nextPage: try plan(list: address, visit.listKind ?? .feedOrSitemap, depth: depth)
    case .feed: break
    }
  }
}
