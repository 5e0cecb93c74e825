import AnnotatedData
import PipelineFile
import PipelineKit

/// What `train` and `evaluate` share: annotated files, and a stage with those before it.
extension Arguments {
  static let dataFlag = CommandSpec.Flag(
    name: "--data", value: "FILE",
    summary: "Annotated texts: JSON lines, CoNLL or CoNLL-U, also packed; - for standard input.",
    repeats: true, completion: .files, takesMany: true)
  static let stageFlags = [
    CommandSpec.Flag(
      name: "--set", value: "OPTION=VALUE",
      summary: "Set an option of the stage, or as STAGE.OPTION of one before it; may repeat.",
      repeats: true),
    CommandSpec.Flag(
      name: "--map", value: "NAME=KEY",
      summary: "The key that holds a layer, text or id, such as tokens=words; may repeat.",
      repeats: true),
  ]

  /// The files behind a flag.
  func files(_ flag: String) throws -> [String] {
    let files = all(flag)
    if files.isEmpty { throw UsageProblem("\(flag) is missing: \(flag) FILE… names files with annotated texts") }
    return files
  }

  /// Keys of JSON lines by the names that they stand for.
  func keys() throws -> [String: String] {
    var keys: [String: String] = [:]
    for text in all("--map") {
      guard let override = Override(setting: text) else {
        throw UsageProblem("--map wants NAME=KEY, such as tokens=words, not \"\(text)\"")
      }
      keys[override.name] = override.value
    }
    return keys
  }
}

extension PipelineCommand {
  /// Checks that a name stands for an annotator of some kind.
  /// - Parameter otherwise: what to say of a stage that does not.
  /// - Throws: ``UsageProblem`` that names the stages which come into question.
  func require(_ name: String, otherwise: String, _ isWanted: (any Annotator.Type) -> Bool) throws {
    guard let type = registry[name] else {
      let hint = nearest(name, among: registry.names).map { "; did you mean \"\($0)\"?" } ?? ""
      throw UsageProblem("unknown stage \"\(name)\"\(hint)")
    }
    if let type = type as? any Annotator.Type, isWanted(type) { return }
    let wanted = registry.types.compactMap { $0 as? any Annotator.Type }.filter(isWanted).map { "\($0.name)" }
    let list = wanted.isEmpty ? "no stage of this command does" : "these do: " + wanted.joined(separator: ", ")
    throw UsageProblem("\(name) \(otherwise); \(list)")
  }

  /// An annotator with those before it that give what it needs, by the command line's `--set`.
  func chain(_ name: String, _ arguments: Arguments) throws -> AnnotatorChain {
    let settings = try arguments.all("--set").map { text in
      guard let override = Override(setting: text) else {
        throw UsageProblem("--set wants OPTION=VALUE, not \"\(text)\"")
      }
      return override
    }
    do { return try AnnotatorChain(to: name, in: registry, settings: settings) } catch {
      throw UsageProblem(printable(error.description))
    }
  }
}

/// Annotated files with errors, each of which was shown.
struct FaultyData: Error, CustomStringConvertible {
  let count: Int
  var description: String { "the annotated texts have \(counted(count, "problem")); nothing was done" }
}

extension Console {
  /// More lines than this bury what is above them.
  private static let shownProblems = 20

  /// The texts of files.
  /// - Parameter required: a layer that every text must have.
  /// - Throws: ``FaultyData`` after the problems were shown.
  func annotatedTexts(
    _ files: [String], layers: [LayerName], keys: [String: String], required: LayerName? = nil
  ) throws -> [AnnotatedText] {
    var texts: [AnnotatedText] = []
    var problems: [DataProblem] = []
    for path in files {
      let file = AnnotatedFile(path, layers: layers, keys: keys)
      texts += file.texts
      problems += file.problems
      guard let required else { continue }
      let key = keys[required.description] ?? required.description
      problems += file.texts.filter { $0.layers[required] == nil }.map {
        DataProblem($0.place, "has no \"\(key)\"; annotate the text, or name the key with --map \(required)=KEY")
      }
    }
    guard problems.isEmpty else {
      for problem in problems.prefix(Self.shownProblems) { error(printable(problem.description)) }
      if problems.count > Self.shownProblems { error("and \(grouped(problems.count - Self.shownProblems)) more") }
      throw FaultyData(count: problems.count)
    }
    return texts
  }
}
