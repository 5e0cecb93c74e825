import FetchStage
import Glibc
import PipelineKit
import Testing

/// What servers do wrong: never a crash, a hang or half an article, and the reason for what is not there.
@Suite("Servers that misbehave", .timeLimit(.minutes(3)))
struct SafetyTests {
  let folder: FetchFolder
  init() throws { folder = try FetchFolder() }

  private func fetch(_ path: String, _ change: (inout Fetch) -> Void = { _ in }) throws -> (Crawled, TestSite) {
    let site = try TestSite(articles: 3)
    try folder.write(urls: [site.address(path)])
    let crawled = try folder.run(
      folder.fetch {
        $0.urls = FilePath("urls.txt")
        $0.timeout = .seconds(2)
        $0.retries = 1
        change(&$0)
      }, maxDocument: 2_000_000)
    return (crawled, site)
  }

  @Test(
    "whose answer is not whole, or of no sense, give no document and a reason",
    arguments: [
      ("slow-headers", "no answer: timeout"), ("slow-body", "no answer: timeout"), ("stalled", "no answer: timeout"),
      ("silent", "no answer: timeout"), ("truncated", "no answer: transferred a partial file"),
      ("negative-length", "no answer:"), ("chunked-garbage", "no answer:"), ("chunk-overflow", "no answer:"),
      ("chunked-truncated", "no answer:"), ("chunk-line-endless", "no answer:"), ("conflicting-lengths", "two lengths"),
      ("interim-endless", "no answer:"), ("gzip-truncated", "its packed body is cut off"),
      ("brotli-false", "its packed body"), ("unknown-coding", "squeeze"), ("gzip-many", "codings"),
      ("gzip-corrupt", "damaged"),
      ("headers-100mb", "the head of the answer"), ("header-line-10mb", "no answer:"),
      ("headers-endless", "the head of the answer"), ("header-nul", "no answer:"), ("no-colon", "no answer:"),
      ("endless", "larger than 2000000 bytes"), ("endless-chunked", "larger than 2000000 bytes"),
      ("gzip-bomb", "larger than 2000000 bytes"), ("gzip-bomb-nested", "larger than 2000000 bytes"),
      ("large?bytes=3000000", "larger than 2000000 bytes"), ("reset", "no answer:"), ("reset-middle", "no answer:"),
      ("close", "no answer: server returned nothing"), ("http09", "no answer:"), ("binary", "no answer:"),
      ("redirect-loop", "redirected more than"), ("redirect-pair/a", "redirected"),
      ("redirect-growing", "redirected more than"),
      ("redirect-nowhere", "redirected to what is no http address"), ("redirect-malformed", "no http address"),
      ("redirect-file", "no http address"), ("redirect-ftp", "no http address"), ("redirect-gopher", "no http address"),
      ("redirect-javascript", "no http address"), ("status/404", "answers 404"), ("status/410", "answers 410"),
      ("status/401", "answers 401"), ("status/403", "answers 403"), ("status/206", "answers 206"),
      ("status/304", "nothing has changed"), ("status/999", "answers 999"),
    ])
  func broken(_ path: String, _ reason: String) throws {
    let (crawled, site) = try fetch("/bad/\(path)")
    #expect(crawled.bytes.isEmpty)
    let said = crawled.failures[site.address("/bad/\(path)")]
    #expect(said?.contains(reason) == true, "\(path): \(said ?? "nothing")")
  }

  @Test(
    "but give all of it give a document",
    arguments: [
      "http10", "lying-keep-alive", "interim", "chunked", "gzip", "gzip-members", "deflate", "deflate-raw",
      "gzip-nested",
      "gzip-false", "no-type", "cookie", "folded-header", "redirect/5", "redirect-relative",
      "redirect-space", "redirect-credentials", "503-twice", "length-and-chunked",
    ])
  func whole(_ path: String) throws {
    let (crawled, _) = try fetch("/bad/\(path)") { $0.retries = 3 }
    #expect(crawled.documents.count == 1, "\(crawled.failures)")
    let page = crawled.bytes.values.first ?? []
    #expect(String(decoding: page, as: UTF8.self).contains("</html>"))
  }

  @Test(
    "images, documents of other kinds and empty answers are no documents, and no errors",
    arguments: ["pdf", "image", "status/204"])
  func others(_ path: String) throws {
    let (crawled, _) = try fetch("/bad/\(path)")
    #expect(crawled.ids.isEmpty)
    #expect(crawled.lines.contains { $0.contains("1 of other kinds") })
  }

  @Test("a redirect within its number leads to the document under its own address")
  func redirect() throws {
    let (crawled, site) = try fetch("/bad/redirect/3") { $0.redirects = 3 }
    #expect(crawled.paths(on: site) == ["/articles/1"])
    #expect(try fetch("/bad/redirect/3") { $0.redirects = 2 }.0.documents.isEmpty)
  }

  @Test(
    "no private address is connected to, be it named or behind a redirect",
    arguments: ["redirect-other", "redirect-metadata", "redirect-private", "redirect-zero"])
  func privateAddress(_ path: String) throws {
    // The site's own address is private, too: all others are refused.
    let (crawled, site) = try fetch("/bad/\(path)") {
      $0.allowPrivate = false
      $0.refusal = { address in isLoopbackOne(address) ? nil : AddressRules.refusal(of: address) }
    }
    #expect(crawled.bytes.isEmpty)
    #expect(crawled.failures.values.allSatisfy { $0.contains("allow_private: true") }, "\(crawled.failures)")
    #expect(try site.paths("/articles").isEmpty)
  }

  @Test(
    "without allow_private the machine itself is not asked, under any name",
    arguments: ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433"])
  func itself(_ host: String) throws {
    let site = try TestSite(articles: 1)
    try folder.write(urls: ["http://\(host):\(site.port)/articles/1"])
    let crawled = try folder.run(
      folder.fetch {
        $0.urls = FilePath("urls.txt")
        $0.allowPrivate = false
        $0.retries = 0
      })
    #expect(crawled.bytes.isEmpty)
    #expect(crawled.failures.count == 1)
    #expect(try site.paths().isEmpty)
  }

  @Test("credentials in an address are neither sent nor shown")
  func credentials() throws {
    let site = try TestSite(articles: 1)
    try folder.write(urls: ["http://user:secret@127.0.0.1:\(site.port)/bad/500"])
    let crawled = try folder.run(
      folder.fetch {
        $0.urls = FilePath("urls.txt")
        $0.retries = 0
      })
    #expect(!"\(crawled)".contains("secret"))
    #expect(try site.requests().allSatisfy { $0.headers["authorization"] == nil && !$0.path.contains("secret") })
  }
}

/// Whether a socket's address is 127.0.0.1.
private func isLoopbackOne(_ address: UnsafePointer<sockaddr>) -> Bool {
  guard address.pointee.sa_family == AF_INET else { return false }
  return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
    $0.pointee.sin_addr.s_addr == UInt32(0x7F00_0001).bigEndian
  }
}
