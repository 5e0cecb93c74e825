public import PipelineKit

/// A time between requests, which unlike a limit may be none.
public struct Pause: OptionValue, Hashable {
  public var span: TimeSpan
  public init(_ span: TimeSpan) { self.span = span }

  public static var schema: OptionSchema { TimeSpan.schema }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> Pause? {
    if let text = node.scalar, ["0", "0s", "0ms"].contains(text) { return Pause(.seconds(0)) }
    return TimeSpan.read(node, report: report).map { Pause($0) }
  }
  public var node: Node { span.node }
  var seconds: Double { Double(span.milliseconds) / 1000 }
}
