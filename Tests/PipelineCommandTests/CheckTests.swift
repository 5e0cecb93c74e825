import Foundation
import Testing

@Suite("pipeline check")
struct CheckTests {
  private static let wrong = """
    pipeline: wrong
    stages:
      - read: { pth: "in/*.txt" }
      - sentence
      - export.jsonl: { path: out.jsonl, mode: append }

    """

  @Test("passes a file that is right, and touches nothing")
  func right() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run("check", "plain.yml")
    #expect(run.status == 0)
    #expect(run.output == "")
    #expect(run.errors == "1 file without a problem\n")
    #expect(!bench.exists("out"))
  }

  @Test("tells all problems at once with line, column, caret and code, as run does, and the status is 2")
  func wrong() throws {
    let bench = try Bench.withTexts()
    try bench.write(Self.wrong, to: "wrong.yml")
    let told = """
      wrong.yml:3:5: read needs option "path": a path, or a list, each entry a path [P012]
        3 |   - read: { pth: "in/*.txt" }
          |     ^
      wrong.yml:3:13: read has no option "pth"; did you mean "path"? [P011]
        3 |   - read: { pth: "in/*.txt" }
          |             ^
      wrong.yml:4:5: unknown stage "sentence"; did you mean "sentences"? [P014]
        4 |   - sentence
          |     ^
      wrong.yml:5:44: export.jsonl.mode wants one of replace, update [P013]
        5 |   - export.jsonl: { path: out.jsonl, mode: append }
          |                                            ^

      """
    let check = try bench.run("check", "wrong.yml")
    #expect(check.status == 2)
    #expect(check.errors == told + "4 problems in 1 file\n")
    for command in ["run", "explain", "try"] {
      let run = try bench.run(command, "wrong.yml")
      #expect(run.status == 2)
      #expect(run.errors == told)
      #expect(run.output == "")
    }
    #expect(!bench.exists("out.jsonl"))
  }

  @Test("takes several files, and folders of them")
  func several() throws {
    let bench = try Bench.withTexts()
    try bench.write(Self.wrong, to: "more/wrong.yaml")
    try bench.write(bench.text("plain.yml"), to: "more/right.yml")
    try bench.write("no pipeline", to: "more/notes.txt")
    let run = try bench.run("check", "plain.yml", "more")
    #expect(run.status == 2)
    #expect(run.errors.contains("more/wrong.yaml:4:5: unknown stage"))
    #expect(run.errors.hasSuffix("4 problems in 3 files\n"))
    #expect(try bench.run("check", "plain.yml", "more/right.yml").errors == "2 files without a problem\n")
  }

  @Test("gives machines the problems as JSON")
  func json() throws {
    let bench = try Bench.withTexts()
    try bench.write(Self.wrong, to: "wrong.yml")
    let run = try bench.run("check", "plain.yml", "wrong.yml", "none.yml", "--json")
    #expect(run.status == 2)
    let problems = try objects(run.output)
    #expect(problems.map { $0["code"] as? String } == ["P012", "P011", "P014", "P013", "P001"])
    #expect(problems[2]["file"] as? String == "wrong.yml")
    #expect(problems[2]["line"] as? Int == 4 && problems[2]["column"] as? Int == 5)
    #expect(problems[4]["line"] is NSNull)
    #expect(try objects(bench.run("check", "plain.yml", "--json").output).isEmpty)
  }

  @Test("looks at the command line's values as well")
  func settings() throws {
    let run = try Bench.withTexts().run("check", "plain.yml", "--set", "export.jsonl.offsets=bytes")
    #expect(run.status == 2)
    #expect(run.errors.contains("--set export.jsonl.offsets: export.jsonl.offsets wants one of"))
  }
}

@Suite("pipeline explain")
struct ExplainTests {
  @Test("shows stages, layers, resolved options and places")
  func text() throws {
    let bench = try Bench.withTexts()
    let run = try bench.run("explain", "plain.yml", "--set", "out=x/y")
    #expect(run.status == 0)
    for words in [
      "plain: Plain texts to sentences", "1. read", "2. sentences", "gives  sentences, tokens", "needs  text, blocks",
      "path: \"in/*.txt\"", "result      x/y.jsonl", "quarantine  x/y.quarantine", "manifest    x/y.run.json",
    ] { #expect(run.output.contains(words), "\(words) in \(run.output)") }
    #expect(!bench.exists("x"))
  }

  @Test("with --full prints a file that passes, has the same --full, and gives the same result")
  func full() throws {
    let bench = try Bench.withTexts()
    let full = try bench.run("explain", "plain.yml", "--full").output
    try bench.write(full, to: "full.yml")
    #expect(try bench.run("check", "full.yml").status == 0)
    #expect(try bench.run("explain", "full.yml", "--full").output == full)
    #expect(try bench.run("run", "plain.yml").status == 0)
    #expect(try bench.run("run", "full.yml", "--set", "export.jsonl.path=full.jsonl").status == 0)
    #expect(try bench.text("full.jsonl") == bench.text("out/plain.jsonl"))
  }

  @Test("masks what a secret option holds, and no more")
  func secrets() throws {
    let bench = try Bench.withTexts(1)
    try bench.writeMischief()
    let external = "external.environment={TOKEN: hush, OTHER: quiet}"
    for flags in [[], ["--full"]] {
      let run = try bench.start(["explain", "mischief.yml", "--set", external] + flags).finished()
      #expect(run.output.contains(#"environment: {"OTHER": "********", "TOKEN": "********"}"#), "\(run.output)")
      #expect(!run.output.contains("hush"))
    }
    #expect(try bench.run("explain", "mischief.yml").output.contains("environment: {}"))
    #expect(try bench.run("run", "mischief.yml", "--set", external).status == 0)
    #expect(try !bench.text("out.run.json").contains("hush"))
  }

  @Test("with --full keeps the plan of every file that comes with the project", arguments: Project.pipelines)
  func project(file: String) throws {
    let bench = try Bench()
    let full = try bench.run("explain", file, "--full", in: Bench.project)
    #expect(full.status == 0, "\(full.errors)")
    try bench.write(full.output, to: "full.yml")
    #expect(try bench.run("explain", "full.yml", "--full").output == full.output)
  }
}

@Suite("pipeline stages")
struct StagesTests {
  @Test("lists every stage, and shows one with its options")
  func text() throws {
    let bench = try Bench()
    let list = try bench.run("stages").output
    for name in ["read", "clean", "sentences", "export.jsonl"] { #expect(list.contains("  \(name) ")) }
    let clean = try bench.run("stages", "clean")
    #expect(clean.status == 0)
    #expect(clean.output.hasPrefix("clean  "))
    #expect(clean.output.contains("  annotator\n") && clean.output.contains("gives  text, blocks"))
    #expect(try bench.run("stages", "read").output.contains("required"))
  }

  @Test("gives machines the same as JSON")
  func json() throws {
    let bench = try Bench()
    let stages = try objects(bench.run("stages", "--json").output)
    let names = stages.compactMap { $0["name"] as? String }
    #expect(names.first == "read")
    let list = try bench.run("stages").output.split(separator: "\n").map { String($0.split(separator: " ")[0]) }
    #expect(names == list)
    for stage in stages {
      #expect(["source", "annotator", "export"].contains(stage["role"] as? String))
      for option in try #require(stage["options"] as? [[String: Any]]) {
        #expect((option["summary"] as? String)?.isEmpty == false, "\(option)")
      }
    }
    let one = try objects(bench.run("stages", "sentences", "--json").output)
    #expect(one.count == 1 && one[0]["name"] as? String == "sentences")
  }

  @Test("prints a schema that knows every stage and option of the project's files", arguments: Project.pipelines)
  func schema(file: String) throws {
    let bench = try Bench()
    let schemas = try object(bench.run("stages", "--schema").output)
    #expect(schemas["document"] is [String: Any])
    let schema = try #require(schemas["pipeline_file"] as? [String: Any])
    let known = try #require(schema["properties"] as? [String: Any])
    let options = Self.options(in: schema)
    var stage: String?
    for line in try bench.run("explain", file, "--full", in: Bench.project).output.split(separator: "\n") {
      let key = String(line.drop { $0 == " " || $0 == "-" }.prefix { $0 != ":" })
      if !line.hasPrefix(" ") { #expect(known[key] != nil, "\(key)") }
      if line.hasPrefix("  - ") { stage = key }
      if line.hasPrefix("  - ") { #expect(options[key] != nil, "\(key)") }
      if line.hasPrefix("      "), let stage { #expect(options[stage]?.contains(key) == true, "\(stage).\(key)") }
    }
    #expect(stage != nil)
  }

  /// The options of each stage, wherever the schema declares them.
  private static func options(in schema: Any) -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    func look(_ value: Any) {
      if let list = value as? [Any] { list.forEach(look) }
      guard let map = value as? [String: Any] else { return }
      if map["maxProperties"] as? Int == 1, let stages = map["properties"] as? [String: [String: Any]] {
        for (name, stage) in stages { found[name] = Set((stage["properties"] as? [String: Any] ?? [:]).keys) }
      }
      map.values.forEach(look)
    }
    look(schema)
    return found
  }
}
