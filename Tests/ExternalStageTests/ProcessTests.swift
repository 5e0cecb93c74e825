import ExternalStage
import FoundationEssentials
import Glibc
import PipelineKit
import PipelineTesting
import Testing

@Suite("Processes of programs", .serialized) struct ProcessTests {
  let programs: Programs
  init() throws { programs = try Programs() }

  @Test("full pipes on both sides never lead to a deadlock")
  func fullPipes() throws {
    var stage = try programs.python(
      """
      def handle(document):
          sys.stderr.write("e" * 200000 + "\\n")
          time.sleep(0.005)
          return {"status": "ok", "layers": {"own": [{"start": 0, "end": 1, "text": document["text"]}]}}
      """)
    stage.timeLimit = .seconds(30)
    let text = String(repeating: "Длинный текст. ", count: 12_000)
    let batch = try Batch(Array(repeating: text, count: 12), stage, programs.context())
    #expect(batch.failures.isEmpty)
    #expect(batch.documents.allSatisfy { $0.entries(of: "own").first?.utf8.count ?? 0 > text.utf8.count })
  }

  @Test("what a program leaves running ends with it")
  func grandchildren() throws {
    _ = try programs.python("handle = mark")
    let stage = try programs.shell("sleep 1000 & echo $! > sleeper; python3 -S stage.py")
    var worker = try stage.makeWorker(programs.context())
    let batch = try Batch(texts(2).enumerated().map { .sample($1, id: "d\($0)") }, &worker)
    #expect(batch.survivorsAreRight)
    let sleeper = try programs.read("sleeper").filter(\.isNumber)
    #expect(isRunning(sleeper))
    worker.finish()
    #expect(isGone(sleeper))
  }

  @Test("a grandchild that holds the pipes open does not hide a crash")
  func grandchildHoldsPipes() throws {
    let stage = try programs.shell(shellHandshake + "sleep 1000 & echo $! > sleeper\nread -r line; exit 4")
    let started = ContinuousClock.now
    let batch = try Batch(["Moscow"], stage, programs.context())
    #expect(batch.failures[0]?.contains("ended with exit status 4") == true)
    #expect(ContinuousClock.now - started < .seconds(8))
    #expect(isGone(try programs.read("sleeper").filter(\.isNumber)))
  }

  @Test("a program that ignores the end of its input and SIGTERM is killed")
  func stubborn() throws {
    let stage = try programs.shell(
      shellHandshake + "trap '' TERM\necho $$ > pid\nwhile :; do sleep 0.1; done")
    var worker = try stage.makeWorker(programs.context())
    var none: [Document] = []
    worker.annotate(&none) { _, _ in }
    worker.finish()
    #expect(!isRunning(try programs.read("pid").filter(\.isNumber)))
    #expect(programs.log.contains { $0.contains("did not end within 2s") })
  }

  @Test("a worker that goes without finish ends its program, and so does one that never worked")
  func withoutFinish() throws {
    var stage = try programs.python("open('pids', 'a').write(str(os.getpid()) + '\\n')\nhandle = mark")
    stage.window = 4
    do {
      let unused = try stage.makeWorker(programs.context())
      var worker = try stage.makeWorker(programs.context())
      var copy = worker
      let documents = texts(3).enumerated().map { Document.sample($1, id: "d\($0)") }
      #expect(try Batch(documents, &worker).survivorsAreRight)
      #expect(try Batch(documents, &copy).survivorsAreRight)
      _ = unused
    }
    let pids = try programs.read("pids").split(separator: "\n")
    #expect(pids.count == 3)
    #expect(pids.allSatisfy { !isRunning(String($0)) })
  }

  @Test("200 restarts leave no process, no zombie and no open file")
  func restarts() throws {
    var stage = try programs.shell("echo $$ >> pids\n" + shellHandshake + "read -r line; exit 1")
    stage.restarts = 1000
    let before = try openPipes()
    let batch = try Batch(texts(200), stage, programs.context())
    #expect(batch.failures.count == 200)
    let pids = try programs.read("pids").split(separator: "\n")
    #expect(pids.count >= 200)
    #expect(pids.allSatisfy { !FileManager.default.fileExists(atPath: "/proc/\($0)") })
    // Other tests of this process may have pipes of their own.
    #expect(try openPipes() < before + 50)
  }

  @Test("a program has none of this process's files and a process group of its own")
  func isolation() throws {
    let stage = try programs.python(
      """
      def handle(document):
          return {"status": "ok", "metadata": {"files": sorted(os.listdir("/proc/self/fd"))[:-1],
                  "group": str(os.getpgrp() - os.getpid()), "folder": os.getcwd()}}
      """)
    // Open without close-on-exec, as a careless library would have it.
    let careless = open("/dev/null", O_RDONLY)
    defer { close(careless) }
    let document = try Batch(["Moscow"], stage, programs.context()).documents[0]
    #expect(document.metadata.list("files") == ["0", "1", "2"])
    #expect(document.metadata["group"] == "0")
    #expect(document.metadata["folder"]?.hasSuffix(String(programs.path.split(separator: "/").last ?? "")) == true)
  }

  @Test("a worker can work again after finish")
  func again() throws {
    let stage = try programs.python("handle = mark")
    var worker = try stage.makeWorker(programs.context())
    for _ in 0..<3 {
      let batch = try Batch(texts(4).enumerated().map { .sample($1, id: "d\($0)") }, &worker)
      #expect(batch.survivorsAreRight && batch.failures.isEmpty)
      worker.finish()
    }
  }

  private func openPipes() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))?.hasPrefix("pipe:") ?? false
    }
  }
}
