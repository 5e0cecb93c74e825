public import PipelineKit

/// An annotator with the stages before it that give what it needs, for commands that work without a pipeline file.
public struct AnnotatorChain: Sendable {
  /// In the order in which they run; the one that is wanted stands last.
  public let annotators: [any Annotator]

  /// A chain for documents that have text and blocks. A layer comes from the first stage of the registry that gives it.
  ///
  /// - Parameters:
  ///   - name: an annotator of the registry.
  ///   - settings: options of this annotator as `OPTION`, of one before it as `STAGE.OPTION`.
  /// - Throws: ``AnnotatorChainProblem`` with all that is wrong.
  public init(to name: String, in registry: StageRegistry, settings: [Override]) throws(AnnotatorChainProblem) {
    if let setting = settings.first(where: { $0.name.hasPrefix("run.") }) {
      throw AnnotatorChainProblem(["\(setting.flag): options of a run have no meaning here; leave it out"])
    }
    let overrides = settings.map { setting in
      setting.name.contains(".")
        ? setting : Override(name: "\(name).\(setting.name)", value: setting.value, flag: setting.flag)
    }
    var names = [name]
    // Each turn puts one stage more before those that there are, so that this ends.
    while let (layer, index) = Self.missing(Self.stages(names, registry, overrides) { _, _ in }) {
      guard let giver = registry.giver(of: layer)?.description, !names.contains(giver) else {
        throw AnnotatorChainProblem(["\(names[index]) needs layer \"\(layer)\", which no stage before it can give"])
      }
      names.insert(giver, at: index)
    }
    var problems: [String] = []
    let stages = Self.stages(names, registry, overrides) { node, message in
      problems.append((node.origin.map { "\($0): " } ?? "") + message)
    }
    guard problems.isEmpty else { throw AnnotatorChainProblem(problems) }
    annotators = stages.compactMap { $0 as? any Annotator }
  }

  private static func stages(
    _ names: [String], _ registry: StageRegistry, _ overrides: [Override], report: @escaping (Node, String) -> Void
  ) -> [any Stage] {
    let none = Node("")
    var file = PipelineFile(
      name: "", description: "", params: [], run: none,
      stages: names.map { .init(name: Node($0), options: none) })
    let report: (Node, ProblemCode, String) -> Void = { node, _, message in report(node, message) }
    file.apply(overrides, report: report)
    return PlanBuilder(registry: registry, file: file, report: report).chain().stages.map(\.stage)
  }

  /// The first layer that a stage needs and none before it gives, and the index of that stage.
  private static func missing(_ stages: [any Stage]) -> (layer: LayerName, index: Int)? {
    var given: Set<LayerName> = [.text, Block.layer]
    for (index, stage) in stages.enumerated() {
      if let layer = stage.needs.first(where: { !given.contains($0) }) { return (layer, index) }
      given.formUnion(stage.gives)
    }
    return nil
  }
}

/// Why a chain can't be made.
public struct AnnotatorChainProblem: Error, CustomStringConvertible {
  /// Each says what is wrong, and after a semicolon what to do.
  public let messages: [String]
  init(_ messages: [String]) { self.messages = messages }
  public var description: String { messages.joined(separator: "\n") }
}
