import PipelineKit

/// Precision and recall by the rules of the scorer in `Benchmarks/score_stance.py`, without its finer points:
/// records are paired greedily in their order, and an issue is the same when the spans share half of their words.
struct Score: CustomStringConvertible {
  var right = 0
  var predicted = 0
  var wanted = 0

  var precision: Double { predicted == 0 ? 1 : Double(right) / Double(predicted) }
  var recall: Double { wanted == 0 ? 1 : Double(right) / Double(wanted) }
  var description: String { "right \(right) of \(predicted) predicted, \(wanted) wanted" }

  mutating func add(_ pair: Gold) {
    let gold = pair.gold[Stance.self]
    wanted += gold.count - pair.optional.count
    var free = Set(gold.indices)
    for stance in pair.predicted[Stance.self] {
      let same = free.filter { pair.same(gold[$0], stance) }
      // A required record is paired before an optional one, which counts for nothing.
      if let match = same.subtracting(pair.optional).min() {
        free.remove(match)
        right += 1
      } else if let match = same.min() {
        free.remove(match)
        continue
      }
      predicted += 1
    }
  }
}

extension Gold {
  func same(_ one: Stance, _ other: Stance) -> Bool {
    sentence(one) == sentence(other) && one.polarity == other.polarity && same(one.holder, other.holder)
      && same(one.target, other.target)
  }

  private func sentence(_ stance: Stance) -> Int? {
    gold[Sentence.self].firstIndex { $0.span.overlaps(stance.evidence) }
  }

  private func same(_ one: Stance.Holder, _ other: Stance.Holder) -> Bool {
    switch (one, other) {
    case (.author, .author): true
    case (.entity(let a), .entity(let b)): same(a, b)
    default: false
    }
  }

  private func same(_ one: Int, _ other: Int) -> Bool {
    let entities = gold[Entity.self]
    return one == other || entities[one].actor != nil && entities[one].actor == entities[other].actor
  }

  private func same(_ one: Stance.Target, _ other: Stance.Target) -> Bool {
    switch (one, other) {
    case (.entity(let a), .entity(let b)): return same(a, b)
    case (.issue(let a), .issue(let b)):
      let wanted = words(a)
      return 2 * wanted.intersection(words(b)).count >= wanted.count
    default: return false
    }
  }

  /// The words of four letters and more, each with its place.
  private func words(_ span: TextSpan) -> Set<TextSpan> {
    Set(predicted[Token.self].map(\.span).filter { span.contains($0) && $0.count >= 4 })
  }
}
