public import PipelineKit

/// The outcome of checking a pipeline file: a plan, or all that is wrong with it.
public struct CheckedPipeline: Sendable {
  /// Nil where there is an error.
  public var plan: Plan?
  /// In the order of the file; those of the command line last.
  public var diagnostics: [Diagnostic]
  /// The file's lines, for showing a place.
  public var lines: [String]

  /// Checks the contents of a pipeline file. Touches nothing.
  ///
  /// - Parameters:
  ///   - bytes: the file's contents.
  ///   - file: its path as named, for messages and for the folder to which its paths are relative.
  ///   - isUpdating: every export works with `mode: update`, whatever the file says.
  public init(
    checking bytes: [UInt8], file: String, registry: StageRegistry, overrides: [Override] = [],
    environment: [String: String] = [:], isUpdating: Bool = false
  ) {
    let collector = Collector(file: file)
    let checked = Self.plan(bytes, file, registry, overrides, environment, isUpdating, collector.report)
    plan = checked.plan
    diagnostics = collector.sorted
    lines = diagnostics.isEmpty ? [] : Self.lines(of: bytes, without: checked.secretLines)
    if diagnostics.contains(where: { $0.severity == .error }) { plan = nil }
  }

  /// Lines with a secret are empty, so that no message shows one. A line may end as on Windows.
  private static func lines(of bytes: [UInt8], without secret: Set<Int>) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().map { index, line in
      secret.contains(index + 1)
        ? "" : String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }

  private static func plan(
    _ bytes: [UInt8], _ path: String, _ registry: StageRegistry, _ overrides: [Override],
    _ environment: [String: String], _ isUpdating: Bool, _ report: @escaping (Node, ProblemCode, String) -> Void
  ) -> (plan: Plan?, secretLines: Set<Int>) {
    var problems = 0
    let report: (Node, ProblemCode, String) -> Void = {
      problems += 1
      report($0, $1, $2)
    }
    guard let root = readYAML(bytes, report: report) else {
      if problems == 0 {
        report(Node(.list([]), line: 1, column: 1), .noStages, "the file is empty; it needs \"stages\"")
      }
      return (nil, [])
    }
    let (directory, stem) = folderAndStem(path)
    let parser = PipelineParser(fallbackName: stem, overrides: overrides, environment: environment, report: report)
    guard var file = parser.parse(root) else { return (nil, []) }
    file.apply(overrides, report: report)
    if isUpdating { file.updateExports(registry) }
    let builder = PlanBuilder(registry: registry, file: file, report: report)
    let chain = builder.chain()
    let run = builder.runOptions()
    builder.checkOrder(chain)
    builder.checkLayers(chain)
    builder.checkSinks(chain, directory: directory)
    let stages = chain.stages.map(\.stage)
    let secretLines = builder.secretLines()
    guard let source = stages.first as? any Source else { return (nil, secretLines) }
    let plan = Plan(
      name: file.name, description: file.description, file: path, directory: directory, source: source,
      annotators: stages.compactMap { $0 as? any Annotator }, sinks: stages.compactMap { $0 as? any Sink }, run: run)
    return (plan, secretLines)
  }
}

/// A path's folder (`.` for none) and its last part without suffix.
func folderAndStem(_ path: String) -> (folder: String, stem: String) {
  let slash = path.lastIndex(of: "/")
  let name = slash.map { path[path.index(after: $0)...] } ?? Substring(path)
  let stem = name.lastIndex(of: ".").map { $0 == name.startIndex ? name : name[..<$0] } ?? name
  let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  return (folder, stem.isEmpty ? "pipeline" : String(stem))
}

/// Collects problems as diagnostics.
private final class Collector {
  let file: String
  private var diagnostics: [Diagnostic] = []
  private var seen: Set<Diagnostic> = []
  /// A name in the file may be as long as the file; a message is read by a person.
  private static let longest = 1000
  init(file: String) { self.file = file }

  func report(_ node: Node, _ code: ProblemCode, _ message: String) {
    let place = Diagnostic.Place(file: node.origin ?? file, line: node.line, column: node.column)
    let words = message.utf8.count > Self.longest ? message.prefix(Self.longest) + "…" : message[...]
    let diagnostic = Diagnostic(code: code.rawValue, place: place, message: String(words))
    if seen.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
  }

  var sorted: [Diagnostic] {
    let order = { (place: Diagnostic.Place) in (place.line == 0 ? Int.max : place.line, place.column) }
    return diagnostics.enumerated()
      .sorted {
        order($0.element.place) == order($1.element.place)
          ? $0.offset < $1.offset : order($0.element.place) < order($1.element.place)
      }
      .map(\.element)
  }
}

extension CheckedPipeline {
  /// For a file that could not even be read.
  public init(diagnostics: [Diagnostic]) { self.init(plan: nil, diagnostics: diagnostics, lines: []) }

  private init(plan: Plan?, diagnostics: [Diagnostic], lines: [String]) {
    (self.plan, self.diagnostics, self.lines) = (plan, diagnostics, lines)
  }
}
