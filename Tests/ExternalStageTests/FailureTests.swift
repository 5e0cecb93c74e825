import ExternalStage
import FoundationEssentials
import PipelineKit
import PipelineTesting
import Testing

@Suite("Programs that fail", .serialized) struct FailureTests {
  let programs: Programs
  init() throws { programs = try Programs() }

  @Test("a crash costs the document that caused it, wherever it stands", arguments: [0, 7, 16, 39])
  func crash(position: Int) throws {
    let stage = try programs.python(
      """
      def handle(document):
          if document["id"] == "d\(position)":
              print("Traceback: boom", file=sys.stderr, flush=True)
              os._exit(3)
          return mark(document)
      """)
    let batch = try Batch(texts(40), stage, programs.context())
    #expect(batch.failures.keys.sorted() == [position])
    #expect(batch.failures[position]?.contains("ended with exit status 3") == true)
    #expect(batch.failures[position]?.contains("its last words: Traceback: boom") == true)
    #expect(batch.survivorsAreRight)
  }

  @Test("a crash costs only the guilty one also where the program reads ahead of what it answers")
  func crashOfReader() throws {
    try programs.write(
      "stage.py",
      """
      import json, os, sys
      sys.stdin.readline()
      print('{"protocol": 1, "name": "ahead", "version": "1"}', flush=True)
      import select
      while True:
          held = []
          while not held or select.select([0], [], [], 0.02)[0]:
              line = sys.stdin.buffer.raw.readline()
              if not line:
                  break
              held.append(json.loads(line))
          if not held:
              break
          if any(request["document"]["id"] == "d9" for request in held):
              os.kill(os.getpid(), 11)
          for request in held:
              document = request["document"]
              entry = {"start": 0, "end": len(document["text"].split()[0]), "of": document["id"]}
              print(json.dumps({"seq": request["seq"], "status": "ok", "layers": {"own": [entry]}}), flush=True)
      """)
    let batch = try Batch(texts(24), programs.stage(["python3", "-S", "stage.py"]), programs.context())
    #expect(batch.failures.keys.sorted() == [9])
    #expect(batch.failures[9]?.contains("was ended by signal 11 (Segmentation fault)") == true, "\(batch.failures)")
    #expect(batch.survivorsAreRight)
  }

  @Test("a hang costs the document that hangs, soon after its time limit")
  func hang() throws {
    var stage = try programs.python(
      """
      def handle(document):
          if document["id"] == "d5":
              time.sleep(1000)
          return mark(document)
      """)
    stage.timeLimit = TimeSpan(milliseconds: 300)
    let started = ContinuousClock.now
    let batch = try Batch(texts(40), stage, programs.context(timeLimit: .seconds(60)))
    #expect(ContinuousClock.now - started < .seconds(10))
    #expect(batch.failures.keys.sorted() == [5])
    #expect(batch.failures[5]?.contains("took longer than 300ms") == true)
    #expect(batch.survivorsAreRight)
  }

  @Test("a program that ends by itself between documents costs none of them")
  func servesTen() throws {
    let stage = try programs.python(
      """
      served = [0]
      def handle(document):
          served[0] += 1
          if served[0] > 10:
              sys.exit(0)
          return mark(document)
      """)
    let batch = try Batch(texts(100), stage, programs.context())
    #expect(batch.failures.isEmpty)
    #expect(batch.survivorsAreRight)
  }

  @Test("each document that crashes the program is lost, and no other")
  func manyCrashes() throws {
    let stage = try programs.python(
      """
      def handle(document):
          if int(document["id"][1:]) % 3 == 0:
              os._exit(1)
          return mark(document)
      """)
    let batch = try Batch(texts(30), stage, programs.context())
    #expect(batch.failures.keys.sorted() == Array(stride(from: 0, to: 30, by: 3)))
    #expect(batch.survivorsAreRight)
  }

  @Test("a program that fails at every document is given up after its restarts")
  func givenUp() throws {
    var stage = try programs.shell(shellHandshake + "read -r line; exit 1")
    stage.restarts = 5
    let batch = try Batch(texts(100), stage, programs.context())
    #expect(batch.failures.count == 100)
    #expect(batch.failures[99]?.contains("given up after it failed 6 times in a row") == true)
    #expect(batch.failures[99]?.contains("ended with exit status 1") == true)
  }

  @Test(
    "a line on standard output that is no reply costs its document, and is shown",
    arguments: [
      (#"print("Loading model...", flush=True)"#, #"not JSON: "Loading model...""#),
      (#"print("{}", flush=True)"#, #"without "seq": "{}""#),
      (#"say({"seq": 7000, "status": "ok"})"#, #"answered "seq": 7000 where 1 was next"#),
      (#"print("x" * 3000000, flush=True); time.sleep(1000)"#, "not JSON"),
      (
        #"sys.stdout.write("x" * 3000000); sys.stdout.flush(); time.sleep(1000)"#,
        "a reply is longer than 1048576 bytes"
      ),
    ])
  func garbage(statement: String, message: String) throws {
    var stage = try programs.python(
      """
      def handle(document):
          if document["id"] == "d1":
              \(statement)
          return mark(document)
      """)
    stage.timeLimit = .seconds(20)
    let batch = try Batch(texts(6), stage, programs.context(maxDocument: ByteCount(1000)))
    #expect(batch.failures.keys.sorted() == [1])
    let expected = statement.contains("3000000") ? "a reply is longer" : message
    #expect(batch.failures[1]?.contains(expected) == true, "\(batch.failures)")
    #expect(batch.survivorsAreRight)
  }

  @Test("a program that closes its standard output or input is ended, and its document is lost", arguments: [0, 1])
  func closes(descriptor: Int) throws {
    let stage = try programs.python(
      """
      def handle(document):
          if document["id"] == "d1":
              os.close(\(descriptor))
              time.sleep(1000)
          return mark(document)
      """)
    var slow = stage
    slow.timeLimit = .seconds(2)
    let batch = try Batch(texts(40), slow, programs.context())
    #expect(batch.failures.keys.sorted() == [1])
    #expect(batch.survivorsAreRight)
  }

  @Test(
    "a program that can't begin fails before the run, with the reason",
    arguments: [
      (["no-such-program"], "no-such-program: can't be started: No such file or directory"),
      (
        ["sh", "-c", "echo no model >&2; exit 1"],
        "ended with exit status 1 before it answered the handshake; its last words: no model"
      ),
      (["sh", "-c", "echo hello; cat"], #"answered the handshake with a line that is not JSON: "hello""#),
      (["sh", "-c", "echo '[]'; cat"], "answered the handshake with a list, no object"),
      (["sh", "-c", "echo '{\"error\": \"no model at x\"}'"], "no model at x"),
      (["sh", "-c", "echo '{\"protocol\": 2}'"], "speaks protocol 2, and this command speaks 1"),
      (["sh", "-c", "echo '{\"protocol\": 1, \"version\": \"1\"}'"], #"wants a "name""#),
      (["sh", "-c", "echo '{\"protocol\": 1, \"name\": \"a\"}'"], #"wants a "version""#),
      (
        ["sh", "-c", "echo '{\"protocol\": 1, \"name\": \"a\", \"version\": \"1\", \"needs\": [\"tokens\"]}'"],
        "needs the layer tokens, which the pipeline file does not declare"
      ),
      (
        ["sh", "-c", "echo '{\"protocol\": 1, \"name\": \"a\", \"version\": \"1\", \"gives\": [\"own\", \"b\"]}'"],
        "gives the layer b, which the pipeline file does not declare"
      ),
      (
        ["sh", "-c", "echo '{\"protocol\": 1, \"name\": \"a\", \"version\": \"1\", \"gives\": []}'"],
        "does not give the layer own"
      ),
      (["sh", "-c", "exec sleep 1000"], "did not answer the handshake within 300ms"),
    ])
  func noBeginning(command: [String], message: String) throws {
    var stage = programs.stage(command)
    if command.last == "exec sleep 1000" { stage.startLimit = TimeSpan(milliseconds: 300) }
    let error = #expect(throws: ExternalProblem.self) { try stage.makeWorker(programs.context()) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("a folder that is missing is named")
  func noFolder() throws {
    let stage = programs.stage(["true"])
    let context = StageContext(directory: programs.path + "/none")
    let error = #expect(throws: ExternalProblem.self) { try stage.makeWorker(context) }
    #expect(error?.description.contains("folder \(programs.path)/none: No such file") == true)
  }
}
