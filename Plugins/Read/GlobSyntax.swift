/// The parts of a pattern that concern the whole of it: its fixed beginning and its braces.
enum GlobSyntax {
  /// As many alternatives as braces may make, so that a slip of the pen does not fill the memory.
  static let limit = 1000

  /// Whether anything in a path is more than its name.
  static func isPattern(_ path: String) -> Bool { path.utf8.contains { isMark($0) } }

  /// The folders before the first component with a mark, with their slash, and the rest.
  static func split(_ pattern: String) -> (fixed: Substring, rest: Substring) {
    let mark = pattern.utf8.firstIndex(where: isMark) ?? pattern.endIndex
    guard let slash = pattern[..<mark].lastIndex(of: "/") else { return ("", pattern[...]) }
    let start = pattern.index(after: slash)
    return (pattern[..<start], pattern[start...])
  }

  /// The patterns that braces stand for; the pattern itself where it has none, nil where there are too many.
  static func alternatives(of pattern: String) -> [String]? {
    var all: [String] = []
    return expand(Array(pattern.unicodeScalars), into: &all) ? all : nil
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\\"): true
    default: false
    }
  }

  /// Expands the first braces and goes on with each alternative. False where there are too many.
  private static func expand(_ pattern: [Unicode.Scalar], from start: Int = 0, into all: inout [String]) -> Bool {
    var position = start
    while position < pattern.count {
      if pattern[position] == "\\" {
        position += 2
        continue
      }
      if pattern[position] == "{", let braces = Braces(in: pattern, at: position) {
        for choice in braces.choices {
          let next = pattern[..<position] + pattern[choice] + pattern[braces.end...]
          guard expand(Array(next), from: position, into: &all) else { return false }
        }
        return true
      }
      position += 1
    }
    guard all.count < limit else { return false }
    all.append(String(String.UnicodeScalarView(pattern)))
    return true
  }

  /// Braces with at least one comma between them.
  private struct Braces {
    var choices: [Range<Int>] = []
    var end = 0

    init?(in pattern: [Unicode.Scalar], at open: Int) {
      var (depth, position, start) = (0, open + 1, open + 1)
      while position < pattern.count {
        switch pattern[position] {
        case "\\": position += 1
        case "{": depth += 1
        case "," where depth == 0:
          choices.append(start..<position)
          start = position + 1
        case "}" where depth == 0:
          guard !choices.isEmpty else { return nil }
          choices.append(start..<position)
          end = position + 1
          return
        case "}": depth -= 1
        default: break
        }
        position += 1
      }
      return nil
    }
  }
}

/// What the option `exclude` leaves out.
struct Exclusion: Sendable {
  private var names: [NamePattern] = []
  private var paths: [Glob] = []

  /// A pattern with a slash in it means a path, one without means a name wherever it stands.
  init(_ patterns: [String]) {
    for pattern in patterns.flatMap({ GlobSyntax.alternatives(of: $0) ?? [$0] }) {
      let trimmed = pattern.hasSuffix("/") ? pattern.dropLast() : pattern[...]
      if trimmed.contains("/") { paths.append(Glob(trimmed)) } else { names.append(NamePattern(trimmed)) }
    }
  }

  /// Whether a path, or a folder on it, is left out.
  func excludes(_ path: String) -> Bool {
    if names.isEmpty && paths.isEmpty { return false }
    let components = path.split(separator: "/").map { Array($0.unicodeScalars) }
    if components.contains(where: { name in names.contains { $0.matches(name) } }) { return true }
    return paths.contains { glob in
      var places = glob.start
      for name in components {
        places = glob.step(places, over: name)
        if glob.accepts(places) { return true }
      }
      return false
    }
  }
}
