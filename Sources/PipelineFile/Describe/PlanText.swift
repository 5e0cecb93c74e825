public import PipelineKit

extension Plan {
  /// A pipeline file with every default, whose plan is the same. Secrets are masked.
  public var fullText: String {
    var text = "pipeline: \(quoted(name))\n"
    if !description.isEmpty { text += "description: \(quoted(description))\n" }
    text += "run:\n" + lines(run.options, indent: "  ") + "stages:\n"
    for stage in stages {
      let options = stage.options
      text += "  - \(type(of: stage).name)" + (options.isEmpty ? "\n" : ":\n" + lines(options, indent: "      "))
    }
    return text
  }

  private func lines(_ options: [(key: String, option: any AnyOption)], indent: String) -> String {
    options.map { "\(indent)\($0.key): \($0.option.shown.yaml)\n" }.joined()
  }
}

extension AnyOption {
  /// The value as it may be shown: all that a secret one holds is masked, and its shape is kept.
  package var shown: Node { isSecret ? node.masked : node }
}

extension Node {
  fileprivate var masked: Node {
    var node = self
    switch value {
    case .scalar: if !isNull { node.value = .scalar("********", isQuoted: true) }
    case .list(let nodes): node.value = .list(nodes.map(\.masked))
    case .map(let entries): node.value = .map(entries.map { ($0.key, $0.value.masked) })
    }
    return node
  }

  /// The node in YAML's flow style, on one line.
  public var yaml: String {
    switch value {
    case .scalar(let text, let isQuoted): isQuoted ? quoted(text) : text
    case .list(let nodes): "[" + nodes.map(\.yaml).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\(quoted($0.key.scalar ?? "")): \($0.value.yaml)" }.joined(separator: ", ") + "}"
    }
  }
}

/// In double quotation marks, with YAML's escapes; `$${` keeps a literal `${`.
private func quoted(_ text: String) -> String {
  var result = "\""
  var previous: Unicode.Scalar = " "
  for scalar in text.unicodeScalars {
    if scalar == "{", previous == "$" { result.insert("$", at: result.index(before: result.endIndex)) }
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case _ where !isPrintable(scalar):
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
    previous = scalar
  }
  return result + "\""
}

/// What YAML takes as it is between quotation marks, line breaks of any kind left out.
private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
  default: true
  }
}
