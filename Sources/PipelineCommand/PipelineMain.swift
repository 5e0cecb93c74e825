import FoundationEssentials
import Glibc
import PipelineFile
public import PipelineKit
import PipelineRunner

/// The command `pipeline`, with these stages. A package of one's own adds its stages to ours:
///
/// ```swift
/// pipelineMain(builtinStages + [Shout.self])
/// ```
public func pipelineMain(_ stages: [any Stage.Type]) -> Never {
  signal(SIGPIPE, SIG_IGN)
  installCrashHandler()
  let environment = ProcessInfo.processInfo.environment
  let command = PipelineCommand(registry: StageRegistry(stages), environment: environment)
  exit(command.run(Array(CommandLine.arguments.dropFirst())).rawValue)
}

/// The exit statuses of the command.
public enum ExitStatus: Int32, Sendable {
  case done = 0
  /// The run failed, or no input matched.
  case failed = 1
  /// Wrong usage, or a pipeline file that is refused.
  case usage = 2
  /// Done, but some documents went to quarantine.
  case quarantined = 3
  case interrupted = 130
}

/// The commands, and what they share.
struct PipelineCommand: Sendable {
  let registry: StageRegistry
  let environment: [String: String]

  static let commands: [any Command.Type] = [
    RunCommand.self, CheckCommand.self, ExplainCommand.self, StagesCommand.self, NewCommand.self, TryCommand.self,
    InspectCommand.self, RetryCommand.self, TrainCommand.self, EvaluateCommand.self, GazetteerCommand.self,
    CompletionsCommand.self, CompleteCommand.self,
  ]

  func run(_ words: [String]) -> ExitStatus {
    let console = Console(environment: environment)
    do {
      return try dispatch(words, console)
    } catch let problem as UsageProblem {
      console.error("pipeline: \(problem.message)")
      console.error(
        "\"pipeline \(words.first.map { name in Self.specs.contains { $0.name == name } ? name + " " : "" } ?? "")--help\" says more"
      )
      return .usage
    } catch let problem as ConsoleProblem where problem.isClosed {
      return .done
    } catch is OutputClosed {
      return .done
    } catch {
      console.error(printable("pipeline: \(error)"))
      return .failed
    }
  }

  static var specs: [CommandSpec] { commands.map { $0.spec } }

  private func dispatch(_ words: [String], _ console: Console) throws -> ExitStatus {
    guard let name = words.first else {
      console.errorRaw(Self.help)
      return .usage
    }
    switch name {
    case "--help", "-h", "help":
      try console.output(
        words.dropFirst().first.flatMap { name in Self.specs.first { $0.name == name }?.help } ?? Self.help)
      return .done
    case "--version":
      try console.output(versionText(isVerbose: words.contains("--verbose"), registry))
      return .done
    default: break
    }
    guard let type = Self.commands.first(where: { $0.spec.name == name }) else {
      let hint = nearest(name, among: Self.specs.map(\.name)).map { "; did you mean \"\($0)\"?" } ?? ""
      throw UsageProblem("there is no command \"\(name)\"\(hint)")
    }
    let arguments = try Arguments(Array(words.dropFirst()), for: type.spec)
    let chosen = Console(color: arguments.value("--color"), environment: environment)
    if arguments.has("--help") {
      try console.output(type.spec.help)
      return .done
    }
    return try type.init(command: self, arguments: arguments, console: chosen).run()
  }

  static var help: String {
    """
    Turns an archive of articles into a database of who stands where on what, with the evidence.

    Usage: pipeline COMMAND …

    Commands:
    \(table(specs.filter { !$0.isHidden }.map { ($0.name, $0.summary) }))
    Options:
    \(table([("--help", "Show this help; \"pipeline COMMAND --help\" shows a command's."), ("--version", "Show the version; with --verbose also libraries, models and processor.")]))
    """
  }
}

/// A command with its declaration.
protocol Command: Sendable {
  static var spec: CommandSpec { get }
  init(command: PipelineCommand, arguments: Arguments, console: Console)
  func run() throws -> ExitStatus
}
