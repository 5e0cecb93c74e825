import PipelineKit

/// Puts params and environment variables into values: `${name}`, `${env:NAME}`; `$${` stands for `${`.
///
/// This happens after parsing, so that no value ever changes the structure of the file.
struct Interpolation {
  let params: [(name: String, value: String)]
  let environment: [String: String]
  let budget: Budget
  let report: (Node, ProblemCode, String) -> Void

  /// Bytes that may be put in, all together: ten lines of params that double each other stand for a terabyte.
  final class Budget {
    private var bytes = 4_000_000
    /// - Parameter overdrawn: called the first time that there is not enough.
    func take(_ count: Int, overdrawn: () -> Void) -> Bool {
      if bytes >= 0, bytes < count { overdrawn() }
      bytes -= count
      return bytes >= 0
    }
  }

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
        let value = value(String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end]), at: node)
        let told = { report(node, .tooLarge, "the values put in come to more than 4 MB; use fewer or shorter params") }
        guard budget.take(value.utf8.count, overdrawn: told) else { return result }
        result += value
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
