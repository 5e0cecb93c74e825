import Foundation
import Testing

/// SIGKILL lets a process do nothing more: whatever holds then has been written before.
@Suite("A fetch that is killed", .timeLimit(.minutes(10)))
struct KillTests {
  static let articles = 150

  @Test("at any moment, and killed again while it makes up for it, ends with the same documents, none twice")
  func anyMoment() throws {
    let seed = ProcessInfo.processInfo.environment["KILL_SEED"].flatMap { UInt64($0) } ?? 20_261_129
    let site = try TestSite(articles: Self.articles)
    let undisturbed = try KilledRun(site, delay: 0.02)
    let started = Date()
    #expect(try undisturbed.run().status == 0)
    let duration = Date().timeIntervalSince(started)
    let expected = try undisturbed.bench.documents(inLines: "out.jsonl").sorted()
    #expect(expected.map(\.id) == (1...Self.articles).map { site.address("/articles/\($0)") }.sorted())
    try undisturbed.check(expected, "undisturbed")

    var random = SeededMoments(seed: seed)
    var killed = 0
    for number in 1...20 {
      let moments = (random.moment(upTo: duration), random.moment(upTo: duration / 3))
      let place = "seed \(seed), number \(number), killed after \(moments.0) s and again after \(moments.1) s"
      let run = try KilledRun(site, delay: 0.02)
      if try run.kill(after: moments.0) { killed += 1 }
      try run.kill(after: moments.1)
      try site.set(delay: 0)
      let last = try run.run()
      #expect(last.status == 0, "\(place): \(last.errors)")
      try run.check(expected, place)
    }
    #expect(killed > 10, "the moments are to lie within a run: seed \(seed), runs of \(duration) s")
  }
}

/// Runs into one folder, killed and not.
private struct KilledRun {
  let bench: Bench
  let site: TestSite

  /// - Parameter delay: seconds before each answer of the site, so that a run lasts a while.
  init(_ site: TestSite, delay: Double) throws {
    (bench, self.site) = (try Bench(), site)
    try site.set(delay: delay)
    try bench.write(
      """
      stages:
        - fetch:
            sitemaps: \(site.address("/sitemap.xml"))
            match: /articles/
            state: state.db
            archive: pages.warc.gz
            delay: 0
            connections: 4
            retries: 0
            allow_private: true
        - clean
        - export.jsonl: { path: out.jsonl, mode: update }
        - export.sqlite: { path: out.db, mode: update }

      """, to: "fetch.yml")
    try bench.write(
      """
      stages:
        - read: { path: pages.warc.gz }
        - clean
        - export.jsonl: { path: again.jsonl }

      """, to: "again.yml")
  }

  func run() throws -> Bench.Finished { try bench.run("run", "fetch.yml") }

  /// - Returns: whether it was still at work then.
  @discardableResult
  func kill(after seconds: Double) throws -> Bool {
    let running = try bench.start(["run", "fetch.yml"])
    usleep(UInt32(seconds * 1_000_000))
    running.kill()
    return try running.finished().status == 128 + SIGKILL
  }

  /// Both exports and the archive have just these documents.
  func check(_ expected: [ExportedDocument], _ place: String) throws {
    let again = try bench.run("run", "again.yml")
    #expect(again.status == 0, "\(place): \(again.errors)")
    let found = try [
      ("JSONL", bench.documents(inLines: "out.jsonl")), ("SQLite", bench.documents(inDatabase: "out.db")),
      ("the archive", bench.documents(inLines: "again.jsonl")),
    ]
    for (name, documents) in found where documents.sorted() != expected {
      Issue.record("\(name): \(difference(documents, expected)) (\(place))")
    }
  }

  private func difference(_ documents: [ExportedDocument], _ expected: [ExportedDocument]) -> String {
    let (all, wanted) = (Set(documents), Set(expected))
    return "\(documents.count) documents, \(documents.count - all.count) of them twice; "
      + "missing \(wanted.subtracting(all).sorted().prefix(3)), unexpected \(all.subtracting(wanted).sorted().prefix(3))"
  }
}

/// Moments that follow from a number (SplitMix64, by Steele, Lea and Flood, 2014).
private struct SeededMoments {
  var seed: UInt64

  /// Seconds from 0 to a limit.
  mutating func moment(upTo limit: Double) -> Double {
    seed &+= 0x9E37_79B9_7F4A_7C15
    var bits = seed
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return Double(bits >> 11) / Double(1 << 53) * limit
  }
}
