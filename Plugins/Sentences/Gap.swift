internal import TextScanning

/// What the rules say of a mark.
enum Verdict {
  case ends
  case goesOn
  /// Most likely it goes on; a model may know better.
  case unsure

  /// Certain either way.
  init(_ ends: Bool) { self = ends ? .ends : .goesOn }
}

/// A place at which the rules see no end of the sentence, and a model may.
struct Gap {
  /// What stands before the gap. The raw values are part of the model's layout.
  enum Kind: UInt32 {
    /// White space without a mark before it: behind a heading, a signature, a careless writer's sentence.
    case open
    case period
    case ellipsis
    /// `!` or `?`.
    case strong
    /// No blank behind the mark.
    case ellipsisJoined
    case strongJoined
    /// An end that the rules see. No model is asked there, but it learns from them which words open sentences.
    case certain
  }
  let kind: Kind
  /// Where the sentence would end.
  let offset: Int

  init(_ kind: Kind, at offset: Int) { (self.kind, self.offset) = (kind, offset) }

  /// The gap behind a mark; nil where none is.
  init?(_ mark: Mark, _ after: Aftermath) {
    offset = after.end
    switch (mark.kind, after.isSpaced) {
    case (.period, true): kind = .period
    case (.ellipsis, true): kind = .ellipsis
    case (.strong, true): kind = .strong
    case (.ellipsis, false) where after.next == after.end && after.kind.isLetter: kind = .ellipsisJoined
    case (.strong, false) where after.next == after.end && after.kind.isLetter: kind = .strongJoined
    default: return nil
    }
  }

  /// Whether a sentence could end at white space without a mark. A small letter behind a letter, a digit or a comma
  /// begins none that could be told.
  static func isOpen(_ bytes: Span<UInt8>, _ space: Int, _ next: Int, start: Int, end: Int) -> Bool {
    guard space > start, next < end else { return false }
    // `[1] Roe wrote to Poe.`: a note's number belongs to the note.
    if space - start < 6, bytes[start] == UInt8(ascii: "["), bytes[space - 1] == UInt8(ascii: "]") { return false }
    if bytes[next] &- 0x61 >= 26 { return true }
    let last = bytes[space - 1]
    return !last.isASCIILetter && !last.isASCIIDigit && last != UInt8(ascii: ",") && last < 0x80
  }
}

/// Finds ends that the rules don't see.
protocol GapJudge {
  /// Whether it is to be asked about white space without a mark before it.
  static var looksAtOpenGaps: Bool { get }
  /// A block begins.
  mutating func begin(_ bytes: Span<UInt8>, block: Range<Int>)
  /// Whether the sentence that began at `start` ends at a gap.
  mutating func ends(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int) -> Bool
  /// The rules see an end.
  mutating func sees(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int)
}

extension GapJudge {
  func sees(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int) {}
}

/// Knows nothing beyond the rules: for languages without a model.
struct RuleJudge: GapJudge {
  static var looksAtOpenGaps: Bool { false }
  func begin(_ bytes: Span<UInt8>, block: Range<Int>) {}
  func ends(_ bytes: Span<UInt8>, _ gap: Gap, _ start: Int) -> Bool { false }
}
