internal import EntitiesData
internal import PipelineKit
internal import TextScanning

/// The lexicon while it is read. Bytes throughout: no string is made of three megabytes of names.
struct LexiconContents {
  var words = WordTable()
  var flags: [WordFlags] = []
  var names = WordTrie()
  var roles = WordTrie()
  var heads = WordTrie()
  var rows: [NameRow] = []
  var lastNames: [Int32] = []
  var actors: [ActorRow] = []
  var actorIndex = WordTable()
  var pool: [UInt8] = []

  static func embedded() -> LexiconContents {
    var contents = LexiconContents()
    let files = [
      entities_actors(), entities_actor_names(), entities_persons(), entities_forenames(), entities_surnames(),
      entities_roles(), entities_org_heads(), entities_place_heads(), entities_cues(),
    ]
    var ranges: [Range<Int>] = []
    contents.pool.reserveCapacity(files.reduce(0) { $0 + $1.count })
    for file in files {
      let start = contents.pool.count
      contents.pool.append(contentsOf: UnsafeRawBufferPointer(start: file.bytes, count: file.count))
      ranges.append(start..<contents.pool.count)
    }
    contents.reserve()
    contents.readAll(ranges)
    return contents
  }

  /// Sizes measured on the lists; others only cost time.
  private mutating func reserve() {
    words.reserve(words: 60_000, bytes: 500_000)
    flags.reserveCapacity(60_000)
    names.reserve(nodes: 130_000)
    rows.reserveCapacity(45_000)
    actors.reserveCapacity(32_000)
    actorIndex.reserve(words: 32_000, bytes: 800_000)
  }

  private mutating func readAll(_ ranges: [Range<Int>]) {
    let lists = pool  // a second reference to the same bytes: reading adds nothing to the pool
    let bytes = lists.span
    TableReader.forEachRow(bytes, in: ranges[1]) { addActor($0, bytes) }
    TableReader.forEachRow(bytes, in: ranges[0]) { addName($0, bytes) }
    TableReader.forEachRow(bytes, in: ranges[2]) { addPerson($0, bytes) }
    TableReader.forEachRow(bytes, in: ranges[3]) { addWord($0, .forename, bytes) }
    TableReader.forEachRow(bytes, in: ranges[4]) { addWord($0, .surname, bytes) }
    TableReader.forEachRow(bytes, in: ranges[5]) { addRole($0, bytes) }
    TableReader.forEachRow(bytes, in: ranges[6]) { addOrganisationHead($0, bytes) }
    TableReader.forEachRow(bytes, in: ranges[7]) { addPlaceHead($0, bytes) }
    TableReader.forEachRow(bytes, in: ranges[8]) { addCues($0, bytes) }
  }
}

extension LexiconContents {
  /// The number of a word, made where it is new.
  mutating func word(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    let number = words.insert(bytes, range, value: Int32(clamping: words.count))
    if Int(number) == flags.count { flags.append([]) }
    return number
  }
  mutating func word(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    return word(bytes.span, 0..<bytes.count)
  }

  mutating func mark(_ number: Int32, _ flag: WordFlags) { flags[Int(number)].formUnion(flag) }

  /// The actor of an identifier, made where it is new.
  mutating func actor(_ id: Range<Int>, _ bytes: Span<UInt8>, kind: ActorKind, name: Range<Int>) -> Int32 {
    let number = actorIndex.insert(bytes, id, value: Int32(clamping: actors.count))
    if Int(number) == actors.count {
      actors.append(ActorRow(id: PoolRange(id), name: PoolRange(name), kind: kind))
    }
    return number
  }

  /// actor_names.tsv: identifier, name, kind, state.
  private mutating func addActor(_ columns: [Range<Int>], _ bytes: Span<UInt8>) {
    guard columns.count >= 3 else { return }
    let kind = ActorKind(bytes, columns[2]) ?? .other
    let number = actor(columns[0], bytes, kind: kind, name: columns[1])
    if columns.count > 3 { actors[Int(number)].serves = PoolRange(columns[3]) }
  }

  /// actors.tsv: name, actor, kind, via, type, first day, last day, flags.
  private mutating func addName(_ columns: [Range<Int>], _ bytes: Span<UInt8>) {
    guard columns.count >= 5, let kind = ActorKind(bytes, columns[2]), let via = Entity.Via(bytes, columns[3]),
      let type = EntityType(bytes, columns[4])
    else { return }
    let number = actor(columns[1], bytes, kind: kind, name: columns[0])
    var row = NameRow(actor: number, kind: kind, via: via, type: type)
    if columns.count > 5 { row.first = Day(bytes, columns[5]) }
    if columns.count > 6 { row.last = Day(bytes, columns[6]) }
    if columns.count > 7, let flag = columns[7].first {
      row.isCommon = bytes[flag] == UInt8(ascii: "a")
      row.isGeneric = bytes[flag] == UInt8(ascii: "g")
    }
    insert(name: columns[0], bytes, row)
  }

  /// persons.tsv: name, actor, state, kind of role, first day, last day.
  private mutating func addPerson(_ columns: [Range<Int>], _ bytes: Span<UInt8>) {
    guard columns.count >= 4 else { return }
    let number = actor(columns[1], bytes, kind: .person, name: columns[0])
    var row = NameRow(actor: number, kind: .person, via: .name, type: .person)
    row.serves = actorIndex.value(of: bytes, columns[2]) ?? -1
    if columns.count > 4 { row.first = Day(bytes, columns[4]) }
    if columns.count > 5 { row.last = Day(bytes, columns[5]) }
    insert(name: columns[0], bytes, row)
  }

  /// Adds one meaning of a name, behind those that it has already, and the same without accents.
  mutating func insert(name: Range<Int>, _ bytes: Span<UInt8>, _ row: NameRow) {
    insertExact(name, bytes, row)
    if let titled = titleCase(name, bytes) { insertExact(0..<titled.count, titled.span, row) }
    guard bytes.hasAccents(in: name), let folded = NameIdentifier.fold(bytes, name) else { return }
    insertExact(0..<folded.count, folded.span, row)
  }

  /// `Itar-Tass` for `ITAR-TASS`: a name in capitals of several words, which are printed either way.
  private func titleCase(_ name: Range<Int>, _ bytes: Span<UInt8>) -> [UInt8]? {
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

  private mutating func insertExact(_ name: Range<Int>, _ bytes: Span<UInt8>, _ row: NameRow) {
    var node = WordTrie.root
    var first: Int32 = -1
    var last: Int32 = -1
    Pieces.forEach(in: bytes, name) { piece in
      // A hyphen and a blank are alike.
      if node != WordTrie.root, piece.count == 1, bytes[piece.lowerBound] == UInt8(ascii: "-") { return }
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
    rows.append(row)
    if row.type == .person {
      noteLastName(last, index)
      if first != last { mark(first, .beginsPerson) }
    }
    guard let head = names.value(at: node) else { return names.set(index, at: node) }
    if row.isUsers {
      rows[Int(index)].next = head
      return names.set(index, at: node)
    }
    var end = head
    while rows[Int(end)].next >= 0 { end = rows[Int(end)].next }
    rows[Int(end)].next = index
  }

  private mutating func noteLastName(_ word: Int32, _ row: Int32) {
    while lastNames.count <= Int(word) { lastNames.append(-1) }
    rows[Int(row)].nextLast = lastNames[Int(word)]
    lastNames[Int(word)] = row
  }

  private mutating func addWord(_ columns: [Range<Int>], _ flag: WordFlags, _ bytes: Span<UInt8>) {
    let number = word(bytes, columns[0])
    mark(number, columns.count > 1 && !columns[1].isEmpty ? [flag, .common] : flag)
  }

  /// roles.tsv: role, head, modifier or noun, and more that is not used yet.
  private mutating func addRole(_ columns: [Range<Int>], _ bytes: Span<UInt8>) {
    guard columns.count >= 2 else { return }
    let first = bytes[columns[1].lowerBound]
    guard first != UInt8(ascii: "n") else { return }
    let flag: WordFlags = first == UInt8(ascii: "h") ? .roleHead : .roleModifier
    var node = WordTrie.root
    var count = 0
    Pieces.forEach(in: bytes, columns[0]) { piece in
      node = roles.extend(node, by: word(bytes, piece))
      count += 1
    }
    roles.set(flag == .roleHead ? 1 : 0, at: node)
    if count == 1 || bytes[columns[0].upperBound - 1] == UInt8(ascii: ".") { mark(word(bytes, columns[0]), flag) }
  }

  /// org_heads.txt: word, kind, last, first or both. Of several words the last one counts.
  private mutating func addOrganisationHead(_ columns: [Range<Int>], _ bytes: Span<UInt8>) {
    guard columns.count >= 3 else { return }
    guard !bytes.contains(UInt8(ascii: " "), in: columns[0]) else { return addHeadPhrase(columns[0], bytes) }
    let number = word(bytes, columns[0])
    mark(number, Self.side(columns[2], bytes, last: .orgEnd, first: .orgBegin))
    if bytes.has("ministry", at: columns[1].lowerBound, end: columns[1].upperBound) { mark(number, .ministry) }
    if bytes.has("company", at: columns[1].lowerBound, end: columns[1].upperBound) { mark(number, .company) }
  }

  /// `Air Force`: in the trie from its last word to its first, as it is looked for.
  private mutating func addHeadPhrase(_ range: Range<Int>, _ bytes: Span<UInt8>) {
    var numbers: [Int32] = []
    Pieces.forEach(in: bytes, range) { numbers.append(word(bytes, $0)) }
    let node = numbers.reversed().reduce(WordTrie.root) { heads.extend($0, by: $1) }
    heads.set(Int32(clamping: numbers.count), at: node)
  }

  /// place_heads.txt: word, last, first or both.
  private mutating func addPlaceHead(_ columns: [Range<Int>], _ bytes: Span<UInt8>) {
    guard columns.count >= 2, !bytes.contains(UInt8(ascii: " "), in: columns[0]) else { return }
    mark(word(bytes, columns[0]), Self.side(columns[1], bytes, last: .placeEnd, first: .placeBegin))
  }

  private static func side(
    _ column: Range<Int>, _ bytes: Span<UInt8>, last: WordFlags, first: WordFlags
  ) -> WordFlags {
    switch bytes[column.lowerBound] {
    case UInt8(ascii: "l"): last
    case UInt8(ascii: "f"): first
    default: [last, first]
    }
  }

  /// cues.tsv: class, words parted by blanks.
  private mutating func addCues(_ columns: [Range<Int>], _ bytes: Span<UInt8>) {
    guard columns.count == 2, let flag = WordFlags(cue: bytes, columns[0]) else { return }
    var start = columns[1].lowerBound
    for offset in columns[1].lowerBound...columns[1].upperBound
    where offset == columns[1].upperBound || bytes[offset] == 0x20 {
      if offset > start { mark(word(bytes, start..<offset), flag) }
      start = offset + 1
    }
  }
}
