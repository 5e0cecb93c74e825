internal import FoundationEssentials
internal import PipelineKit
internal import TextScanning

/// The tables of `Data`, from which the lexicon that comes along is compiled.
extension LexiconBuilder {
  /// - Parameter folder: where the tables lie.
  /// - Throws: ``GazetteerProblem`` for a table that can't be read, and for rows that are none of it.
  init(tables folder: String) throws(GazetteerProblem) {
    self.init()
    try read(folder, "actor_names.tsv") { $0.addActor($1, $2) }
    try read(folder, "actors.tsv") { $0.addName($1, $2) }
    try read(folder, "persons.tsv") { $0.addPerson($1, $2) }
    try read(folder, "forenames.txt") { $0.addWord($1, .forename, $2) }
    try read(folder, "surnames.txt") { $0.addWord($1, .surname, $2) }
    try read(folder, "roles.tsv") { $0.addRole($1, $2) }
    try read(folder, "org_heads.txt") { $0.addOrganisationHead($1, $2) }
    try read(folder, "place_heads.txt") { $0.addPlaceHead($1, $2) }
    try read(folder, "cues.tsv") { $0.addCues($1, $2) }
    guard !rows.isEmpty else { throw GazetteerProblem(file: folder, line: 0, message: "holds no names") }
  }

  private mutating func read(
    _ folder: String, _ table: String, _ add: (inout LexiconBuilder, [Range<Int>], Span<UInt8>) -> Bool
  ) throws(GazetteerProblem) {
    let path = folder + "/" + table
    guard let data = FileManager.default.contents(atPath: path) else {
      throw GazetteerProblem(file: path, line: 0, message: "can't be read; the folder has to hold all tables of names")
    }
    let bytes = [UInt8](data)
    var problems: [GazetteerProblem] = []
    TableReader.forEachRow(bytes.span, in: 0..<bytes.count) { columns, line in
      let isRow = !columns[0].isEmpty && add(&self, columns, bytes.span)
      if !isRow, problems.count < GazetteerProblem.most {
        problems.append(
          GazetteerProblem(file: path, line: line, message: "is no row of this table; README.md beside it tells them"))
      }
    }
    if let problem = GazetteerProblem.all(problems) { throw problem }
  }

  /// actor_names.tsv: identifier, name, kind, state.
  private mutating func addActor(_ columns: [Range<Int>], _ bytes: Span<UInt8>) -> Bool {
    guard columns.count >= 3 else { return false }
    let kind = ActorKind(bytes, columns[2]) ?? .other
    let number = actor(bytes, id: columns[0], kind: kind, name: columns[1])
    if columns.count > 3 { setState(bytes, columns[3], of: number) }
    return true
  }

  /// actors.tsv: name, actor, kind, via, type, first day, last day, flags.
  private mutating func addName(_ columns: [Range<Int>], _ bytes: Span<UInt8>) -> Bool {
    guard columns.count >= 5, let kind = ActorKind(bytes, columns[2]), let via = Entity.Via(bytes, columns[3]),
      let type = EntityType(bytes, columns[4])
    else { return false }
    let number = actor(bytes, id: columns[1], kind: kind, name: columns[0])
    var row = NameRow(actor: number, kind: kind, via: via, type: type)
    if columns.count > 5 { row.first = Day(bytes, columns[5]) }
    if columns.count > 6 { row.last = Day(bytes, columns[6]) }
    if columns.count > 7, let flag = columns[7].first {
      row.isCommon = bytes[flag] == UInt8(ascii: "a")
      row.isGeneric = bytes[flag] == UInt8(ascii: "g")
    }
    insert(bytes, name: columns[0], row)
    return true
  }

  /// persons.tsv: name, actor, state, kind of role, first day, last day.
  private mutating func addPerson(_ columns: [Range<Int>], _ bytes: Span<UInt8>) -> Bool {
    guard columns.count >= 4 else { return false }
    let number = actor(bytes, id: columns[1], kind: .person, name: columns[0])
    var row = NameRow(actor: number, kind: .person, via: .name, type: .person)
    row.serves = actor(bytes, id: columns[2]) ?? -1
    if columns.count > 4 { row.first = Day(bytes, columns[4]) }
    if columns.count > 5 { row.last = Day(bytes, columns[5]) }
    insert(bytes, name: columns[0], row)
    return true
  }

  private mutating func addWord(_ columns: [Range<Int>], _ flag: WordFlags, _ bytes: Span<UInt8>) -> Bool {
    let number = word(bytes, columns[0])
    mark(number, columns.count > 1 && !columns[1].isEmpty ? [flag, .common] : flag)
    return true
  }

  /// roles.tsv: role, head, modifier or noun, and more that is not used yet.
  private mutating func addRole(_ columns: [Range<Int>], _ bytes: Span<UInt8>) -> Bool {
    guard columns.count >= 2, !columns[1].isEmpty else { return false }
    let first = bytes[columns[1].lowerBound]
    guard first != UInt8(ascii: "n") else { return true }
    let flag: WordFlags = first == UInt8(ascii: "h") ? .roleHead : .roleModifier
    var node = WordTrie.root
    var count = 0
    Pieces.forEach(in: bytes, columns[0]) { piece in
      node = roles.extend(node, by: word(bytes, piece))
      count += 1
    }
    roles.set(flag == .roleHead ? 1 : 0, at: node)
    if count == 1 || bytes[columns[0].upperBound - 1] == UInt8(ascii: ".") { mark(word(bytes, columns[0]), flag) }
    return true
  }

  /// org_heads.txt: word, kind, last, first or both. Of several words the last one counts.
  private mutating func addOrganisationHead(_ columns: [Range<Int>], _ bytes: Span<UInt8>) -> Bool {
    guard columns.count >= 3, !columns[2].isEmpty else { return false }
    guard !bytes.contains(UInt8(ascii: " "), in: columns[0]) else {
      addHeadPhrase(columns[0], bytes)
      return true
    }
    let number = word(bytes, columns[0])
    mark(number, Self.side(columns[2], bytes, last: .orgEnd, first: .orgBegin))
    if bytes.has("ministry", at: columns[1].lowerBound, end: columns[1].upperBound) { mark(number, .ministry) }
    if bytes.has("company", at: columns[1].lowerBound, end: columns[1].upperBound) { mark(number, .company) }
    return true
  }

  /// `Air Force`: in the trie from its last word to its first, as it is looked for.
  private mutating func addHeadPhrase(_ range: Range<Int>, _ bytes: Span<UInt8>) {
    var numbers: [Int32] = []
    Pieces.forEach(in: bytes, range) { numbers.append(word(bytes, $0)) }
    let node = numbers.reversed().reduce(WordTrie.root) { heads.extend($0, by: $1) }
    heads.set(Int32(clamping: numbers.count), at: node)
  }

  /// place_heads.txt: word, last, first or both.
  private mutating func addPlaceHead(_ columns: [Range<Int>], _ bytes: Span<UInt8>) -> Bool {
    guard columns.count >= 2, !columns[1].isEmpty else { return false }
    // Only heads of one word are asked for.
    guard !bytes.contains(UInt8(ascii: " "), in: columns[0]) else { return true }
    mark(word(bytes, columns[0]), Self.side(columns[1], bytes, last: .placeEnd, first: .placeBegin))
    return true
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
  private mutating func addCues(_ columns: [Range<Int>], _ bytes: Span<UInt8>) -> Bool {
    guard columns.count == 2, let flag = WordFlags(cue: bytes, columns[0]) else { return false }
    var start = columns[1].lowerBound
    for offset in columns[1].lowerBound...columns[1].upperBound
    where offset == columns[1].upperBound || bytes[offset] == 0x20 {
      if offset > start { mark(word(bytes, start..<offset), flag) }
      start = offset + 1
    }
    return true
  }
}
