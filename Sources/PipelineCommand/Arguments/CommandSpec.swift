/// The declaration of a command: parsing, help and completions are made from it.
struct CommandSpec: Sendable {
  var name: String
  var summary: String
  var arguments: [Argument] = []
  var flags: [Flag] = []
  /// What `--help` says beside the flags.
  var discussion = ""
  var isHidden = false
  /// Everything behind `--` is handed on as it is.
  var takesRest = false

  /// A positional argument.
  struct Argument: Sendable {
    var name: String
    var summary: String
    var isOptional = false
    var repeats = false
    var completion = Completion.files
  }

  /// A flag such as `--limit N`.
  struct Flag: Sendable {
    /// With its hyphens.
    var name: String
    /// What stands for the value in help; nil for a flag without one.
    var value: String?
    var summary: String
    var repeats = false
    var completion = Completion.none
    /// The words behind the value, up to the next flag, are values too, so that a shell's pattern can stand there.
    var takesMany = false
  }

  /// What a shell offers for a value.
  enum Completion: Sendable {
    case none, files, folders, stages
    case choice([String])
  }

  /// `pipeline run FILE [--set NAME=VALUE]…`
  var usage: String {
    let words = arguments.map { argument in
      let name = argument.name + (argument.repeats ? "…" : "")
      return argument.isOptional ? "[\(name)]" : name
    }
    return (["pipeline", name] + words + (flags.isEmpty ? [] : ["[options]"]) + (takesRest ? ["[-- CMD…]"] : []))
      .joined(separator: " ")
  }

  var help: String {
    var text = "\(summary)\n\nUsage: \(usage)\n"
    if !discussion.isEmpty { text += "\n\(discussion)\n" }
    if !arguments.isEmpty { text += "\nArguments:\n" + table(arguments.map { ($0.name, $0.summary) }) }
    let flags = flags + CommandSpec.common
    text +=
      "\nOptions:\n"
      + table(
        flags.map { flag in
          (
            [flag.name, flag.value.map { $0 + (flag.takesMany ? "…" : "") }].compactMap { $0 }.joined(separator: " "),
            flag.summary
          )
        })
    return text
  }

  static let color = Flag(
    name: "--color", value: "WHEN", summary: "auto, always or never; NO_COLOR is honoured.",
    completion: .choice(["auto", "always", "never"]))
  static let common = [color, Flag(name: "--help", summary: "Show this help.")]
}

/// Two columns, the first as wide as its widest entry.
func table(_ rows: [(String, String)]) -> String {
  let width = min(28, rows.map(\.0.count).max() ?? 0)
  return rows.map { left, right in
    let lines = right.split(separator: "\n", omittingEmptySubsequences: false)
    let padding = String(repeating: " ", count: width + 4)
    let first = left.count > width ? "  \(left)\n\(padding)" : "  \(left.padded(to: width))  "
    return first + lines.joined(separator: "\n\(padding)") + "\n"
  }.joined()
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
