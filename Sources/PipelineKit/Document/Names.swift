/// The name of a layer: its key in every export and in messages.
public struct LayerName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The name as it is written, such as `sentences`.
  public let description: String
  public init(_ name: String) { description = name }
  public init(stringLiteral name: String) { description = name }

  /// The document's text, which counts as a layer where stages say what they need and give.
  public static let text: LayerName = "text"
}

/// The name of a stage as a pipeline file writes it.
public struct StageName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The name as it is written, such as `export.jsonl`.
  public let description: String
  public init(_ name: String) { description = name }
  public init(stringLiteral name: String) { description = name }
}

/// A stage whose layers depend on its pipeline file has them as an option.
extension LayerName: OptionValue {
  public static var schema: OptionSchema { .string }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> LayerName? {
    readScalar(node, report) { $0.isEmpty ? nil : LayerName($0) }
  }
  public var node: Node {
    let isPlain = description.utf8.allSatisfy {
      switch $0 {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
      default: false
      }
    }
    return Node(.scalar(description, isQuoted: !isPlain))
  }
}
