import PipelineKit

/// Takes a tree of nodes apart into a ``PipelineFile``; reports all that does not fit.
struct PipelineParser {
  let fallbackName: String
  let overrides: [Override]
  let environment: [String: String]
  let report: (Node, ProblemCode, String) -> Void

  func parse(_ root: Node) -> PipelineFile? {
    guard case .map(let entries) = root.value else {
      report(root, .shape, "a pipeline file is a map with the keys \(PipelineFile.keys.joined(separator: ", "))")
      return nil
    }
    for (key, _) in entries where !PipelineFile.keys.contains(key.scalar ?? "") {
      let hint = suggestion(
        key.scalar ?? "", among: PipelineFile.keys, otherwise: "keys are \(PipelineFile.keys.joined(separator: ", "))")
      report(key, .unknownKey, "unknown key \"\(key.scalar ?? "")\"\(hint)")
    }
    func value(_ key: String) -> Node? { entries.first { $0.key.scalar == key }?.value }
    let budget = Interpolation.Budget()
    let params = params(value("params"), budget)
    let values = Interpolation(params: params, environment: environment, budget: budget, report: report)
    guard let list = value("stages"), case .list(let nodes) = list.value, !nodes.isEmpty else {
      report(
        value("stages") ?? root, .noStages, "needs \"stages\": a list that begins with a source and ends with an export"
      )
      return nil
    }
    return PipelineFile(
      name: text(value("pipeline"), "pipeline") ?? fallbackName,
      description: text(value("description"), "description") ?? "",
      params: params, run: values.put(into: value("run") ?? Node("null")),
      stages: nodes.compactMap { entry($0) }.map { .init(name: $0.name, options: values.put(into: $0.options)) })
  }

  private func text(_ node: Node?, _ key: String) -> String? {
    guard let node, !node.isNull else { return nil }
    if node.scalar == nil { report(node, .shape, "\"\(key)\" wants a string") }
    return node.scalar
  }

  /// The params with overrides and earlier params put in.
  private func params(_ node: Node?, _ budget: Interpolation.Budget) -> [(name: String, value: String)] {
    guard let node, !node.isNull else { return [] }
    guard case .map(let entries) = node.value else {
      report(node, .shape, "\"params\" wants names with values")
      return []
    }
    var params: [(name: String, value: String)] = []
    for (key, value) in entries {
      guard let name = key.scalar, let text = value.scalar else {
        report(value, .shape, "a param wants a single value")
        continue
      }
      if let override = overrides.last(where: { $0.name == name }) {
        params.append((name, override.value))
      } else {
        let values = Interpolation(params: params, environment: environment, budget: budget, report: report)
        params.append((name, values.put(into: text, at: value)))
      }
    }
    return params
  }

  /// `name`, or `name: options`.
  private func entry(_ node: Node) -> PipelineFile.StageEntry? {
    if node.scalar != nil {
      return .init(name: node, options: Node(.scalar("", isQuoted: false), line: node.line, column: node.column))
    }
    guard case .map(let entries) = node.value, let entry = entries.first else {
      report(node, .shape, "a stage is its name, or its name with options: \"- clean\" or \"- read: { path: a.html }\"")
      return nil
    }
    for (key, _) in entries.dropFirst() {
      let name = entry.key.scalar ?? ""
      report(
        key, .shape,
        "an entry names one stage; indent \"\(key.scalar ?? "")\" further if it is an option of \(name), or begin a new entry with \"- \""
      )
    }
    return .init(name: entry.key, options: entry.value)
  }
}
