import FetchStage
import Foundation
import PipelineKit
import Testing

/// From lists to pages, run after run.
@Suite("Fetching what lists name", .timeLimit(.minutes(2)))
struct FetchTests {
  let folder: FetchFolder
  init() throws { folder = try FetchFolder() }

  @Test(
    "each kind of feed leads to its articles",
    arguments: ["/feed.rss", "/feed.atom", "/feed.rdf", "/feed.json"])
  func feeds(_ path: String) throws {
    let site = try TestSite(articles: 40)
    let crawled = try folder.run(folder.fetch { $0.feeds = TextList([site.address(path)]) })
    #expect(crawled.paths(on: site) == articles(11...40))
    #expect(crawled.failures.isEmpty)
  }

  @Test(
    "each kind of sitemap leads to its articles, and so does a robots.txt that names some",
    arguments: ["/sitemap.xml", "/sitemap.txt", "/robots.txt"])
  func sitemaps(_ path: String) throws {
    let site = try TestSite(articles: 60)
    let fetch = folder.fetch {
      $0.sitemaps = TextList([site.address(path)])
      $0.match = TextList(["/articles/"])
    }
    #expect(try folder.run(fetch).paths(on: site) == articles(1...60))
  }

  @Test("links of a start page are followed where they match, and not where they are excluded")
  func startPage() throws {
    let site = try TestSite(articles: 40)
    let fetch = folder.fetch {
      $0.start = TextList([site.address("/")])
      $0.match = TextList(["/articles/"])
      $0.exclude = TextList(["/articles/4*"])
    }
    let paths = try folder.run(fetch).paths(on: site)
    #expect(!paths.isEmpty)
    #expect(paths.allSatisfy { $0.hasPrefix("/articles/") && !$0.hasPrefix("/articles/4") })
  }

  @Test("a file of addresses is fetched; a line that is none is an error with its number")
  func list() throws {
    let site = try TestSite(articles: 3)
    let fetch = folder.fetch { $0.urls = FilePath("urls.txt") }
    try "# two\n\(site.address("/articles/1"))\n\(site.address("/articles/3"))\n".write(
      toFile: folder.path + "/urls.txt", atomically: true, encoding: .utf8)
    #expect(try folder.run(fetch).paths(on: site) == articles([1, 3]))
    try "\(site.address("/articles/1"))\nnot an address\n".write(
      toFile: folder.path + "/urls.txt", atomically: true, encoding: .utf8)
    #expect { try folder.run(fetch) } throws: { "\($0)".contains("urls.txt:2") }
  }

  @Test("an address with tracking parameters is asked for, and known, without them")
  func tracking() throws {
    let site = try TestSite(articles: 30)
    _ = try folder.run(folder.fetch { $0.feeds = TextList([site.address("/feed.rss")]) })
    #expect(try site.paths("/articles/").allSatisfy { !$0.contains("utm_") && !$0.contains("fbclid") })
  }

  @Test("a second run asks for nothing but the list, and a third brings what is new")
  func again() throws {
    let site = try TestSite(articles: 20)
    let fetch = folder.fetch { $0.feeds = TextList([site.address("/feed.rss")]) }
    #expect(try folder.run(fetch).ids.count == 20)
    try site.forgetRequests()
    #expect(try folder.run(fetch).ids.isEmpty)
    let requests = try site.requests()
    #expect(requests.map(\.path) == ["/feed.rss"])
    #expect(requests.first?.status == 304)
    try site.set(articles: 23)
    #expect(try folder.run(fetch).paths(on: site) == articles(21...23))
  }

  @Test("a page that its list says has changed is asked for again; it is a document only if it did")
  func changes() throws {
    let site = try TestSite(articles: 5)
    let fetch = folder.fetch {
      $0.sitemaps = TextList([site.address("/sitemap-1.xml"), site.address("/sitemap-2.xml.gz")])
    }
    #expect(try folder.run(fetch).ids.count == 5)
    try site.edit(article: 3)
    try site.forgetRequests()
    let crawled = try folder.run(fetch)
    #expect(crawled.paths(on: site) == articles([3]))
    #expect(try site.paths("/articles/") == articles([3]))
  }

  @Test("two addresses of one page are one document: by the same bytes, and by rel=canonical")
  func duplicates() throws {
    let site = try TestSite(articles: 4)
    let paths = ["/dup/a", "/dup/b", "/articles/2", "/canonical/2", "/canonical/3"]
    try folder.write(urls: paths.map { site.address($0) })
    let fetch = folder.fetch {
      $0.urls = FilePath("urls.txt")
      $0.connections = 1
    }
    #expect(try folder.run(fetch).paths(on: site) == ["/articles/2", "/canonical/3", "/dup/a"])
    try folder.write(urls: [site.address("/articles/3")])
    #expect(try folder.run(fetch).ids.isEmpty)
  }

  @Test("a dry run counts what is new, asks for no page and remembers nothing")
  func trial() throws {
    let site = try TestSite(articles: 12)
    let fetch = folder.fetch { $0.feeds = TextList([site.address("/feed.rss")]) }
    for _ in 0..<2 {
      var reader = try fetch.makeReader(StageContext(directory: folder.path, isTrial: true), after: nil)
      var count = 0
      while try reader.next() != nil { count += 1 }
      #expect(count == 12)
    }
    #expect(try site.paths("/articles/").isEmpty)
    #expect(try folder.files().isEmpty)
  }

  @Test("the encoding that the server names goes along with the page")
  func charset() throws {
    let site = try TestSite(articles: 1)
    try folder.write(urls: [site.address("/bad/charset")])
    let crawled = try folder.run(folder.fetch { $0.urls = FilePath("urls.txt") })
    #expect(crawled.charsets[site.address("/bad/charset")]?.lowercased() == "utf-8")
  }

  @Test("while it runs it says which site it is at and how far; at the end what became of the pages")
  func said() throws {
    let site = try TestSite(articles: 8)
    try site.set(delay: 0.2)
    try site.answer("/articles/3", as: "/bad/404")
    let fetch = folder.fetch {
      $0.feeds = TextList([site.address("/feed.rss")])
      $0.connections = 1
    }
    let log = Lines()
    var reader = try fetch.makeReader(StageContext(directory: folder.path) { log.append($0) }, after: nil)
    var activities: [String] = []
    while try reader.next() != nil { activities += [reader.activity()].compactMap { $0 } }
    #expect(activities.contains { $0.hasPrefix("127.0.0.1 ") && $0.contains(" of ") }, "\(activities)")
    #expect(log.all == ["1 site, pages: 7 new, 1 failed (404: 1)"])
  }

  @Test("ten thousand addresses come once each")
  func many() throws {
    let site = try TestSite(articles: 10_000)
    let fetch = folder.fetch {
      $0.sitemaps = TextList([site.address("/sitemap.txt")])
      $0.connections = 16
    }
    let crawled = try folder.run(fetch)
    #expect(crawled.ids.count == 10_000)
    #expect(Set(crawled.ids).count == 10_000)
  }
}

extension FetchFolder {
  func write(urls: [String]) throws {
    try urls.joined(separator: "\n").write(toFile: path + "/urls.txt", atomically: true, encoding: .utf8)
  }
  func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path) }
}
