import PipelineFile
import PipelineKit
import PipelineRunner

/// `pipeline try FILE [TEXT or PATH or -]`
struct TryCommand: Command {
  static let spec = CommandSpec(
    name: "try", summary: "Run a file's annotators on one text and show what they find; nothing is written.",
    arguments: [
      .init(name: "FILE", summary: "The pipeline file."),
      .init(
        name: "TEXT", summary: "A text, the path of a document, or - for standard input (the default).",
        isOptional: true),
    ],
    flags: [Arguments.setting] + Arguments.runFlags)
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    guard let (plan, _) = command.plan(arguments.positional[0], try arguments.overrides(), console) else {
      return .usage
    }
    let console = console
    var trial = try Trial(plan) { console.error(printable($0)) }
    let (bytes, id, mediaType) = try input(arguments.positional.count > 1 ? arguments.positional[1] : "-")
    let document = try trial.document(from: bytes, id: id, mediaType: mediaType)
    try console.output(DocumentView(document, colors: console.colorsOutput).text)
    return .done
  }

  /// An existing path is read, anything else is text.
  private func input(_ argument: String) throws -> (bytes: [UInt8], id: String, mediaType: MediaType) {
    if argument == "-" {
      let bytes = try readFile("-")
      return (bytes, "-", bytes.first { $0 > 32 } == UInt8(ascii: "<") ? .html : .text)
    }
    switch PathKind(argument) {
    case .nothing:
      if MediaType(path: argument) != nil, !argument.contains(" ") {
        console.error("there is no file \(argument); it is taken as a text")
      }
      return (Array(argument.utf8), "text", .text)
    case .folder: throw UsageProblem("\(argument) is a folder; try takes one document")
    case .file: return (try readFile(argument), argument, MediaType(path: argument) ?? .text)
    }
  }
}
