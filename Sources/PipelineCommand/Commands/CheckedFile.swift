import PipelineFile
import PipelineKit
import PipelineRunner

extension PipelineCommand {
  /// Far above any pipeline file that somebody wrote, and below what makes a check slow.
  private static let largestPipelineFile = 4_000_000

  /// Checks a pipeline file with the overrides of a command line.
  func check(_ path: String, _ overrides: [Override] = [], isUpdating: Bool = false) -> (
    checked: CheckedPipeline, bytes: [UInt8]
  ) {
    do {
      let bytes = try readFile(path, limit: Self.largestPipelineFile)
      return (
        CheckedPipeline(
          checking: bytes, file: path, registry: registry, overrides: overrides, environment: environment,
          isUpdating: isUpdating), bytes
      )
    } catch {
      let reason = (error as? FileProblem)?.reason ?? "\(error)"
      let diagnostic = Diagnostic(
        code: ProblemCode.unreadable.rawValue, place: .init(file: path),
        message: "can't read the pipeline file: \(reason)")
      return (CheckedPipeline(diagnostics: [diagnostic]), [])
    }
  }

  /// A plan, or nil after all problems were shown.
  func plan(
    _ path: String, _ overrides: [Override], _ console: Console, isUpdating: Bool = false
  ) -> (plan: Plan, bytes: [UInt8])? {
    let (checked, bytes) = check(path, overrides, isUpdating: isUpdating)
    show(checked, console)
    return checked.plan.map { ($0, bytes) }
  }

  func show(_ checked: CheckedPipeline, _ console: Console) {
    for diagnostic in checked.diagnostics {
      let text = printable(diagnostic.text(lines: checked.lines))
      let first = text.prefix { $0 != "\n" }
      console.error(Ink.bold.on(String(first), if: console.colorsErrors) + text.dropFirst(first.count))
    }
  }
}

extension Arguments {
  static let setting = CommandSpec.Flag(
    name: "--set", value: "NAME=VALUE", summary: "Set a param, or an option as STAGE.OPTION; may stand several times.",
    repeats: true)

  /// Flags that win over what the pipeline file says under `run`.
  static let runFlags = [
    CommandSpec.Flag(name: "--workers", value: "N", summary: "Worker threads; one for each core by default."),
    CommandSpec.Flag(name: "--time-limit", value: "TIME", summary: "For each document and stage, such as 60s."),
    CommandSpec.Flag(name: "--max-document", value: "SIZE", summary: "Largest document after unpacking, such as 64MB."),
    CommandSpec.Flag(
      name: "--quarantine", value: "FOLDER", summary: "For documents that a stage could not process.",
      completion: .folders),
  ]

  func overrides() throws -> [Override] {
    let settings = try all("--set").map { text in
      guard let override = Override(setting: text) else {
        throw UsageProblem("--set wants NAME=VALUE, not \"\(text)\"")
      }
      return override
    }
    let flags = Self.runFlags.compactMap { flag in
      value(flag.name).map { value in
        Override(
          name: "run." + flag.name.dropFirst(2).map { $0 == "-" ? "_" : String($0) }.joined(), value: value,
          flag: flag.name)
      }
    }
    return settings + flags
  }
}
