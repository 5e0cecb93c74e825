import Testing

/// What each address of the site promises to do wrong, seen by a client that judges nothing.
@Suite("The site's misbehaviour")
struct MisbehaviourTests {
  @Test("sends less than its Content-Length", arguments: ["/bad/truncated", "/bad/reset-middle"])
  func lessThanPromised(_ path: String) throws {
    let answer = try TestSite().get(path)
    let length = try #require(Int(answer.field("Content-Length") ?? ""))
    #expect(answer.body.count == length / 2)
    #expect(answer.ending == (path == "/bad/truncated" ? .closed : .reset))
  }

  @Test("sends more than its Content-Length")
  func moreThanPromised() throws {
    let answer = try TestSite().get("/bad/length-too-small")
    let length = try #require(Int(answer.field("Content-Length") ?? ""))
    #expect(answer.body.count / 2 == length)
  }

  @Test("stops in the middle and keeps the connection open")
  func stalled() throws {
    let answer = try TestSite().get("/bad/stalled", patience: 1)
    #expect(answer.status == 200)
    #expect(answer.ending == .patience)
    #expect(answer.body.count > 2_000)
  }

  @Test("says nothing and keeps the connection open")
  func silent() throws {
    let answer = try TestSite().get("/bad/silent", patience: 1)
    #expect(answer.bytes.isEmpty)
    #expect(answer.ending == .patience)
  }

  @Test("sends its head byte by byte")
  func slowHead() throws {
    let site = try TestSite()
    let answer = try site.get("/bad/slow-headers?every=0.05", limit: 10)
    #expect(answer.text == "HTTP/1.1 2")
    #expect(try site.requests().count == 1)
  }

  @Test("ends the connection instead of answering")
  func noAnswer() throws {
    let site = try TestSite()
    #expect(try site.get("/bad/close").ending == .closed)
    #expect(try site.get("/bad/reset").ending == .reset)
    #expect(try site.requests().map(\.status) == [nil, nil])
  }

  @Test(
    "goes on without end",
    arguments: ["endless", "endless-chunked", "headers-endless", "interim-endless", "headers-100mb"])
  func endless(_ name: String) throws {
    let answer = try TestSite().get("/bad/" + name, limit: 5_000_000)
    #expect(answer.ending == .limit)
  }

  @Test("sends a head of ten megabytes in one line")
  func longLine() throws {
    let answer = try TestSite().get("/bad/header-line-10mb")
    #expect(answer.field("X-Long")?.utf8.count == 10_000_000)
    #expect(answer.ending == .closed)
  }

  @Test("packs a gigabyte into a little more than a megabyte")
  func bomb() throws {
    let answer = try TestSite().get("/bad/gzip-bomb", patience: 60)
    #expect((1_000_000...1_200_000).contains(answer.body.count), "\(answer.body.count) bytes")
    #expect(answer.ending == .closed)
    let size = answer.body.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(size == 1 << 30)
  }

  @Test("leads through as many hops as it is asked for")
  func chain() throws {
    let site = try TestSite()
    #expect(try site.get("/bad/redirect/3").field("Location") == "/bad/redirect/2")
    #expect(try site.get("/bad/redirect/1").field("Location") == "/articles/1")
    #expect(try site.get("/bad/redirect-loop").field("Location") == "/bad/redirect-loop")
  }

  @Test(
    "leads where nobody should follow",
    arguments: [
      ("redirect-host", "http://localhost:PORT/articles/1"), ("redirect-other", "http://127.0.0.2:PORT/articles/1"),
      ("redirect-refused", "http://127.0.0.1:1/"), ("redirect-metadata", "http://169.254.169.254/latest/meta-data/"),
      ("redirect-file", "file:///etc/passwd"), ("redirect-forbidden", "/forbidden/1"), ("redirect-empty", ""),
      ("redirect-to?url=https%3A%2F%2Fa.example%2F%3Fb%3Dc", "https://a.example/?b=c"),
    ])
  func redirects(_ name: String, _ target: String) throws {
    let site = try TestSite()
    let answer = try site.get("/bad/" + name)
    #expect(answer.status == 302)
    #expect(answer.field("Location") == target.replacing("PORT", with: "\(site.port)"))
  }

  @Test("refuses for a while, each address for itself, and says until when")
  func busy() throws {
    let site = try TestSite()
    let first = try site.get("/bad/429?seconds=7&times=2&id=a")
    #expect(first.status == 429)
    #expect(first.field("Retry-After") == "7")
    #expect(try site.get("/bad/429?seconds=7&times=2&id=b").status == 429)
    #expect(try site.get("/bad/429?seconds=7&times=2&id=a").status == 429)
    #expect(try site.get("/bad/429?seconds=7&times=2&id=a").status == 200)
    #expect(try site.get("/bad/429-date").field("Retry-After")?.hasSuffix(" GMT") == true)
    #expect(try (0..<3).map { _ in try site.get("/bad/503-twice").status } == [503, 503, 200])
  }

  @Test(
    "gives any status, without a body where there must be none", arguments: [204, 206, 304, 401, 404, 410, 451, 500])
  func statuses(_ code: Int) throws {
    let answer = try TestSite().get("/bad/\(code)")
    #expect(answer.status == code)
    #expect(answer.body.isEmpty == [204, 304].contains(code))
    #expect((answer.field("WWW-Authenticate") != nil) == (code == 401))
  }

  @Test("changes a page and its tag at each request")
  func changing() throws {
    let site = try TestSite()
    let (one, two) = (try site.get("/bad/changing"), try site.get("/bad/changing"))
    #expect(one.body != two.body)
    #expect(one.field("ETag") != two.field("ETag"))
  }

  @Test("gives two addresses the same page, and a page the address of another")
  func duplicates() throws {
    let site = try TestSite()
    #expect(try site.get("/dup/a").body == site.get("/dup/b").body)
    #expect(try site.get("/canonical/3").text.contains("<link rel=\"canonical\" href=\"\(site.base)/articles/3\">"))
  }

  @Test("has rules of a megabyte, and rules that change")
  func robots() throws {
    let site = try TestSite()
    let big = try site.get("/robots/big")
    #expect(big.body.count > 1_000_000)
    let late = try #require(big.text.utf8.firstRange(of: "/late/".utf8))
    #expect(big.text.utf8.distance(from: big.text.utf8.startIndex, to: late.lowerBound) > 500 * 1024)
    let rules = try (0..<3).map { _ in try site.get("/robots/changing?n=2").text.contains("Disallow: /\n") }
    #expect(rules == [false, false, true])
  }
}
