import Foundation
import Testing

@Suite("pipeline gazetteer")
struct GazetteerTests {
  private static let list = "name,actor,kind,type\nZorbix Vorlan,org:zorbix,company,ORG\nMoscow,org:band,other,ORG\n"
  private static let pipeline = """
    stages:
      - read: { path: text.txt }
      - sentences
      - entities: { gazetteers: [my.gazetteer] }
      - export.jsonl: { path: out.jsonl }
    """

  @Test("compiles lists into a file that stands where a list would, and says how")
  func compiles() throws {
    let bench = try Bench()
    try bench.write(Self.list, to: "my.csv")
    try bench.write("Then Zorbix Vorlan met Moscow.\n", to: "text.txt")
    try bench.write(Self.pipeline, to: "p.yml")
    let run = try bench.run("gazetteer", "my.csv", "--out", "my.gazetteer")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output == "")
    #expect(run.errors.contains("entities: 2 names compiled, "))
    #expect(run.errors.contains("use it  - entities: { gazetteers: [my.gazetteer] }"))
    let use = try bench.run("run", "p.yml", "--quiet")
    #expect(use.status == 0, "\(use.errors)")
    let result = try bench.text("out.jsonl")
    #expect(result.contains("\"actor\":\"org:zorbix\"") && result.contains("\"actor\":\"org:band\""))
  }

  @Test("says what is wrong with a list, and leaves an older file as it was")
  func problems() throws {
    let bench = try Bench()
    try bench.write(Self.list + "\"Open,org:a,company,ORG\nB,,company,ORG\n", to: "my.csv")
    try bench.write("older", to: "my.gazetteer")
    let run = try bench.run("gazetteer", "my.csv", "--out", "my.gazetteer")
    #expect(run.status == 1)
    #expect(run.errors.contains("pipeline: my.csv:4: has a field that opens with a quotation mark"))
    #expect(run.errors.contains("\nmy.csv:5: lacks its actor"))
    #expect(try bench.text("my.gazetteer") == "older")
    #expect(try bench.names(in: ".").allSatisfy { !$0.hasSuffix(".part") })
  }

  @Test("never takes the place of the list that it is made of")
  func ownList() throws {
    let bench = try Bench()
    try bench.write(Self.list, to: "my.csv")
    let run = try bench.run("gazetteer", "my.csv", "--out", "./my.csv")
    #expect(run.status == 1)
    #expect(run.errors.contains("it is read as well, as my.csv; name another file"), "\(run.errors)")
    #expect(try bench.text("my.csv") == Self.list)
  }

  @Test(
    "is refused without an output or a list, and for a stage without lists",
    arguments: [
      ("my.csv", "gazetteer needs --out: where to write the compiled file"),
      ("--out x", "gazetteer needs a list: a CSV file with the columns name, actor, kind and type"),
      ("my.csv --out x --stage clean", "clean compiles no lists; these do: entities"),
    ])
  func usage(arguments: String, message: String) throws {
    let run = try Bench().start(["gazetteer"] + arguments.split(separator: " ").map(String.init)).finished()
    #expect(run.status == 2)
    #expect(run.errors.contains(message), "\(run.errors)")
  }
}
