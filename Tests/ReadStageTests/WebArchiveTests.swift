import PipelineKit
import ReadStage
import Testing

@Suite("Web archives")
struct WebArchiveTests {
  func record(
    _ uri: String, _ http: String, type: String = "response", date: String = "2026-01-02T03:04:05Z", more: String = ""
  ) -> String {
    "WARC/1.1\r\nWARC-Type: \(type)\r\nWARC-Target-URI: \(uri)\r\nWARC-Date: \(date)\r\n\(more)"
      + "Content-Length: \(http.utf8.count)\r\n\r\n\(http)\r\n\r\n"
  }
  func page(_ uri: String, _ body: String = "<p>x</p>", type: String? = "text/html", status: Int = 200) -> String {
    let type = type.map { "Content-Type: \($0)\r\n" } ?? ""
    return record(uri, "HTTP/1.1 \(status) X\r\n\(type)\r\n\(body)")
  }

  @Test("give each page, under its address", arguments: ["a.warc", "a.warc.gz", "a", "a.gz"])
  func pages(name: String) throws {
    let folder = try Folder()
    let records = [
      record("urn:info", "software: x", type: "warcinfo"),
      page("https://a.example/1", "<p>one</p>", type: "Text/HTML; charset=windows-1251"),
      record("https://a.example/1", "GET /1 HTTP/1.1\r\n\r\n", type: "request"),
      page("https://a.example/2", "plain\n\ntext", type: "text/plain"),
      page("https://a.example/3", "<a/>", type: "application/xml"),
      record("file:///x", "<p>resource</p>", type: "resource", more: "Content-Type: text/html; charset=x\r\n"),
    ]
    let isPacked = name.hasSuffix("gz") || name == "a"
    try folder.write(name, records.flatMap { isPacked ? gzipped($0) : Array($0.utf8) })
    let documents = try folder.read(name)
    #expect(documents.compactMap(\.problem) == [])
    #expect(documents.map(\.id) == (1...3).map { "https://a.example/\($0)" } + ["file:///x"])
    #expect(documents.map(\.raw.uri) == documents.map(\.id))
    #expect(documents.map(\.type) == [.html, .text, .xml, .html])
    #expect(documents.map(\.bytes) == ["<p>one</p>", "plain\n\ntext", "<a/>", "<p>resource</p>"])
    #expect(documents.first?.raw.charset == "windows-1251")
    #expect(documents.map { $0.content?.metadata[.url] } == documents.map(\.id))
    #expect(documents.first?.content?.metadata.entry(.url)?.from == "warc")
    #expect(documents.dropFirst().first?.blocks() == ["plain", "text"])
  }

  @Test("leave out what is no page")
  func others() throws {
    let folder = try Folder()
    try folder.write(
      "a.warc",
      [
        page("https://a.example/robots.txt", "User-agent: *", type: "text/plain"),
        page("https://a.example/i.png", type: "image/png"), page("https://a.example/404", status: 404),
        page("https://a.example/moved", status: 301), page("https://a.example/part", status: 206),
        page("https://a.example/feed", "<rss/>", type: "application/rss+xml"),
        page("https://a.example/feed2", "<?xml version=\"1.0\"?><rss/>", type: "text/xml"),
        page("https://a.example/map.xml", "<urlset xmlns=\"x\"/>", type: "application/xml"),
        page("https://a.example/bin", "\u{0}\u{1}\u{2}", type: nil),
        record("https://a.example/again", "HTTP/1.1 200 OK\r\n\r\n", type: "revisit"),
        page("https://a.example/notype", "<!DOCTYPE html><p>x", type: nil),
      ].joined())
    let documents = try folder.read("a.warc")
    #expect(documents.map(\.id) == ["https://a.example/notype"])
    #expect(documents.map(\.type) == [.html])
    #expect(try folder.ids("a.warc") { $0.exclude = ["notype"] } == [])
  }

  @Test("leave out what a fetch asked for because of the addresses in it, though it be a page")
  func lists() throws {
    let folder = try Folder()
    let start = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>front page</p>"
    try folder.write(
      "a.warc",
      record("https://a.example/", start, more: "Pipeline-Purpose: list\r\n") + page("https://a.example/1")
        + record("https://a.example/sitemap.txt", start, type: "resource", more: "pipeline-purpose: list\r\n"))
    #expect(try folder.read("a.warc").map(\.id) == ["https://a.example/1"])
  }

  @Test("give a second capture of a page an identifier with its date")
  func repeated() throws {
    let folder = try Folder()
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    let text = ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"].map { record("https://a.example/", http, date: $0) }
    try folder.write("a.warc", text.joined())
    #expect(try folder.ids("a.warc") == ["https://a.example/", "https://a.example/@2026-02-01T00:00:00Z"])
    let rest = try folder.read("a.warc", after: SourcePosition(0))
    #expect(rest.map(\.id) == ["https://a.example/@2026-02-01T00:00:00Z"])
  }

  @Test("lose only the page that is damaged, cut or too large")
  func damage() throws {
    let folder = try Folder()
    let large = page("https://a.example/large", String(repeating: "<p>", count: 600_000))
    let image = page("https://a.example/image", String(repeating: "PNG", count: 600_000), type: "image/png")
    let cut = record(
      "https://a.example/cut", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>",
      more: "WARC-Truncated: length\r\n")
    let brotli = record(
      "https://a.example/br", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n\u{1}")
    let good = page("https://a.example/good")
    let bytes = [large, image, cut, brotli, good].flatMap(gzipped) + gzipped(good).dropLast(20)
    try folder.write("a.warc.gz", bytes)
    let documents = try folder.read("a.warc.gz", limit: ByteCount(100_000))
    #expect(documents.filter { $0.problem == nil }.map(\.id) == ["https://a.example/good"])
    let problems = documents.compactMap(\.problem)
    #expect(problems.count == 4)
    #expect(problems.first?.contains("is larger than 100kB") == true)
    #expect(problems.dropFirst().first?.contains("WARC-Truncated: length") == true)
    #expect(problems.dropFirst(2).first?.contains("cut off") == true)
    #expect(problems.last?.contains("ends inside of a gzip member") == true)
  }

  @Test("are markup to the plan, by their suffix or by format")
  func gives() {
    var stage = Read()
    stage.path = PathList([FilePath("a.warc.gz")])
    #expect(stage.gives.isEmpty)
    stage.path = PathList([FilePath("a.dat")])
    #expect(!stage.gives.isEmpty)
    stage.format = .warc
    #expect(stage.gives.isEmpty)
  }

  @Test("give a page that comes back from quarantine its address again")
  func retried() throws {
    let raw = RawDocument(
      id: "x", uri: "https://a.example/", position: SourcePosition(0), mediaType: .html, load: { RawContent(bytes: []) }
    )
    #expect(try Read().content(of: [1], as: raw).metadata[.url] == "https://a.example/")
  }
}
