import Foundation
import Testing

@Suite("pipeline run")
struct RunTests {
  @Test("ends with 0, and says where the results are and how to look at them")
  func done() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run("run", "plain.yml")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output == "")
    for words in ["plain: 5 documents", "5 written", "out/plain.jsonl", "pipeline inspect out/plain.jsonl"] {
      #expect(run.errors.contains(words), "\(run.errors)")
    }
    #expect(try bench.ids("out/plain.jsonl") == ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt"])
    #expect(try bench.names(in: "out") == ["plain.jsonl", "plain.run.json"])
    let manifest = try object(bench.text("out/plain.run.json"))
    #expect(manifest["schema"] as? String == "pipeline.run/1")
  }

  @Test("is quiet when asked, but for what goes wrong")
  func quiet() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run("run", "plain.yml", "--quiet")
    #expect(run.status == 0)
    #expect(run.output + run.errors == "")
    let none = try bench.run("run", "plain.yml", "--quiet", "--set", "read.path=in/*.text")
    #expect(none.status == 1)
    #expect(none.errors.contains("no input matched"))
  }

  @Test("fails with 1 where no input matched, and leaves nothing behind")
  func noInput() throws {
    let bench = try Bench.withTexts()
    for path in ["in/*.text", "elsewhere/*.txt", "in/99.txt"] {
      let run = try bench.run("run", "plain.yml", "--set", "read.path=\(path)")
      #expect(run.status == 1, "\(path): \(run.errors)")
      #expect(run.errors.hasPrefix("pipeline: "), "\(run.errors)")
      #expect(!bench.exists("out/plain.jsonl") && !bench.exists("out/plain.jsonl.part"))
    }
  }

  @Test("writes no more than the limit")
  func limit() throws {
    let bench = try Bench.withTexts()
    #expect(try bench.run("run", "plain.yml", "--limit", "2").status == 0)
    #expect(try bench.ids("out/plain.jsonl") == ["1.txt", "2.txt"])
  }

  @Test("takes params and options of the command line before the file's")
  func settings() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run(
      "run", "plain.yml", "--set", "out=other/x", "--set", "export.jsonl.layers=[sentences]", "--set",
      "read.exclude=[1.txt, 2.txt]")
    #expect(run.status == 0, "\(run.errors)")
    let record = try object(try #require(bench.lines("other/x.jsonl").first))
    #expect(record["id"] as? String == "3.txt")
    #expect(record["sentences"] != nil && record["tokens"] == nil)
    #expect(!bench.exists("out"))
  }

  @Test("gives machines a summary on standard output")
  func json() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run("run", "plain.yml", "--json", "--quiet", "--workers", "2")
    let summary = try object(run.output)
    #expect(summary["status"] as? String == "done")
    #expect(summary["read"] as? Int == 5 && summary["written"] as? Int == 5)
    #expect(summary["workers"] as? Int == 2)
    #expect((summary["outputs"] as? [String]) == ["out/plain.jsonl"])
    #expect((summary["stages"] as? [[String: Any]])?.count == 3)
    let refused = try bench.run("run", "plain.yml", "--json", "--set", "export.jsonl.path=-")
    #expect(refused.status == 2)
    #expect(refused.output == "")
    #expect(refused.errors.contains("--json writes to standard output"))
    let failed = try bench.run("run", "plain.yml", "--json", "--set", "read.path=none/*.txt")
    #expect(failed.status == 1)
    #expect(try object(failed.output)["status"] as? String == "failed")
  }

  @Test("shows where the time goes")
  func profile() throws {
    let run = try Bench.withTexts().run("run", "plain.yml", "--profile")
    let lines = run.errors.split(separator: "\n")
    #expect(lines.first?.contains("slowest document") == true)
    for stage in ["read ", "sentences ", "export.jsonl "] { #expect(lines.contains { $0.hasPrefix(stage) }) }
  }

  @Test("tries inputs and outputs without running anything")
  func dryRun() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run("run", "plain.yml", "--dry-run")
    #expect(run.status == 0)
    #expect(run.errors.contains("would write out/plain.jsonl"))
    #expect(run.errors.contains("would read 5 documents"))
    #expect(!bench.exists("out"))
    #expect(try bench.run("run", "plain.yml", "--dry-run", "--set", "read.path=in/*.text").status == 1)
    let blocked = try bench.run("run", "plain.yml", "--dry-run", "--set", "out=plain.yml/x")
    #expect(blocked.status == 1)
    #expect(blocked.errors.contains("can't write plain.yml/x.jsonl"))
  }
}

@Suite("Documents that fail")
struct QuarantineTests {
  private func bench() throws -> Bench {
    let bench = try Bench.withTexts(4)
    try bench.writeMischief()
    try bench.write("Please throw.\n", to: "in/2.txt")
    return bench
  }

  @Test("go to quarantine with their bytes and the reason, the others are whole, and the status is 3")
  func throwing() throws {
    let bench = try bench()
    let run = try bench.run("run", "mischief.yml")
    #expect(run.status == 3, "\(run.errors)")
    #expect(run.errors.contains("1 in quarantine"))
    #expect(run.errors.contains("out.quarantine/quarantine.jsonl"))
    #expect(try bench.ids("out.jsonl") == ["1.txt", "3.txt", "4.txt"])
    let entry = try object(bench.text("out.quarantine/quarantine.jsonl"))
    #expect(entry["id"] as? String == "2.txt")
    #expect(entry["stage"] as? String == "external")
    #expect((entry["reason"] as? String)?.contains("thrown on purpose") == true)
    let file = try #require(entry["file"] as? String)
    #expect(try bench.text("out.quarantine/" + file) == "Please throw.\n")
  }

  @Test("cost only themselves where a stage in another language crashes or hangs")
  func crashAndHang() throws {
    let bench = try bench()
    try bench.write("Please crash.\n", to: "in/3.txt")
    try bench.write("Please hang.\n", to: "in/5.txt")
    let run = try bench.run("run", "mischief.yml", "--time-limit", "2s")
    #expect(run.status == 3, "\(run.errors)")
    #expect(try bench.ids("out.jsonl") == ["1.txt", "4.txt"])
    #expect(try bench.ids("out.quarantine/quarantine.jsonl") == ["2.txt", "3.txt", "5.txt"])
  }

  @Test("stop the run at once with --fail-fast, and the status is 1")
  func failFast() throws {
    let bench = try bench()
    try bench.write("old\n", to: "out.jsonl")
    let run = try bench.run("run", "mischief.yml", "--fail-fast")
    #expect(run.status == 1)
    #expect(run.errors.contains("2.txt"))
    #expect(try bench.text("out.jsonl") == "old\n")
    #expect(bench.exists("out.jsonl.part"))
  }

  @Test("have their folder where the file or a flag wants it")
  func folder() throws {
    let bench = try bench()
    #expect(try bench.run("run", "mischief.yml", "--quarantine", "sick").status == 3)
    #expect(bench.exists("sick/quarantine.jsonl") && !bench.exists("out.quarantine"))
  }

  @Test("with an id that came before keep their bytes, and the first one stays in the result")
  func repeatedIdentifier() throws {
    let bench = try Bench.withTexts(1)
    let (first, second) = (#"{"id": "a", "text": "First."}"#, #"{"id": "a", "text": "Second."}"#)
    try bench.write(first + "\n" + second + "\n", to: "in/x.jsonl")
    let path = "read.path=in/x.jsonl"
    #expect(try bench.run("run", "plain.yml", "--set", path).status == 3)
    let entry = try object(bench.text("out/plain.quarantine/quarantine.jsonl"))
    #expect(try bench.text("out/plain.quarantine/" + (try #require(entry["file"] as? String))) == second)
    let again = try bench.run("retry", "plain.yml", "--set", path)
    #expect(again.errors.contains("id of its own"))
    #expect(try bench.lines("out/plain.jsonl").count == 1)
    #expect(try bench.text("out/plain.jsonl").contains("First."))
    #expect(bench.exists("out/plain.quarantine/quarantine.jsonl"))
  }
}

@Suite("pipeline retry")
struct RetryTests {
  @Test("puts a document into the result whose cause is mended, and empties the quarantine")
  func stage() throws {
    let bench = try Bench.withTexts(3)
    try bench.writeMischief()
    try bench.write("Please throw.\n", to: "in/2.txt")
    #expect(try bench.run("run", "mischief.yml").status == 3)
    try bench.write(bench.text("mischief.py").replacing("\"throw\" in", with: "\"nothing\" in"), to: "mischief.py")
    let retry = try bench.run("retry", "mischief.yml")
    #expect(retry.status == 0, "\(retry.errors)")
    #expect(try bench.ids("out.jsonl").sorted() == ["1.txt", "2.txt", "3.txt"])
    #expect(try bench.text("out.jsonl").contains("Please throw."))
    #expect(!bench.exists("out.quarantine"))
  }

  @Test("takes up a document that was too large, from wherever it came", arguments: ["*.txt", "*.jsonl", "*.gz"])
  func tooLarge(pattern: String) throws {
    let bench = try Bench.withTexts(3)
    let long = String(repeating: "A long text it is. ", count: 200)
    try bench.write(long + "\n", to: "in/2.txt")
    try bench.write("{\"text\": \"Short.\"}\n{\"text\": \"\(long)\"}\n", to: "in/x.jsonl")
    _ = try bench.bash("gzip -k in/*.txt")
    let path = "read.path=in/\(pattern)"
    let run = try bench.run("run", "plain.yml", "--set", path, "--max-document", "1000B")
    #expect(run.status == 3, "\(run.errors)")
    let count = try bench.lines("out/plain.jsonl").count
    let still = try bench.run("retry", "plain.yml", "--set", path, "--max-document", "1000B")
    #expect(still.status == 3)
    let retry = try bench.run("retry", "plain.yml", "--set", path, "--max-document", "1MB")
    #expect(retry.status == 0, "\(retry.errors)")
    #expect(try bench.lines("out/plain.jsonl").count == count + 1)
    #expect(try bench.text("out/plain.jsonl").contains("A long text it is. A long text"))
    #expect(!bench.exists("out/plain.quarantine"))
    let nothing = try bench.run("retry", "plain.yml", "--set", path)
    #expect(nothing.status == 1)
    #expect(nothing.errors.contains("nothing is in quarantine"))
  }

  @Test("puts the document into every export")
  func everyExport() throws {
    let bench = try Bench.withTexts(3)
    try bench.write(String(repeating: "A long text it is. ", count: 50), to: "in/2.txt")
    try bench.write(
      """
      stages:
        - read: { path: in/*.txt }
        - sentences
        - export.jsonl: { path: out.jsonl }
        - export.csv: { path: out.csv, rows: sentences }
        - export.sqlite: { path: out.db }

      """, to: "all.yml")
    #expect(try bench.run("run", "all.yml", "--max-document", "500B").status == 3)
    #expect(try bench.run("retry", "all.yml").status == 0)
    #expect(try bench.ids("out.jsonl").sorted() == ["1.txt", "2.txt", "3.txt"])
    #expect(try bench.lines("out.csv").count { $0.hasPrefix("2.txt,") } == 50)
    let query =
      "import sqlite3; print(sqlite3.connect('out.db').execute('select count(*) from documents').fetchone()[0])"
    #expect(try bench.bash("python3 -c \"\(query)\"").output == "3\n")
  }

  @Test("wants exports to files")
  func stream() throws {
    let refused = try Bench.withTexts().run("retry", "plain.yml", "--set", "export.jsonl.path=-")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("write to a file"))
  }
}
