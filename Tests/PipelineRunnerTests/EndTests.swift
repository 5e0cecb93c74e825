import Foundation
import PipelineFile
import PipelineKit
import PipelineRunner
import Testing

/// What holds where things go wrong at the edges of a run.
@Suite("At its end a run")
struct EndTests {
  @Test("has told the source what is in its place, and nothing where the result is not")
  func confirmation() throws {
    let whole = try Bench()
    _ = PipelineRun(try whole.plan()).run()
    #expect(Written.shared[whole.folder + "/source"] == ["confirm 99"])
    let broken = try Bench()
    _ = PipelineRun(try broken.plan(keep: "path: out, fails_at: 50")).run()
    #expect(Written.shared[broken.folder + "/source"] == [])
  }

  @Test("has written all that the source handed out before it broke off")
  func brokenSource() throws {
    let bench = try Bench()
    let report = PipelineRun(try bench.plan(numbers: "{breaks_at: 30}")).run()
    #expect(report.status == .failed("numbers: the source broke off"))
    #expect(report.written == 30)
    #expect(bench.documents.count == 30)
    #expect(report.parts == [bench.out + ".part"])
  }

  @Test("leaves an older result's manifest as it is where it fails")
  func manifest() throws {
    let bench = try Bench()
    let path = try #require(PipelineRun(try bench.plan()).run().manifest)
    let older = try #require(FileManager.default.contents(atPath: path))
    let failed = PipelineRun(try bench.plan(keep: "path: out, fails_at: 50")).run()
    #expect(failed.manifest == nil)
    #expect(FileManager.default.contents(atPath: path) == older)
    let fresh = try Bench()
    let plan = try fresh.plan(keep: "path: out, fails_at: 50")
    _ = PipelineRun(plan).run()
    #expect(!FileManager.default.fileExists(atPath: plan.manifestPath))
  }

  @Test("leaves no part where nothing was written")
  func emptyPart() throws {
    let bench = try Bench()
    let part = bench.out + ".part"
    #expect(FileManager.default.createFile(atPath: part, contents: Data()))
    let report = PipelineRun(try bench.plan(numbers: "{breaks_at: 0}")).run()
    #expect(report.parts == [])
    #expect(!FileManager.default.fileExists(atPath: part))
  }

  @Test("finds and clears what interrupted runs have put into quarantine")
  func interruptedQuarantine() throws {
    let bench = try Bench()
    let plan = try bench.plan(mischief: "{throws_on: ['5']}", keep: "path: out, fails_at: 50")
    for _ in 0..<2 { _ = PipelineRun(plan).run() }
    let part = plan.quarantineFolder + "/quarantine.jsonl.part"
    let file = try #require(FileHandle(forWritingAtPath: part))
    file.seekToEndOfFile()
    file.write(Data("{\"id\": \"6".utf8))
    file.closeFile()
    #expect(try QuarantinedDocument.all(in: plan.quarantineFolder).map(\.id) == ["5"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: plan.quarantineFolder).count == 3)
    let mended = PipelineRun(try bench.plan()).run()
    #expect(mended.status == .done)
    #expect(!FileManager.default.fileExists(atPath: plan.quarantineFolder))
  }

  @Test("keeps a user's own files in the quarantine's folder")
  func foreignFiles() throws {
    let bench = try Bench()
    let plan = try bench.plan(mischief: "{throws_on: ['5']}")
    _ = PipelineRun(plan).run()
    let own = plan.quarantineFolder + "/notes.txt"
    #expect(FileManager.default.createFile(atPath: own, contents: Data("mine".utf8)))
    _ = PipelineRun(try bench.plan()).run()
    #expect(try FileManager.default.contentsOfDirectory(atPath: plan.quarantineFolder) == ["notes.txt"])
  }
}

@Suite("A run bears")
struct BearingTests {
  @Test("a time limit of more years than a clock has")
  func longLimit() throws {
    let bench = try Bench()
    #expect(PipelineRun(try bench.plan(run: "{workers: 2, time_limit: 9000000000000000s}")).run().written == 100)
  }

  @Test("a stage that loses documents of a batch: none of them is lost")
  func losing() throws {
    let bench = try Bench()
    let report = PipelineRun(try bench.plan(numbers: "{count: 8}", mischief: "{batch: 4, loses: true}")).run()
    #expect(report.status == .done)
    #expect(report.quarantined == ["mischief": 8])
  }

  @Test("markup where a stage needs the blocks of a text, and says what to add")
  func textless() throws {
    let bench = try Bench()
    let plan = try bench.plan(numbers: "{count: 5, textless: [3]}")
    let report = PipelineRun(plan).run()
    #expect(report.written == 4)
    #expect(
      try QuarantinedDocument.all(in: plan.quarantineFolder).map(\.reason).allSatisfy { $0.contains("add clean") })
  }

  @Test("a source that waits: what it has handed out is written meanwhile")
  func waiting() throws {
    let report = PipelineRun(try Bench().plan(numbers: "{count: 5, waits_at: 3}")).run()
    #expect(report.status == .done)
    #expect(report.written == 5)
  }

  @Test("an interrupt while its source waits for input")
  func interruptedWaiting() throws {
    let bench = try Bench()
    let run = PipelineRun(try bench.plan(numbers: "{count: 5, sleeps_at: 3}"))
    Thread.detachNewThread {
      while run.progress.documents < 3 { usleep(1000) }
      run.interrupt()
    }
    let report = run.run()
    #expect(report.status == .interrupted)
    #expect(bench.documents.count == 3)
    #expect(report.seconds < 10)
  }

  @Test("documents that hold much memory: few of them wait")
  func memory() throws {
    let bench = try Bench()
    let plan = try bench.plan(numbers: "{count: 60, held: 100000000}", mischief: "{pause: 2000}")
    #expect(PipelineRun(plan).run().written == 60)
    var waiting = 0
    var most = 0
    for line in Written.shared[bench.folder + "/trace"] {
      waiting += line == "read" ? 1 : -1
      most = max(most, waiting)
    }
    #expect((1...5).contains(most), "\(most) documents were read and not yet written")
  }

  @Test("a batch whose stage asks for its time: only those that are late are lost")
  func batchLimit() throws {
    let bench = try Bench()
    let plan = try bench.plan(
      numbers: "{count: 12}", mischief: "{loops_on: ['7'], batch: 4}", run: "{workers: 2, time_limit: 100ms}")
    let report = PipelineRun(plan).run()
    #expect(report.written == 11)
    #expect(try QuarantinedDocument.all(in: plan.quarantineFolder).map(\.id) == ["7"])
  }
}
