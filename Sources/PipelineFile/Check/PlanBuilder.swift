import PipelineKit

/// Makes stages of a ``PipelineFile`` and checks the chain that they form.
struct PlanBuilder {
  let registry: StageRegistry
  let file: PipelineFile
  let report: (Node, ProblemCode, String) -> Void

  /// The stages that could be made, each with the node that names it, and whether any was unknown.
  struct Chain {
    var stages: [(name: Node, stage: any Stage)] = []
    var hasUnknown = false
  }

  func runOptions() -> RunOptions {
    RunOptions.read(file.run, name: file.run) { describe($1, at: $0, owner: "run") }
  }

  func chain() -> Chain {
    var chain = Chain()
    for entry in file.stages {
      guard let name = entry.name.scalar, let type = registry[name] else {
        chain.hasUnknown = true
        let known = suggestion(
          entry.name.scalar ?? "", among: registry.names, otherwise: "\"pipeline stages\" lists them all")
        report(entry.name, .unknownStage, "unknown stage \"\(entry.name.scalar ?? "")\"\(known)")
        continue
      }
      chain.stages.append(
        (entry.name, type.read(entry.options, name: entry.name) { describe($1, at: $0, owner: name) }))
    }
    return chain
  }

  /// The lines of the file on which values of secret options stand.
  func secretLines() -> Set<Int> {
    var lines: Set<Int> = []
    for entry in file.stages {
      guard let type = entry.name.scalar.flatMap({ registry[$0] }) else { continue }
      let secrets = Set(type.init().options.filter(\.option.isSecret).map(\.key))
      for (key, value) in entry.options.entries where secrets.contains(key.scalar ?? "") {
        lines.formUnion(key.line...max(key.line, value.lastLine))
      }
    }
    return lines
  }

  private func describe(_ problem: StageProblem, at node: Node, owner: String) {
    switch problem {
    case .unknownOption(let name, let known):
      let list = known.isEmpty ? "it has no options" : "its options are " + known.joined(separator: ", ")
      report(
        node, .unknownOption, "\(owner) has no option \"\(name)\"\(suggestion(name, among: known, otherwise: list))")
    case .missingOption(let name, let wants):
      report(node, .missingOption, "\(owner) needs option \"\(name)\": \(wants)")
    case .wrongType(let option, let message), .wrongValue(let option as String?, let message):
      report(node, .wrongValue, "\(option.map { "\(owner).\($0)" } ?? owner) \(message)")
    }
  }

  func checkOrder(_ chain: Chain) {
    guard !chain.hasUnknown else { return }
    if let first = chain.stages.first, !(first.stage is any Source) {
      report(first.name, .order, "the first stage is a source; begin with \"- read: { path: … }\"")
    }
    var sawSink = false
    for (name, stage) in chain.stages.dropFirst() {
      if stage is any Source {
        report(
          name, .order, "a pipeline has one source, and it stands first; give \"path\" a list to read several places")
      }
      if stage is any Annotator, sawSink {
        report(name, .order, "exports stand last; move \"\(name.scalar ?? "")\" before them")
      }
      sawSink = sawSink || stage is any Sink
    }
    if let last = chain.stages.last, !sawSink {
      report(last.name, .order, "a pipeline ends with an export; add \"- export.jsonl: { path: … }\"")
    }
  }

  /// An unknown stage silences the missing layers that may follow from it.
  func checkLayers(_ chain: Chain) {
    guard !chain.hasUnknown else { return }
    var given: Set<LayerName> = []
    for (name, stage) in chain.stages {
      for layer in stage.needs where !given.contains(layer) {
        let remedy: String
        if layer == .text || layer == Block.layer, !given.contains(.text) {
          remedy = "; add \"clean\" after the source"
        } else if let giver = registry.giver(of: layer) {
          remedy = "; add \"\(giver)\" before it"
        } else {
          remedy = "; add a stage that gives it"
        }
        report(
          name, .missingLayer, "\(type(of: stage).name) needs layer \"\(layer)\", which no earlier stage gives\(remedy)"
        )
        given.insert(layer)
        // Whoever writes the text gives its blocks too, so that one message is enough.
        if layer == .text { given.insert(Block.layer) }
      }
      given.formUnion(stage.gives)
    }
  }

  func checkSinks(_ chain: Chain, directory: String) {
    var paths: [String: Node] = [:]
    let source = chain.stages.first?.stage as? any Source
    for (name, stage) in chain.stages {
      guard let sink = stage as? any Sink, !sink.path.text.isEmpty else { continue }
      let path = normalised(sink.path.resolved(in: directory))
      if let first = paths[path] {
        report(
          name, .samePath,
          "writes to \"\(sink.path.text)\" as the export on line \(first.line) does; give it a path of its own")
      }
      paths[path] = name
      if let source, source.isIncremental, sink.mode == .replace {
        report(
          name, .replacing,
          "\(type(of: source).name) brings only what is new, and this export would lose the rest; add \"mode: update\"")
      }
    }
  }

  /// Without `.` and empty parts, and with `..` taken back, so that two spellings of a path are seen to be one.
  private func normalised(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}

extension Node {
  /// The last line on which it or a part of it begins; a text of several lines counts all of them.
  fileprivate var lastLine: Int {
    switch value {
    case .scalar(let text, _):
      text.utf8.contains(UInt8(ascii: "\n")) ? line + text.utf8.count { $0 == UInt8(ascii: "\n") } + 1 : line
    case .list(let nodes): nodes.map(\.lastLine).max() ?? line
    case .map(let entries): entries.map { max($0.key.line, $0.value.lastLine) }.max() ?? line
    }
  }
}
