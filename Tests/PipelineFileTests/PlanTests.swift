import PipelineFile
import PipelineKit
import Testing

@Suite("A plan")
struct PlanTests {
  static let text = """
    pipeline: edm
    params: { archive: ../samples, out: "${archive}/out" }
    run: { time_limit: 2m, workers: 3 }
    stages:
      - take: { path: "${archive}/a.txt", token: "${env:TOKEN}" }
      - sentences: { threshold: 70, abbreviations: [Dr., "null"], names: { b: "x: y", a: "$${z}" } }
      - keep.lines: { path: "${out}.jsonl" }
    """

  @Test("has the values of the file, params and environment put in")
  func values() throws {
    let plan = try #require(check(Self.text, environment: ["TOKEN": "se: cret"]).plan)
    let source = try #require(plan.source as? Take)
    #expect(source.path.text == "../samples/a.txt")
    #expect(source.token == "se: cret")
    #expect(plan.run.workers == 3)
    #expect(plan.run.timeLimit == TimeSpan.seconds(120))
    #expect((plan.annotators[0] as? Split)?.names == ["b": "x: y", "a": "${z}"])
    #expect(plan.layers == [.text, Block.layer, Sentence.layer])
    #expect(plan.outputStem == "./../samples/out" || plan.outputStem == "../samples/out")
  }

  @Test("gives way to the command line: params, options, and options of the run")
  func overrides() throws {
    let overrides = try ["archive=/a", "sentences.threshold=9", "sentences.abbreviations=[Mr., Dr.]"].map {
      try #require(Override(setting: $0))
    }
    let flag = Override(name: "run.workers", value: "7", flag: "--workers")
    let plan = try #require(check(Self.text, overrides: overrides + [flag], environment: ["TOKEN": ""]).plan)
    #expect((plan.sinks[0] as? KeepLines)?.path.text == "/a/out.jsonl")
    #expect((plan.annotators[0] as? Split)?.threshold == 9)
    #expect((plan.annotators[0] as? Split)?.abbreviations == ["Mr.", "Dr."])
    #expect(plan.run.workers == 7)
  }

  @Test(
    "refuses a setting that fits nothing, and names the flag",
    arguments: [
      ("archiv=x", #"--set archiv: no param "archiv"; did you mean "archive"? [P009]"#),
      ("sentenes.threshold=1", #"--set sentenes.threshold: no stage "sentenes"; did you mean "sentences"? [P009]"#),
      ("sentences.threshold=x", "--set sentences.threshold: sentences.threshold wants an integer [P013]"),
      (
        "sentences.treshold=1",
        #"--set sentences.treshold: sentences has no option "treshold"; did you mean "threshold"? [P011]"#
      ),
    ])
  func badOverride(setting: String, message: String) throws {
    let checked = check(Self.text, overrides: [try #require(Override(setting: setting))], environment: ["TOKEN": ""])
    #expect(checked.diagnostics.map { $0.text(lines: checked.lines) } == [message])
  }

  @Test("is written out with every default, secrets masked, and reads back as the same plan")
  func fullText() throws {
    let plan = try #require(check(Self.text, environment: ["TOKEN": "secret"]).plan)
    #expect(!plan.fullText.contains("\"secret\""))
    let again = try #require(check(plan.fullText).plan)
    #expect(again.fullText == plan.fullText)
    #expect((again.annotators[0] as? Split)?.names == ["b": "x: y", "a": "${z}"])
    #expect((again.annotators[0] as? Split)?.abbreviations == ["Dr.", "null"])
  }

  @Test("refuses a stage that stands twice as the target of a setting")
  func ambiguous() throws {
    let text = "stages: [take: {path: a}, shout, shout, keep.lines: {path: b}]"
    let checked = check(text, overrides: [try #require(Override(setting: "shout.x=1"))])
    #expect(checked.diagnostics.map(\.code) == ["P009"])
  }
}

@Suite("The nearest name")
struct NearestTests {
  @Test(
    "is the one with the fewest slips, if they are few",
    arguments: [("sentence", "sentences"), ("claen", "clean"), ("Read", "read"), ("exportjsonl", "export.jsonl")])
  func near(name: String, meant: String) {
    #expect(nearest(name, among: ["read", "clean", "sentences", "export.jsonl", "stance"]) == meant)
  }

  @Test("is none where all are far")
  func far() { #expect(nearest("translate", among: ["read", "clean", "sentences"]) == nil) }
}
