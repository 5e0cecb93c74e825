/// What a word may be, as far as a list or its ending tells. A word can be several things at once.
struct WordClass: OptionSet, Sendable {
  let rawValue: UInt64
  static let determiner = bit(0)
  static let possessive = bit(1)
  static let preposition = bit(2)
  static let coordinator = bit(3)
  static let subordinator = bit(4)
  static let conditional = bit(5)
  static let relative = bit(6)
  static let pronoun = bit(7)
  static let modal = bit(8)
  static let auxiliary = bit(9)
  static let negator = bit(10)
  static let adverb = bit(11)
  static let hedge = bit(12)
  static let time = bit(13)
  /// What may stand before an expression of time.
  static let timeLead = bit(14)
  /// A noun that stands for the state, body or side whose name is beside it: `government`, `officials`.
  static let office = bit(15)
  static let copula = bit(16)
  static let good = bit(17)
  static let bad = bit(18)
  /// An evaluative word that is clear enough to be the article's own voice.
  static let authorial = bit(19)
  static let saying = bit(20)
  /// Something begins here that may lead to a record.
  static let predicate = bit(21)
  static let base = bit(22)
  static let third = bit(23)
  static let past = bit(24)
  static let participle = bit(25)
  static let gerund = bit(26)
  static let comma = bit(27)
  static let punctuation = bit(28)
  static let hyphen = bit(29)
  static let number = bit(30)
  static let entity = bit(31)
  static let possessiveMark = bit(32)
  static let light = bit(33)
  /// A noun or adjective that looks like something else.
  static let noun = bit(34)
  static let question = bit(35)
  /// Printed with a capital, and not at the beginning of a sentence.
  static let capital = bit(36)
  /// Verbs that take back the clause behind them: `doubt`.
  static let doubt = bit(37)
  /// Verbs that take back what others report: `reject`; also `contrary`.
  static let rejection = bit(38)
  /// Nouns for what is said and may be wrong: `rumour`.
  static let report = bit(39)
  static let evidence = bit(40)
  static let untrue = bit(41)
  /// Adjectives that count under negation only: `not true`.
  static let truth = bit(42)
  static let chance = bit(43)
  /// `no`, `little`, `nobody`.
  static let scant = bit(44)
  /// What is sent to talk, and gives its receiver nothing: `delegation`, `letter`.
  static let contact = bit(45)
  /// Subjects of `one might think` and the like.
  static let vague = bit(46)

  /// Any form of a verb.
  static let verb: WordClass = [.base, .third, .past, .participle, .gerund]
  /// Words whose ending tells nothing.
  static let closed: WordClass = [
    .determiner, .possessive, .preposition, .coordinator, .subordinator, .conditional, .relative, .pronoun, .modal,
    .auxiliary, .negator, .adverb, .hedge, .time, .office, .noun, .base, .third, .past, .participle, .gerund,
  ]
  /// What never stands inside a noun phrase.
  static let phraseEnd: WordClass = [
    .preposition, .coordinator, .subordinator, .conditional, .relative, .pronoun, .modal, .negator, .comma,
    .punctuation,
  ]
  private static func bit(_ number: UInt64) -> WordClass { WordClass(rawValue: 1 << number) }

  init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The class that a line of `words.tsv` names; nil for a name that is none.
  init?(name: Substring) {
    switch name {
    case "determiner": self = .determiner
    case "possessive": self = .possessive
    case "preposition": self = .preposition
    case "coordinator": self = .coordinator
    case "subordinator": self = .subordinator
    case "conditional": self = .conditional
    case "relative": self = .relative
    case "pronoun": self = .pronoun
    case "modal": self = .modal
    case "auxiliary": self = .auxiliary
    case "negator": self = .negator
    case "adverb": self = .adverb
    case "hedge": self = .hedge
    case "time": self = .time
    case "timelead": self = .timeLead
    case "office": self = .office
    case "noun": self = .noun
    case "copula": self = .copula
    case "report": self = .report
    case "evidence": self = .evidence
    case "untrue": self = .untrue
    case "truth": self = .truth
    case "chance": self = .chance
    case "scant": self = .scant
    case "contact": self = .contact
    case "vague": self = .vague
    case "number": self = .number
    default: return nil
    }
  }
}

extension WordClass {
  /// True where the two share a class.
  @inline(__always) func has(_ other: WordClass) -> Bool { rawValue & other.rawValue != 0 }
}
