internal import Learning

/// What the model is asked about a word: itself and its neighbours, how they are written, what lists and clusters say
/// of them, and the same word elsewhere in the document.
///
/// A template a line, its number first.
struct TagFeatures {
  let groups: FeatureGroups
  let forms: WordForms

  func add(_ word: Int, to sink: inout some FeatureSink) {
    addWords(word, to: &sink)
    addShapes(word, to: &sink)
    if groups.contains(.clusters) { addClusters(word, to: &sink) }
    if groups.contains(.lists) { addLists(word, to: &sink) }
    if groups.contains(.document) {
      addEvidence(word, to: &sink)
      addDocument(word, to: &sink)
    }
  }

  private func addWords(_ word: Int, to sink: inout some FeatureSink) {
    let (before, own, next) = (forms[word - 1], forms[word], forms[word + 1])
    sink.add(1, only: own.folded)
    sink.add(2, only: own.exact)
    sink.add(3, only: before.folded)
    sink.add(4, only: next.folded)
    sink.add(5, only: forms[word - 2].folded)
    sink.add(6, only: forms[word + 2].folded)
    sink.add(7, pair: before.folded, own.folded)
    sink.add(8, pair: own.folded, next.folded)
    sink.add(9, pair: before.folded, next.folded)
    sink.add(10, only: own.prefix)
    sink.add(11, only: own.suffix)
    sink.add(12, only: own.shortSuffix)
    sink.add(13, only: own.longSuffix)
    sink.add(14, only: before.suffix)
    sink.add(15, only: next.suffix)
    sink.add(16, pair: before.folded, own.shape)
    sink.add(17, pair: own.shape, next.folded)
  }

  private func addShapes(_ word: Int, to sink: inout some FeatureSink) {
    let (before, own, next) = (forms[word - 1], forms[word], forms[word + 1])
    let place = forms.place(of: word)
    sink.add(20, pair: own.shape, place)
    sink.add(21, before.shape, own.shape, place)
    sink.add(22, own.shape, next.shape, place)
    sink.add(23, before.shape, own.shape, next.shape)
    sink.add(24, only: before.shape)
    sink.add(25, only: next.shape)
    sink.add(26, next.shape, forms[word + 2].shape, own.shape)
    sink.add(27, forms[word - 2].shape, before.shape, own.shape)
    sink.add(28, own.suffix, own.shape, place)
  }

  private func addClusters(_ word: Int, to sink: inout some FeatureSink) {
    let (before, own, next) = (forms[word - 1].clusters, forms[word].clusters, forms[word + 1].clusters)
    let (earlier, later) = (forms[word - 2].clusters, forms[word + 2].clusters)
    for column in 0..<WordClusters.width {
      let number = UInt32(column)
      sink.add(30, pair: number, own[column])
      sink.add(31, pair: number, before[column])
      sink.add(32, pair: number, next[column])
    }
    for column in [1, 4] {
      let number = UInt32(column)
      sink.add(33, number, before[column], own[column])
      sink.add(34, number, own[column], next[column])
      sink.add(35, pair: number, earlier[column])
      sink.add(36, pair: number, later[column])
      sink.add(37, number, own[column], forms[word].shape)
    }
    for column in [0, 3] {
      sink.add(38, UInt32(column) << 16 | before[column], own[column], next[column])
    }
  }

  private func addLists(_ word: Int, to sink: inout some FeatureSink) {
    let (before, own, next) = (forms[word - 1], forms[word], forms[word + 1])
    sink.add(40, only: own.lists)
    sink.add(41, only: before.lists)
    sink.add(42, only: next.lists)
    sink.add(43, pair: before.lists, own.lists)
    sink.add(44, pair: own.lists, next.lists)
    sink.add(45, only: own.rule)
    sink.add(46, pair: own.rule, own.kind)
    sink.add(47, pair: own.rule, own.folded)
    sink.add(48, pair: before.rule, own.rule)
    sink.add(49, pair: own.rule, next.rule)
    sink.add(50, own.rule, own.shape, forms.place(of: word))
    sink.add(51, pair: own.rule, before.folded)
    sink.add(52, pair: own.rule, next.folded)
    sink.add(53, pair: own.rule, own.lists)
  }

  /// What stands beside the word at any place of the document: behind `in` it is a place's, before `said` it is not.
  private func addEvidence(_ word: Int, to sink: inout some FeatureSink) {
    guard let run = forms.run(of: word), let evidence = forms.evidence(of: word) else { return }
    var left = evidence.rawValue
    while left != 0 {
      sink.add(80, only: UInt32(left.trailingZeroBitCount))
      left &= left - 1
    }
    sink.add(81, only: evidence.rawValue)
    sink.add(82, pair: evidence.rawValue, place(of: word, in: run, upTo: 2))
  }

  /// How far a word is from the ends of a run.
  private func place(of word: Int, in run: Range<Int>, upTo most: Int) -> UInt32 {
    UInt32(min(most, word - run.lowerBound)) << 2 | UInt32(min(most, run.upperBound - 1 - word))
  }

  /// The longest run elsewhere in which the word stands: `Lavrov` may be told by `Sergei Lavrov`.
  private func addDocument(_ word: Int, to sink: inout some FeatureSink) {
    guard let other = forms.longest(with: word) else {
      sink.add(70, only: 0)
      return
    }
    let at = other.word
    let place = place(of: at, in: other.run, upTo: 2)
    let isLonger: UInt32 = other.run.count > (forms.run(of: word)?.count ?? 1) ? 1 : 0
    let (head, own) = (forms[other.run.upperBound - 1], forms[at])
    sink.add(70, pair: 1 + place, isLonger)
    sink.add(71, own.rule, place, isLonger)
    sink.add(72, pair: head.folded, place & 3)
    sink.add(73, pair: head.lists, place & 3)
    sink.add(74, pair: forms[other.run.lowerBound].lists, place)
    sink.add(75, pair: forms[at - 1].folded, place)
    sink.add(76, pair: forms[at + 1].folded, place)
    sink.add(77, forms[other.run.lowerBound].rule, head.rule, place)
    sink.add(78, pair: forms[other.run.upperBound].folded, place & 3)
  }
}
