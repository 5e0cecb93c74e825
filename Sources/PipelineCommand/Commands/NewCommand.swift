import Glibc
import PipelineFile

/// `pipeline new stage NAME`
struct NewCommand: Command {
  static let spec = CommandSpec(
    name: "new", summary: "Begin a stage of one's own: working code, README and test.",
    arguments: [
      .init(name: "stage", summary: "The word \"stage\".", completion: .choice(["stage"])),
      .init(name: "NAME", summary: "The stage's name in lower case, such as word_count.", completion: .none),
    ],
    flags: [
      .init(
        name: "--package", value: "DIR", summary: "As a package of one's own, with a command of its own.",
        completion: .folders),
      .init(
        name: "--language", value: "LANGUAGE", summary: "swift (the default) or python.",
        completion: .choice(["swift", "python"])),
    ],
    discussion: """
      In the project's folder, "pipeline new stage shout" makes Plugins/Shout and its test, and adds its lines to
      Package.swift and BuiltinStages. With --package DIR the stage stands in a package that depends on the project
      in the current folder. With --language python it is a script for the stage "external".
      """)
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    guard arguments.positional[0] == "stage" else {
      throw UsageProblem("new makes a stage: pipeline new stage \(arguments.positional[0])")
    }
    let name = try StageTemplateName(arguments.positional[1])
    guard command.registry[name.snake] == nil else {
      throw UsageProblem("there is a stage \"\(name.snake)\" already; choose another name")
    }
    try refuseTakenType(name)
    let scaffold = try scaffold(name)
    for file in scaffold.files where PathKind(file.path) != .nothing {
      throw UsageProblem("\(file.path) is there already; choose another name or take it away")
    }
    for file in scaffold.files + scaffold.edits { try writeNewFile(file.contents, to: file.path) }
    for file in scaffold.files { console.error("made     \(file.path)") }
    for file in scaffold.edits { console.error("changed  \(file.path)") }
    console.error("\n" + scaffold.next)
    return .done
  }

  private func refuseTakenType(_ name: StageTemplateName) throws {
    guard arguments.value("--language") != "python" else { return }
    let stage = command.registry.types.first { String(describing: $0) == name.type }
    let owner =
      stage.map { "the stage \"\($0.name)\"" } ?? (TakenNames.kit.contains(name.type) ? "PipelineKit" : nil)
      ?? (TakenNames.swift.contains(name.type) ? "Swift" : nil)
    if let owner {
      throw UsageProblem(
        "\"\(name.snake)\" would be a type \(name.type), and \(owner) has one already; choose another name")
    }
  }

  private func scaffold(_ name: StageTemplateName) throws -> Scaffold {
    if arguments.value("--language") == "python" {
      return try Scaffold.python(name, folder: arguments.value("--package") ?? ".")
    }
    if let folder = arguments.value("--package") { return try Scaffold.package(name, folder: folder) }
    return try Scaffold.inTree(name)
  }
}

/// Files to make, files to change, and what to do next.
struct Scaffold {
  struct File {
    var path: String
    var contents: String
  }
  var files: [File] = []
  var edits: [File] = []
  var next = ""
}

/// A stage's name in the forms that code wants.
struct StageTemplateName {
  /// As pipeline files write it: `word_count`.
  let snake: String
  /// As a type: `WordCount`.
  let type: String

  init(_ text: String) throws {
    let words = text.split(separator: "_", omittingEmptySubsequences: false)
    let isWord = { (word: Substring) in
      !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }
    guard words.allSatisfy(isWord), words[0].first?.isLetter == true, text.count <= 40 else {
      throw UsageProblem(
        "a stage's name is of lower-case letters, digits and \"_\", such as word_count, not \"\(text)\"")
    }
    snake = text
    type = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

private func writeNewFile(_ contents: String, to path: String) throws {
  var folder = ""
  for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
    folder += part + "/"
    if !part.isEmpty, mkdir(folder, 0o777) != 0, errno != EEXIST { throw FileProblem(path: folder, code: errno) }
  }
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw FileProblem(path: path, code: errno) }
  defer { close(descriptor) }
  let bytes = Array(contents.utf8)
  var written = 0
  while written < bytes.count {
    let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { throw FileProblem(path: path, code: errno) }
    written += count
  }
}
