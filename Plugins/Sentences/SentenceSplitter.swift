internal import PipelineKit
internal import TextScanning

/// Finds the ends of sentences in one block.
///
/// One pass from candidate to candidate (`Candidates`: `. ! ?`, a line break, the first byte of `…`, `。`, `•`), and
/// only there do the rules look around. Each rule looks back over one word of bounded length and forward over the
/// marks that follow, which the pass then leaves behind, so that the whole is linear. The rules are in the other
/// files: what is a mark (`Mark`), what comes behind it (`Aftermath`), periods (`PeriodRules`), numbered lists
/// (`ListMarkers`).
struct SentenceSplitter: Sendable {
  let lexicon: SentenceLexicon

  /// - Parameters:
  ///   - block: byte offsets inside the text.
  ///   - sentences: takes the sentences of the block, without white space at their edges.
  ///   - judge: decides what the rules leave open.
  func split<Judge: GapJudge>(
    _ bytes: Span<UInt8>, _ block: Range<Int>, into sentences: inout [Sentence], _ judge: inout Judge
  ) {
    let end = bytes.skipSpace(backFrom: block.upperBound, to: block.lowerBound)
    var start = bytes.skipSpace(from: block.lowerBound, to: end)
    guard start < end else { return }
    judge.begin(bytes, block: start..<end)
    var list = ListMarkers(bytes, at: start, end: end)
    let kinds = Candidates.kinds
    var cursor = start
    func close(at boundary: Int) {
      let last = bytes.skipSpace(backFrom: boundary, to: start)
      if last > start { sentences.append(Sentence(span: TextSpan(start, last))) }
      start = bytes.skipSpace(from: boundary, to: end)
      cursor = max(cursor, start)
    }
    var item = list.next ?? .max
    while cursor < end {
      if cursor >= item {
        if item > start { close(at: item) }
        list.advance(bytes, from: item, end: end)
        item = list.next ?? .max
        continue
      }
      cursor = Candidates.next(bytes, from: cursor, end: min(item, end), kinds, gaps: Judge.looksAtOpenGaps)
      guard cursor < min(item, end) else { continue }
      let kind = kinds[bytes[cursor]]
      if kind == 0 {
        cursor += 1
      } else if kind == 2 || kind == 4 {
        let next = bytes.skipSpace(from: cursor, to: end)
        // Blanks may stand before a line break.
        let isBreak = kind == 2 || next > cursor + 1 && bytes.hasLineBreak(cursor..<next)
        let isAsked = kind == 2 || Judge.looksAtOpenGaps && Gap.isOpen(bytes, cursor, next, start: start, end: end)
        let ends =
          isBreak && isItem(bytes, at: next, end: end) || isAsked && judge.ends(bytes, Gap(.open, at: cursor), start)
        if ends { close(at: next) }
        cursor = max(cursor, next)
      } else if let mark = Mark(bytes, at: cursor, block: block.lowerBound, end: end) {
        cursor = mark.end
        let (boundary, next) = boundary(bytes, mark, block: block.lowerBound, start: start, end: end, &judge)
        if let boundary { close(at: boundary) }
        cursor = max(cursor, next)
      } else {
        if kind == 3, cursor > start, ListMarkers.isBullet(bytes, at: cursor, start: start, end: end) {
          close(at: cursor)
        }
        cursor += 1
      }
    }
    close(at: end)
  }

  /// Whether a line that begins here is an item of a list. Where dashes introduce speeches no wrapped line begins with one.
  private func isItem(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Bool {
    ListMarkers.isItem(bytes, at: offset, end: end)
      || lexicon.rules.contains(.speechDashes) && Aftermath.dash(bytes, at: offset, end: end) != nil
  }

  /// Where the sentence ends that began at `start`, if this mark ends it; and where to go on.
  private func boundary(
    _ bytes: Span<UInt8>, _ mark: Mark, block: Int, start: Int, end: Int, _ judge: inout some GapJudge
  ) -> (boundary: Int?, next: Int) {
    let after = Aftermath(
      bytes, mark, block: block, end: end, speechDashes: lexicon.rules.contains(.speechDashes))
    guard after.next < end, !mark.isAlone(in: bytes, start: start, end: end), !after.isLast(bytes, end: end) else {
      return (nil, mark.end)
    }
    let verdict =
      switch mark.kind {
      case .wide: Verdict.ends
      case .strong: strongEnds(bytes, mark, after, start: start, end: end)
      case .ellipsis: ellipsisEnds(bytes, mark, after, end: end)
      case .period: periodEnds(bytes, mark, after, start: start, end: end)
      }
    // The blank behind the mark is judged with it.
    let next = after.isSpaced ? after.next : mark.end
    switch verdict {
    case .goesOn: return (nil, next)
    case .unsure:
      guard let gap = Gap(mark, after), judge.ends(bytes, gap, start) else { return (nil, next) }
      return (gap.offset, next)
    case .ends:
      if mark.kind == .ellipsis, let first = mark.firstOfFour { return (first, next) }
      if after.isSpaced { judge.sees(bytes, Gap(.certain, at: after.end), start) }
      let notes = Aftermath.skipNotes(bytes, from: after.end, start: start, end: end)
      return (skipCitations(bytes, from: notes, end: end), next)
    }
  }

  /// `!` and `?`.
  private func strongEnds(_ bytes: Span<UInt8>, _ mark: Mark, _ after: Aftermath, start: Int, end: Int) -> Verdict {
    if !after.isSpaced {
      if isInAddress(bytes, mark.start, from: after.word, start: start, end: end) { return .goesOn }
      guard after.kind.isUpper else { return .unsure }
    }
    let word = WordBefore(bytes, end: mark.start, start: start)
    if mark.end == mark.start + 1, lexicon.isWord(bytes, word.range, .bang) {
      return Verdict(after.kind.isUpper && isFunctionWord(bytes, after.word, end: end))
    }
    if after.kind.isLower {
      // `“Is it over?” asked the clerk.`
      if after.isClosed { return bytes[after.end - 1] == UInt8(ascii: ")") ? .unsure : .goesOn }
      return after.word == after.next ? .ends : .unsure
    }
    // `“Viva!” (1965), and …`
    return Verdict(!after.goesOn && !isBracketInside(bytes, after, end: end))
  }

  /// `...`, `…` and `. . .`: an omission where what follows is small, else an end.
  private func ellipsisEnds(_ bytes: Span<UInt8>, _ mark: Mark, _ after: Aftermath, end: Int) -> Verdict {
    guard !after.goesOn else { return .goesOn }
    guard after.isSpaced, after.kind.isUpper || after.kind.contains(.ideograph) else { return .unsure }
    // `. . .` is an omission in a quotation; with a fourth, the period is among them.
    return Verdict(!mark.isSpread || mark.dots != 3)
  }
}

extension Span<UInt8> {
  fileprivate func hasLineBreak(_ range: Range<Int>) -> Bool {
    for offset in range where self[offset] == 10 { return true }
    return false
  }
}
