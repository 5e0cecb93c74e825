internal import Learning
internal import PipelineKit

/// Where a lexicon comes from: the file that comes along, a compiled one of a user's, and lists in CSV on top of it.
enum Gazetteers {
  static let shippedFile = "entities.gazetteer"

  /// The names that come along: mapped once, shared by all workers.
  private static let shipped = Result { try open(.shipped(shippedFile, target: "EntitiesStage")) }
  private static func open(_ file: ModelFile) throws -> Lexicon {
    try Lexicon(file, remedy: "build or install again")
  }

  /// The lexicon of the names that come along, and of a user's files, those named later before those named earlier.
  ///
  /// - Throws: ``GazetteerProblem`` or `ModelProblem`: which file, and what to do.
  static func lexicon(_ paths: [String], in directory: String) throws -> Lexicon {
    var (lists, base) = ([String](), Lexicon?.none)
    for path in paths {
      guard let file = compiled(path, in: directory) else {
        lists.append(path)
        continue
      }
      guard base == nil else {
        throw GazetteerProblem(
          file: file.name, line: 0,
          message: "is a second compiled gazetteer; compile all lists into one: pipeline gazetteer LIST… --out FILE")
      }
      base = try own(file)
    }
    let lexicon = try base ?? shipped.get()
    guard !lists.isEmpty else { return lexicon }
    let bytes = try compile(lists, in: directory, onto: LexiconBuilder(lexicon)).compiled(base: 0)
    return try Lexicon(ModelFile(bytes, name: "the lists together"), remedy: "this is a defect of pipeline")
  }

  /// A user's file, which holds the names that came along when it was compiled.
  private static func own(_ file: ModelFile) throws -> Lexicon {
    let remedy = "compile it again: pipeline gazetteer LIST… --out \(file.name)"
    let lexicon = try Lexicon(file, remedy: remedy)
    guard try lexicon.base == 0 || lexicon.base == shipped.get().checkSum else {
      throw GazetteerProblem(
        file: file.name, line: 0, message: "was compiled with other names than now come along; \(remedy)")
    }
    return lexicon
  }

  /// A file of a user's that is compiled; nil for a list, and for what can't be read, which reading it will tell.
  private static func compiled(_ path: String, in directory: String) -> ModelFile? {
    let place = path.hasPrefix("/") || directory == "." ? path : directory + "/" + path
    guard let file = try? ModelFile(path: place), LexiconReader.isCompiled(file) else { return nil }
    return file
  }

  private static func compile(
    _ lists: [String], in directory: String, onto base: consuming LexiconBuilder
  ) throws(GazetteerProblem) -> LexiconBuilder {
    var builder = base
    for path in lists { try builder.add(UserGazetteer(path: path, in: directory)) }
    return builder
  }

  /// What ``CompilableStage`` asks for.
  static func compile(_ lists: [String], tables: String?) throws -> CompiledLists {
    for path in lists where compiled(path, in: ".") != nil {
      throw GazetteerProblem(file: path, line: 0, message: "is compiled already; name the CSV files it was made of")
    }
    let base = try tables == nil ? shipped.get() : nil
    let start = try base.map { try LexiconBuilder($0) } ?? LexiconBuilder(tables: tables ?? ".")
    let builder = try compile(lists, in: ".", onto: start)
    return CompiledLists(
      bytes: builder.compiled(base: base?.checkSum ?? 0), names: builder.rows.count - (base?.rows.count ?? 0),
      all: builder.rows.count)
  }
}
