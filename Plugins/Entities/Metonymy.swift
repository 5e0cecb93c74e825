internal import PipelineKit

/// What a capital or a government's building stands for: the government when it acts, the place when things
/// happen there. Signs before and behind the name are weighed; `Moscow and Beijing rejected` is read as one
/// subject. The weights are judgements, not learned.
struct Metonymy {
  let words: TextWords
  let sentence: Range<Int>

  /// Above 0 for the government, below for the place; from -4 to 4.
  /// - Parameter subject: the words of the name, or of the list of names in which it stands.
  func leaning(of subject: Range<Int>) -> Int {
    let before = sign(before: subject.lowerBound)
    let behind = sign(behind: subject.upperBound, isObject: before < 0)
    return min(4, max(-4, before + behind))
  }

  private func sign(before first: Int) -> Int {
    let index = first - 1
    // Buildings take an article, capitals don't; what stands for a government is mostly the building.
    let isBuilding = index >= sentence.lowerBound && words[index].flags.contains(.the)
    return (isBuilding ? 1 : 0) + preposition(at: isBuilding ? index - 1 : index)
  }

  private func preposition(at index: Int) -> Int {
    guard index >= sentence.lowerBound else { return 1 }  // opens the sentence, as subjects do
    let flags = words[index].flags
    if flags.contains(.side) { return 2 }
    if flags.contains(.addressing) { return 3 }
    if flags.contains(.place) { return -3 }
    if flags.contains(.of) { return -1 }
    if flags.contains(.policy), index > sentence.lowerBound { return -1 }
    return 0
  }

  private func sign(behind end: Int, isObject: Bool) -> Int {
    var index = end
    guard index < sentence.upperBound else { return 0 }
    if words[index].shape.contains(.possessive) { return owner(index + 1) }
    if words[index].shape.isSuperset(of: [.hyphen, .joined]) { return -4 }  // `Moscow-based`
    if isObject { return words[index].flags.contains(.locus) ? -1 : 0 }
    if !words[index].flags.isDisjoint(with: [.event, .locus]), words[index].flags.isDisjoint(with: [.act]) {
      return -3
    }
    var isBehindAux = false
    var steps = 0
    while index < sentence.upperBound, steps < 4, isAuxiliary(index) {
      (index, steps, isBehindAux) = (index + 1, steps + 1, true)
    }
    guard index < sentence.upperBound else { return 0 }
    let flags = words[index].flags
    if !flags.isDisjoint(with: [.act, .speech]) { return 3 }
    if isBehindAux { return 1 }
    return words[index].shape.contains(.letter) && words[index].shape.contains(.verbEnding) ? 2 : 0
  }

  private func isAuxiliary(_ index: Int) -> Bool {
    words[index].flags.contains(.aux) || words[index].shape.contains(.adverbEnding)
  }

  /// What the name owns: `Seoul's policy`, `Seoul's busy streets`.
  private func owner(_ first: Int) -> Int {
    var index = first
    while index < sentence.upperBound, index < first + 4 {
      let flags = words[index].flags
      if flags.contains(.locus) { return -3 }
      if flags.contains(.policy) { return 3 }
      if flags.contains(.function) { break }
      index += 1
    }
    return 1
  }
}
