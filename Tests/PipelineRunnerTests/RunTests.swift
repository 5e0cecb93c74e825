import Foundation
import PipelineFile
import PipelineKit
import PipelineRunner
import Testing

/// A run of test stages in a folder of its own, which is gone with it.
final class Bench {
  let folder = FileManager.default.temporaryDirectory.path + "/pipeline-run-" + UUID().uuidString
  var out: String { folder + "/out" }
  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func plan(
    numbers: String = "{}", mischief: String = "{}", keep: String = "path: out", run: String = "{workers: 2}",
    isUpdating: Bool = false
  ) throws -> Plan {
    let text = """
      pipeline: test
      run: \(run)
      stages:
        - numbers: \(numbers)
        - mischief: \(mischief)
        - keep: {\(keep)}
      """
    let checked = CheckedPipeline(
      checking: Array(text.utf8), file: folder + "/test.yml",
      registry: StageRegistry([Numbers.self, Mischief.self, Keep.self]),
      isUpdating: isUpdating)
    return try #require(checked.plan, "\(checked.diagnostics)")
  }
  var lines: [String] { Written.shared[out] }
  var documents: [String] { lines.filter { $0.contains(":") } }
}

@Suite("A run")
struct RunTests {
  @Test("writes every document once, in the source's order, and says so to source and sinks", arguments: [1, 2, 8])
  func order(workers: Int) throws {
    let bench = try Bench()
    let report = PipelineRun(try bench.plan(numbers: "{count: 500}", run: "{workers: \(workers)}")).run()
    #expect(report.status == .done)
    #expect(report.written == 500)
    #expect(bench.documents == (0..<500).map { "\($0): text \($0) blocks,seen" })
    #expect(bench.lines.suffix(2) == ["confirm 499", "finish"])
  }

  @Test("loses only the documents that fail, and keeps their bytes with stage and reason")
  func quarantine() throws {
    let bench = try Bench()
    let plan = try bench.plan(numbers: "{count: 20, unreadable: [3], repeated: [9]}", mischief: "{throws_on: ['5']}")
    let report = PipelineRun(plan).run()
    #expect(report.status == .done)
    #expect(report.written == 17)
    #expect(report.quarantined == ["numbers": 2, "mischief": 1])
    let waiting = try QuarantinedDocument.all(in: plan.quarantineFolder)
    #expect(waiting.map(\.id) == ["3", "5", "0"])
    #expect(waiting.map(\.stage) == ["numbers", "mischief", "numbers"])
    #expect(waiting[1].reason == "thrown on purpose")
    for (index, text) in [(0, "text 3"), (1, "text 5"), (2, "text 9")] {
      let file = try #require(waiting[index].file)
      let bytes = try #require(FileManager.default.contents(atPath: plan.quarantineFolder + "/" + file))
      #expect(String(decoding: bytes, as: UTF8.self) == text)
    }
    #expect(waiting.map(\.isRepeated) == [false, false, true])
  }

  @Test("takes up what is in quarantine, and leaves there only what fails again")
  func retry() throws {
    let bench = try Bench()
    _ = PipelineRun(try bench.plan(numbers: "{count: 20}", mischief: "{throws_on: ['5', '7', '9']}")).run()
    var settings = RunSettings()
    settings.retry = true
    let plan = try bench.plan(numbers: "{count: 20}", mischief: "{throws_on: ['7']}", isUpdating: true)
    let report = PipelineRun(plan, settings: settings).run()
    #expect(report.read == 3)
    #expect(report.written == 2)
    #expect(bench.documents.suffix(2) == ["5: text 5 blocks,seen", "9: text 9 blocks,seen"])
    #expect(try QuarantinedDocument.all(in: plan.quarantineFolder).map(\.id) == ["7"])
    let last = PipelineRun(try bench.plan(isUpdating: true), settings: settings).run()
    #expect(last.written == 1)
    #expect(!FileManager.default.fileExists(atPath: plan.quarantineFolder))
  }

  @Test("counts what a stage leaves out, by reason")
  func skipping() throws {
    let bench = try Bench()
    let report = PipelineRun(try bench.plan(numbers: "{count: 5}", mischief: "{leaves_out: ['1', '2']}")).run()
    #expect(report.skipped == ["told so": 2])
    #expect(report.written == 3)
    #expect(report.quarantinedCount == 0)
  }

  @Test("gives up a document whose stage asks for its time", arguments: [1, 4])
  func timeLimit(batch: Int) throws {
    let bench = try Bench()
    let plan = try bench.plan(
      numbers: "{count: 12}", mischief: "{loops_on: ['4'], batch: \(batch)}", run: "{workers: 2, time_limit: 200ms}")
    let report = PipelineRun(plan).run()
    #expect(report.status == .done)
    if batch == 1 { #expect(report.quarantined == ["mischief": 1]) }
    #expect(report.written + report.quarantinedCount == 12)
    #expect(
      try QuarantinedDocument.all(in: plan.quarantineFolder).contains {
        $0.id == "4" && $0.reason.contains("time limit")
      })
  }

  @Test("leaves a worker behind that does not answer, and goes on with another")
  func hanging() throws {
    let bench = try Bench()
    let plan = try bench.plan(
      numbers: "{count: 40}", mischief: "{hangs_on: ['6']}", run: "{workers: 2, time_limit: 100ms}")
    let report = PipelineRun(plan).run()
    #expect(report.status == .done)
    #expect(report.written == 39)
    #expect(try QuarantinedDocument.all(in: plan.quarantineFolder).map(\.id) == ["6"])
    #expect(bench.documents.map { $0.prefix { $0 != ":" } } == (0..<40).filter { $0 != 6 }.map { "\($0)" })
  }

  @Test("stops after as many silent workers as there are, and keeps what is finished")
  func givingUp() throws {
    let bench = try Bench()
    let plan = try bench.plan(
      numbers: "{count: 400}", mischief: "{hangs_on: ['100', '120'], pause: 100}",
      run: "{workers: 2, time_limit: 100ms}")
    let report = PipelineRun(plan).run()
    guard case .failed(let reason) = report.status else { return #expect(Bool(false), "\(report.status)") }
    #expect(reason.contains("did not answer"))
    #expect(bench.lines.last == "abandon")
    #expect(report.parts == [bench.out + ".part"])
    #expect(report.written > 0)
  }

  @Test("ends early when interrupted, with what was in flight finished, and no older result touched")
  func interrupt() throws {
    let bench = try Bench()
    let run = PipelineRun(try bench.plan(numbers: "{count: 100000}", mischief: "{pause: 1000}"))
    Thread.detachNewThread {
      while run.progress.documents < 20 { usleep(1000) }
      run.interrupt()
    }
    let report = run.run()
    #expect(report.status == .interrupted)
    #expect(report.written >= 20 && report.written < 5000)
    #expect(bench.documents == (0..<report.written).map { "\($0): text \($0) blocks,seen" })
    #expect(bench.lines.last == "abandon")
  }

  @Test("fails where a sink can't go on, where the source breaks off, and at once where it is asked to")
  func failures() throws {
    let full = PipelineRun(try Bench().plan(keep: "path: out, fails_at: 10")).run()
    #expect(full.status == .failed("keep: no space left"))
    let broken = PipelineRun(try Bench().plan(numbers: "{breaks_at: 30}")).run()
    #expect(broken.status == .failed("numbers: the source broke off"))
    var settings = RunSettings()
    settings.failFast = true
    let fast = PipelineRun(try Bench().plan(mischief: "{throws_on: ['5']}"), settings: settings).run()
    guard case .failed(let reason) = fast.status else { return #expect(Bool(false)) }
    #expect(reason.contains("--fail-fast"))
  }

  @Test("ends quietly where the output's reader has gone")
  func closed() throws {
    #expect(PipelineRun(try Bench().plan(keep: "path: out, closes_at: 3")).run().status == .outputClosed)
  }

  @Test("fails where nothing matched, and reads no more than the limit")
  func limits() throws {
    let none = PipelineRun(try Bench().plan(numbers: "{count: 0}")).run()
    guard case .failed(let reason) = none.status else { return #expect(Bool(false)) }
    #expect(reason.contains("no input matched"))
    var settings = RunSettings()
    settings.limit = 7
    let bench = try Bench()
    #expect(PipelineRun(try bench.plan(), settings: settings).run().written == 7)
  }

  @Test("leaves a manifest with counts, stages and hashes")
  func manifest() throws {
    let bench = try Bench()
    let report = PipelineRun(
      try bench.plan(numbers: "{count: 4}", mischief: "{leaves_out: ['1']}"), settings: RunSettings(file: [1, 2])
    ).run()
    let path = try #require(report.manifest)
    let text = String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    for part in [
      "\"schema\": \"pipeline.run/1\"", "\"read\": 4", "\"told so\": 1", "\"options_sha256\"", "\"name\": \"mischief\"",
    ] {
      #expect(text.contains(part), "\(part) is missing in \(text)")
    }
  }
}
