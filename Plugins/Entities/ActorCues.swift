internal import TextScanning

/// Words by which a capital is told from its government, and who serves whom; each a class of cues.tsv.
extension WordFlags {
  /// `pressure`, `according`, `loyal`: behind their preposition stands a side.
  static var relation: WordFlags { WordFlags(rawValue: 1 << 44) }
  /// Prepositions that leave it to the word before them whether a side or a place follows: `to`, `from`, `of`, `on`.
  static var relating: WordFlags { WordFlags(rawValue: 1 << 45) }
  /// `flew`, `visited`, `shelled`, `train`: what follows, or suffers it, is a place.
  static var motion: WordFlags { WordFlags(rawValue: 1 << 46) }
  /// Parts of towns: `downtown`, `central`.
  static var part: WordFlags { WordFlags(rawValue: 1 << 47) }
  /// Behind a name and a hyphen, what a government does: `-backed`, `-led`.
  static var backing: WordFlags { WordFlags(rawValue: 1 << 48) }
  /// `pro`, `anti`.
  static var stance: WordFlags { WordFlags(rawValue: 1 << 49) }
  /// `where`, behind a place.
  static var whereabouts: WordFlags { WordFlags(rawValue: 1 << 50) }
  /// Words behind which a clause, and its subject, begins: `that`, `because`.
  static var clause: WordFlags { WordFlags(rawValue: 1 << 51) }
  /// `which`, `whose`.
  static var relative: WordFlags { WordFlags(rawValue: 1 << 52) }

  static var nor: WordFlags { WordFlags(rawValue: 1 << 53) }
  /// `former`, `late`, `then`: of a role.
  static var past: WordFlags { WordFlags(rawValue: 1 << 54) }
  /// A place or people whose name is a forename too: `Jordan`, `German`.
  static var namesake: WordFlags { WordFlags(rawValue: 1 << 55) }
  /// Heads of the roles of a government's members.
  static var minister: WordFlags { WordFlags(rawValue: 1 << 56) }

  init?(actorCue bytes: Span<UInt8>, _ range: Range<Int>) {
    switch bytes.string(range) {
    case "relation": self = .relation
    case "relating": self = .relating
    case "motion": self = .motion
    case "part": self = .part
    case "backing": self = .backing
    case "stance": self = .stance
    case "whereabouts": self = .whereabouts
    case "clause": self = .clause
    case "relative": self = .relative
    case "nor": self = .nor
    case "past": self = .past
    case "minister": self = .minister
    case "namesake": self = .namesake
    default: return nil
    }
  }
}
