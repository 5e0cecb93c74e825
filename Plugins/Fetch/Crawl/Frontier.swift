/// What is still to be asked, site by site, with the manners that each is owed.
///
/// A site with something to ask is either in the line of those that may be asked now, or among those that wait for
/// their time, so that choosing costs the same whether there is one site or a hundred thousand.
struct Frontier {
  private(set) var hosts: [Host] = []
  private var numbers: [String: Int] = [:]
  /// Sites that may be asked now, first come first served.
  private var line: [Int] = []
  private var lineStart = 0
  private var sleeping = WakeTimes<Int>()
  /// Visits that are tried again later.
  private var postponed = WakeTimes<Visit>()
  private let manners: Manners
  /// Visits that are waiting, be it for their turn or for their time.
  private(set) var waitingCount = 0

  init(_ manners: Manners) { self.manners = manners }

  var isEmpty: Bool { waitingCount == 0 }

  /// When something is due next that is not due now, in seconds of the monotonic clock.
  var nextTime: Double? { [sleeping.first, postponed.first].compactMap { $0 }.min() }

  /// The site of an address.
  mutating func host(of address: Address) -> Int {
    if let number = numbers[address.host] { return number }
    hosts.append(Host(name: address.host, delay: manners.delay))
    numbers[address.host] = hosts.count - 1
    return hosts.count - 1
  }

  mutating func add(_ visit: Visit) {
    let number = host(of: visit.address)
    waitingCount += 1
    if visit.isRobots { hosts[number].prepend(visit) } else { hosts[number].append(visit) }
    lineUp(number)
  }

  /// Tries a visit again later.
  mutating func postpone(_ visit: Visit, until time: Double) {
    waitingCount += 1
    postponed.insert(visit, at: time)
  }

  /// Asks nothing more of a site before then.
  mutating func rest(_ number: Int, until time: Double) { hosts[number].nextStart = max(hosts[number].nextStart, time) }

  /// The next visit that may begin now, with its site; its rules may still have to be asked for.
  mutating func next(at now: Double) -> (visit: Visit, host: Int)? {
    wake(at: now)
    while lineStart < line.count {
      let number = line[lineStart]
      lineStart += 1
      if lineStart * 2 > line.count {
        line.removeFirst(lineStart)
        lineStart = 0
      }
      hosts[number].isLinedUp = false
      guard hosts[number].nextStart <= now, hosts[number].active < manners.connections else {
        lineUp(number)
        continue
      }
      if let visit = take(from: number) { return (visit, number) }
    }
    return nil
  }

  /// A visit to a site begins.
  mutating func begin(at number: Int, now: Double) {
    hosts[number].active += 1
    hosts[number].nextStart = max(hosts[number].nextStart, now + hosts[number].delay)
    lineUp(number)
  }

  /// What came next at a site does not begin: the one behind it may.
  mutating func pass(_ number: Int) { lineUp(number) }

  /// A visit to a site has ended.
  mutating func end(at number: Int) {
    hosts[number].active -= 1
    lineUp(number)
  }

  /// Has a site's rules asked for before a visit, which waits for them.
  mutating func ask(_ rules: Visit, before visit: Visit, at number: Int) {
    hosts[number][robotsOf: visit.address.origin] = .asked
    hosts[number].prepend(visit)
    waitingCount += 1
    add(rules)
  }

  /// A site's rules can't be had.
  mutating func knowNothing(of origin: String, at number: Int, _ problem: TransferProblem) {
    hosts[number][robotsOf: origin] = .outOfReach(problem)
    lineUp(number)
  }

  mutating func know(_ rules: RobotsRules, of origin: String, at number: Int) {
    hosts[number][robotsOf: origin] = .known(rules)
    if let delay = rules.crawlDelay { hosts[number].delay = max(hosts[number].delay, min(delay, manners.longestDelay)) }
    lineUp(number)
  }

  mutating func change(_ number: Int, _ body: (inout Host) -> Void) { body(&hosts[number]) }

  /// Takes away what waits for a site.
  mutating func removeAll(from number: Int) -> [Visit] {
    let visits = hosts[number].removeAll()
    waitingCount -= visits.count
    return visits
  }

  /// Nil where the site's rules are on their way: the visits wait for them.
  private mutating func take(from number: Int) -> Visit? {
    guard let visit = hosts[number].next() else { return nil }
    if !visit.isRobots, case .asked = hosts[number][robotsOf: visit.address.origin] {
      hosts[number].prepend(visit)
      return nil
    }
    waitingCount -= 1
    return visit
  }

  private mutating func wake(at now: Double) {
    while let visit = postponed.removeFirst(by: now) {
      waitingCount -= 1
      add(visit)
    }
    while let number = sleeping.removeFirst(by: now) {
      hosts[number].isLinedUp = false
      lineUp(number, now)
    }
  }

  private mutating func lineUp(_ number: Int, _ now: Double = 0) {
    guard !hosts[number].isLinedUp, hosts[number].waitingCount > 0, hosts[number].active < manners.connections else {
      return
    }
    hosts[number].isLinedUp = true
    if hosts[number].nextStart <= now {
      line.append(number)
    } else {
      sleeping.insert(number, at: hosts[number].nextStart)
    }
  }
}

/// How a site is treated that says nothing else.
struct Manners: Sendable {
  /// Seconds from the beginning of one request to that of the next.
  var delay: Double
  /// The longest delay that a robots.txt may ask for, in seconds.
  var longestDelay: Double
  /// Requests to one site at a time.
  var connections: Int
}
