/// A tag of CoNLL columns: `O`, or a letter that says where in an entity the token stands, a hyphen and the type.
enum EntityTag: Equatable {
  case outside
  /// `B`: the first token of an entity, whatever stands before it.
  case first(String)
  /// `I`: goes on, or begins where the entity before it has another type or there is none (IOB1).
  case inside(String)
  /// `E` or `L`: the last token.
  case last(String)
  /// `S` or `U`: an entity of one token.
  case single(String)

  init?(_ text: some StringProtocol) {
    if text == "O" {
      self = .outside
      return
    }
    let type = String(text.dropFirst(2))
    guard text.dropFirst().first == "-", !type.isEmpty else { return nil }
    switch text.first {
    case "B": self = .first(type)
    case "I": self = .inside(type)
    case "E", "L": self = .last(type)
    case "S", "U": self = .single(type)
    default: return nil
    }
  }

  /// The tag in the last of at least two columns; nil where there is none.
  init?(lastColumnOf line: ArraySlice<UInt8>) {
    let columns = line.split { isBlank($0) }
    guard columns.count > 1, let last = columns.last else { return nil }
    self.init(String(decoding: last, as: UTF8.self))
  }
}

/// Puts tags together to entities, by tokens.
struct EntityAssembler {
  /// Each with its first token and the one behind its last.
  private(set) var entities: [(tokens: Range<Int>, type: String)] = []
  private var open: (start: Int, type: String)?

  mutating func take(_ tag: EntityTag, at token: Int) {
    switch tag {
    case .outside: close(before: token)
    case .first(let type): begin(type, token)
    case .inside(let type): if open?.type != type { begin(type, token) }
    case .last(let type):
      if open?.type != type { begin(type, token) }
      close(before: token + 1)
    case .single(let type):
      begin(type, token)
      close(before: token + 1)
    }
  }

  /// Ends the open entity. An entity never goes beyond its sentence.
  mutating func close(before token: Int) {
    if let entity = open { entities.append((entity.start..<token, entity.type)) }
    open = nil
  }

  private mutating func begin(_ type: String, _ token: Int) {
    close(before: token)
    open = (token, type)
  }
}
