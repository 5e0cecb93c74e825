public import PipelineKit

/// What a pipeline file says, with the place of every value, before any of it is checked against the stages.
public struct PipelineFile: Sendable {
  public var name: String
  public var description: String
  /// In the order of the file, with values put in.
  public var params: [(name: String, value: String)]
  public var run: Node
  public var stages: [StageEntry]

  /// One entry of `stages`.
  public struct StageEntry: Sendable {
    public var name: Node
    public var options: Node
  }

  static let keys = ["pipeline", "description", "params", "run", "stages"]
}

/// A value from the command line that wins over the file's: `--set NAME=VALUE`, or a flag of `run`.
public struct Override: Hashable, Sendable {
  /// A param, `STAGE.OPTION`, or `run.OPTION`.
  public var name: String
  public var value: String
  /// How a message names it: `--set out`, `--workers`.
  public var flag: String

  public init(name: String, value: String, flag: String) {
    (self.name, self.value, self.flag) = (name, value, flag)
  }
  /// `NAME=VALUE`; nil without `=`.
  public init?(setting text: String) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
    name = String(text[..<equals])
    value = String(text[text.index(after: equals)...])
    flag = "--set \(name)"
  }
}
