internal import PipelineKit

/// Pronouns whose referent the sentence itself makes plain; all others are left alone.
extension Clauses {
  /// `X said it would …`, `“We reject it,” X said`, `X does not …, but it would …`.
  func pronoun(at index: Int) -> Subject? {
    if let speaker = speaker(meantAt: index), suits(words[index].id, speaker, isOwnWord: true) {
      return Subject(holders: [speaker], stretch: index..<index + 1, directness: .pronoun)
    }
    guard has(index - 1, [.coordinator, .subordinator]), var found = shared(before: index - 1, isVerb: false),
      found.holders.count == 1, suits(words[index].id, found.holders[0], isOwnWord: false)
    else { return nil }
    found.stretch = index..<index + 1
    found.directness = .pronoun
    return found
  }

  private func speaker(meantAt index: Int) -> Int32? {
    let isFirst = words[index].id == known.we || words[index].id == known.i
    for attribution in attributions where attribution.isKnown && attribution.stretch.contains(index) {
      if isFirst {
        // `X reported that “we …,” the judge said`: only words put into the speaker's own mouth are his.
        let isDirect = !attribution.isReported || words[attribution.stretch.lowerBound].isQuoted
        if words[index].isQuoted, isDirect { return attribution.speaker }
      } else if attribution.isReported, index == attribution.stretch.lowerBound {
        return attribution.speaker
      }
    }
    return nil
  }

  private func suits(_ pronoun: Int32, _ entity: Int32, isOwnWord: Bool) -> Bool {
    let isPerson = entities[Int(entity)].type == .person
    switch pronoun {
    case known.he, known.she: return isPerson
    case known.it: return !isPerson
    case known.we, known.i: return isOwnWord
    default: return false
    }
  }
}
