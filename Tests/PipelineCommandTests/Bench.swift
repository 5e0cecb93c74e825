import Foundation
import Glibc
import Testing

/// A folder of its own in which the built command runs as a user runs it. The folder goes when the test is over.
final class Bench: Sendable {
  let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appending(path: "pipeline-command-" + UUID().uuidString)

  /// The command stands beside the program that runs the tests: one build makes both.
  static let pipeline = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "pipeline")
  /// Where README.md, pipelines and samples are.
  static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  /// Sanitizers take memory and time of their own.
  static let isSanitized = ["/asan/", "/tsan/"].contains { pipeline.path.contains($0) }

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  /// How a process ended and what it said.
  struct Finished {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs `pipeline` with these arguments.
  @discardableResult
  func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:], in directory: URL? = nil
  ) throws -> Finished {
    try start(arguments, input: input, environment: environment, in: directory).finished()
  }

  /// Runs a line of bash in which `pipeline` is the command.
  func bash(_ line: String, environment: [String: String] = [:]) throws -> Finished {
    let words = ["-c", "set -o pipefail; pipeline() { \"\(Self.pipeline.path)\" \"$@\"; }; " + line]
    return try start(words, program: URL(filePath: "/bin/bash"), environment: environment).finished()
  }

  /// Starts `pipeline` and leaves it running.
  func start(
    _ arguments: [String], program: URL = Bench.pipeline, input: String? = "", environment: [String: String] = [:],
    in directory: URL? = nil
  ) throws -> Running {
    try Running(
      self, program, arguments, input: input, environment: environment, directory: directory ?? folder)
  }

  func write(_ text: String, to path: String) throws {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func path(_ path: String) -> String { folder.appending(path: path).path }
  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: self.path(path)) }
  func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
  }
  func lines(_ path: String) throws -> [String] { try text(path).split(separator: "\n").map(String.init) }
  func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: self.path(path)).sorted()
  }

  /// The identifiers in a result, in their order.
  func ids(_ path: String) throws -> [String] { try lines(path).map { try object($0)["id"] as? String ?? "?" } }
}

/// A process with its streams in files, so that no pipe ever fills up.
final class Running {
  /// The folder must not go while the process is at work in it.
  private let bench: Bench
  private let process = Process()
  private let hasEnded = DispatchSemaphore(value: 0)
  private let notes: URL
  /// What the process reads, where the test feeds it.
  let input = Pipe()
  var identifier: Int32 { process.processIdentifier }

  fileprivate init(
    _ bench: Bench, _ program: URL, _ arguments: [String], input: String?, environment: [String: String],
    directory: URL
  ) throws {
    self.bench = bench
    notes = bench.folder.appending(path: ".streams-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: notes, withIntermediateDirectories: true)
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = directory
    var all = ProcessInfo.processInfo.environment
    for name in ["NO_COLOR", "RECORD_GOLDEN"] { all[name] = nil }
    process.environment = all.merging(environment) { $1 }
    if let input {
      try Data(input.utf8).write(to: notes.appending(path: "input"))
      process.standardInput = try FileHandle(forReadingFrom: notes.appending(path: "input"))
    } else {
      process.standardInput = self.input
    }
    for name in ["output", "errors"] { try Data().write(to: notes.appending(path: name)) }
    process.standardOutput = try FileHandle(forWritingTo: notes.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: notes.appending(path: "errors"))
    let hasEnded = hasEnded
    process.terminationHandler = { _ in hasEnded.signal() }
    // The threads of tests take no signals, and a process inherits that from the one that starts it.
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }

  func interrupt() { Glibc.kill(identifier, SIGINT) }
  /// Ends the process without its leave, unless it has ended by itself.
  func kill() { if process.isRunning { Glibc.kill(identifier, SIGKILL) } }
  var errors: String { (try? String(contentsOf: notes.appending(path: "errors"), encoding: .utf8)) ?? "" }

  /// Waits for something that the process does.
  func wait(for what: String, until holds: () throws -> Bool) throws {
    for _ in 0..<1500 {
      if try holds() { return }
      guard process.isRunning else { break }
      usleep(20_000)
    }
    throw TestProblem("no \(what); it said:\n\(errors)")
  }

  func finished(within seconds: Int = 120) throws -> Bench.Finished {
    if hasEnded.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
      kill()
      throw TestProblem("it did not end within \(seconds) seconds; it said:\n\(errors)")
    }
    let output = try String(contentsOf: notes.appending(path: "output"), encoding: .utf8)
    let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Bench.Finished(status: status, output: output, errors: errors)
  }
}

struct TestProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Text as a JSON object.
func object(_ text: String) throws -> [String: Any] {
  try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text.prefix(300))")
}

/// Text as a JSON list of objects.
func objects(_ text: String) throws -> [[String: Any]] {
  try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]], "\(text.prefix(300))")
}

extension Bench {
  /// A pipeline file for plain texts, and five of them.
  static func withTexts(_ count: Int = 5) throws -> Bench {
    let bench = try Bench()
    try bench.write(
      """
      pipeline: plain
      description: Plain texts to sentences
      params: { in: in, out: out/plain }
      stages:
        - read: { path: "${in}/*.txt" }
        - sentences
        - export.jsonl: { path: "${out}.jsonl" }

      """, to: "plain.yml")
    for number in 1...count {
      try bench.write("Text \(number) is short. It has two sentences.\n", to: "in/\(number).txt")
    }
    return bench
  }

  /// A stage in Python that hangs, throws or crashes on documents whose text says so.
  func writeMischief() throws {
    try write(
      """
      import json, os, sys, time
      sys.stdin.readline()
      print(json.dumps({"protocol": 1, "name": "mischief", "version": "1"}), flush=True)
      for line in sys.stdin:
          message = json.loads(line)
          text = message["document"]["text"]
          if "hang" in text: time.sleep(600)
          if "crash" in text: os._exit(9)
          reply = {"seq": message["seq"], "status": "ok", "layers": {}}
          if "throw" in text: reply = {"seq": message["seq"], "status": "error", "message": "thrown on purpose"}
          print(json.dumps(reply), flush=True)

      """, to: "mischief.py")
    try write(
      """
      pipeline: mischief
      stages:
        - read: { path: "in/*.txt" }
        - external: { command: [python3, mischief.py] }
        - export.jsonl: { path: out.jsonl }

      """, to: "mischief.yml")
  }
}
