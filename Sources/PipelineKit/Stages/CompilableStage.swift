/// An annotator that looks things up in lists, and can compile lists into one file that a run maps and does not parse:
/// what `pipeline gazetteer` needs of a stage.
///
/// ```swift
/// struct Rivers: CompilableStage, AnnotatorWorker {
///   static let name: StageName = "rivers"
///   static let summary = "Marks names of rivers."
///   @Option("Files with names of rivers, as text or compiled.") var lists: [String] = []
///   init() {}
///
///   func annotate(_ document: inout Document) {}
///
///   func compile(_ lists: [String], tables: String?) throws -> CompiledLists {
///     CompiledLists(bytes: Array(lists.joined(separator: "\n").utf8), names: lists.count, all: lists.count)
///   }
/// }
/// ```
public protocol CompilableStage: Annotator {
  /// Compiles lists together with those that come along.
  ///
  /// The same lists give the same bytes.
  ///
  /// - Parameters:
  ///   - lists: paths of files; none where only the tables are to be compiled.
  ///   - tables: a folder with the stage's own tables, to be taken in place of the lists that come along.
  /// - Throws: what is wrong with a list, with its file and line, and what to do.
  func compile(_ lists: [String], tables: String?) throws -> CompiledLists
}

/// Lists in one file.
public struct CompiledLists: Sendable {
  public var bytes: [UInt8]
  /// How many entries the lists gave, spellings of one name counted apart.
  public var names: Int
  /// How many entries there are with those that come along.
  public var all: Int
  public init(bytes: [UInt8], names: Int, all: Int) { (self.bytes, self.names, self.all) = (bytes, names, all) }
}
