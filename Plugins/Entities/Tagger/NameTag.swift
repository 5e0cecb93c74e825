internal import Learning
internal import PipelineKit

/// The tags that words get: outside of all names, or where in a name of which type (BILOU: L. Ratinov and D. Roth,
/// CoNLL 2009). Other names have two only, which leaves the sixteen places of a model's row enough.
enum NameTag {
  static let count = 15
  static let outside: UInt8 = 0
  private enum Place: UInt8 { case first, inside, last, single }

  /// The first of a type's tags.
  private static func base(_ type: EntityType) -> UInt8 {
    switch type {
    case .person: 1
    case .organisation: 5
    case .location: 9
    case .other: 13
    }
  }

  static func type(_ tag: UInt8) -> EntityType {
    switch tag {
    case 1...4: .person
    case 5...8: .organisation
    case 9...12: .location
    default: .other
    }
  }

  private static func place(_ tag: UInt8) -> Place? {
    switch tag {
    case 0: nil
    case 1...12: Place(rawValue: (tag - 1) & 3)
    case 13: .first
    default: .inside
    }
  }

  /// Whether a name begins with this tag.
  static func begins(_ tag: UInt8) -> Bool { place(tag) == .first || place(tag) == .single }
  /// Whether the name of this tag may go on: all but a last and a single one may.
  private static func isOpen(_ tag: UInt8) -> Bool { place(tag) == .first || place(tag) == .inside }

  /// Writes the tags of a name.
  static func mark(_ words: Range<Int>, _ type: EntityType, in tags: inout [UInt8]) {
    let base = base(type)
    for word in words {
      let (isFirst, isLast) = (word == words.lowerBound, word == words.upperBound - 1)
      if type == .other {
        tags[word] = isFirst ? base : base + 1
      } else {
        tags[word] = base + (isFirst ? (isLast ? 3 : 0) : isLast ? 2 : 1)
      }
    }
  }

  /// Whether a tag may stand behind another; nil stands for the beginning and the end of a sequence.
  static func follows(_ from: Int?, _ to: Int?) -> Bool {
    let from = from.map(UInt8.init) ?? outside
    guard let to = to.map(UInt8.init) else { return type(from) == .other || !isOpen(from) }
    if place(to) == .inside || place(to) == .last { return isOpen(from) && type(from) == type(to) && from != 0 }
    return from == 0 || type(from) == .other || !isOpen(from)
  }

  static let decoder = TagDecoder(tagCount: count, follows: follows)

  /// A bit for each tag of the types, and for the outside.
  static func mask(of types: some Sequence<EntityType>) -> UInt16 {
    types.reduce(1) { $0 | (($1 == .other ? 0b11 : 0b1111) << UInt16(base($1))) }
  }
}
