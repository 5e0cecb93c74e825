import Foundation
import Testing

@Suite("From a feed to stances", .timeLimit(.minutes(5)))
struct FeedTests {
  @Test("pipelines/feed.yml gives stances, and in each later run adds what is new and nothing twice")
  func runs() throws {
    let feed = try FeedRuns(articles: 12)
    let first = try feed.command("run")
    #expect(first.status == 0, "\(first.errors)")
    #expect(try feed.ids() == feed.ids(1...12))
    let records = try feed.bench.lines("out/feed.jsonl").map { try object($0) }
    let stances = records.map { ($0["stances"] as? [Any])?.count ?? 0 }
    #expect(stances.reduce(0, +) > 12, "\(stances)")

    let before = try feed.bench.text("out/feed.jsonl")
    try feed.site.forgetRequests()
    let second = try feed.command("run")
    #expect(second.status == 0, "\(second.errors)")
    #expect(try feed.bench.text("out/feed.jsonl") == before)
    #expect(try feed.ids() == feed.ids(1...12))
    #expect(try feed.site.paths("/articles").isEmpty)

    try feed.site.set(articles: 15)
    #expect(try feed.command("run").status == 0)
    #expect(try feed.ids() == feed.ids(1...15))
    #expect(try feed.site.paths("/articles").count == 3)
    #expect(try feed.bench.text("out/feed.jsonl").hasPrefix(before))
  }

  @Test("a page that is not there stays in quarantine without being asked for, until a retry brings it")
  func gone() throws {
    let feed = try FeedRuns(articles: 10)
    let page = feed.site.address("/articles/7")
    try feed.site.answer("/articles/7", as: "/bad/404")
    let first = try feed.command("run")
    #expect(first.status == 3, "\(first.errors)")
    #expect(try feed.quarantine() == [page: "the server answers 404"])
    #expect(try feed.ids() == feed.ids((1...10).filter { $0 != 7 }))

    try feed.site.answer("/articles/7", as: nil)
    try feed.site.forgetRequests()
    for _ in 0..<2 { #expect(try feed.command("run").status == 0) }
    #expect(try feed.quarantine() == [page: "the server answers 404"])
    #expect(try feed.site.paths("/articles").isEmpty)

    let retry = try feed.command("retry")
    #expect(retry.status == 0, "\(retry.errors)")
    #expect(try feed.quarantine().isEmpty)
    #expect(try feed.ids() == feed.ids(1...10))
    #expect(try feed.site.paths("/articles") == ["/articles/7"])
    #expect(try feed.command("run").status == 0)
    #expect(try feed.ids() == feed.ids(1...10))
  }

  @Test("a page that is still not there when it is tried again stays in quarantine, once")
  func stillGone() throws {
    let feed = try FeedRuns(articles: 3)
    try feed.site.answer("/articles/2", as: "/bad/404")
    #expect(try feed.command("run").status == 3)
    #expect(try feed.command("retry").status == 3)
    #expect(try feed.quarantine() == [feed.site.address("/articles/2"): "the server answers 404"])
    #expect(try feed.ids() == feed.ids([1, 3]))
  }

  @Test("a page that failed for a passing reason leaves the quarantine in the next run")
  func passing() throws {
    let feed = try FeedRuns(articles: 10)
    try feed.site.answer("/articles/7", as: "/bad/500")
    #expect(try feed.command("run").status == 3)
    #expect(try feed.command("run").status == 3)
    #expect(try feed.quarantine() == [feed.site.address("/articles/7"): "the server answers 500"])
    try feed.site.answer("/articles/7", as: nil)
    let run = try feed.command("run")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try feed.quarantine().isEmpty)
    #expect(try feed.ids() == feed.ids(1...10))
  }

  @Test("an export that would replace what earlier runs brought is refused, with what to do")
  func replacing() throws {
    let feed = try FeedRuns(articles: 1)
    let run = try feed.command("run", "--set", "export.jsonl.mode=replace")
    #expect(run.status == 2)
    #expect(run.errors.contains("brings only what is new") && run.errors.contains("add \"mode: update\""))
    #expect(!feed.bench.exists("out"))
  }

  @Test("a dry run counts what is new, asks for no page and leaves nothing behind")
  func dry() throws {
    let feed = try FeedRuns(articles: 12)
    let first = try feed.command("run", "--dry-run")
    #expect(first.status == 0, "\(first.errors)")
    #expect((first.output + first.errors).contains("12 documents"), "\(first.output + first.errors)")
    #expect(try feed.site.paths("/articles").isEmpty)
    #expect(!feed.bench.exists("out"))
    #expect(try feed.command("run").status == 0)
    let nothing = try feed.command("run", "--dry-run")
    #expect(nothing.status == 0 && nothing.errors.contains("0 documents"), "\(nothing.errors)")
    try feed.site.set(articles: 14)
    let names = try feed.bench.names(in: "out")
    let (state, archive) = try (data("out/feed.fetch.db", feed), data("out/feed.warc.gz", feed))
    let second = try feed.command("run", "--dry-run")
    #expect((second.output + second.errors).contains("2 documents"), "\(second.output + second.errors)")
    #expect(try feed.bench.names(in: "out") == names)
    #expect(try data("out/feed.fetch.db", feed) == state)
    #expect(try data("out/feed.warc.gz", feed) == archive)
  }

  private func data(_ path: String, _ feed: FeedRuns) throws -> Data {
    try Data(contentsOf: feed.bench.folder.appending(path: path))
  }

  @Test("Ctrl-C in the middle ends a run, and the next one brings the rest and asks for nothing twice")
  func interrupted() throws {
    let feed = try FeedRuns(articles: 30)
    try feed.site.set(delay: 0.15)
    let running = try feed.start()
    try running.wait(for: "pages") { try feed.site.paths("/articles").count > 12 }
    running.interrupt()
    let first = try running.finished(within: 60)
    #expect(first.status == 130, "\(first.errors)")
    #expect(try feed.site.paths("/articles").count < 30)
    try feed.site.set(delay: 0)
    let second = try feed.command("run")
    #expect(second.status == 0, "\(second.errors)")
    #expect(try feed.ids() == feed.ids(1...30))
    #expect(try feed.bench.names(in: "out").allSatisfy { !$0.contains(".part") })
  }

  @Test("the archive gives the same documents again, without the site")
  func archive() throws {
    let feed = try FeedRuns(articles: 10)
    #expect(try feed.command("run").status == 0)
    try feed.bench.write(
      """
      stages:
        - read: { path: out/feed.warc.gz }
        - clean
        - export.jsonl: { path: again.jsonl }

      """, to: "again.yml")
    let run = try feed.bench.run("run", "again.yml")
    #expect(run.status == 0, "\(run.errors)")
    let fetched = try feed.bench.documents(inLines: "out/feed.jsonl").sorted()
    #expect(try feed.bench.documents(inLines: "again.jsonl").sorted() == fetched)
    #expect(fetched.map(\.id) == feed.ids(1...10) && fetched.allSatisfy { $0.text.utf8.count > 200 })
  }
}
