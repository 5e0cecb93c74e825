import Foundation
import Testing

@Suite("pipeline try")
struct TryTests {
  @Test("takes a text, the path of a document, or standard input")
  func inputs() throws {
    let bench = try Bench.withTexts()
    let text = try bench.run("try", "plain.yml", "NATO met. Moscow did not.")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("NATO met. Moscow did not."))
    let path = try bench.run("try", "plain.yml", "in/3.txt")
    #expect(path.output.contains("in/3.txt") && path.output.contains("Text 3 is short."))
    for arguments in [["try", "plain.yml"], ["try", "plain.yml", "-"]] {
      let stream = try bench.start(arguments, input: "From the stream.\n").finished()
      #expect(stream.status == 0, "\(stream.errors)")
      #expect(stream.output.contains("From the stream."))
    }
    #expect(!bench.exists("out"))
  }

  @Test("reads pages and marks what the stages find")
  func page() throws {
    let bench = try Bench()
    let sample = "samples/edm/2012-02-29-trans-korean-pipeline.html"
    let file = try bench.run("try", "pipelines/edm.yml", sample, in: Bench.project)
    #expect(file.status == 0, "\(file.errors)")
    #expect(file.output.contains("[") && file.output.contains("|LOC "))
    #expect(file.output.contains("title"))
    let text = try bench.run("try", "pipelines/edm.yml", "Moscow condemned the talks in Ankara.", in: Bench.project)
    #expect(text.output.contains("[Moscow|LOC RUS"), "\(text.output)")
    #expect(text.output.contains("Actors"))
    let markup = try bench.run(
      "try", "pipelines/edm.yml", input: "<html><body><p>Warsaw has agreed.</p></body></html>", in: Bench.project)
    #expect(markup.output.contains("[Warsaw|LOC POL"), "\(markup.output)")
  }

  @Test("fails with the stage's name and its reason")
  func failure() throws {
    let bench = try Bench.withTexts(1)
    try bench.writeMischief()
    let run = try bench.run("try", "mischief.yml", "Please throw.")
    #expect(run.status == 1)
    #expect(run.errors.contains("external: thrown on purpose"))
  }
}

@Suite("pipeline inspect")
struct InspectTests {
  @Test("shows the first document, or the one with an id")
  func documents() throws {
    let bench = try Bench.withTexts()
    _ = try bench.run("run", "plain.yml")
    let first = try bench.run("inspect", "out/plain.jsonl")
    #expect(first.status == 0)
    #expect(first.output.contains("1.txt") && first.output.contains("Text 1 is short."))
    #expect(try bench.run("inspect", "out/plain.jsonl", "4.txt").output.contains("Text 4 is short."))
    let stream = try bench.bash("pipeline inspect - 4.txt <out/plain.jsonl")
    #expect(stream.output.contains("Text 4 is short."))
  }

  @Test("names the id that was probably meant, and the status is 2")
  func unknown() throws {
    let bench = try Bench.withTexts()
    _ = try bench.run("run", "plain.yml")
    let run = try bench.run("inspect", "out/plain.jsonl", "4.tx")
    #expect(run.status == 2)
    #expect(run.errors.contains("no document with the id \"4.tx\"; did you mean \"4.txt\"?"))
  }

  @Test("finds an id that JSON writes with escapes")
  func escaped() throws {
    let bench = try Bench.withTexts(1)
    try bench.write(#"{"id": "a \"b\" \\ c", "text": "Odd."}"#, to: "in/x.jsonl")
    _ = try bench.run("run", "plain.yml", "--set", "read.path=in/x.jsonl")
    #expect(try bench.run("inspect", "out/plain.jsonl", #"a "b" \ c"#).output.contains("Odd."))
  }

  @Test("fails with 1 on what is no result, and says where")
  func noResult() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run("inspect", "plain.yml")
    #expect(run.status == 1)
    #expect(run.errors.contains("plain.yml:1: not a record of export.jsonl"))
    let none = try bench.run("inspect", "none.jsonl")
    #expect(none.status == 1)
    #expect(none.errors.contains("can't read none.jsonl: no such file or directory"))
    try bench.write("", to: "empty.jsonl")
    #expect(try bench.run("inspect", "empty.jsonl").errors.contains("holds no document"))
  }

  @Test("lets no document steer the terminal")
  func controls() throws {
    let bench = try Bench.withTexts(1)
    try bench.write("{\"text\": \"Red \\u001b[31m alert.\"}\n", to: "in/x.jsonl")
    _ = try bench.run("run", "plain.yml", "--set", "read.path=in/x.jsonl")
    #expect(try !bench.run("inspect", "out/plain.jsonl").output.contains("\u{1B}"))
  }
}

@Suite("Colour")
struct ColorTests {
  @Test("is for terminals, unless it is asked for")
  func color() throws {
    let bench = try Bench.withTexts()
    _ = try bench.run("run", "plain.yml")
    let escape = "\u{1B}["
    #expect(try !bench.run("inspect", "out/plain.jsonl").output.contains(escape))
    let always = try bench.run("inspect", "out/plain.jsonl", "--color", "always", environment: ["NO_COLOR": "1"])
    #expect(always.output.contains(escape))
    #expect(try bench.run("explain", "plain.yml", "--color=always").output.contains(escape))
    #expect(try bench.run("check", "none.yml", "--color", "always").errors.contains(escape))
  }

  /// `script` gives a process a terminal; where there is none to be had, as in a bare chroot, there is nothing to try.
  @Test("and progress are shown on a terminal, and NO_COLOR is honoured")
  func terminal() throws {
    let bench = try Bench.withTexts()
    guard try bench.bash("script -qec true /dev/null </dev/null").status == 0 else { return }
    let command = { (line: String) in "TERM=xterm script -qec '\(line)' /dev/null </dev/null" }
    let run = "\(Bench.pipeline.path) explain plain.yml"
    #expect(try bench.bash(command(run)).output.contains("\u{1B}[1m"))
    #expect(try !bench.bash("NO_COLOR=1 " + command(run)).output.contains("\u{1B}["))
    #expect(try !bench.bash(command(run + " --color never")).output.contains("\u{1B}["))
  }
}
