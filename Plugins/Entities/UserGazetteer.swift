internal import FoundationEssentials
internal import CalendarDates
internal import PipelineKit

/// A user's list of names: CSV whose header names the columns, then a name a line.
struct UserGazetteer {
  enum Column: String, CaseIterable {
    case name, actor, kind, type
    /// The first and the last day on which the name stands for the actor.
    case from, to
    /// Further names of the actor, parted by `|`.
    case aliases
    /// `exact` as written, or `any`.
    case `case`
    /// The state that the actor serves.
    case serves
    static let required: [Column] = [.name, .actor, .kind, .type]
  }

  /// What a line says.
  struct Entry {
    var name: Range<Int>
    var actor: Range<Int>
    var kind: ActorKind
    var type: EntityType
    var first = Day.none
    var last = Day.none
    var aliases: Range<Int>
    var serves: Range<Int>
    var isAnyCase = false
  }

  let file: String
  private var reader: CSVReader
  private var columns: [Column: Int] = [:]
  private(set) var line = 0
  /// The bytes of the fields of the entry read last.
  var text: [UInt8] { reader.text }

  /// Reads the header.
  /// - Throws: ``GazetteerProblem`` with file and line.
  init(path: String, in directory: String) throws(GazetteerProblem) {
    file = path.hasPrefix("/") || directory == "." ? path : directory + "/" + path
    guard let data = FileManager.default.contents(atPath: file) else {
      throw GazetteerProblem(file: file, line: 0, message: "can't be read; gazetteers wants CSV files")
    }
    let bytes = [UInt8](data)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw GazetteerProblem(file: file, line: Self.firstOddLine(bytes), message: "is not UTF-8; save it as UTF-8")
    }
    reader = CSVReader(bytes)
    guard try readRow() else {
      throw GazetteerProblem(
        file: file, line: 0, message: "is empty; it wants a header, such as name,actor,kind,type, and names")
    }
    for (index, field) in reader.fields.enumerated() {
      let name = reader.text.span.string(field).lowercased()
      guard let column = Column(rawValue: name) else { continue }
      guard columns.updateValue(index, forKey: column) == nil else {
        throw problem("has two columns \"\(name)\"; name each once")
      }
    }
    for wanted in Column.required where columns[wanted] == nil {
      throw problem("has no column \"\(wanted)\"; the header has to be name,actor,kind,type")
    }
  }

  private static func firstOddLine(_ bytes: [UInt8]) -> Int {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? -1) + 1
  }

  func problem(_ message: String) -> GazetteerProblem { GazetteerProblem(file: file, line: line, message: message) }

  private mutating func readRow() throws(GazetteerProblem) -> Bool {
    do throws(CSVReader.Mistake) {
      let isRow = try reader.next()
      line = reader.line
      return isRow
    } catch {
      switch error {
      case .open(let line):
        self.line = line
        throw problem("has a field that opens with a quotation mark which nothing closes; put one at the field's end")
      case .goesOn(let line):
        self.line = line
        throw problem("has a quoted field with text behind its end; double the quotation marks inside the field")
      }
    }
  }

  /// The entry of the next line; nil at the end.
  /// - Throws: ``GazetteerProblem``; the next call goes on behind that line.
  mutating func next() throws(GazetteerProblem) -> Entry? {
    guard try readRow() else { return nil }
    let kind = try value(.kind)
    guard let actorKind = ActorKind(rawValue: kind.lowercased()) else {
      let known = ActorKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw problem("has an unknown kind \"\(kind)\"; use \(known)")
    }
    let type = try value(.type)
    guard let entityType = EntityType(rawValue: type.uppercased()) else {
      throw problem("has an unknown type \"\(type)\"; use PER, ORG, LOC or MISC")
    }
    var entry = Entry(
      name: try filled(.name), actor: try filled(.actor), kind: actorKind, type: entityType,
      aliases: field(.aliases), serves: field(.serves))
    (entry.first, entry.last) = (try day(.from), try day(.to))
    if !entry.first.isNone, !entry.last.isNone, entry.last < entry.first {
      throw problem("ends before it begins: \(text(.from)) to \(text(.to)); change the days")
    }
    switch text(.case).lowercased() {
    case "any": entry.isAnyCase = true
    case "", "exact": break
    case let other: throw problem("has an unknown case \"\(other)\"; use exact or any")
    }
    return entry
  }

  /// A column's field on the line; empty where the line or the file lacks it.
  private func field(_ column: Column) -> Range<Int> {
    guard let index = columns[column], index < reader.fields.count else { return 0..<0 }
    return reader.fields[index]
  }
  private func text(_ column: Column) -> String { reader.text.span.string(field(column)) }

  private func filled(_ column: Column) throws(GazetteerProblem) -> Range<Int> {
    let range = field(column)
    guard !range.isEmpty else { throw problem("lacks its \(column)") }
    // A quotation mark that was forgotten makes one field of several lines.
    guard !reader.text.span.contains(0x0A, in: range) else {
      throw problem("has a \(column) of several lines; is a quotation mark missing?")
    }
    return range
  }
  private func value(_ column: Column) throws(GazetteerProblem) -> String {
    reader.text.span.string(try filled(column))
  }

  /// A day, or the first or last of a month or year.
  private func day(_ column: Column) throws(GazetteerProblem) -> Day {
    let text = text(column)
    if text.isEmpty { return .none }
    guard let day = Day(bound: text, isLast: column == .to) else {
      throw problem("has a day \"\(text)\" in column \"\(column)\"; write it as 2012-03-01, 2012-03 or 2012")
    }
    return day
  }
}

extension LexiconBuilder {
  /// Adds a user's names before the meanings that are known already.
  /// - Throws: ``GazetteerProblem`` with all that is wrong with the list, up to a number.
  mutating func add(_ list: UserGazetteer) throws(GazetteerProblem) {
    var list = list
    var problems: [GazetteerProblem] = []
    while problems.count < GazetteerProblem.most {
      do throws(GazetteerProblem) {
        guard let entry = try list.next() else { break }
        try add(entry, list)
      } catch {
        problems.append(error)
      }
    }
    if let problem = GazetteerProblem.all(problems) { throw problem }
  }

  private mutating func add(_ entry: UserGazetteer.Entry, _ list: UserGazetteer) throws(GazetteerProblem) {
    let text = list.text
    let bytes = text.span
    var row = NameRow(actor: 0, kind: entry.kind, via: .name, type: entry.type)
    row.isUsers = true
    (row.first, row.last) = (entry.first, entry.last)
    if !entry.serves.isEmpty {
      guard let state = actor(bytes, id: entry.serves) else {
        throw list.problem(
          "serves an unknown state \"\(bytes.string(entry.serves))\"; use a state's code of three letters, such as UKR")
      }
      if entry.type == .person { row.serves = state }
    }
    row.actor = actor(bytes, id: entry.actor, kind: entry.kind, name: entry.name)
    setState(bytes, entry.serves, of: row.actor)
    insert(bytes, name: entry.name, row, isAnyCase: entry.isAnyCase)
    var alias = row
    alias.via = .alias
    for part in bytes.parts(of: entry.aliases, at: UInt8(ascii: "|")) {
      insert(bytes, name: part, alias, isAnyCase: entry.isAnyCase)
    }
  }

  /// Adds a name as it is written and, for any case, in small letters, in capitals, and with each word's first letter
  /// large: what people print. Other mixtures of letters are not found.
  private mutating func insert(_ bytes: Span<UInt8>, name: Range<Int>, _ row: NameRow, isAnyCase: Bool) {
    insert(bytes, name: name, row)
    guard isAnyCase else { return }
    let text = bytes.string(name)
    let titled = text.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
    var done: Set<String> = [text]
    for variant in [text.lowercased(), text.uppercased(), titled.joined(separator: " ")]
    where done.insert(variant).inserted {
      let bytes = Array(variant.utf8)
      insert(bytes.span, name: 0..<bytes.count, row)
    }
  }
}

extension Span<UInt8> {
  /// The parts of a range between separators, without blanks around them and without empty ones.
  func parts(of range: Range<Int>, at separator: UInt8) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for offset in range.lowerBound...range.upperBound where offset == range.upperBound || self[offset] == separator {
      var (first, end) = (start, offset)
      while first < end, self[first] == 0x20 { first += 1 }
      while end > first, self[end - 1] == 0x20 { end -= 1 }
      if first < end { parts.append(first..<end) }
      start = offset + 1
    }
    return parts
  }
}

extension Day {
  /// A day as `2012-03-01`, or a month or a year for the first or last day of it; nil for anything else.
  init?(bound text: String, isLast: Bool) {
    guard let date = PartialDate(text) else { return nil }
    self.init(date, isLast: isLast)
  }
}
