import FetchStage
import Testing

@Suite("answers to robots.txt")
struct RobotsAnswerTests {
  private let now = 1_800_000_000.0
  private let day = 86_400.0
  private let file = Array("User-agent: *\nDisallow: /a".utf8)

  private func answer(_ outcome: RobotsAnswer.Outcome, since: Double? = nil) -> RobotsAnswer {
    RobotsAnswer(outcome, productToken: "Pipeline", now: now, unreachableSince: since)
  }

  @Test("a file is obeyed, whatever success the server calls it", arguments: [200, 203, 206, 299])
  func success(status: Int) {
    let answer = answer(.response(status: status, body: file))
    #expect(!answer.rules.allows(target: "/a") && answer.rules.allows(target: "/b") && !answer.isUnreachable)
    #expect(answer.expires == now + day)
  }

  @Test(
    "no file allows everything for a day, whatever the body says", arguments: [301, 400, 401, 403, 404, 410, 451, 499])
  func unavailable(status: Int) {
    let answer = answer(.response(status: status, body: file))
    #expect(answer.rules == .allowAll && !answer.isUnreachable && answer.expires == now + day)
  }

  @Test("more than five redirects are no file")
  func redirects() {
    let answer = answer(.tooManyRedirects)
    #expect(answer.rules == .allowAll && !answer.isUnreachable && answer.expires == now + day)
  }

  @Test(
    "a server that fails, or begs for fewer requests, allows nothing, and is asked again in five minutes",
    arguments: [0, 100, 304, 429, 500, 502, 503, 504, 599, 999])
  func failures(status: Int) {
    let answer = answer(.response(status: status, body: file))
    #expect(answer.rules == .disallowAll && answer.isUnreachable && answer.expires == now + 300)
  }

  @Test(
    "while a server is unreachable nothing is allowed for 30 days, then everything",
    arguments: [
      (0.0, false, 300.0), (3_600, false, 360), (10, false, 86_400), (29.999, false, 86_400), (30, true, 86_400),
      (400, true, 86_400),
    ])
  func unreachable(past: Double, allows: Bool, wait: Double) {
    let seconds = past < 1_000 ? past * day : past
    let answer = answer(.unreachable, since: now - seconds)
    #expect(answer.rules == (allows ? .allowAll : .disallowAll) && answer.isUnreachable)
    #expect(answer.expires == now + wait)
  }

  @Test("a first failure begins the row")
  func first() { #expect(answer(.unreachable).expires == now + 300) }

  @Test(
    "Cache-Control shortens the day that a file is used, down to five minutes",
    arguments: [
      (nil, 86_400), ("max-age=3600", 3_600), ("public, Max-Age = 7200", 7_200), ("max-age=\"600\"", 600),
      ("max-age=0", 300), ("no-store", 300), ("no-cache, max-age=3600", 300), ("max-age=31536000", 86_400),
      ("max-age=99999999999999999999999", 86_400), ("max-age=-1", 86_400), ("max-age=", 86_400),
      ("s-maxage=60", 86_400), ("private", 86_400), ("", 86_400),
    ] as [(String?, Double)])
  func age(cacheControl: String?, age: Double) {
    #expect(answer(.response(status: 200, body: file, cacheControl: cacheControl)).expires == now + age)
    #expect(answer(.response(status: 404, body: [], cacheControl: cacheControl)).expires == now + age)
  }
}
