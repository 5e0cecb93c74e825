public import CalendarDates
public import PipelineKit

/// A date as an option's value, written `2012`, `2012-02` or `2012-02-29`.
extension PartialDate: OptionValue {
  public static var schema: OptionSchema {
    .limited(.string, words: "such as 2012-02-29, 2012-02 or 2012", minimum: nil, maximum: nil)
  }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> PartialDate? {
    readScalar(node, report) { PartialDate($0) }
  }
  public var node: Node { Node(.scalar(iso, isQuoted: true)) }
}
