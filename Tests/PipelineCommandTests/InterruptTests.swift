import Foundation
import Testing

@Suite("Ctrl-C")
struct InterruptTests {
  @Test("keeps what is finished, leaves an older result as it was, and says how to go on")
  func once() throws {
    let bench = try Bench.withTexts()
    try bench.write("old\n", to: "out/plain.jsonl")
    let running = try bench.start(
      ["run", "plain.yml", "--set", "read.path=-", "--set", "read.format=jsonl"], input: nil)
    try running.wait(for: "part") { bench.exists("out/plain.jsonl.part") }
    // The source waits for more that never comes: neither may that hold it up.
    let lines = (1...100).map { "{\"text\": \"Text \($0).\"}\n" }.joined()
    try running.input.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
    usleep(500_000)
    running.interrupt()
    let run = try running.finished(within: 30)
    #expect(run.status == 130)
    #expect(run.errors.contains("finishing what is in flight"))
    #expect(run.errors.contains("interrupted after"))
    #expect(run.errors.contains("what was finished is in out/plain.jsonl.part; an older result stays as it was"))
    #expect(run.errors.contains("run it again"))
    #expect(try bench.text("out/plain.jsonl") == "old\n")
    let kept = try bench.ids("out/plain.jsonl.part")
    #expect(kept == (1...100).map { "stdin#\($0)" }.prefix(kept.count).map { $0 })
    #expect(kept.count > 50)
  }

  @Test("ends at once when it is pressed again")
  func twice() throws {
    let bench = try Bench.withTexts(1)
    try bench.writeMischief()
    try bench.write("Please hang.\n", to: "in/1.txt")
    let running = try bench.start(["run", "mischief.yml"])
    try running.wait(for: "part") { bench.exists("out.jsonl.part") }
    running.interrupt()
    try running.wait(for: "answer") { running.errors.contains("Ctrl-C again ends at once") }
    running.interrupt()
    #expect(try running.finished(within: 20).status == 130)
  }

  @Test("ends other commands, which have nothing to finish")
  func others() throws {
    let bench = try Bench.withTexts()
    let running = try bench.start(["try", "plain.yml"], input: nil)
    usleep(500_000)
    running.interrupt()
    #expect(try running.finished(within: 20).status == 128 + SIGINT)
  }
}
