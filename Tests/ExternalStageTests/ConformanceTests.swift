import ExternalStage
import FoundationEssentials
import PipelineKit
import PipelineTesting
import Testing

@Suite("Conformance and Python", .serialized) struct ConformanceTests {
  let programs: Programs
  init() throws { programs = try Programs() }

  @Test("the sample stages pass every case", arguments: ["sanctions.py", "line_sentences.py"])
  func samples(file: String) {
    let results = conformance(of: ["python3", file], directory: samplesFolder)
    #expect(results.count == 14)
    #expect(results.filter { !$0.passed } == [])
  }

  @Test(
    "each fault of a program fails its case, and says what is wrong",
    arguments: [
      Fault("counts offsets", "utf16", changes: "start = len(text[:at].encode('utf-16-le')) // 2"),
      Fault("refuses a version", "accepted external/999", changes: "hello = {'pipeline': 'external/1'}"),
      Fault("same answer", "differ", changes: "start = seq"),
      Fault("empty document", "reported an error: empty", changes: "status = 'ok' if text else 'error'"),
      Fault("5 MB", "ended with exit status 1", changes: "(text[1000000:] == '') or sys.exit(1)"),
      Fault("in the order", #"answered "seq": 4 where 3 was next"#, changes: "seq += (seq == 3)"),
      Fault("can't work on", "ended with exit status 1", changes: "request['document']['text']"),
      Fault("ends by itself", "had to be ended", changes: "", atEnd: "time.sleep(100)"),
      Fault("ends by itself", "ended with exit status 7", changes: "", atEnd: "sys.exit(7)"),
      Fault("nothing but replies", #"also wrote "bye""#, changes: "", atEnd: "print('bye')"),
    ])
  func faults(fault: Fault) throws {
    try programs.write("stage.py", fault.program)
    let results = conformance(of: ["python3", "-S", "stage.py"], directory: programs.path) { $0.contains(fault.name) }
    #expect(results.count == 2)
    #expect(results.last?.problem?.contains(fault.problem) == true, "\(results)")
  }

  @Test("without a handshake there is one result, with the program's last words")
  func noHandshake() {
    let results = conformance(of: ["sh", "-c", "echo no model >&2; exit 1"])
    #expect(results.count == 1)
    #expect(results[0].problem?.contains("its last words: no model") == true)
  }

  @Test("a module's stage reports exceptions, drops and prints as the protocol wants")
  func module() throws {
    try programs.write(
      "pipeline_stage.py",
      String(decoding: Data(contentsOf: URL(filePath: samplesFolder + "/pipeline_stage.py")), as: UTF8.self))
    try programs.write(
      "own.py",
      """
      import os
      from pipeline_stage import Document, Drop, Problem, stage

      def setup(options):
          if "model" not in options:
              raise Problem("no model; set options: { model: … }")

      @stage(name="own", gives=["own"], setup=setup)
      def annotate(document: Document) -> None:
          if document.id == "d0":
              raise Drop("not today")
          if document.id == "d1":
              raise Problem("no verb")
          if document.id == "d2":
              document.text[10_000]
          if document.id == "d3":
              document.add("own", 0, 10_000)
          if document.id == "d4":
              document.add("own", 0, 1, odd="\\ud800")
          os.system("echo from a child")
          print("at", document.id)
          document.add("own", 3, 4)
          document.add("own", 0, 1)

      if __name__ == "__main__":
          annotate.run()
      """)
    var stage = programs.stage(["python3", "own.py"])
    let error = #expect(throws: ExternalProblem.self) { try stage.makeWorker(programs.context()) }
    #expect(error?.description.contains("no model; set options") == true)
    stage.options = ["model": "m"]
    let batch = try Batch(texts(6), stage, programs.context())
    #expect(batch.documents[0].skipReason == "not today")
    #expect(batch.failures[1] == "no verb")
    #expect(batch.failures[2] == "IndexError: string index out of range")
    #expect(batch.failures[3]?.contains("outside the text") == true)
    #expect(batch.failures[4]?.hasPrefix("UnicodeEncodeError") == true)
    #expect(batch.documents[5].entries(of: "own") == ["0-1 []", "4-5 []"])
    #expect(programs.log.contains("at d5") && programs.log.contains("from a child"))
  }

  @Test("a new stage in Python works at once and its tests pass", arguments: ["shout", "long-words"])
  func template(name: String) throws {
    for file in try pythonTemplate(name: name) { try programs.write(file.path, file.contents) }
    let module = String(name.map { $0 == "-" ? "_" : $0 })
    let stage = programs.stage(["python3", module + ".py"], gives: [module])
    let document = try stage.annotated(.sample("Zürich: NATO met."), context: programs.context())
    #expect(document.entries(of: LayerName(module)) == ["9-13 \([NamedValue("length", .integer(4))])"])
    // The shell's answer stands in for a reply, so that the tests' own words are seen where they fail.
    let tests = try programs.shell("python3 -m unittest >&2 || exit 1\n" + shellHandshake + "cat > /dev/null")
    _ = try tests.makeWorker(programs.context())
    #expect(programs.log.contains("OK"))
  }

  @Test(
    "a name that Python has a use for, or that is no name, is refused",
    arguments: ["json", "class", "re", "pipeline-stage", "Shout", "9a", "", "a b", "../a"])
  func badNames(name: String) {
    #expect(throws: TemplateProblem.self) { try pythonTemplate(name: name) }
  }
}

private let samplesFolder: String = {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  return folder.deletingLastPathComponent().appending(path: "samples/stages").path
}()

/// A program that is right but for one thing.
struct Fault: Sendable, CustomTestStringConvertible {
  let name: String
  let problem: String
  let program: String
  var testDescription: String { name + ": " + problem }

  init(_ name: String, _ problem: String, changes: String, atEnd: String = "") {
    (self.name, self.problem) = (name, problem)
    program = """
      import json, os, sys, time
      sys.stdin.reconfigure(encoding="utf-8", newline="\\n")
      hello = json.loads(sys.stdin.readline())
      \(changes.hasPrefix("hello") ? changes : "")
      if hello["pipeline"] != "external/1":
          print('{"error": "another version"}', flush=True)
          sys.exit(1)
      print('{"protocol": 1, "name": "own", "version": "1", "needs": [], "gives": ["own"]}', flush=True)
      for line in sys.stdin:
          request = json.loads(line)
          seq, status = request["seq"], "ok"
          text = request["document"].get("text") or ""
          at = max(0, text.find("Moscow"))
          start = at
          \(changes.hasPrefix("hello") ? "" : changes)
          start = min(start, len(text))
          entry = {"start": start, "end": min(start + 6, len(text))}
          reply = {"seq": seq, "status": status, "layers": {"own": [entry]}, "message": "empty"}
          print(json.dumps(reply), flush=True)
      \(atEnd)
      """
  }
}
