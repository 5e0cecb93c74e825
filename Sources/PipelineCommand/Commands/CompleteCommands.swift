import PipelineFile

/// `pipeline completions SHELL`: a script for a shell.
struct CompletionsCommand: Command {
  static let spec = CommandSpec(
    name: "completions", summary: "Print the completion script for a shell.",
    arguments: [.init(name: "SHELL", summary: "bash, zsh or fish.", completion: .choice(["bash", "zsh", "fish"]))],
    discussion: """
      bash: pipeline completions bash >>~/.bash_completion
      zsh:  pipeline completions zsh >~/.zfunc/_pipeline
      fish: pipeline completions fish >~/.config/fish/completions/pipeline.fish
      """)
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    guard let script = Completer.script(for: arguments.positional[0]) else {
      throw UsageProblem("there are scripts for bash, zsh and fish, not for \"\(arguments.positional[0])\"")
    }
    try console.output(script)
    return .done
  }
}

/// `pipeline complete -- WORDS…`: candidates for the last word, for the shells' scripts.
struct CompleteCommand: Command {
  static let spec = CommandSpec(
    name: "complete", summary: "Print candidates for an unfinished command line.", isHidden: true, takesRest: true)
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let completer = Completer(commands: PipelineCommand.specs, registry: command.registry)
    for (word, summary) in completer.candidates(arguments.rest) { try console.output("\(word)\t\(summary)\n") }
    return .done
  }
}
