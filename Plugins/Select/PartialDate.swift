public import PipelineKit

/// A year, a month or a day, written `2012`, `2012-02` or `2012-02-29`.
///
/// Two dates are compared as far as both are precise, so that February 2012 is neither before nor after a day in it.
public struct PartialDate: OptionValue, Hashable {
  /// Year, and month and day where they are known.
  private var parts: [Int]

  /// Nil where the text is no such date.
  public init?(_ text: String) {
    guard let date = PartialDate(beginningOf: text), date.length == text.utf8.count else { return nil }
    self = date
  }

  /// The date with which a text begins; a time behind it is passed over.
  init?(beginningOf text: String) {
    let fields = text.prefix { $0 != "T" && $0 != " " }.split(separator: "-", omittingEmptySubsequences: false)
    let widths = [4, 2, 2]
    let highest = [9999, 12, 31]
    parts = []
    guard (1...3).contains(fields.count) else { return nil }
    for (index, field) in fields.enumerated() {
      guard field.utf8.count == widths[index], field.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(field), (index == 0 ? 0 : 1)...highest[index] ~= number
      else { return nil }
      parts.append(number)
    }
  }

  private var length: Int { [4, 7, 10][parts.count - 1] }

  func isBefore(_ other: PartialDate) -> Bool { order(other) < 0 }
  func isAfter(_ other: PartialDate) -> Bool { order(other) > 0 }

  private func order(_ other: PartialDate) -> Int {
    for (part, otherPart) in zip(parts, other.parts) where part != otherPart { return part < otherPart ? -1 : 1 }
    return 0
  }

  public static var schema: OptionSchema {
    .limited(.string, words: "such as 2012-02-29, 2012-02 or 2012", minimum: nil, maximum: nil)
  }
  public static func read(_ node: Node, report: (Node, String) -> Void) -> PartialDate? {
    readScalar(node, report) { PartialDate($0) }
  }
  public var node: Node {
    let fields = zip(parts, [4, 2, 2]).map { part, width in
      String(repeating: "0", count: max(0, width - String(part).count)) + String(part)
    }
    return Node(.scalar(fields.joined(separator: "-"), isQuoted: true))
  }
}
