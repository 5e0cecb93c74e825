import ExternalStage
import FoundationEssentials
import Glibc
import PipelineKit
import Synchronization

/// A folder of its own for one test, with the programs that it writes; gone with the test.
final class Programs: Sendable {
  let path: String
  private let lines = Mutex<[String]>([])

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "external-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What programs wrote to standard error, and what the stage said of them.
  var log: [String] { lines.withLock { $0 } }

  func context(timeLimit: TimeSpan? = nil, maxDocument: ByteCount = .megabytes(64)) -> StageContext {
    StageContext(directory: path, timeLimit: timeLimit, maxDocument: maxDocument) { line in
      self.lines.withLock { $0.append(line) }
    }
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path).appending(path: name))
  }
  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path).appending(path: name)), as: UTF8.self)
  }

  /// A stage in Python that speaks the protocol without our module.
  /// - Parameter body: defines `handle(document)`, which returns a reply without its number.
  func python(_ body: String, needs: [String] = [], gives: [String] = ["own"]) throws -> External {
    try write("stage.py", prelude + body + "\nmain(handle, \(needs), \(gives))\n")
    return stage(["python3", "-S", "stage.py"], needs: needs, gives: gives)
  }
  /// A stage in the shell.
  func shell(_ script: String, gives: [String] = ["own"]) throws -> External {
    try write("stage.sh", script)
    return stage(["sh", "stage.sh"], needs: [], gives: gives)
  }
  func stage(_ command: [String], needs: [String] = [], gives: [String] = ["own"]) -> External {
    var stage = External()
    stage.command = command
    (stage.needs, stage.gives) = (needs.map { LayerName($0) }, gives.map { LayerName($0) })
    return stage
  }
}

private let prelude = #"""
  import json, os, sys, time

  def say(message):
      sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
      sys.stdout.flush()

  def mark(document):
      word = (document["text"].split() or [""])[0]
      return {"status": "ok", "layers": {"own": [{"start": 0, "end": len(word), "of": document["id"]}]}}

  def main(handle, needs, gives):
      sys.stdin.readline()
      say({"protocol": 1, "name": "test", "version": "1", "needs": needs, "gives": gives})
      for line in sys.stdin:
          request = json.loads(line)
          say({"seq": request["seq"], **handle(request["document"])})

  sys.stdin.reconfigure(encoding="utf-8", newline="\n")
  sys.stdout.reconfigure(encoding="utf-8")

  """#

/// The first line of a stage in the shell, up to the first document.
let shellHandshake = #"""
  read -r hello
  echo '{"protocol": 1, "name": "sh", "version": "1", "gives": ["own"]}'

  """#

/// Whether a process is there and not a zombie that its new parent has not fetched yet.
func isRunning(_ pid: String) -> Bool {
  guard let stat = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/stat")) else { return false }
  return !String(decoding: stat, as: UTF8.self).contains(") Z ")
}

/// Whether a process that was killed is gone. The signal takes a moment to reach one that is not our child.
func isGone(_ pid: String) -> Bool {
  for _ in 0..<200 where isRunning(pid) { usleep(10_000) }
  return !isRunning(pid)
}
