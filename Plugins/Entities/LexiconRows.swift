internal import CalendarDates
internal import PipelineKit
internal import TextScanning

/// Bytes in the lexicon's pool.
struct PoolRange: BitwiseCopyable, Sendable {
  var start: UInt32 = 0
  var end: UInt32 = 0
  init() {}
  init(_ range: Range<Int>) { (start, end) = (UInt32(clamping: range.lowerBound), UInt32(clamping: range.upperBound)) }
  var bytes: Range<Int> { Int(start)..<Int(max(start, end)) }
  var isEmpty: Bool { start >= end }
}

/// One meaning of a name, as it lies in the file; the meanings of one name are chained.
struct NameRow: BitwiseCopyable, Sendable {
  var actor: Int32
  /// For an office: the state that it serves.
  var serves: Int32 = -1
  /// The next meaning of the same name, -1 for none.
  var next: Int32 = -1
  /// For a person, the next row of the same last name, -1 for none.
  var nextLast: Int32 = -1
  var first = Day.none
  var last = Day.none
  private var kindCode: UInt8
  private var viaCode: UInt8
  private var typeCode: UInt8
  private var marks: UInt8 = 0

  init(actor: Int32, kind: ActorKind, via: Entity.Via, type: EntityType) {
    self.actor = actor
    (kindCode, viaCode, typeCode) = (Self.code(kind), Self.code(via), Self.code(type))
  }

  /// Also a common word or a personal name.
  var isCommon: Bool {
    get { marks & 1 != 0 }
    set { mark(1, newValue) }
  }
  /// An office that every state has: the words around say whose.
  var isGeneric: Bool {
    get { marks & 2 != 0 }
    set { mark(2, newValue) }
  }
  /// From a user's file.
  var isUsers: Bool {
    get { marks & 4 != 0 }
    set { mark(4, newValue) }
  }
  private mutating func mark(_ bit: UInt8, _ isSet: Bool) { marks = isSet ? marks | bit : marks & ~bit }

  /// Whether no chain runs in a circle, as one of a damaged file might: ours lead to later rows of ours, users' to
  /// earlier ones, last names to earlier ones.
  static func chainsEnd(in rows: PackedArray<NameRow>) -> Bool {
    guard rows.count > 0 else { return false }
    for (index, row) in rows.buffer.enumerated() {
      guard row.nextLast < index else { return false }
      guard row.next >= 0 else { continue }
      let next = Int(row.next)
      guard row.isUsers ? next < index : next > index && next < rows.count && !rows[next].isUsers else { return false }
    }
    return true
  }
}

/// An actor as the lists know it, as it lies in the file.
struct ActorRow: BitwiseCopyable, Sendable {
  var id: PoolRange
  var name = PoolRange()
  var serves = PoolRange()
  private var kindCode: UInt32

  init(id: PoolRange, name: PoolRange, kind: ActorKind) {
    (self.id, self.name, kindCode) = (id, name, UInt32(NameRow.code(kind)))
  }
  var kind: ActorKind { NameRow.kind(UInt8(truncatingIfNeeded: kindCode)) }
}

// Numbers in files are given out once: a new case gets the next one.
extension NameRow {
  var kind: ActorKind { Self.kind(kindCode) }

  static func code(_ kind: ActorKind) -> UInt8 {
    switch kind {
    case .other: 0
    case .state: 1
    case .government: 2
    case .ministry: 3
    case .international: 4
    case .company: 5
    case .party: 6
    case .media: 7
    case .person: 8
    case .place: 9
    case .armedGroup: 10
    }
  }
  static func kind(_ code: UInt8) -> ActorKind {
    switch code {
    case 1: .state
    case 2: .government
    case 3: .ministry
    case 4: .international
    case 5: .company
    case 6: .party
    case 7: .media
    case 8: .person
    case 9: .place
    case 10: .armedGroup
    default: .other
    }
  }

  var via: Entity.Via {
    get {
      switch viaCode {
      case 1: .demonym
      case 2: .metonymy
      case 3: .alias
      case 4: .role
      case 5: .pronoun
      default: .name
      }
    }
    set { viaCode = Self.code(newValue) }
  }
  private static func code(_ via: Entity.Via) -> UInt8 {
    switch via {
    case .name: 0
    case .demonym: 1
    case .metonymy: 2
    case .alias: 3
    case .role: 4
    case .pronoun: 5
    }
  }

  var type: EntityType {
    switch typeCode {
    case 0: .person
    case 1: .organisation
    case 2: .location
    default: .other
    }
  }
  private static func code(_ type: EntityType) -> UInt8 {
    switch type {
    case .person: 0
    case .organisation: 1
    case .location: 2
    case .other: 3
    }
  }
}

/// A day as a number that orders as days do: 20120229.
struct Day: Comparable, Sendable {
  var number: UInt32
  static let none = Day(number: 0)
  var isNone: Bool { number == 0 }
  static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  init(number: UInt32) { self.number = number }

  /// The day of a date; a missing month or day reads as the first, or as the last.
  init(_ date: PartialDate, isLast: Bool = false) {
    let (month, day) = (date.month ?? (isLast ? 12 : 1), date.day ?? (isLast ? 31 : 1))
    number = UInt32(clamping: date.year * 10_000 + month * 100 + day)
  }

  /// The beginning of an ISO 8601 date; any other text reads as none.
  init(iso text: String) {
    self = PartialDate(beginningOf: text).map { Day($0) } ?? .none
  }
}
