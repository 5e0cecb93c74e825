internal import PipelineKit

/// A mention while it is looked for, by words.
struct Mention {
  /// How sure it is that this is a name, and of this type.
  enum Strength: Int, Comparable {
    /// Only a name if the document says so elsewhere: an unknown capitalised word that opens a sentence.
    case candidate
    /// Capitalised in running text; the type is a guess by position.
    case guess
    /// By words in it or beside it: forename, title, head of an organisation.
    case shape
    /// In the gazetteers.
    case list
    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
  }

  var words: Range<Int>
  var type: EntityType
  var strength: Strength
  /// The first meaning in the gazetteers, -1 for none.
  var row: Int32 = -1
  /// The words of the role printed beside a person's name.
  var role: Range<Int>?
  /// The state named beside a role or an office, an index into the lexicon's actors; -1 for none.
  var state: Int32 = -1
  /// Another mention whose actor this one shares, an index into the mentions; -1 for none.
  var same = -1
}
