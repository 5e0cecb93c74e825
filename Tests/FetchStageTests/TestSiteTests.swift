import CZlib
import Foundation
import Glibc
import Testing

/// A test of `fetch` means something only if the site does what it says.
@Suite("The site that the tests of fetch are run against")
struct TestSiteTests {
  @Test("serves an article under its number and nothing under others")
  func articles() throws {
    let site = try TestSite(articles: 3)
    for number in 1...3 {
      let answer = try site.get("/articles/\(number)")
      #expect(answer.status == 200)
      #expect(answer.text.contains("dispatch \(number)</h1>"))
      #expect((6_000...10_000).contains(answer.body.count), "\(answer.body.count) bytes")
    }
    #expect(try site.get("/articles/4").status == 404)
    try site.set(articles: 4)
    #expect(try site.get("/articles/4").status == 200)
  }

  @Test(
    "answers 304 to the validators of an article until it is edited", arguments: ["If-None-Match", "If-Modified-Since"])
  func validators(_ condition: String) throws {
    let site = try TestSite()
    let first = try site.get("/articles/7")
    let validator = try #require(first.field(condition == "If-None-Match" ? "ETag" : "Last-Modified"))
    let again = try site.get("/articles/7", fields: ["\(condition): \(validator)"])
    #expect(again.status == 304)
    #expect(again.body.isEmpty)
    try site.edit(article: 7)
    let edited = try site.get("/articles/7", fields: ["\(condition): \(validator)"])
    #expect(edited.status == 200)
    #expect(edited.body != first.body)
  }

  @Test("sends only the validators it was told to")
  func chosenValidators() throws {
    let site = try TestSite()
    try site.set(validators: .modified)
    let answer = try site.get("/articles/1")
    #expect(answer.field("ETag") == nil)
    #expect(answer.field("Last-Modified") != nil)
    #expect(try site.get("/articles/1", fields: ["If-None-Match: *"]).status == 200)
  }

  @Test("keeps a connection, and the log tells which requests came on it")
  func connections() throws {
    let site = try TestSite()
    let request = "GET /articles/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Note: one\r\n\r\n"
    let both = try site.send(
      request + request.replacingOccurrences(of: "\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"))
    #expect(both.text.components(separatedBy: "HTTP/1.1 200 OK\r\n").count == 3)
    #expect(both.ending == .closed)
    _ = try site.get("/articles/2?x=1")
    let log = try site.requests()
    #expect(log.map(\.path) == ["/articles/1", "/articles/1", "/articles/2?x=1"])
    #expect(log[0].connection == log[1].connection)
    #expect(log[1].connection != log[2].connection)
    #expect(log[0].headers["x-note"] == "one")
    #expect(log.allSatisfy { $0.status == 200 && $0.ended ?? 0 >= $0.began })
    try site.forgetRequests()
    #expect(try site.paths() == [])
  }

  @Test("names its articles in its feeds, lists and sitemaps", arguments: addressLists)
  func lists(_ path: String, _ link: String, _ articles: ClosedRange<Int>) throws {
    let site = try TestSite(articles: 9)
    let body = try site.get(path).body
    let text = String(decoding: body.starts(with: [0x1f, 0x8b]) ? try inflated(body) : body, as: UTF8.self)
    for number in 1...9 {
      let isThere = text.contains(link.replacingOccurrences(of: "{}", with: "\(number)"))
      #expect(isThere == articles.contains(number), "article \(number)")
    }
  }

  @Test("gives a path any text, and any misbehaviour for some requests")
  func settings() throws {
    let site = try TestSite()
    try site.setText(of: "/robots.txt", to: "User-agent: *\nDisallow: /a b&c=d%\n")
    let robots = try site.get("/robots.txt")
    #expect(robots.body == Array("User-agent: *\nDisallow: /a b&c=d%\n".utf8))
    #expect(robots.field("Content-Type") == "text/plain; charset=utf-8")
    try site.answer("/robots.txt", as: "/bad/500", after: 1, times: 2)
    #expect(try (0..<4).map { _ in try site.get("/robots.txt").status } == [200, 500, 500, 200])
    try site.answer("/articles/5", as: "/bad/503?seconds=9&times=1")
    #expect(try site.get("/articles/5").field("Retry-After") == "9")
    let well = try site.get("/articles/5")
    try site.answer("/articles/5", as: nil)
    #expect(try site.get("/articles/5").body == well.body)
  }

  @Test("ends when its standard input does, as it does when the tests are killed")
  func ends() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-B", TestSite.program.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}

/// Each with what the link to an article looks like in it, and the articles of nine that it has.
private let addressLists: [(path: String, link: String, articles: ClosedRange<Int>)] = [
  ("/", "articles/{}", 1...9), ("/feed.rss", "/articles/{}#more", 1...9), ("/feed.atom", "\"articles/{}\"", 1...9),
  ("/feed.rdf", "dispatch {}</title>", 1...9), ("/feed.json", "\"courier-{}\"", 1...9),
  ("/sitemap-1.xml", "/articles/{}</loc>", 1...5), ("/sitemap-2.xml.gz", "/articles/{}</loc>", 6...9),
  ("/sitemap.txt", "/articles/{}\n", 1...9), ("/sitemap-news.xml", "/articles/{}</loc>", 1...9),
  ("/urls.txt", "/articles/{}\n", 1...9),
]

/// A gzip member unpacked.
private func inflated(_ packed: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  let automatic: Int32 = 15 + 32  // the largest window, gzip or zlib by what the head says
  try #require(inflateInit2_(&stream, automatic, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
  defer { inflateEnd(&stream) }
  var (packed, plain) = (packed, [UInt8](repeating: 0, count: 1 << 20))
  let status = packed.withUnsafeMutableBufferPointer { source in
    plain.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = uInt(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = uInt(target.count)
      return inflate(&stream, Z_FINISH)
    }
  }
  try #require(status == Z_STREAM_END)
  return Array(plain[..<Int(stream.total_out)])
}
