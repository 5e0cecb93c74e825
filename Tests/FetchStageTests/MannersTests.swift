import FetchStage
import Glibc
import PipelineKit
import SQLite
import Testing

/// What a site asks of its visitors.
@Suite("Manners", .timeLimit(.minutes(2)))
struct MannersTests {
  let folder: FetchFolder
  let site: TestSite
  init() throws { (folder, site) = (try FetchFolder(), try TestSite(articles: 6)) }

  private func fetch(_ paths: [String], _ change: (inout Fetch) -> Void = { _ in }) throws -> Crawled {
    try folder.write(urls: paths.map { site.address($0) })
    return try folder.run(
      folder.fetch {
        $0.urls = FilePath("urls.txt")
        change(&$0)
      })
  }

  @Test("robots.txt is asked for first, once, by a User-Agent with the contact")
  func first() throws {
    _ = try fetch(articles(1...6)) { $0.contact = "crawl@example.org" }
    let requests = try site.requests()
    #expect(requests.first?.path == "/robots.txt")
    #expect(requests.count { $0.path == "/robots.txt" } == 1)
    #expect(requests.allSatisfy { $0.headers["user-agent"] == "pipeline/1.0 (crawl@example.org)" })
    // It is kept for later runs.
    try site.forgetRequests()
    _ = try fetch(["/articles/1", "/dup/a"])
    #expect(try site.paths() == ["/dup/a"])
  }

  @Test("what robots.txt forbids is never asked for, and named with the reason")
  func forbidden() throws {
    let crawled = try fetch(["/articles/1", "/forbidden/2", "/bad/redirect-forbidden"])
    #expect(crawled.paths(on: site) == ["/articles/1"])
    #expect(crawled.failures.count == 2)
    #expect(crawled.failures.values.allSatisfy { $0.contains("robots.txt of 127.0.0.1 forbids it") })
    #expect(try site.paths("/forbidden").isEmpty)
  }

  @Test(
    "a robots.txt that fails closes the site for now; one that is not there, or empty, opens it",
    arguments: [500, 404, 204])
  func robotsFails(_ status: Int) throws {
    try site.answer("/robots.txt", as: "/bad/status/\(status)")
    let crawled = try fetch(["/articles/1", "/articles/2"]) { $0.retries = 1 }
    #expect(crawled.bytes.count == (status < 500 ? 2 : 0))
    #expect(try site.paths("/articles").count == (status < 500 ? 2 : 0))
    if status == 500 { #expect(crawled.failures.values.allSatisfy { $0.contains("can't be reached") }) }
  }

  @Test("a robots.txt behind a redirect holds")
  func robotsRedirect() throws {
    try site.answer("/robots.txt", as: "/bad/redirect-to?url=/robots/forbid")
    #expect(try fetch(["/articles/1"]).bytes.isEmpty)
    #expect(try site.paths("/articles").isEmpty)
  }

  @Test("a robots.txt that changes holds as it was until its age is over, and then as it is")
  func robotsChanges() throws {
    _ = try fetch(["/articles/1"])
    try site.setText(of: "/robots.txt", to: "User-agent: pipeline\nDisallow: /articles/\n")
    #expect(try fetch(["/articles/2"]).bytes.count == 1)
    let database = try Database(folder.path + "/state.db", remedy: "")
    try database.execute("UPDATE robots SET expires = 0")
    try database.close()
    #expect(try fetch(["/articles/3"]).bytes.isEmpty)
    #expect(try site.paths("/robots.txt").count == 2)
  }

  @Test("requests to a site are as far apart as it asks, up to a limit")
  func delay() throws {
    try site.setText(of: "/robots.txt", to: "User-agent: *\nCrawl-delay: 60\n")
    _ = try fetch(articles(1...4)) { $0.maxDelay = Pause(TimeSpan(milliseconds: 250)) }
    let times = try site.requests("/articles/").map(\.began)
    #expect(times.count == 4)
    #expect(zip(times.dropFirst(), times).allSatisfy { $0 - $1 > 0.2 }, "\(times)")
  }

  @Test("no more requests go to a site at a time than are wanted")
  func connections() throws {
    try site.set(delay: 0.1)
    _ = try fetch(articles(1...6)) { $0.connections = 2 }
    let requests = try site.requests("/articles/")
    for request in requests {
      #expect(requests.count { $0.began <= request.began && ($0.ended ?? 0) > request.began } <= 2)
    }
  }

  @Test("connections are used again")
  func keepAlive() throws {
    _ = try fetch(articles(1...6)) { $0.connections = 1 }
    #expect(Set(try site.requests().map(\.connection)).count == 1)
  }

  @Test(
    "what a server asks for by 429 and Retry-After is done, be it seconds or a date",
    arguments: ["/bad/429?seconds=1&times=1", "/bad/429-date?seconds=2&times=1"])
  func retryAfter(_ path: String) throws {
    #expect(try fetch([path]).bytes.count == 1)
    let times = try site.requests("/bad/").map(\.began)
    try #require(times.count == 2)
    #expect(times[1] - times[0] > 0.9)
  }

  @Test("a server that asks for years is left to a later run")
  func years() throws {
    let crawled = try fetch(["/bad/429-years", "/articles/1"]) { $0.connections = 1 }
    #expect(crawled.failures.count == 2)
    #expect(try site.paths("/bad/").count == 1)
  }

  @Test("503 is tried again until it is 200; 500 only so often")
  func retries() throws {
    let crawled = try fetch(["/bad/503-twice", "/bad/500"]) { $0.retries = 3 }
    #expect(crawled.paths(on: site) == ["/bad/503-twice"])
    #expect(crawled.failures[site.address("/bad/500")]?.contains("answers 500") == true)
    #expect(try site.paths("/bad/503-twice").count == 3)
    #expect(try site.paths("/bad/500").count == 4)
  }

  @Test("a site that is not there is given up, and all that waits for it")
  func gone() throws {
    try folder.write(urls: (1...50).map { "http://127.0.0.1:1/\($0)" })
    let crawled = try folder.run(
      folder.fetch {
        $0.urls = FilePath("urls.txt")
        $0.retries = 1
      })
    #expect(crawled.failures.count == 50)
  }
}
