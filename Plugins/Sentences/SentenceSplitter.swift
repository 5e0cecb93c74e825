internal import PipelineKit
internal import TextScanning

/// Finds the ends of sentences in one block.
///
/// One pass: a table tells the bytes at which something may end (`. ! ?`, a line break, the first byte of
/// `…`, `。`, `•`) from all others, and only there do the rules look around. Each rule looks back over one
/// word of bounded length and forward over the marks that follow, which the pass then leaves behind, so that
/// the whole is linear. The rules are in the other files: what is a mark (`Mark`), what comes behind it
/// (`Aftermath`), periods (`PeriodRules`), numbered lists (`ListMarkers`).
struct SentenceSplitter: Sendable {
  let lexicon: SentenceLexicon

  /// 0 for bytes that never matter, 1 for marks of ASCII, 2 for line breaks, 3 for first bytes of others, 4 for blanks.
  static let candidates = ByteTable { byte in
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): 1
    case 10: 2
    case 0x20: 4
    case 0xE2, 0xE3, 0xEF, 0xD8, 0xDB, 0xD6, 0xE0, 0xE1: 3
    default: 0
    }
  }

  /// - Parameters:
  ///   - block: byte offsets inside the text.
  ///   - sentences: takes the sentences of the block, without white space at their edges.
  ///   - judge: decides what the rules leave open.
  func split(
    _ bytes: Span<UInt8>, _ block: Range<Int>, into sentences: inout [Sentence], _ judge: inout some GapJudge
  ) {
    let end = bytes.skipSpace(backFrom: block.upperBound, to: block.lowerBound)
    var start = bytes.skipSpace(from: block.lowerBound, to: end)
    guard start < end else { return }
    judge.begin(bytes, block: start..<end)
    var list = ListMarkers(bytes, at: start, end: end)
    let table = Self.candidates
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
      let kind = table[bytes[cursor]]
      if kind == 0 {
        cursor += 1
        while cursor < end, table[bytes[cursor]] == 0 { cursor += 1 }
      } else if kind == 4 {
        // Five blanks of six stand between a letter and a small letter.
        if cursor + 1 < end, bytes[cursor + 1] &- 0x61 < 26, cursor > start, bytes[cursor - 1].isASCIILetter {
          cursor += 2
          continue
        }
        let next = bytes.skipSpace(from: cursor, to: end)
        if Gap.isOpen(bytes, cursor, next, start: start, end: end), judge.ends(bytes, Gap(.open, at: cursor), start) {
          close(at: cursor)
        }
        cursor = max(cursor, next)
      } else if kind == 2 {
        let next = bytes.skipSpace(from: cursor, to: end)
        let isItem = ListMarkers.isItem(bytes, at: next, end: end)
        if isItem || cursor > start && judge.ends(bytes, Gap(.open, at: cursor), start) { close(at: next) }
        cursor = max(cursor, next)
      } else if let mark = Mark(bytes, at: cursor, end: end) {
        cursor = mark.end
        let (boundary, next) = boundary(bytes, mark, start: start, end: end, &judge)
        if let boundary { close(at: boundary) } else { cursor = max(cursor, next) }
      } else {
        if kind == 3, cursor > start, ListMarkers.isBullet(bytes, at: cursor, start: start, end: end) {
          close(at: cursor)
        }
        cursor += 1
      }
    }
    close(at: end)
  }

  /// Where the sentence ends that began at `start`, if this mark ends it; and where else to go on.
  private func boundary(
    _ bytes: Span<UInt8>, _ mark: Mark, start: Int, end: Int, _ judge: inout some GapJudge
  ) -> (boundary: Int?, next: Int) {
    let after = Aftermath(bytes, mark, end: end)
    guard after.next < end, !mark.isAlone(in: bytes, start: start, end: end) else { return (nil, mark.end) }
    let verdict =
      switch mark.kind {
      case .wide: Verdict.certain(true)
      case .strong: strongEnds(bytes, mark, after, start: start, end: end)
      case .ellipsis: ellipsisEnds(bytes, mark, after, end: end)
      case .period: periodEnds(bytes, mark, after, start: start, end: end)
      }
    var boundary = after.end
    if verdict.ends {
      if mark.kind == .ellipsis, let first = mark.firstOfFour { return (first, first) }
      boundary = skipCitations(bytes, from: after.end, end: end)
    }
    guard !verdict.isCertain, boundary == after.end, let gap = Gap(mark, after, verdict) else {
      return verdict.ends ? (boundary, boundary) : (nil, mark.end)
    }
    // The blank behind the mark has been judged with it.
    return judge.ends(bytes, gap, start) ? (boundary, boundary) : (nil, after.next)
  }

  /// `!` and `?`.
  private func strongEnds(_ bytes: Span<UInt8>, _ mark: Mark, _ after: Aftermath, start: Int, end: Int) -> Verdict {
    guard
      after.isSpaced
        || after.kind.isUpper && !isInAddress(bytes, mark.start, from: after.word, start: start, end: end)
    else { return .likely(false) }
    let word = WordBefore(bytes, end: mark.start, start: start)
    if mark.end == mark.start + 1, lexicon.isWord(bytes, word.range, .bang) {
      return .certain(after.kind.isUpper && isFunctionWord(bytes, after.word, end: end))
    }
    if after.kind.isLower { return .likely(!after.isClosed && after.word == after.next) }
    return after.goesOn ? .certain(false) : .likely(true)
  }

  /// `...`, `…` and `. . .`: an omission where what follows is small, else an end.
  private func ellipsisEnds(_ bytes: Span<UInt8>, _ mark: Mark, _ after: Aftermath, end: Int) -> Verdict {
    guard !after.goesOn else { return .certain(false) }
    guard after.isSpaced, after.kind.isUpper || after.kind.contains(.ideograph) else { return .likely(false) }
    // `. . .` is an omission in a quotation; with a fourth, the period is among them.
    if mark.isSpread { return .certain(mark.dots > 3) }
    let next = wordEnd(bytes, after.word, end: end)
    return .likely(
      mark.dots > 3 || !lexicon.isWord(bytes, after.word..<next, .capital)
        || !bytes.kind(at: next, end: end).isSpace)
  }
}
