internal import PipelineKit
internal import TextScanning

/// What the lists say of a word by itself.
struct WordFlags: OptionSet, Sendable {
  let rawValue: UInt64
  static let forename = WordFlags(rawValue: 1)
  static let surname = WordFlags(rawValue: 1 << 1)
  /// A forename or surname that is also a common word.
  static let common = WordFlags(rawValue: 1 << 2)
  static let orgEnd = WordFlags(rawValue: 1 << 3)
  static let orgBegin = WordFlags(rawValue: 1 << 4)
  static let placeEnd = WordFlags(rawValue: 1 << 5)
  static let placeBegin = WordFlags(rawValue: 1 << 6)
  static let roleHead = WordFlags(rawValue: 1 << 7)
  static let roleModifier = WordFlags(rawValue: 1 << 8)
  static let function = WordFlags(rawValue: 1 << 9)
  static let calendar = WordFlags(rawValue: 1 << 10)
  static let place = WordFlags(rawValue: 1 << 11)
  static let of = WordFlags(rawValue: 1 << 12)
  static let side = WordFlags(rawValue: 1 << 13)
  static let link = WordFlags(rawValue: 1 << 14)
  static let particle = WordFlags(rawValue: 1 << 15)
  static let speech = WordFlags(rawValue: 1 << 16)
  static let act = WordFlags(rawValue: 1 << 17)
  static let aux = WordFlags(rawValue: 1 << 18)
  static let policy = WordFlags(rawValue: 1 << 19)
  static let locus = WordFlags(rawValue: 1 << 20)
  static let event = WordFlags(rawValue: 1 << 21)
  static let title = WordFlags(rawValue: 1 << 22)
  /// A name in the gazetteers begins with this word although it is not capitalised: `al-Shabaab`.
  static let beginsSmall = WordFlags(rawValue: 1 << 23)
  /// The kind of a state's office: `Ministry`.
  static let ministry = WordFlags(rawValue: 1 << 24)
  static let company = WordFlags(rawValue: 1 << 25)
  static let and = WordFlags(rawValue: 1 << 26)
  static let the = WordFlags(rawValue: 1 << 27)
  static let region = WordFlags(rawValue: 1 << 28)
  static let life = WordFlags(rawValue: 1 << 29)
  /// `in`, `near`: where a name behind is that of a place more often than not.
  static let inside = WordFlags(rawValue: 1 << 30)
  /// `the`, `this`, `his`: persons' names take none.
  static let determiner = WordFlags(rawValue: 1 << 31)
  /// Ends the name of an event, a prize, a treaty: `Stanley Cup`.
  static let otherEnd = WordFlags(rawValue: 1 << 32)
  /// A verb whose object is an actor: `accused Moscow`.
  static let addressing = WordFlags(rawValue: 1 << 33)
  /// What a minister is for: `Economy`, `Foreign`.
  static let portfolio = WordFlags(rawValue: 1 << 34)
  /// Goes on behind a name and a hyphen and is no part of it: `-based`, `-era`.
  static let compound = WordFlags(rawValue: 1 << 35)
  /// Begins the name of a person of the dated tables: weaker than a forename.
  static let beginsPerson = WordFlags(rawValue: 1 << 36)
}

/// Bytes in the lexicon's pool.
struct PoolRange: Sendable {
  var start: UInt32 = 0
  var end: UInt32 = 0
  init() {}
  init(_ range: Range<Int>) { (start, end) = (UInt32(clamping: range.lowerBound), UInt32(clamping: range.upperBound)) }
  var bytes: Range<Int> { Int(start)..<Int(end) }
  var isEmpty: Bool { start == end }
}

/// One meaning of a name; the meanings of one name are chained.
struct NameRow: Sendable {
  var actor: Int32
  var kind: ActorKind
  var via: Entity.Via
  var type: EntityType
  var first = Day.none
  var last = Day.none
  /// Also a common word or a personal name.
  var isCommon = false
  /// An office that every state has: the words around say whose.
  var isGeneric = false
  /// From a user's file.
  var isUsers = false
  /// For an office: the state that it serves.
  var serves: Int32 = -1
  /// The next meaning of the same name, -1 for none.
  var next: Int32 = -1
  /// For a person, the next row of the same last name, -1 for none.
  var nextLast: Int32 = -1
}

/// An actor as the lists know it.
struct ActorRow: Sendable {
  var id: PoolRange
  var name = PoolRange()
  var kind = ActorKind.other
  var serves = PoolRange()
}

/// The lists, read once and shared by all workers. Names lie in a trie over numbered words; a word's number
/// also leads to its flags, so that a token costs one look-up for all questions about it.
final class Lexicon: Sendable {
  /// Read on first use; some 20 ms.
  static let shared = Lexicon(LexiconContents.embedded())

  let words: WordTable
  let flags: [WordFlags]
  /// Leads to the first of a name's rows.
  let names: WordTrie
  /// Roles in small letters; the value is 1 for a head, 0 for a modifier.
  let roles: WordTrie
  /// Heads of organisations of several words, from the last word to the first.
  let heads: WordTrie
  let rows: [NameRow]
  /// By the number of a last name, the first row of a person who bears it; -1 for none.
  let lastNames: [Int32]
  let actors: [ActorRow]
  let actorIndex: WordTable
  let pool: [UInt8]
  /// The number of `'`, for typographic apostrophes; that of `-` for dashes.
  let apostrophe: Int32
  let hyphen: Int32

  init(_ contents: consuming LexiconContents) {
    var contents = contents
    apostrophe = contents.word("'")
    hyphen = contents.word("-")
    words = contents.words
    flags = contents.flags
    names = contents.names
    roles = contents.roles
    heads = contents.heads
    rows = contents.rows
    lastNames = contents.lastNames
    actors = contents.actors
    actorIndex = contents.actorIndex
    pool = contents.pool
  }

  func text(_ range: PoolRange) -> String {
    String(decoding: pool[range.bytes], as: UTF8.self)
  }
  func actor(id: String) -> Int32? { actorIndex.value(of: id) }
  func id(of actor: Int32) -> String { text(actors[Int(actor)].id) }
}

/// A day as a number that orders as days do: 20120229.
struct Day: Comparable, Sendable {
  var number: UInt32
  static let none = Day(number: 0)
  var isNone: Bool { number == 0 }
  static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  init(number: UInt32) { self.number = number }

  /// The beginning of an ISO 8601 date; a missing month or day reads as the first, any other text as none.
  init(iso text: String) {
    var parts: [UInt32] = []
    for (part, width) in zip(text.utf8.prefix(10).split(separator: UInt8(ascii: "-")), [4, 2, 2]) {
      guard part.count == width, part.allSatisfy(\.isASCIIDigit) else { break }
      parts.append(part.reduce(0) { $0 * 10 + UInt32($1 - 0x30) })
    }
    guard let year = parts.first else {
      self = .none
      return
    }
    number = year * 10_000 + (parts.count > 1 ? parts[1] : 1) * 100 + (parts.count > 2 ? parts[2] : 1)
  }
}
