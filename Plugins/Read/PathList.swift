public import PipelineKit

/// One path, or a list of them.
public struct PathList: OptionValue, Hashable {
  public var paths: [FilePath]
  public init(_ paths: [FilePath] = []) { self.paths = paths }

  public static var schema: OptionSchema { .either([.path, .list(.path)]) }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> PathList? {
    if case .list = node.value { return [FilePath].read(node, report: report).map { PathList($0) } }
    if node.scalar != nil { return FilePath.read(node, report: report).map { PathList([$0]) } }
    report(node, "wants \(schema.words)")
    return nil
  }
  public var node: Node { if paths.count == 1 { paths[0].node } else { paths.node } }
}
