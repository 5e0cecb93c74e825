import JSON
import PipelineFile
import PipelineKit

/// `pipeline stages [NAME]`
struct StagesCommand: Command {
  static let spec = CommandSpec(
    name: "stages", summary: "List the stages, or show one with its options.",
    arguments: [.init(name: "NAME", summary: "A stage.", isOptional: true, completion: .stages)],
    flags: [
      .init(name: "--json", summary: "The reference as JSON."),
      .init(name: "--markdown", summary: "The list as a Markdown table."),
      .init(name: "--schema", summary: "JSON Schema of pipeline files and of the records, for editors."),
    ])
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    if arguments.has("--schema") {
      try console.output(
        indented(["pipeline_file": JSONSchema.pipelineFile(command.registry), "document": JSONSchema.record]))
      return .done
    }
    let types = try chosen()
    if arguments.has("--json") {
      try console.output(indented(.array(types.map { reference($0) })))
    } else if arguments.has("--markdown") {
      try console.output(Self.markdown(types))
    } else if arguments.positional.isEmpty {
      try console.output(table(types.map { ($0.name.description, $0.summary) }))
    } else {
      try console.output(types.map { text($0) }.joined(separator: "\n"))
    }
    return .done
  }

  private func chosen() throws -> [any Stage.Type] {
    guard let name = arguments.positional.first else { return command.registry.types }
    guard let type = command.registry[name] else {
      let hint = nearest(name, among: command.registry.names).map { "; did you mean \"\($0)\"?" } ?? ""
      throw UsageProblem("unknown stage \"\(name)\"\(hint)")
    }
    return [type]
  }

  private func indented(_ value: JSONValue) -> String {
    var writer = JSONWriter(.indented)
    writer.value(value)
    return writer.text + "\n"
  }

  private func text(_ type: any Stage.Type) -> String {
    let stage = type.init()
    var text = "\(Ink.bold.on(type.name.description, if: console.colorsOutput))  \(type.summary)\n"
    text += "  \(stage.role)\n"
    if !stage.needs.isEmpty { text += "  needs  \(stage.needs.map(\.description).joined(separator: ", "))\n" }
    if !stage.gives.isEmpty { text += "  gives  \(stage.gives.map(\.description).joined(separator: ", "))\n" }
    let options = stage.options.map { key, option in
      (
        key,
        option.summary + "\n" + option.schema.words + "; "
          + (option.isRequired ? "required" : "default \(option.node.yaml)")
      )
    }
    return text + (options.isEmpty ? "" : "\n" + table(options))
  }

  private func reference(_ type: any Stage.Type) -> JSONValue {
    let stage = type.init()
    return [
      "name": .string(type.name.description), "summary": .string(type.summary), "role": .string(stage.role),
      "version": .integer(type.version), "needs": .array(stage.needs.map { .string($0.description) }),
      "gives": .array(stage.gives.map { .string($0.description) }),
      "options": .array(
        stage.options.map { key, option in
          [
            "name": .string(key), "summary": .string(option.summary), "type": .string(option.schema.words),
            "required": .boolean(option.isRequired), "secret": .boolean(option.isSecret),
            "default": option.isRequired ? .null : .string(option.node.yaml),
          ]
        }),
    ]
  }

  /// The table of README.
  static func markdown(_ types: [any Stage.Type]) -> String {
    "| stage | what it does | needs | gives |\n|---|---|---|---|\n"
      + types.map { type in
        let stage = type.init()
        let layers = { (names: [LayerName]) in names.map { "`\($0)`" }.joined(separator: ", ") }
        return "| `\(type.name)` | \(type.summary) | \(layers(stage.needs)) | \(layers(stage.gives)) |\n"
      }.joined()
  }
}

extension Stage {
  /// What kind of stage it is, in one word.
  var role: String { self is any Source ? "source" : self is any Sink ? "export" : "annotator" }
}
