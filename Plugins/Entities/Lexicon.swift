internal import Learning
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

/// What the lists know, in flat arrays of a file that is mapped, or in memory laid out alike. Shared by all workers.
///
/// Names lie in a trie over numbered words; a word's number also leads to its flags, so that a token costs one look-up
/// for all questions about it. Indices are kept inside their arrays where they are used.
final class Lexicon: Sendable {
  let words: WordNumbers
  let flags: PackedArray<WordFlags>
  /// By the number of a word with letters beyond ASCII, that of the word without; -1 for any other word.
  let folded: PackedArray<Int32>
  /// Leads to the first of a name's rows.
  let names: WordTrie
  /// Roles in small letters; the value is 1 for a head, 0 for a modifier.
  let roles: WordTrie
  /// Heads of organisations of several words, from the last word to the first.
  let heads: WordTrie
  let rows: PackedArray<NameRow>
  /// By the number of a last name, the first row of a person who bears it; -1 for none.
  let lastNames: PackedArray<Int32>
  let actors: PackedArray<ActorRow>
  /// The actors' numbers by their identifiers.
  let actorIndex: WordNumbers
  let pool: PackedArray<UInt8>
  /// The number of `'`, for typographic apostrophes; that of `-` for dashes.
  let apostrophe: Int32
  let hyphen: Int32
  /// Of the file, and of the one on which it was built, 0 for none.
  let checkSum: UInt64
  let base: UInt64
  /// Keeps the arrays' memory.
  let file: ModelFile

  /// - Parameter remedy: what to do about a file that can't be used.
  init(_ file: ModelFile, remedy: String) throws(GazetteerProblem) {
    let reader = try LexiconReader(file, remedy: remedy)
    func trie(_ slots: LexiconFile.Section, _ nodes: LexiconFile.Section) -> WordTrie? {
      guard let slots = reader.slots(slots), let nodes = reader.array(nodes, of: WordTrie.Node.self) else { return nil }
      return WordTrie(slots: slots, nodes: nodes)
    }
    guard let slots = reader.slots(.wordSlots), let starts = reader.array(.wordStarts, of: UInt32.self),
      let bytes = reader.array(.wordBytes, of: UInt8.self), let flags = reader.array(.flags, of: WordFlags.self),
      let folded = reader.array(.folded, of: Int32.self), let lastNames = reader.array(.lastNames, of: Int32.self),
      let names = trie(.nameSlots, .nameNodes), let roles = trie(.roleSlots, .roleNodes),
      let heads = trie(.headSlots, .headNodes), let rows = reader.array(.rows, of: NameRow.self),
      let actors = reader.array(.actors, of: ActorRow.self), let pool = reader.array(.pool, of: UInt8.self),
      let actorSlots = reader.slots(.actorSlots), let actorStarts = reader.array(.actorStarts, of: UInt32.self),
      let actorBytes = reader.array(.actorBytes, of: UInt8.self), actorStarts.count == actors.count + 1,
      starts.count > 1, [flags.count, folded.count, lastNames.count].allSatisfy({ $0 == starts.count - 1 }),
      NameRow.chainsEnd(in: rows)
    else { throw GazetteerProblem(file: file.name, line: 0, message: "is damaged; \(remedy)") }
    words = WordNumbers(slots: slots, starts: starts, bytes: bytes)
    actorIndex = WordNumbers(slots: actorSlots, starts: actorStarts, bytes: actorBytes)
    (self.flags, self.folded, self.lastNames) = (flags, folded, lastNames)
    (self.names, self.roles, self.heads) = (names, roles, heads)
    (self.rows, self.actors, self.pool) = (rows, actors, pool)
    let marks: [UInt8] = [UInt8(ascii: "'"), UInt8(ascii: "-")]
    apostrophe = words.value(of: marks.span, 0..<1) ?? -1
    hyphen = words.value(of: marks.span, 1..<2) ?? -1
    (checkSum, base, self.file) = (reader.checkSum, reader.base, file)
  }

  func text(_ range: PoolRange) -> String {
    let bytes = range.bytes.clamped(to: 0..<pool.count)
    return String(decoding: pool.buffer[bytes], as: UTF8.self)
  }
  func actor(id: String) -> Int32? {
    let bytes = Array(id.utf8)
    return actorIndex.value(of: bytes.span, 0..<bytes.count)
  }
  func id(of actor: Int32) -> String { text(actors[Int(actor)].id) }
}
