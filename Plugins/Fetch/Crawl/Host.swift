/// A host, the manners that it is owed, and what is to be asked there. Whatever its schemes and ports, it is one machine
/// that answers.
struct Host {
  /// What is known of its robots.txt.
  enum Robots {
    case unknown
    case asked
    case known(RobotsRules)
    /// The site does not answer, or with errors: nothing may be asked for now (RFC 9309, section 2.3.1.4).
    case outOfReach(TransferProblem)
  }
  let name: String
  private var robots: [String: Robots] = [:]
  /// Seconds from the beginning of one request to that of the next.
  var delay: Double
  /// When the next request may begin, in seconds of the monotonic clock.
  var nextStart = 0.0
  /// Requests under way.
  var active = 0
  /// Faults of the connection since the last answer.
  var faults = 0
  /// Whether it is in the line of those that may be asked, or among those that wait for their time.
  var isLinedUp = false
  /// For the summary.
  var (done, failed) = (0, 0)
  private var waiting: [Visit] = []
  private var first = 0

  init(name: String, delay: Double) { (self.name, self.delay) = (name, delay) }

  /// Rules hold for scheme, host and port (RFC 9309, section 2.3).
  subscript(robotsOf origin: String) -> Robots {
    get { robots[origin] ?? .unknown }
    set { robots[origin] = newValue }
  }

  var waitingCount: Int { waiting.count - first }

  mutating func append(_ visit: Visit) { waiting.append(visit) }

  /// What every other visit waits for, or what was taken too early.
  mutating func prepend(_ visit: Visit) {
    if first > 0 {
      first -= 1
      waiting[first] = visit
    } else {
      waiting.insert(visit, at: 0)
    }
  }

  mutating func next() -> Visit? {
    guard first < waiting.count else { return nil }
    defer {
      first += 1
      // What is done is let go of in halves, so that each visit is moved once at most.
      if first * 2 > waiting.count {
        waiting.removeFirst(first)
        first = 0
      }
    }
    return waiting[first]
  }

  mutating func removeAll() -> [Visit] {
    defer { (waiting, first) = ([], 0) }
    return Array(waiting[first...])
  }
}
