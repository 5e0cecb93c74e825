/// A value of a pipeline file with the place at which it stands.
public struct Node: Sendable {
  /// What it is by YAML.
  public enum Value: Sendable {
    /// Text as written; `isQuoted` tells `"null"` from `null`.
    case scalar(String, isQuoted: Bool)
    case list([Node])
    case map([(key: Node, value: Node)])
  }
  public var value: Value
  /// From 1; 0 for a value that stands in no file.
  public var line: Int
  /// From 1, in characters.
  public var column: Int
  /// Where it comes from, if not from the pipeline file: `--set read.path`.
  public var origin: String?

  public init(_ value: Value, line: Int = 0, column: Int = 0, origin: String? = nil) {
    (self.value, self.line, self.column, self.origin) = (value, line, column, origin)
  }
  /// A plain scalar that stands in no file.
  public init(_ text: String) { self.init(.scalar(text, isQuoted: false)) }

  /// The text of a scalar.
  public var scalar: String? { if case .scalar(let text, _) = value { text } else { nil } }
  /// The entries of a map; empty for anything else.
  public var entries: [(key: Node, value: Node)] { if case .map(let entries) = value { entries } else { [] } }
  /// Whether it stands for no value: `null`, `~` or nothing, not in quotation marks.
  public var isNull: Bool {
    if case .scalar(let text, false) = value { ["", "null", "~", "Null", "NULL"].contains(text) } else { false }
  }
}
