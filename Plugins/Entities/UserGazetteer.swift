internal import FoundationEssentials
internal import PipelineKit

/// Names from a user's CSV file: a header with the columns name, actor, kind and type, then a name a line.
struct UserGazetteer {
  struct Name {
    var name: String
    var actor: String
    var kind: ActorKind
    var type: EntityType
  }
  private(set) var names: [Name] = []

  /// - Throws: ``GazetteerProblem`` with file and line.
  init(path: String, in directory: String) throws {
    let file = path.hasPrefix("/") || directory == "." ? path : directory + "/" + path
    guard let data = FileManager.default.contents(atPath: file) else {
      throw GazetteerProblem(file: file, line: 0, message: "can't be read; gazetteers wants CSV files")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw GazetteerProblem(file: file, line: 0, message: "is not UTF-8; save it as UTF-8")
    }
    var columns: [String] = []
    for (line, fields) in CSVRows(text) where fields != [""] {
      if columns.isEmpty {
        columns = fields.map { $0.lowercased() }
        for wanted in ["name", "actor", "kind", "type"] where !columns.contains(wanted) {
          throw GazetteerProblem(
            file: file, line: line, message: "has no column \"\(wanted)\"; the header has to be name,actor,kind,type")
        }
      } else {
        names.append(try Self.name(fields, columns, file, line))
      }
    }
  }

  private static func name(_ fields: [String], _ columns: [String], _ file: String, _ line: Int) throws -> Name {
    func value(_ column: String) throws -> String {
      guard let index = columns.firstIndex(of: column), index < fields.count, !fields[index].isEmpty else {
        throw GazetteerProblem(file: file, line: line, message: "lacks its \(column)")
      }
      return fields[index]
    }
    guard let kind = ActorKind(rawValue: try value("kind")) else {
      let known = ActorKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw GazetteerProblem(
        file: file, line: line, message: "has an unknown kind \"\(try value("kind"))\"; use \(known)")
    }
    guard let type = EntityType(rawValue: try value("type").uppercased()) else {
      throw GazetteerProblem(
        file: file, line: line, message: "has an unknown type \"\(try value("type"))\"; use PER, ORG, LOC or MISC")
    }
    return Name(name: try value("name"), actor: try value("actor"), kind: kind, type: type)
  }
}

/// What is wrong with a user's list of names.
public struct GazetteerProblem: Error, CustomStringConvertible, Equatable {
  public var file: String
  /// From 1; 0 where the file as a whole is meant.
  public var line: Int
  public var message: String
  public var description: String { (line > 0 ? "\(file):\(line): " : "\(file): ") + message }
}

/// Rows of CSV by RFC 4180, each with the line on which it begins: fields may be quoted, quotes doubled.
struct CSVRows: Sequence, IteratorProtocol {
  private var rest: Substring.UnicodeScalarView
  private var line = 1

  init(_ text: String) {
    rest = text[...].unicodeScalars
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
  }

  mutating func next() -> (line: Int, fields: [String])? {
    guard !rest.isEmpty else { return nil }
    let first = line
    var fields: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    while let scalar = rest.popFirst() {
      if scalar == "\n" { line += 1 }
      if isQuoted {
        if scalar != "\"" {
          field.append(scalar)
        } else if rest.first == "\"" {
          field.append(scalar)
          rest.removeFirst()
        } else {
          isQuoted = false
        }
        continue
      }
      if scalar == "\n" { break }
      switch scalar {
      case "\"": isQuoted = true
      case ",":
        fields.append(String(field).trimmed)
        field.removeAll()
      default: field.append(scalar)
      }
    }
    fields.append(String(field).trimmed)
    return (first, fields)
  }
}

extension String {
  fileprivate var trimmed: String {
    let blanks: Set<Character> = [" ", "\t", "\r"]
    return String(drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
  }
}

extension LexiconContents {
  /// Adds a user's names before the meanings that are known already.
  mutating func add(_ list: UserGazetteer) {
    let added = list.names.map { (entry: $0, id: append($0.actor), name: append($0.name)) }
    let bytes = pool  // a second reference to the same bytes: what follows adds nothing to the pool
    for (entry, id, name) in added {
      let number = actor(id, bytes.span, kind: entry.kind, name: name)
      var row = NameRow(actor: number, kind: entry.kind, via: .name, type: entry.type)
      row.isUsers = true
      insert(name: name, bytes.span, row)
    }
  }

  private mutating func append(_ text: String) -> Range<Int> {
    let start = pool.count
    pool += Array(text.utf8)
    return start..<pool.count
  }
}
