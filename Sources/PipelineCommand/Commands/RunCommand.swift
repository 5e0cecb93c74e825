import PipelineFile
import PipelineKit
import PipelineRunner

/// `pipeline run FILE`
struct RunCommand: Command {
  static let spec = CommandSpec(
    name: "run", summary: "Run a pipeline file.",
    arguments: [.init(name: "FILE", summary: "The pipeline file.")],
    flags: [Arguments.setting] + Arguments.runFlags + [
      .init(name: "--limit", value: "N", summary: "At most so many documents."),
      .init(name: "--fail-fast", summary: "Stop at the first document that goes to quarantine."),
      .init(name: "--quiet", summary: "No progress and no summary; errors only."),
      .init(name: "--json", summary: "A summary for machines on standard output."),
      .init(name: "--profile", summary: "Time, documents, bytes and slowest documents of each stage."),
      .init(
        name: "--dry-run", summary: "Open the inputs, count them, prove that the outputs can be written; run nothing."),
    ])
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus { try execute(retry: false) }

  /// Also `pipeline retry`, which takes up what is in quarantine.
  func execute(retry: Bool) throws -> ExitStatus {
    let limit = try arguments.count("--limit")
    let overrides = try arguments.overrides()
    let file = arguments.positional[0]
    guard let (plan, bytes) = command.plan(file, overrides, console, isUpdating: retry) else { return .usage }
    if retry { try refuseStreams(plan) }
    if arguments.has("--json"), plan.sinks.contains(where: { $0.path.isStandardStream }) {
      throw UsageProblem("--json writes to standard output, and so does an export to \"-\"; give the export a file")
    }
    var settings = RunSettings(file: bytes)
    (settings.limit, settings.failFast, settings.retry) = (limit, arguments.has("--fail-fast"), retry)
    if arguments.has("--dry-run") { return try dryRun(plan, settings) }
    return try run(plan, settings)
  }

  private func refuseStreams(_ plan: Plan) throws {
    if let sink = plan.sinks.first(where: { $0.path.isStandardStream }) {
      throw UsageProblem(
        "retry puts documents into a result, and \(type(of: sink).name) writes to \"-\"; give it a file")
    }
  }

  private func run(_ plan: Plan, _ settings: RunSettings) throws -> ExitStatus {
    Interrupts.block()
    var settings = settings
    let isQuiet = arguments.has("--quiet")
    let lines = LineTaker(console)
    if !isQuiet { settings.log = { lines.print(printable($0)) } }
    let run = PipelineRun(plan, settings: settings)
    let meter = ProgressMeter(run, console)
    lines.meter = meter
    if !isQuiet { meter.start() }
    Interrupts.onInterrupt {
      lines.print("pipeline: finishing what is in flight; Ctrl-C again ends at once")
      run.interrupt()
    }
    let report = run.run()
    meter.stop()
    let summary = RunSummary(plan: plan, report: report, workers: run.workers)
    if arguments.has("--profile") { console.errorRaw(printable(summary.profileText)) }
    if arguments.has("--json") { try console.output(summary.json + "\n") }
    for line in isQuiet ? summary.problems : summary.lines { console.error(printable(line)) }
    return summary.status
  }

  private func dryRun(_ plan: Plan, _ settings: RunSettings) throws -> ExitStatus {
    var settings = settings
    let lines = LineTaker(console)
    settings.log = { lines.print(printable($0)) }
    let result = try PipelineRun(plan, settings: settings).dryRun()
    for output in result.outputs { console.error("would write \(output)") }
    guard result.documents > 0 || plan.source.isIncremental else {
      console.error("pipeline: no input matched; look at \"path\" of the source")
      return .failed
    }
    console.error("would read \(counted(result.documents, "document")), \(megabytes(result.bytes))")
    return .done
  }
}

/// Prints lines above the meter, once there is one.
private final class LineTaker: @unchecked Sendable {
  private let console: Console
  /// Set before the run begins and never after.
  var meter: ProgressMeter?
  init(_ console: Console) { self.console = console }
  func print(_ line: String) { if let meter { meter.print(line) } else { console.error(line) } }
}

/// `pipeline retry FILE`
struct RetryCommand: Command {
  static let spec = CommandSpec(
    name: "retry", summary: "Run what is in quarantine again and put it into the result.",
    arguments: RunCommand.spec.arguments,
    flags: RunCommand.spec.flags.filter { $0.name != "--dry-run" },
    discussion: """
      The exports work as with "mode: update": documents that succeed now are added to the results, those that fail
      again stay in quarantine. Exports have to write to files.
      """)
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    try RunCommand(command: command, arguments: arguments, console: console).execute(retry: true)
  }
}
