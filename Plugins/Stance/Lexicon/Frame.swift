internal import PipelineKit

/// What stands beside a predicate, and which part of it is the target.
///
/// README.md lists the letters in which `predicates.tsv` writes the slots.
struct Frame: Sendable {
  enum Slot: Sendable {
    /// One of some words.
    case words([Int32])
    /// The target: an actor or an issue.
    case target
    /// The target: an actor.
    case actor
    /// The target: an issue.
    case issue
    /// A target that holds the same towards the holder.
    case partner
    /// Several holders, each of whom has the others as targets.
    case among
    /// The target: a clause with its own subject.
    case clause
    /// The target: a verb and what belongs to it.
    case action
    /// A noun phrase that is no target.
    case phrase
    /// `his`, `its`, or a name with `'s`.
    case possessive
    /// An evaluative word, which gives the polarity.
    case evaluation
    /// The end of the clause.
    case end
  }

  var slots: [Slot]
  /// Nil where an evaluative word gives it.
  var polarity: Stance.Polarity?
  var strength: Int
  var mode: Stance.Mode
  var hedged: Bool
  var negation: Negation
}

/// What becomes of a predicate under negation.
struct Negation: Sendable {
  /// Strength of the opposite; nil where negation leaves no position.
  var strength: Int?
  /// Only a declared intention counts: `will not sign`, but not `did not sign`.
  var onlyIntention: Bool

  static let none = Negation(strength: nil, onlyIntention: false)
}

/// What a verb or adjective does to the infinitive behind it.
enum ChainEffect: Sendable {
  case same, hedged, inverted, blocked
}

/// A word of the lexicon with all that it can be.
struct Lexeme: Sendable {
  var verb: [Frame] = []
  var noun: [Frame] = []
  var adjective: [Frame] = []
  var author: [Frame] = []
  var chain: ChainEffect?
  var isSaying = false
  var isLight = false
}

/// A form of a lexeme.
struct Reading: Sendable {
  var lexeme: Int32
  /// The forms that it can be; empty for nouns and adjectives.
  var forms: WordClass
}
