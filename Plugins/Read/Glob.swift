/// Patterns of paths, as shells and `.gitignore` have made them common.
///
/// A pattern is cut at its slashes. A component matches one name: `*` any characters, `?` one, `[a-z]` one of
/// these, `[!a-z]` one of the others, a backslash takes the next character as it is. `**` stands for any number
/// of folders, none too. Braces are expanded before anything else. A dot that begins a name is matched only by a
/// dot. What doesn't close is taken literally. Matching one name costs at most its length times the pattern's.
struct Glob: Hashable, Sendable {
  enum Component: Hashable, Sendable {
    case anyFolders
    case name(NamePattern)
  }
  var components: [Component]

  init(_ pattern: some StringProtocol) {
    components = []
    for part in pattern.split(separator: "/") where part != "." {
      if part == "**" {
        if components.last != .anyFolders { components.append(.anyFolders) }
      } else {
        components.append(.name(NamePattern(part)))
      }
    }
  }

  /// The places in the pattern at which a path may stand before its first name.
  var start: [Int] { closure([0]) }

  /// The places behind a name, read from those places; the pattern's end is among them where the path matches.
  func step(_ places: [Int], over name: [Unicode.Scalar]) -> [Int] {
    var next: [Int] = []
    for place in places where place < components.count {
      switch components[place] {
      case .anyFolders: if name.first != "." { next.append(place) }
      case .name(let pattern): if pattern.matches(name) { next.append(place + 1) }
      }
    }
    return closure(next)
  }

  /// Whether a path whose last name led to these places matches. `**` at the end stands for files too.
  func accepts(_ places: [Int]) -> Bool { places.contains(components.count) }

  /// Whether a folder at these places may hold further matches.
  func continues(_ places: [Int]) -> Bool { places.contains { $0 < components.count } }

  /// Whether a name is matched by more than `**`, which doesn't follow links to folders.
  func names(_ name: [Unicode.Scalar], at places: [Int]) -> Bool {
    places.contains { place in
      guard place < components.count, case .name(let pattern) = components[place] else { return false }
      return pattern.matches(name)
    }
  }

  private func closure(_ places: [Int]) -> [Int] {
    var all: [Int] = []
    for place in places {
      var place = place
      if !all.contains(place) { all.append(place) }
      while place < components.count, components[place] == .anyFolders {
        place += 1
        if !all.contains(place) { all.append(place) }
      }
    }
    return all
  }
}

/// The pattern of one name.
struct NamePattern: Hashable, Sendable {
  private enum Token: Hashable, Sendable {
    case scalar(Unicode.Scalar)
    case one
    case many
    case set([ClosedRange<Unicode.Scalar>], isInverted: Bool)
  }
  private var tokens: [Token] = []

  init(_ pattern: some StringProtocol) {
    let scalars = Array(pattern.unicodeScalars)
    var position = 0
    while position < scalars.count {
      let scalar = scalars[position]
      position += 1
      switch scalar {
      case "*": if tokens.last != .many { tokens.append(.many) }
      case "?": tokens.append(.one)
      case "[":
        if let (set, end) = Self.set(in: scalars, from: position) {
          tokens.append(set)
          position = end
        } else {
          tokens.append(.scalar(scalar))
        }
      case "\\" where position < scalars.count:
        tokens.append(.scalar(scalars[position]))
        position += 1
      default: tokens.append(.scalar(scalar))
      }
    }
  }

  /// The set whose opening bracket stands before `start`, and the position behind its end; nil without an end.
  private static func set(in scalars: [Unicode.Scalar], from start: Int) -> (Token, end: Int)? {
    var position = start
    let isInverted = position < scalars.count && (scalars[position] == "!" || scalars[position] == "^")
    if isInverted { position += 1 }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    let first = position
    while position < scalars.count {
      let scalar = scalars[position]
      // A closing bracket that comes first stands for itself.
      if scalar == "]", position > first { return (.set(ranges, isInverted: isInverted), position + 1) }
      if position + 2 < scalars.count, scalars[position + 1] == "-", scalars[position + 2] != "]" {
        let last = scalars[position + 2]
        if scalar <= last { ranges.append(scalar...last) }
        position += 3
      } else {
        ranges.append(scalar...scalar)
        position += 1
      }
    }
    return nil
  }

  /// Goes back only to the last star: what an earlier one matched can stay.
  func matches(_ name: [Unicode.Scalar]) -> Bool {
    if name.first == ".", tokens.first != .scalar(".") { return false }
    var (token, position) = (0, 0)
    var star: (token: Int, position: Int)?
    while position < name.count {
      if token < tokens.count, tokens[token] == .many {
        star = (token, position)
        token += 1
      } else if token < tokens.count, Self.matches(tokens[token], name[position]) {
        token += 1
        position += 1
      } else if let last = star {
        star = (last.token, last.position + 1)
        (token, position) = (last.token + 1, last.position + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .many }
  }

  private static func matches(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
    switch token {
    case .scalar(let wanted): wanted == scalar
    case .one, .many: true
    case .set(let ranges, let isInverted): ranges.contains { $0.contains(scalar) } != isInverted
    }
  }
}
