import FoundationEssentials
import JSON
import PipelineFile
import PipelineKit

/// `pipeline check FILE…`
struct CheckCommand: Command {
  static let spec = CommandSpec(
    name: "check", summary: "Check pipeline files without touching anything.",
    arguments: [.init(name: "FILE", summary: "A pipeline file, or a folder of them.", repeats: true)],
    flags: [
      Arguments.setting, .init(name: "--json", summary: "The problems as JSON on standard output."),
    ])
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
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
