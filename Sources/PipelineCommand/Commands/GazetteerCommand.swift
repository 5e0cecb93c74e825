import FileOutput
import Glibc
import PipelineFile
import PipelineKit

/// `pipeline gazetteer`
struct GazetteerCommand: Command {
  static let spec = CommandSpec(
    name: "gazetteer", summary: "Compile lists of names into one file that a run maps at once.",
    arguments: [
      .init(name: "LIST", summary: "A CSV file with names of your own.", isOptional: true, repeats: true)
    ],
    flags: [
      .init(name: "--out", value: "PATH", summary: "The file; an older one is replaced.", completion: .files),
      .init(
        name: "--tables", value: "FOLDER", summary: "Tables to take in place of the names that come along.",
        completion: .folders),
      .init(
        name: "--stage", value: "STAGE", summary: "Whose lists these are, where several stages have any.",
        completion: .stages),
      .init(name: "--quiet", summary: "No summary; errors only."),
    ],
    discussion: """
      Lists that are long are read once and for all. What is compiled holds the names that come along too, and stands in
      a pipeline file where a list would:

        pipeline gazetteer my-actors.csv more.csv --out my.gazetteer
        - entities: { gazetteers: [my.gazetteer] }
      """)
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let (lists, tables) = (arguments.positional, arguments.value("--tables"))
    guard let out = arguments.value("--out") else {
      throw UsageProblem("gazetteer needs --out: where to write the compiled file")
    }
    guard !lists.isEmpty || tables != nil else {
      throw UsageProblem("gazetteer needs a list: a CSV file with the columns name, actor, kind and type")
    }
    let stage = try self.stage()
    try OutputPlace.check(out, madeFrom: lists)
    let started = seconds()
    let compiled = try stage.compile(lists, tables: tables)
    try OutputFile.write(compiled.bytes, to: out)
    guard !arguments.has("--quiet") else { return .done }
    let name = type(of: stage).name
    console.error(
      "\(name): \(counted(compiled.names, "name")) compiled, \(grouped(compiled.all)) in all, in \(decimal(seconds() - started, 2)) s"
    )
    guard !FilePath(out).isStandardStream else { return .done }
    console.error(printable("  file    \(out) (\(megabytes(compiled.bytes.count)))"))
    if stage.options.contains(where: { $0.key == "gazetteers" }) {
      console.error(
        printable("  use it  - \(name): { gazetteers: [\(quotedForShell(out))] }  in a pipeline file of this folder"))
    }
    return .done
  }

  private func stage() throws -> any CompilableStage {
    let types = command.registry.types.compactMap { $0 as? any CompilableStage.Type }
    let names = types.map { "\($0.name)" }.joined(separator: ", ")
    if let wanted = arguments.value("--stage") {
      guard let type = types.first(where: { "\($0.name)" == wanted }) else {
        throw UsageProblem(
          "\(wanted) compiles no lists; " + (types.isEmpty ? "no stage of this command does" : "these do: \(names)"))
      }
      return type.init()
    }
    guard let type = types.first else { throw UsageProblem("no stage of this command compiles lists") }
    guard types.count == 1 else { throw UsageProblem("several stages compile lists; choose by --stage: \(names)") }
    return type.init()
  }
}

extension OutputFile {
  /// Writes a whole file; an older one stays as it was where that fails.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try OutputFile(path)
    do {
      try file.write(bytes)
      try file.finish()
    } catch {
      // Half a file is of no use to anybody.
      if let part = file.abandon() { unlink(part) }
      throw error
    }
  }
}
