public import PipelineKit

/// One text, or a list of them.
public struct TextList: OptionValue, Hashable {
  public var texts: [String]
  public init(_ texts: [String] = []) { self.texts = texts }

  public static var schema: OptionSchema { .either([String.schema, [String].schema]) }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> TextList? {
    if case .list = node.value { return [String].read(node, report: report).map { TextList($0) } }
    return String.read(node, report: report).map { TextList([$0]) }
  }
  public var node: Node { texts.count == 1 ? texts[0].node : texts.node }

  static func + (a: TextList, b: TextList) -> TextList { TextList(a.texts + b.texts) }
  var isEmpty: Bool { texts.isEmpty }
}
