internal import PipelineKit
internal import TextScanning

/// A lexicon while names are added: the same arrays, which ``compiled(base:)`` lays out as a file. Bytes throughout:
/// no string is made of a name.
struct LexiconBuilder {
  private(set) var words = WordNumbers.Builder()
  private var flags: [WordFlags] = []
  private var folded: [Int32] = []
  private var lastNames: [Int32] = []
  private var names = WordTrie.Builder()
  var roles = WordTrie.Builder()
  var heads = WordTrie.Builder()
  private(set) var rows: [NameRow] = []
  private(set) var actors: [ActorRow] = []
  /// Actors' identifiers; numbered as the actors are, since both grow together.
  private var actorIndex = WordNumbers.Builder()
  private var pool: [UInt8] = []

  init() {
    _ = word("'")
    _ = word("-")
  }

  /// A copy of a lexicon, to be added to.
  /// - Throws: ``GazetteerProblem`` where its arrays don't belong together.
  init(_ lexicon: Lexicon) throws(GazetteerProblem) {
    // Its file keeps the memory that is copied.
    guard let copy = withExtendedLifetime(lexicon, { LexiconBuilder(copying: lexicon) }) else {
      throw GazetteerProblem(file: lexicon.file.name, line: 0, message: "is damaged; compile it again")
    }
    self = copy
  }
  private init?(copying lexicon: Lexicon) {
    guard let words = WordNumbers.Builder(lexicon.words), let names = WordTrie.Builder(lexicon.names),
      let roles = WordTrie.Builder(lexicon.roles), let heads = WordTrie.Builder(lexicon.heads)
    else { return nil }
    (self.words, self.names, self.roles, self.heads) = (words, names, roles, heads)
    (flags, folded) = (Array(lexicon.flags.buffer), Array(lexicon.folded.buffer))
    lastNames = Array(lexicon.lastNames.buffer)
    (rows, actors, pool) = (Array(lexicon.rows.buffer), Array(lexicon.actors.buffer), Array(lexicon.pool.buffer))
    guard let index = WordNumbers.Builder(lexicon.actorIndex) else { return nil }
    actorIndex = index
  }

  /// The bytes of the lexicon's file.
  ///
  /// - Parameter base: the check sum of the lexicon to which names were added; 0 for none.
  func compiled(base: UInt64) -> [UInt8] {
    var writer = LexiconWriter()
    writer.reserve(
      words.slots.count * 4 + words.count * 20 + words.bytes.count + names.slots.count * 4 + names.nodes.count * 12
        + rows.count * 28 + actors.count * 40 + pool.count * 2 + 100_000)
    writer.add(words.slots)
    writer.add(words.starts)
    writer.add(words.bytes)
    writer.add(flags)
    writer.add(folded)
    writer.add(lastNames)
    for trie in [names, roles, heads] {
      writer.add(trie.slots)
      writer.add(trie.nodes)
    }
    writer.add(rows)
    writer.add(actors)
    writer.add(pool)
    writer.add(actorIndex.slots)
    writer.add(actorIndex.starts)
    writer.add(actorIndex.bytes)
    return writer.finish(base: base)
  }
}

// MARK: - Words and actors

extension LexiconBuilder {
  /// The number of a word, made where it is new; with it comes the word without accents.
  mutating func word(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    if range.count > 1, let mark = Pieces.plainMark(bytes, range) { return word(mark) }
    let number = words.insert(bytes, range)
    guard Int(number) == flags.count else { return number }
    flags.append([])
    folded.append(-1)
    lastNames.append(-1)
    if bytes.hasAccents(in: range), let plain = NameIdentifier.fold(bytes, range), !plain.isEmpty {
      folded[Int(number)] = word(plain.span, 0..<plain.count)
    }
    return number
  }
  mutating func word(_ mark: Unicode.Scalar) -> Int32 {
    let bytes = Array(String(mark).utf8)
    return word(bytes.span, 0..<bytes.count)
  }

  mutating func mark(_ number: Int32, _ flag: WordFlags) { flags[Int(number)].formUnion(flag) }

  /// The actor of an identifier, made where it is new.
  mutating func actor(
    _ bytes: Span<UInt8>, id: Range<Int>, kind: ActorKind, name: Range<Int>
  ) -> Int32 {
    let number = actorIndex.insert(bytes, id)
    if Int(number) == actors.count {
      actors.append(ActorRow(id: keep(bytes, id), name: keep(bytes, name), kind: kind))
    }
    return number
  }
  /// The actor of an identifier; nil where there is none.
  func actor(_ bytes: Span<UInt8>, id: Range<Int>) -> Int32? { actorIndex.value(of: bytes, id) }

  /// Says which state an actor serves or lies in, unless that is known already.
  mutating func setState(_ bytes: Span<UInt8>, _ state: Range<Int>, of number: Int32) {
    guard !state.isEmpty, actors[Int(number)].serves.isEmpty else { return }
    actors[Int(number)].serves = actor(bytes, id: state).map { actors[Int($0)].id } ?? keep(bytes, state)
  }

  private mutating func keep(_ bytes: Span<UInt8>, _ range: Range<Int>) -> PoolRange {
    let start = pool.count
    for offset in range { pool.append(bytes[offset]) }
    return PoolRange(start..<pool.count)
  }
}

// MARK: - Names

extension LexiconBuilder {
  /// Adds one meaning of a name, and the same without accents: a user's before those that it has already, ours behind.
  mutating func insert(_ bytes: Span<UInt8>, name: Range<Int>, _ row: NameRow) {
    insertExact(bytes, name, row)
    if let titled = titleCase(bytes, name) { insertExact(titled.span, 0..<titled.count, row) }
    guard bytes.hasAccents(in: name), let folded = NameIdentifier.fold(bytes, name) else { return }
    insertExact(folded.span, 0..<folded.count, row)
  }

  /// `Itar-Tass` for `ITAR-TASS`: a name in capitals of several words, which are printed either way.
  private func titleCase(_ bytes: Span<UInt8>, _ name: Range<Int>) -> [UInt8]? {
    guard bytes.contains(UInt8(ascii: "-"), in: name), name.count > 7 else { return nil }
    var titled: [UInt8] = []
    for offset in name {
      let byte = bytes[offset]
      guard byte &- 0x41 < 26 || byte == UInt8(ascii: "-") else { return nil }
      let isFirst = offset == name.lowerBound || bytes[offset - 1] == UInt8(ascii: "-")
      titled.append(isFirst ? byte : byte.asciiLowercased)
    }
    return titled
  }

  private mutating func insertExact(_ bytes: Span<UInt8>, _ name: Range<Int>, _ row: NameRow) {
    var node = WordTrie.root
    var first: Int32 = -1
    var last: Int32 = -1
    Pieces.forEach(in: bytes, name) { piece in
      // A hyphen and a blank are alike.
      if node != WordTrie.root, Pieces.plainMark(bytes, piece) == "-" { return }
      let number = word(bytes, piece)
      if first < 0 { first = number }
      last = number
      if node == WordTrie.root, !bytes.kind(at: piece.lowerBound, end: piece.upperBound).isUpper {
        mark(number, .beginsSmall)
      }
      node = names.extend(node, by: number)
    }
    guard node != WordTrie.root else { return }
    let index = Int32(clamping: rows.count)
    chain(row, index, at: node)
    guard row.type == .person else { return }
    rows[Int(index)].nextLast = lastNames[Int(last)]
    lastNames[Int(last)] = index
    if first != last { mark(first, .beginsPerson) }
  }

  private mutating func chain(_ row: NameRow, _ index: Int32, at node: UInt32) {
    rows.append(row)
    guard let head = names.value(at: node) else { return names.set(index, at: node) }
    if row.isUsers {
      rows[Int(index)].next = head
      return names.set(index, at: node)
    }
    var end = head
    while rows[Int(end)].next >= 0 { end = rows[Int(end)].next }
    rows[Int(end)].next = index
  }
}
