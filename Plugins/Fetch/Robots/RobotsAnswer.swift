/// What the answer to a request for /robots.txt allows, and for how long (RFC 9309 2.3.1 and 2.4).
///
/// Times are seconds since 1970.
package struct RobotsAnswer: Sendable {
  /// What came of the request, after at most five redirects (2.3.1.2).
  package enum Outcome: Sendable {
    /// A status with the whole body (a body that was cut is `unreachable`) and the value of Cache-Control.
    /// A request for robots.txt sends no validators, so a 304 is a mistake of the server and says nothing.
    case response(status: Int, body: [UInt8], cacheControl: String? = nil)
    /// More than five redirects, or one without an address to follow. One to a host that does not answer is `unreachable`.
    case tooManyRedirects
    /// No connection, no name, no end of the answer in time.
    case unreachable
  }

  package let rules: RobotsRules
  /// When to ask again.
  package let expires: Double
  /// The server did not say what it allows. The caller remembers since when, in an unbroken row.
  package let isUnreachable: Bool

  /// `unreachableSince` is the `now` of the first failure of the row that this one stands in.
  package init(_ outcome: Outcome, productToken: String, now: Double, unreachableSince: Double? = nil) {
    switch outcome {
    case .response(200..<300, let body, let cacheControl):
      self.init(RobotsRules(parsing: body, productToken: productToken), now + age(cacheControl))
    // 429 is in the range that the RFC calls unavailable, which would allow everything on a server that
    // begs for fewer requests. Google documents that it takes 429 for a server error; so does this.
    case .response(429, _, _), .response(500..., _, _), .response(..<300, _, _), .response(304, _, _), .unreachable:
      self.init(unreachableAt: now, since: unreachableSince ?? now)
    // No file, or none for us: 2.3.1.3 allows everything. A redirect that arrives here was not followed.
    case .response(_, _, let cacheControl): self.init(.allowAll, now + age(cacheControl))
    case .tooManyRedirects: self.init(.allowAll, now + longestAge)
    }
  }

  private init(_ rules: RobotsRules, _ expires: Double) {
    (self.rules, self.expires, isUnreachable) = (rules, expires, false)
  }

  /// Everything is disallowed, but after 30 days the file counts as none (2.3.1.4). Asked again after a
  /// tenth of the time that it has been so: soon after a restart, daily where a server is gone.
  private init(unreachableAt now: Double, since: Double) {
    rules = now - since < 30 * day ? .disallowAll : .allowAll
    expires = now + min(max((now - since) / 10, shortestAge), longestAge)
    isUnreachable = true
  }
}

private let day = 86_400.0
/// 2.4: no answer is used for more than 24 hours.
private let longestAge = day
/// Whatever Cache-Control says, robots.txt isn't fetched before every page: five minutes.
private let shortestAge = 300.0

/// Seconds that an answer may be used, by the `max-age`, `no-cache` and `no-store` of RFC 9111 5.2.2.
private func age(_ cacheControl: String?) -> Double {
  var age = longestAge
  for directive in (cacheControl ?? "").utf8.split(separator: UInt8(ascii: ",")) {
    let text = directive.filter { !isBlank($0) && $0 != UInt8(ascii: "\"") }.map(lowercased)
    if text.starts(with: "no-cache".utf8) || text.starts(with: "no-store".utf8) { return shortestAge }
    guard text.starts(with: "max-age=".utf8) else { continue }
    let digits = String(decoding: text.dropFirst("max-age=".utf8.count), as: UTF8.self)
    if let seconds = UInt64(digits) { age = Double(seconds) }
  }
  return min(max(age, shortestAge), longestAge)
}
