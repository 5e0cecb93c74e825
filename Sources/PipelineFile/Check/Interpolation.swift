import PipelineKit

/// Puts params and environment variables into values: `${name}`, `${env:NAME}`; `$${` stands for `${`.
///
/// This happens after parsing, so that no value ever changes the structure of the file.
struct Interpolation {
  let params: [(name: String, value: String)]
  let environment: [String: String]
  let report: (Node, ProblemCode, String) -> Void

  func put(into node: Node) -> Node {
    var node = node
    switch node.value {
    case .scalar(let text, let isQuoted): node.value = .scalar(put(into: text, at: node), isQuoted: isQuoted)
    case .list(let nodes): node.value = .list(nodes.map { put(into: $0) })
    case .map(let entries): node.value = .map(entries.map { ($0.key, put(into: $0.value)) })
    }
    return node
  }

  func put(into text: String, at node: Node) -> String {
    var result = ""
    var rest = Substring(text)
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        result += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") {
        result += value(String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end]), at: node)
        rest = rest[rest.index(after: end)...]
      } else {
        result += "$"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }

  private func value(_ name: String, at node: Node) -> String {
    if name.hasPrefix("env:") {
      let variable = String(name.dropFirst(4))
      if let value = environment[variable] { return value }
      report(node, .unsetVariable, "environment variable \"\(variable)\" is not set; set it before the run")
    } else if let param = params.first(where: { $0.name == name }) {
      return param.value
    } else {
      let hint = suggestion(name, among: params.map(\.name), otherwise: "add it under \"params\"")
      report(node, .unknownParam, "unknown param \"\(name)\"\(hint)")
    }
    return ""
  }
}
