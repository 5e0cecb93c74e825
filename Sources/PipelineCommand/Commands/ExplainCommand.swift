import PipelineFile
import PipelineKit

/// `pipeline explain FILE`
struct ExplainCommand: Command {
  static let spec = CommandSpec(
    name: "explain", summary: "Show what a pipeline file does: stages, layers, resolved options.",
    arguments: [.init(name: "FILE", summary: "The pipeline file.")],
    flags: [
      Arguments.setting, .init(name: "--full", summary: "A pipeline file with every default, whose plan is the same."),
    ])
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    guard let (plan, _) = command.plan(arguments.positional[0], try arguments.overrides(), console) else {
      return .usage
    }
    try console.output(arguments.has("--full") ? plan.fullText : text(plan))
    return .done
  }

  private func text(_ plan: Plan) -> String {
    var text =
      Ink.bold.on(plan.name, if: console.colorsOutput) + (plan.description.isEmpty ? "\n" : ": \(plan.description)\n")
    for (index, stage) in plan.stages.enumerated() {
      text += "\n\(index + 1). " + Ink.bold.on(type(of: stage).name.description, if: console.colorsOutput)
      text += "  \(type(of: stage).summary)\n"
      if !stage.needs.isEmpty { text += "   needs  \(stage.needs.map(\.description).joined(separator: ", "))\n" }
      if !stage.gives.isEmpty { text += "   gives  \(stage.gives.map(\.description).joined(separator: ", "))\n" }
      if let model = stage.modelIdentity { text += "   model  \(model.name) \(model.version)\n" }
      for (key, option) in stage.options {
        text += "   \(key): \(option.shown.yaml)\n"
      }
    }
    text +=
      "\nresult      \(plan.sinks.map { shortened($0.path.resolved(in: plan.directory)) }.joined(separator: ", "))\n"
    text += "quarantine  \(shortened(plan.quarantineFolder))\nmanifest    \(shortened(plan.manifestPath))\n"
    return text
  }
}
