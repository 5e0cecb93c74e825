import PipelineKit

extension PipelineFile {
  /// Puts the values of the command line in the place of the file's.
  mutating func apply(_ overrides: [Override], report: (Node, ProblemCode, String) -> Void) {
    for override in overrides {
      let place = Node(.list([]), origin: override.flag)
      if override.name.hasPrefix("run.") {
        run.set(String(override.name.dropFirst(4)), to: override.node)
      } else if let dot = override.name.lastIndex(of: ".") {
        let stage = String(override.name[..<dot])
        let matches = stages.indices.filter { stages[$0].name.scalar == stage }
        switch matches.count {
        case 1:
          stages[matches[0]].options.set(String(override.name[override.name.index(after: dot)...]), to: override.node)
        case 0:
          let hint = suggestion(
            stage, among: stages.compactMap(\.name.scalar), otherwise: "the pipeline has no such stage")
          report(place, .override, "no stage \"\(stage)\"\(hint)")
        default:
          report(
            place, .override, "stage \"\(stage)\" stands \(matches.count) times; set a param and use it in one of them")
        }
      } else if !params.contains(where: { $0.name == override.name }) {
        let hint = suggestion(
          override.name, among: params.map(\.name), otherwise: "params are set by name, options as STAGE.OPTION")
        report(place, .override, "no param \"\(override.name)\"\(hint)")
      }
    }
  }
}

extension PipelineFile {
  /// Makes every export add to its result instead of replacing it.
  mutating func updateExports(_ registry: StageRegistry) {
    for index in stages.indices where stages[index].name.scalar.flatMap({ registry[$0] }) is any Sink.Type {
      stages[index].options.set("mode", to: Node(.scalar(WriteMode.update.rawValue, isQuoted: false), origin: "retry"))
    }
  }
}

extension Override {
  /// A value in brackets or braces is read as YAML, for options that are lists or maps.
  var node: Node {
    var node = Node(.scalar(value, isQuoted: false))
    if value.hasPrefix("[") || value.hasPrefix("{"), let read = readYAML(Array(value.utf8), report: { _, _, _ in }) {
      node = read
    }
    return node.moved(to: flag)
  }
}

extension Node {
  fileprivate mutating func set(_ key: String, to new: Node) {
    var entries = entries
    if let index = entries.firstIndex(where: { $0.key.scalar == key }) {
      entries[index].value = new
    } else {
      entries.append((Node(.scalar(key, isQuoted: false), origin: new.origin), new))
    }
    value = .map(entries)
  }

  fileprivate func moved(to origin: String) -> Node {
    var node = self
    (node.line, node.column, node.origin) = (0, 0, origin)
    switch value {
    case .scalar: break
    case .list(let nodes): node.value = .list(nodes.map { $0.moved(to: origin) })
    case .map(let entries): node.value = .map(entries.map { ($0.key.moved(to: origin), $0.value.moved(to: origin)) })
    }
    return node
  }
}
