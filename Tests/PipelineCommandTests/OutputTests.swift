import Foundation
import Testing

@Suite("Results")
struct OutputTests {
  @Test("are the same bytes with 1, 2 and 8 workers")
  func workers() throws {
    let bench = try Bench.withTexts(200)
    for workers in ["1", "2", "8"] {
      #expect(try bench.run("run", "plain.yml", "--workers", workers, "--set", "out=\(workers)").status == 0)
    }
    let first = try bench.text("1.jsonl")
    #expect(try bench.text("2.jsonl") == first)
    #expect(try bench.text("8.jsonl") == first)
    #expect(first.split(separator: "\n").count == 200)
  }

  @Test("go to standard output, and nothing else does")
  func standardOutput() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run("run", "plain.yml", "--set", "export.jsonl.path=-")
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count == 5)
    for line in run.output.split(separator: "\n") { _ = try object(String(line)) }
    #expect(!bench.exists("out"))
    #expect(try bench.names(in: ".").filter { !$0.hasPrefix(".") } == ["in", "plain.yml"])
  }

  @Test("end quietly where their reader has gone")
  func closedPipe() throws {
    let bench = try Bench.withTexts(300)
    let line = "pipeline run plain.yml --set export.jsonl.path=- | head -1; echo ${PIPESTATUS[0]}"
    let run = try bench.bash(line)
    #expect(run.output.hasSuffix("\n0\n"), "\(run.output.suffix(100))")
    #expect(run.errors == "" || run.errors.contains("300 written"), "\(run.errors)")
    let other = try bench.bash("(pipeline stages --json; echo $? >status) | true; sleep 0.2; cat status")
    #expect(other.output == "0\n")
    #expect(other.errors == "")
  }

  @Test("end quietly though more input may come")
  func closedPipeWithOpenInput() throws {
    let bench = try Bench.withTexts()
    let feed = "while echo '{\"text\": \"One.\"}'; do :; done 2>/dev/null"
    let run = try bench.bash(
      "\(feed) | pipeline run plain.yml --set read.path=- --set read.format=jsonl --set export.jsonl.path=- | head -1")
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.errors == "", "\(run.errors)")
  }

  @Test("that the disk has no room for fail with 1 and say so")
  func fullDisk() throws {
    let run = try Bench.withTexts().run("run", "plain.yml", "--set", "export.jsonl.path=/dev/full")
    #expect(run.status == 1)
    #expect(run.errors.contains("export.jsonl: can't write /dev/full: No space left on device; make room"))
    let stages = try Bench().bash("pipeline stages >/dev/full")
    #expect(stages.status == 1)
    #expect(stages.errors.contains("can't write to standard output"))
  }

  @Test("that can't be made fail with 1 before anything is read")
  func belowFile() throws {
    let run = try Bench.withTexts().run("run", "plain.yml", "--set", "out=plain.yml/x")
    #expect(run.status == 1)
    #expect(run.errors.contains("can't write plain.yml/x.jsonl"))
    #expect(run.errors.contains("a part of the path is a file and no folder"))
  }

  @Test("come of standard input too")
  func standardInput() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run(
      "run", "plain.yml", "--set", "read.path=-", "--set", "export.jsonl.path=-", "--quiet", input: "One. Two.\n")
    #expect(run.status == 0)
    let record = try object(run.output)
    #expect(record["text"] as? String == "One. Two.")
    #expect((record["sentences"] as? [Any])?.count == 2)
  }

  /// Peak memory of a run in MB, as the system counts it for the children of a small Python program.
  private func peak(_ bench: Bench, documents: Int) throws -> Double {
    let lines = (0..<documents).map { number in
      "{\"id\": \"\(number)\", \"text\": \"Moscow said on Monday that number \(number) is ready. Ankara did not.\"}\n"
    }
    try bench.write(lines.joined(), to: "in/\(documents).jsonl")
    try bench.write(
      """
      import resource, subprocess, sys
      status = subprocess.run(sys.argv[1:]).returncode
      print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
      """, to: "peak.py")
    let run = try bench.bash(
      "python3 peak.py \(Bench.pipeline.path) run plain.yml --quiet --workers 2 --set read.path=in/\(documents).jsonl")
    let words = run.output.split(whereSeparator: \.isWhitespace)
    #expect(words.first == "0", "\(run.errors)")
    #expect(try bench.lines("out/plain.jsonl").count == documents)
    return try #require(words.last.flatMap { Double($0) }) / 1024
  }

  @Test("of 10,000 documents take no more memory than those of 2,000", .enabled(if: !Bench.isSanitized))
  func memory() throws {
    let bench = try Bench.withTexts()
    let (few, many) = try (peak(bench, documents: 2000), peak(bench, documents: 10_000))
    #expect(many < 100, "\(many) MB")
    #expect(many - few < 8, "from \(few) to \(many) MB")
  }
}
