import FetchStage
import Foundation
import PipelineKit
import SQLite
import Testing
import WARC

/// What a run leaves behind for the next.
@Suite("What a fetch remembers", .timeLimit(.minutes(2)))
struct StateTests {
  let folder: FetchFolder
  init() throws { folder = try FetchFolder() }

  @Test(
    "what was not confirmed is handed out again, without being asked for again",
    arguments: [nil, "a.warc", "a.warc.gz"])
  func unconfirmed(_ archive: String?) throws {
    let site = try TestSite(articles: 20)
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.archive = archive.map { FilePath($0) }
    }
    let first = try folder.run(fetch, confirms: false)
    try site.forgetRequests()
    let second = try folder.run(fetch)
    #expect(second.bytes == first.bytes)
    #expect(second.bytes.count == 20)
    #expect(try site.paths("/articles").isEmpty)
    #expect(try folder.run(fetch).ids.isEmpty)
  }

  enum Loss: CaseIterable { case gone, zeroed }

  @Test(
    "what was not confirmed and is not in the archive any more is asked for again, also where no list names it now",
    arguments: Loss.allCases, [nil, "a.warc.gz"])
  func lostArchive(_ loss: Loss, _ archive: String?) throws {
    let site = try TestSite(articles: 20)
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.archive = archive.map { FilePath($0) }
    }
    #expect(try folder.run(fetch, confirms: false).bytes.count == 20)
    let url = URL(filePath: folder.path + "/" + (archive ?? "state.db.pages.warc"))
    switch loss {
    case .gone: try FileManager.default.removeItem(at: url)
    case .zeroed:
      let length = try Data(contentsOf: url).count
      // The beginning stays, as without it this would be no WARC file, which is an error.
      try (Data(contentsOf: url).prefix(600) + Data(count: length - 600)).write(to: url)
    }
    try site.set(articles: 60)
    #expect(try folder.run(fetch).paths(on: site) == articles(Array(1...20) + Array(31...60)))
  }

  @Test("a failure that was not confirmed is tried again, though the list that named it has not changed")
  func unconfirmedFailure() throws {
    let site = try TestSite(articles: 10)
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.retries = 0
    }
    try site.answer("/articles/4", as: "/bad/500")
    #expect(try folder.run(fetch).failures.count == 1)
    #expect(try folder.run(fetch, confirms: false).failures.count == 1)
    try site.answer("/articles/4", as: nil)
    #expect(try folder.run(fetch).paths(on: site) == articles([4]))
    #expect(try site.requests("/feed.rss").compactMap(\.status) == [200, 304, 304])
  }

  @Test("folders of the state and the archive are made")
  func folders() throws {
    let site = try TestSite(articles: 2)
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.state = FilePath("out/state.db")
      $0.archive = FilePath("archives/2026/a.warc.gz")
    }
    #expect(try folder.run(fetch).paths(on: site) == articles(1...2))
    #expect(FileManager.default.fileExists(atPath: folder.path + "/archives/2026/a.warc.gz"))
  }

  @Test("a run with a limit leaves the rest to the next")
  func limit() throws {
    let site = try TestSite(articles: 20)
    let fetch = folder.fetch { $0.feeds = TextList([site.address("/feed.rss")]) }
    let first = try folder.run(fetch, limit: 7)
    let second = try folder.run(fetch)
    #expect(first.ids.count == 7)
    #expect(second.ids.count == 13)
    #expect(Set(first.ids + second.ids).count == 20)
  }

  @Test("what failed for a reason that may go away is tried in the next run, also where no list names it any more")
  func failed() throws {
    let site = try TestSite(articles: 10)
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.retries = 0
    }
    try site.answer("/articles/4", as: "/bad/500")
    try site.answer("/articles/5", as: "/bad/404")
    #expect(try folder.run(fetch).failures.count == 2)
    try site.answer("/articles/4", as: nil)
    try site.answer("/articles/5", as: nil)
    let second = try folder.run(fetch)
    #expect(second.paths(on: site) == articles([4]))
    #expect(second.failures.isEmpty)
  }

  @Test("a retry asks for what it is told to, whatever failed before, and for nothing else")
  func retry() throws {
    let site = try TestSite(articles: 10)
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.retries = 0
    }
    try site.answer("/articles/5", as: "/bad/404")
    #expect(try folder.run(fetch).failures.count == 1)
    try site.answer("/articles/5", as: nil)
    try site.set(articles: 12)
    try site.forgetRequests()
    let again = try folder.run(fetch, ids: [site.address("/articles/5")])
    #expect(again.paths(on: site) == articles([5]))
    #expect(try site.paths() == articles([5]))
    #expect(try folder.run(fetch).paths(on: site) == articles([11, 12]))
  }

  @Test("a list that failed comes back by a retry, with what it names")
  func retryOfList() throws {
    let site = try TestSite(articles: 10)
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.retries = 0
    }
    try site.answer("/feed.rss", as: "/bad/404")
    #expect(try folder.run(fetch).failures.keys.sorted() == [site.address("/feed.rss")])
    try site.answer("/feed.rss", as: nil)
    #expect(try folder.run(fetch, ids: [site.address("/feed.rss")]).paths(on: site) == articles(1...10))
    // What is there already does not come twice.
    try site.set(articles: 12)
    #expect(try folder.run(fetch, ids: [site.address("/feed.rss")]).paths(on: site) == articles([11, 12]))
  }

  @Test("with another match a list that has not changed is read again")
  func otherMatch() throws {
    let site = try TestSite(articles: 20)
    func fetch(_ match: String) -> Fetch {
      folder.fetch {
        $0.feeds = TextList([site.address("/feed.rss")])
        $0.match = TextList([match])
      }
    }
    let first = try folder.run(fetch("/articles/1"))
    #expect(first.paths(on: site) == articles([1] + Array(10...19)))
    #expect(first.lines.contains { $0.contains("9 left out by match or exclude") })
    #expect(try folder.run(fetch("/articles/")).paths(on: site) == articles(Array(2...9) + [20]))
  }

  @Test("a site that was out of reach is asked again by the next run")
  func outage() throws {
    let site = try TestSite(articles: 3)
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.retries = 0
    }
    try site.answer("/robots.txt", as: "/bad/500")
    #expect(try folder.run(fetch).documents.isEmpty)
    try site.answer("/robots.txt", as: nil)
    #expect(try folder.run(fetch).paths(on: site) == articles(1...3))
  }

  @Test("a list that breaks off is read again by the next run")
  func brokenList() throws {
    let site = try TestSite(articles: 4)
    let fetch = folder.fetch { $0.feeds = TextList([site.address("/feed.rss")]) }
    let whole = try site.get("/feed.rss").body
    try site.setText(of: "/feed.rss", to: String(decoding: whole.prefix(whole.count / 2), as: UTF8.self))
    let first = try folder.run(fetch)
    #expect(first.failures[site.address("/feed.rss")]?.contains("as far as it goes") == true)
    try site.forgetRequests()
    _ = try folder.run(fetch)
    #expect(try site.requests("/feed.rss").map(\.status) == [200])
  }

  @Test("a page that came under another name before its own is one document, in one run as in two")
  func otherName() throws {
    let site = try TestSite(articles: 4)
    try folder.write(urls: ["/canonical/3", "/articles/3"].map { site.address($0) })
    let fetch = folder.fetch {
      $0.urls = FilePath("urls.txt")
      $0.connections = 1
    }
    #expect(try folder.run(fetch).paths(on: site) == ["/canonical/3"])
    try folder.write(urls: [site.address("/articles/3")])
    #expect(try folder.run(fetch).ids.isEmpty)
  }

  @Test("a page that repeated another and then does not is a document")
  func placeholder() throws {
    let site = try TestSite(articles: 2)
    let sitemap = { (dates: [String]) in
      "<urlset>" + zip(["a", "b"], dates).map { "<url><loc>/dup/\($0)</loc><lastmod>\($1)</lastmod></url>" }.joined()
        + "</urlset>"
    }
    let fetch = folder.fetch {
      $0.sitemaps = TextList([site.address("/map.xml")])
      $0.connections = 1
    }
    try site.setText(of: "/map.xml", to: sitemap(["2026-01-01", "2026-01-01"]), type: "application/xml")
    #expect(try folder.run(fetch).paths(on: site) == ["/dup/a"])
    try site.setText(of: "/map.xml", to: sitemap(["2026-01-01", "2026-02-01"]), type: "application/xml")
    try site.setText(of: "/dup/b", to: "<html><body><p>At last, the article.</p></body></html>", type: "text/html")
    #expect(try folder.run(fetch).paths(on: site) == ["/dup/b"])
  }

  @Test("no more pages are asked for than are wanted")
  func wanted() throws {
    let site = try TestSite(articles: 30)
    let fetch = folder.fetch { $0.feeds = TextList([site.address("/feed.rss")]) }
    var reader = try fetch.makeReader(StageContext(directory: folder.path, limit: 4), after: nil)
    for _ in 0..<4 { #expect(try reader.next() != nil) }
    try reader.confirm(SourcePosition(3))
    #expect(try site.paths("/articles").count == 4)
    #expect(try folder.run(fetch).ids.count == 26)
  }

  @Test("a database of another program is not written into")
  func foreign() throws {
    let database = try Database(folder.path + "/state.db", remedy: "")
    try database.execute("CREATE TABLE notes (text)")
    try database.close()
    let fetch = folder.fetch { $0.feeds = TextList(["http://127.0.0.1:1/"]) }
    #expect { try folder.run(fetch) } throws: { "\($0)".contains("is a database of another program") }
  }

  @Test("two runs over one state at a time are refused")
  func twice() throws {
    let site = try TestSite(articles: 2)
    let fetch = folder.fetch { $0.feeds = TextList([site.address("/feed.rss")]) }
    let context = StageContext(directory: folder.path)
    var reader = try fetch.makeReader(context, after: nil)
    #expect { try fetch.makeReader(context, after: nil) } throws: { "\($0)".contains("another program is using it") }
    while try reader.next() != nil {}
  }

  @Test("a state that is none is an error that names it and says what to do")
  func noState() throws {
    try String(repeating: "This is no database. ", count: 100).write(
      toFile: folder.path + "/state.db", atomically: true, encoding: .utf8)
    let fetch = folder.fetch { $0.feeds = TextList(["http://127.0.0.1:1/"]) }
    #expect { try folder.run(fetch) } throws: {
      "\($0)".contains("state.db") && "\($0)".contains("move it away")
    }
  }

  @Test("the archive has request and answer of every page, and all that was asked for besides")
  func archive() throws {
    let site = try TestSite(articles: 5)
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.archive = FilePath("a.warc.gz")
    }
    let crawled = try folder.run(fetch)
    let reader = try WARCReader(FileSource(path: folder.path + "/a.warc.gz"))
    var types: [RecordType: Int] = [:]
    var pages = Set<String>()
    while let stored = try reader.next() {
      #expect(stored.problem == nil)
      if let type = stored.record.type { types[type, default: 0] += 1 }
      if stored.record.type == .response, stored.record.fields[HTTPExchange.purposeField] == nil {
        pages.insert(stored.record.targetURI ?? "")
      }
    }
    #expect(types == [.warcinfo: 1, .request: 7, .response: 7])
    #expect(pages == Set(crawled.documents))
  }
}
