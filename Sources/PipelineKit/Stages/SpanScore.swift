/// How well found annotations agree with gold ones: an annotation is right where span and label are the same.
///
/// ```swift
/// var score = SpanScore()
/// score.add(found: [GoldSpan(TextSpan(0, 6), label: "LOC")], gold: [GoldSpan(TextSpan(0, 6), label: "ORG")])
/// score.f1  // 0
/// ```
public struct SpanScore: Hashable, Sendable {
  /// Annotations that are known to be right.
  public var gold = 0
  /// Annotations that the stage gave.
  public var found = 0
  /// Those that are both.
  public var right = 0
  public init() {}

  /// Counts the annotations of one text. An annotation that is found twice is right once.
  public mutating func add(found: [GoldSpan], gold: [GoldSpan]) {
    self.found += found.count
    self.gold += gold.count
    right += Set(gold).intersection(found).count
  }

  /// The share of what was found that is right, from 0 to 1; 0 where nothing was found.
  public var precision: Double { found == 0 ? 0 : Double(right) / Double(found) }
  /// The share of the gold annotations that were found, from 0 to 1; 0 where there are none.
  public var recall: Double { gold == 0 ? 0 : Double(right) / Double(gold) }
  /// The harmonic mean of precision and recall, from 0 to 1.
  public var f1: Double { found + gold == 0 ? 0 : 2 * Double(right) / Double(found + gold) }
}
