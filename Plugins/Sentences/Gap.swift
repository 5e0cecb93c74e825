internal import TextScanning

/// What the rules say of a mark.
struct Verdict {
  let ends: Bool
  /// The rules know; nothing else is asked.
  let isCertain: Bool
  static func certain(_ ends: Bool) -> Verdict { Verdict(ends: ends, isCertain: true) }
  static func likely(_ ends: Bool) -> Verdict { Verdict(ends: ends, isCertain: false) }
}

/// A place at which a sentence may end and the rules are not certain.
struct Gap {
  /// What stands before the gap, and how the rules lean. The raw values are part of the model's layout.
  enum Kind: UInt32 {
    /// No mark: a heading, a signature, a careless writer.
    case open = 0
    case strongGoesOn = 2
    case strongEnds
    case ellipsisGoesOn
    case ellipsisEnds
    case periodGoesOn
    case periodEnds
    /// No blank behind the mark.
    case strongJoined
    case ellipsisJoined
  }
  let kind: Kind
  /// Where the sentence would end.
  let offset: Int

  init(_ kind: Kind, at offset: Int) { (self.kind, self.offset) = (kind, offset) }

  /// The gap behind a mark that the rules are not certain of; nil where there is none.
  init?(_ mark: Mark, _ after: Aftermath, _ verdict: Verdict) {
    offset = after.end
    switch (mark.kind, after.isSpaced) {
    case (.strong, true): kind = verdict.ends ? .strongEnds : .strongGoesOn
    case (.ellipsis, true): kind = verdict.ends ? .ellipsisEnds : .ellipsisGoesOn
    case (.period, true): kind = verdict.ends ? .periodEnds : .periodGoesOn
    case (.strong, false) where !verdict.ends && after.next == after.end && after.kind.isLetter: kind = .strongJoined
    case (.ellipsis, false) where !verdict.ends && after.next == after.end && after.kind.isLetter:
      kind = .ellipsisJoined
    default: return nil
    }
  }

  /// Whether the rules would end the sentence.
  var leansToEnd: Bool {
    switch kind {
    case .strongEnds, .ellipsisEnds, .periodEnds: true
    default: false
    }
  }

  /// Whether a sentence could end at white space without a mark. A small letter behind a letter, a digit or a comma
  /// begins none that could be told.
  static func isOpen(_ bytes: Span<UInt8>, _ space: Int, _ next: Int, start: Int, end: Int) -> Bool {
    guard space > start, next < end else { return false }
    if bytes[next] &- 0x61 >= 26 { return true }
    let last = bytes[space - 1]
    return !last.isASCIILetter && !last.isASCIIDigit && last != UInt8(ascii: ",") && last < 0x80
  }
}

/// Decides what the rules leave open.
protocol GapJudge {
  /// Whether it is to be asked about white space without a mark before it.
  static var looksAtOpenGaps: Bool { get }
  /// A block begins.
  mutating func begin(_ bytes: Span<UInt8>, block: Range<Int>)
  /// Whether the sentence that began at `start` ends at a gap.
  mutating func ends(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int) -> Bool
}

/// Does as the rules lean: for languages without a model.
struct RuleJudge: GapJudge {
  static var looksAtOpenGaps: Bool { false }
  func begin(_ bytes: Span<UInt8>, block: Range<Int>) {}
  func ends(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int) -> Bool { gap.leansToEnd }
}
