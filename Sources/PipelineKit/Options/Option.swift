/// An option of a stage: one declaration gives the key, the type, the default and the documentation.
///
/// ```swift
/// @Option("How sure a boundary must be, in percent.", in: 1...100) public var threshold = 50
/// @Option("File to write.", required: true) public var path = FilePath()
/// ```
/// The key in a pipeline file is the property's name in snake case (`minimumLength`: `minimum_length`).
@propertyWrapper public struct Option<Value: OptionValue>: Sendable {
  /// One sentence or two for the reference.
  public let summary: String
  /// Whether a pipeline file must give it.
  public let isRequired: Bool
  /// Masked wherever it is shown.
  public let isSecret: Bool
  private let limits: Limits?
  private var storage: Storage

  /// Written by `fill` before the stage leaves the function that made it, and never after; a later
  /// assignment makes a new box. That is why the unchecked promise holds.
  private final class Storage: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
  }
  private struct Limits: Sendable {
    let words: String
    let minimum: Double?
    let maximum: Double?
    let contains: @Sendable (Value) -> Bool
  }

  public init(wrappedValue: Value, _ summary: String, required: Bool = false, secret: Bool = false) {
    (self.summary, isRequired, isSecret, limits) = (summary, required, secret, nil)
    storage = Storage(wrappedValue)
  }
  /// An option whose value lies in a range.
  public init(wrappedValue: Value, _ summary: String, in range: ClosedRange<Value>) where Value: Comparable & Sendable {
    (self.summary, isRequired, isSecret) = (summary, false, false)
    limits = Limits(
      words: "from \(range.lowerBound) to \(range.upperBound)", minimum: Double("\(range.lowerBound)"),
      maximum: Double("\(range.upperBound)"), contains: { range.contains($0) })
    storage = Storage(wrappedValue)
  }
  public var wrappedValue: Value {
    get { storage.value }
    set { storage = Storage(newValue) }
  }
}

/// An option without its type, for whoever reads or documents the options of any stage.
package protocol AnyOption: Sendable {
  var summary: String { get }
  var isRequired: Bool { get }
  var isSecret: Bool { get }
  var schema: OptionSchema { get }
  /// The value as a pipeline file would write it.
  var node: Node { get }
  /// Takes the value of a node; reports each problem with the node at which it stands.
  func fill(_ node: Node, report: (Node, String) -> Void)
}

extension Option: AnyOption {
  package var schema: OptionSchema {
    guard let limits else { return Value.schema }
    return .limited(Value.schema, words: limits.words, minimum: limits.minimum, maximum: limits.maximum)
  }
  package var node: Node { wrappedValue.node }
  package func fill(_ node: Node, report: (Node, String) -> Void) {
    guard let value = Value.read(node, report: report) else { return }
    if let limits, !limits.contains(value) { return report(node, "wants \(schema.words)") }
    storage.value = value
  }
}

/// A property with this type can be an option. An enumeration of strings needs no more than the name:
///
/// ```swift
/// enum Unit: String, CaseIterable, OptionValue { case codepoint, utf8, utf16 }
/// ```
public protocol OptionValue: Sendable {
  /// The type in a form from which messages, the reference and the JSON Schema are made.
  static var schema: OptionSchema { get }
  /// The value of a node; nil after `report` was told what is wrong, and where.
  /// A message reads on from the option's name: `wants an integer`.
  static func read(_ node: Node, report: (Node, String) -> Void) -> Self?
  /// The value as a pipeline file would write it.
  var node: Node { get }
}

/// What is wrong with a stage's options taken together.
public struct OptionProblem: Sendable {
  /// The option's key.
  public var option: String
  /// Reads on from the option's name: `must be smaller than maximum`.
  public var message: String
  public init(_ option: String, _ message: String) { (self.option, self.message) = (option, message) }
}
