import Foundation
import Testing

/// `pipelines/feed.yml`, run over a site on loopback into a folder of its own.
struct FeedRuns {
  let site: TestSite
  let bench: Bench

  init(articles: Int) throws { (site, bench) = (try TestSite(articles: articles), try Bench()) }

  /// Runs a command with the file as a person would.
  func command(_ verb: String, _ more: String...) throws -> Bench.Finished {
    try bench.start(words(verb) + more, in: Bench.project).finished()
  }

  func start() throws -> Running { try bench.start(words("run"), in: Bench.project) }

  private func words(_ verb: String) -> [String] {
    let settings = [
      "feed=" + site.address("/feed.rss"), "out=" + bench.path("out/feed"), "fetch.allow_private=true", "fetch.delay=0",
      "fetch.retries=0", "export.jsonl.tokens=false",
    ]
    return [verb, "pipelines/feed.yml"] + settings.flatMap { ["--set", $0] }
  }

  /// Identifiers of articles, sorted as text.
  func ids(_ numbers: some Sequence<Int>) -> [String] { numbers.map { site.address("/articles/\($0)") }.sorted() }

  /// Identifiers in both exports, which have to be the same.
  func ids(at place: SourceLocation = #_sourceLocation) throws -> [String] {
    let ids = try bench.ids("out/feed.jsonl").sorted()
    #expect(try bench.documents(inDatabase: "out/feed.db").map(\.id).sorted() == ids, sourceLocation: place)
    return ids
  }

  /// Reasons of what is in quarantine, by identifier.
  func quarantine() throws -> [String: String] {
    guard bench.exists("out/feed.quarantine") else { return [:] }
    let entries = try bench.lines("out/feed.quarantine/quarantine.jsonl").map { try object($0) }
    let pairs = entries.map { ($0["id"] as? String ?? "?", $0["reason"] as? String ?? "?") }
    return Dictionary(pairs) { $0 + " and " + $1 }
  }
}

/// A document as an export has it.
struct ExportedDocument: Hashable, Comparable, CustomStringConvertible {
  var id: String
  var text: String
  var description: String { "\(id): \(text.prefix(40))… (\(text.utf8.count) bytes)" }
  static func < (a: Self, b: Self) -> Bool { (a.id, a.text) < (b.id, b.text) }
}

extension Bench {
  /// The documents of a JSONL export, each as often as it is there.
  func documents(inLines path: String) throws -> [ExportedDocument] {
    try lines(path).map { try object($0) }.map {
      ExportedDocument(id: $0["id"] as? String ?? "?", text: $0["text"] as? String ?? "?")
    }
  }

  /// The documents of an SQLite export, likewise.
  func documents(inDatabase path: String) throws -> [ExportedDocument] {
    let program =
      "import json, sqlite3, sys; print(json.dumps([{'id': i, 'text': t} for i, t in "
      + "sqlite3.connect(sys.argv[1]).execute('select id, text from documents')]))"
    let run = try bash("python3 -c \"\(program)\" '\(self.path(path))'")
    guard run.status == 0 else { throw TestProblem("\(path) can't be read: \(run.errors)") }
    return try objects(run.output).map {
      ExportedDocument(id: $0["id"] as? String ?? "?", text: $0["text"] as? String ?? "?")
    }
  }
}
