import ExternalStage
import FoundationEssentials
import JSON
import PipelineFile
import PipelineKit

/// `pipeline check FILE…`
struct CheckCommand: Command {
  static let spec = CommandSpec(
    name: "check", summary: "Check pipeline files without touching anything.",
    arguments: [.init(name: "FILE", summary: "A pipeline file, or a folder of them.", isOptional: true, repeats: true)],
    flags: [
      Arguments.setting, .init(name: "--json", summary: "The problems as JSON on standard output."),
      .init(
        name: "--external",
        summary: "Try a stage in another language by the conformance cases: check --external -- CMD…"),
    ], takesRest: true)
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    if arguments.has("--external") { return try tryProgram() }
    guard arguments.rest.isEmpty else { throw UsageProblem("a command behind \"--\" goes with --external") }
    guard !arguments.positional.isEmpty else {
      throw UsageProblem("check needs FILE: a pipeline file, or a folder of them")
    }
    let overrides = try arguments.overrides()
    var found: [Diagnostic] = []
    var files = 0
    for file in try arguments.positional.flatMap({ try pipelineFiles($0) }) {
      let (checked, _) = command.check(file, overrides)
      files += 1
      found += checked.diagnostics
      if !arguments.has("--json") { command.show(checked, console) }
    }
    if arguments.has("--json") { try console.output(json(found) + "\n") }
    guard found.isEmpty else {
      console.error("\(counted(found.count, "problem")) in \(counted(files, "file"))")
      return .usage
    }
    if !arguments.has("--json") { console.error("\(counted(files, "file")) without a problem") }
    return .done
  }

  private func tryProgram() throws -> ExitStatus {
    guard !arguments.rest.isEmpty else {
      throw UsageProblem("--external wants a command: pipeline check --external -- python3 stage.py")
    }
    let results = conformance(of: arguments.rest)
    for result in results {
      let verdict =
        result.passed
        ? Ink.green.on("ok    ", if: console.colorsErrors) : Ink.red.on("failed", if: console.colorsErrors)
      console.error("\(verdict)  \(result.name)" + (result.problem.map { "\n        \($0)" } ?? ""))
    }
    let failed = results.count { !$0.passed }
    console.error("\(counted(results.count - failed, "case")) passed, \(grouped(failed)) failed")
    return failed == 0 ? .done : .failed
  }

  private func pipelineFiles(_ path: String) throws -> [String] {
    guard PathKind(path) == .folder else { return [path] }
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    let files = names.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }.sorted().map { "\(path)/\($0)" }
    guard !files.isEmpty else { throw UsageProblem("\(path) holds no .yml or .yaml file") }
    return files
  }

  private func json(_ diagnostics: [Diagnostic]) -> String {
    var writer = JSONWriter(.indented)
    writer.value(
      .array(
        diagnostics.map {
          [
            "file": .string($0.place.file), "line": $0.place.line > 0 ? .integer($0.place.line) : .null,
            "column": $0.place.line > 0 ? .integer($0.place.column) : .null, "severity": .string($0.severity.rawValue),
            "code": .string($0.code), "message": .string($0.message),
          ]
        }))
    return writer.text
  }
}
