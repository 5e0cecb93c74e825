internal import CCrypto

extension Crawl {
  /// An answer of any kind.
  func take(_ answer: Answer, _ visit: Visit, _ host: Int) throws {
    tally.bytes += answer.body.count
    switch answer.status {
    case 200, 203: try takeContent(answer, visit, host)
    case 204, 205: try takeOther(answer, visit, host)
    case 301, 302, 303, 307, 308: try takeRedirect(answer, visit, host)
    case 304: try takeUnchanged(answer, visit, host)
    default: try takeError(answer, visit, host)
    }
  }

  private func takeContent(_ answer: Answer, _ visit: Visit, _ host: Int) throws {
    switch visit.purpose {
    case .page: try takePage(answer, visit, host)
    case .list(let kind, let depth):
      try archive.keep(answer, of: visit, .list)
      try takeList(answer, visit, host, kind, depth: depth)
    case .robots(let origin):
      try archive.keep(answer, of: visit, .list)
      try takeRobots(answer, of: origin)
    }
  }

  // MARK: Pages

  private func takePage(_ answer: Answer, _ visit: Visit, _ host: Int) throws {
    guard let type = documentType(of: answer) else { return try takeOther(answer, visit, host) }
    frontier.change(host) { $0.done += 1 }
    let address = visit.address.canonical.text
    var record = PageRecord(address: address, result: .document, status: answer.status)
    (record.validators, record.listed, record.digest) = (answer.validators, visit.listed, sha256(answer.body))
    if let known = visit.known, known.digest == record.digest {
      tally.unchanged += 1
      record.result = known.result
      return try state.record(record)
    }
    if let twin = try twin(of: record, answer, visit) {
      try archive.keep(answer, of: visit, .repetition(of: twin))
      return try takeDuplicate(visit, of: twin)
    }
    tally.documents += 1
    record.place = try archive.keep(answer, of: visit, .document)
    record.ordinal = takeOrdinal()
    try state.record(record)
    try leadHere(visit, record)
    let page = FetchedPage(body: answer.body, type: type)
    delivery.put(Delivery.Item(address: address, ordinal: record.ordinal ?? 0, page: .success(page)))
  }

  /// A page that is the same as this one: with the same body, or the one that this one names as the address to go by.
  private func twin(of record: PageRecord, _ answer: Answer, _ visit: Visit) throws -> String? {
    // It came under another name while this visit waited. One that is asked again may have become a page of its own.
    if visit.known == nil, let alias = try state.page(record.address), alias.result == .duplicate,
      let twin = alias.reason,
      try isThere(twin)
    {
      return twin
    }
    if let digest = record.digest, let twin = try state.address(ofDigest: digest, otherThan: record.address) {
      return twin
    }
    guard let canonical = canonicalAddress(answer, visit), canonical != record.address else { return nil }
    if let page = try state.page(canonical) { return page.result == .document ? canonical : nil }
    // It is known now under both names, also where a list has named the other and it is still to come.
    planned.insert(canonical)
    var alias = PageRecord(address: canonical, result: .duplicate)
    alias.reason = record.address
    try state.record(alias)
    return nil
  }

  /// The address that a page goes by on its own site. Others are not trusted with it: whoever copies a page would decide
  /// that the original is never fetched.
  private func canonicalAddress(_ answer: Answer, _ visit: Visit) -> String? {
    let link = answer.body.withUnsafeBytes { canonicalLink(of: $0) }
    guard let address = link.flatMap({ Address($0, relativeTo: visit.address) }), address.host == visit.address.host
    else { return nil }
    return address.canonical.text
  }

  /// Behind redirects the address that the visit began with is known, too.
  private func leadHere(_ visit: Visit, _ record: PageRecord) throws {
    let start = visit.origin.canonical.text
    guard start != record.address else { return }
    var alias = PageRecord(address: start, result: .duplicate)
    (alias.reason, alias.listed) = (record.address, visit.listed)
    try state.record(alias)
  }

  private func takeDuplicate(_ visit: Visit, of twin: String) throws {
    tally.duplicates += 1
    for address in Set([visit.address.canonical.text, visit.origin.canonical.text]) where address != twin {
      var record = PageRecord(address: address, result: .duplicate)
      (record.reason, record.listed) = (twin, visit.listed)
      try state.record(record)
    }
  }

  private func takeOther(_ answer: Answer, _ visit: Visit, _ host: Int) throws {
    if case .robots(let origin) = visit.purpose { return try takeRobots(answer, of: origin) }
    guard visit.isPage else {
      return try giveUp(
        visit, host, TransferProblem("the server answers \(answer.status), without content", isTransient: false),
        status: answer.status)
    }
    frontier.change(host) { $0.done += 1 }
    tally.others += 1
    try archive.keep(answer, of: visit, .other)
    var record = PageRecord(address: visit.origin.canonical.text, result: .other, status: answer.status)
    (record.reason, record.listed) = (answer.field("content-type"), visit.listed)
    try state.record(record)
  }

  private func takeUnchanged(_ answer: Answer, _ visit: Visit, _ host: Int) throws {
    guard visit.validators != Validators() else {
      return try giveUp(
        visit, host, TransferProblem("the server says that nothing has changed, which nobody asked", isTransient: true),
        status: answer.status)
    }
    frontier.change(host) { $0.done += 1 }
    try archive.keep(answer, of: visit, .unchanged)
    guard visit.isPage else { return }
    tally.unchanged += 1
    guard var known = visit.known else { return }
    known.listed = visit.listed
    try state.record(known)
  }

  /// What a page is by its Content-Type, or by its beginning where that is missing; nil for what is no markup.
  private func documentType(of answer: Answer) -> ContentType? {
    if let field = answer.field("content-type"), let type = ContentType(field) {
      return type.isDocument && type.mediaType.isMarkup ? type : nil
    }
    let start = answer.body.first { $0 > 0x20 && $0 < 0x80 }
    return start == UInt8(ascii: "<") ? ContentType("text/html") : nil
  }

  // MARK: Redirects and errors

  private func takeRedirect(_ answer: Answer, _ visit: Visit, _ host: Int) throws {
    try archive.keep(answer, of: visit, .other)
    // RFC 9309, 2.3.1.2 wants five followed for rules.
    let limit = visit.isRobots ? max(5, plan.redirectLimit) : plan.redirectLimit
    guard visit.hops < limit else {
      return try noWay(visit, host, "is redirected more than \(limit) times")
    }
    guard let target = answer.field("location"), let address = Address(target, relativeTo: visit.address) else {
      return try noWay(visit, host, "is redirected to what is no http address")
    }
    frontier.change(host) { $0.done += 1 }
    var next = visit
    (next.address, next.hops, next.attempts) = (address.page, visit.hops + 1, 0)
    if visit.isPage {
      let key = address.canonical.text
      let isOwn = key == visit.origin.canonical.text || !next.chain.insert(key).inserted
      guard isOwn || planned.insert(key).inserted else { return try takeDuplicate(visit, of: key) }
      // The validators are those of the address that was asked.
      next.validators = Validators()
      if try isThere(key) {
        guard visit.known != nil, let known = try state.page(key) else { return try takeDuplicate(visit, of: key) }
        (next.known, next.validators) = (known, known.validators)
      }
    }
    frontier.add(next)
  }

  private func isThere(_ address: String) throws -> Bool {
    guard !plan.isRetry, let page = try state.page(address) else { return false }
    return page.result == .document
  }

  private func noWay(_ visit: Visit, _ host: Int, _ words: String) throws {
    if case .robots(let origin) = visit.purpose { return try takeManyRedirects(of: origin) }
    try giveUp(visit, host, TransferProblem(words, isTransient: false))
  }

  private func takeError(_ answer: Answer, _ visit: Visit, _ host: Int) throws {
    try archive.keep(answer, of: visit, .other)
    let status = answer.status
    let isBusy = status == 429 || status == 503
    let isTransient = isBusy || [408, 425].contains(status) || (500..<600 ~= status && status != 501 && status != 505)
    if case .robots(let origin) = visit.purpose, !isTransient { return try takeRobots(answer, of: origin) }
    let problem = TransferProblem("the server answers \(status)", isTransient: isTransient)
    guard isTransient, visit.attempts < plan.retries else { return try giveUp(visit, host, problem, status: status) }
    let wait = answer.field("retry-after").flatMap { RetryAfter.seconds($0, now: wallSeconds()) }
    try fault(visit, host, problem, restsSite: isBusy, retryAfter: isBusy ? wait : nil)
  }

  // MARK: Documents of a run that was killed

  /// Hands out again what stands in the archive and was never confirmed.
  func handOutAgain() throws {
    while delivery.hasRoom(besides: 0), var record = unconfirmed.popFirst() {
      guard let place = record.place, let answer = try archive.answer(at: place), let type = documentType(of: answer)
      else {
        planned.remove(record.address)
        try state.askAgain(for: record.address)
        if let address = Address(record.address) { try plan(page: address, listed: record.listed) }
        continue
      }
      tally.documents += 1
      record.ordinal = takeOrdinal()
      try state.record(record)
      let page = FetchedPage(body: answer.body, type: type)
      delivery.put(Delivery.Item(address: record.address, ordinal: record.ordinal ?? 0, page: .success(page)))
    }
  }
}

/// SHA-256 of some bytes.
private func sha256(_ bytes: [UInt8]) -> [UInt8] {
  var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
  var length: UInt32 = 0
  EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
  return Array(digest.prefix(Int(length)))
}
