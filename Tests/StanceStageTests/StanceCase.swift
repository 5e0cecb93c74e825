import Foundation
import PipelineKit
import SentencesStage
import StanceStage
import Testing

/// A line of `cases.tsv`: what it is about, the text with its names in brackets, and the records expected.
///
/// A name is `[Kyiv]`, a government; `[Kyiv|place]`, `[Orlov|person]`, `[NATO|body]`, `[Russian|demonym]`,
/// `[EFE|media]`. A citation is `{EFE, May 4}`. Records are `holder - target`, with `+`, `-` or `0`, the strength
/// where it is printed, `m` for a deed, `?` hedged, `!` negated, `@speaker`, `c` with a citation; an issue stands
/// in `<>`.
struct StanceCase: Sendable {
  let phenomenon: String
  let document: Document
  let expected: [String]

  static func all() throws -> [StanceCase] {
    let url = try #require(Bundle.module.url(forResource: "Data/cases", withExtension: "tsv"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { try StanceCase($0) }
  }

  init(_ line: Substring) throws {
    let columns = line.split(separator: "\t")
    try #require(columns.count == 3, "a case has three columns: \(line)")
    phenomenon = String(columns[0])
    expected = columns[2] == "none" ? [] : columns[2].split(separator: "; ").map(String.init).sorted()
    let marked = MarkedNames(columns[1])
    document = try Sentences().annotated(Document.sample(marked.text))
      .with { document in
        document[Entity.self] = marked.entities
        document[Citation.self] = marked.citations
      }
  }

  /// The records that the stage finds, in the notation of the file.
  func found() throws -> [String] {
    let result = try Stances().annotated(document)
    return result[Stance.self].enumerated().map { index, stance in
      notation(stance, in: result, like: expected)
    }.sorted()
  }

  /// Attributes are written only where the expectation for the same pair writes them or they are not the usual.
  private func notation(_ stance: Stance, in document: Document, like expected: [String]) -> String {
    func name(_ index: Int) -> String { document.text(in: document[Entity.self][index].span) }
    let holder =
      switch stance.holder {
      case .author: "author"
      case .entity(let index): name(index)
      }
    let target =
      switch stance.target {
      case .entity(let index): name(index)
      case .issue(let span): "<\(document.text(in: span))>"
      }
    let sign =
      switch stance.polarity {
      case .support: "+"
      case .oppose: "-"
      case .neutral: "0"
      }
    var flags = stance.strength == 2 ? "" : "\(stance.strength)"
    if stance.mode == .material { flags += "m" }
    if stance.hedged { flags += "?" }
    if stance.negated { flags += "!" }
    if !stance.citations.isEmpty { flags += "c" }
    let speaker = stance.speaker.map { " @" + name($0) } ?? ""
    return "\(holder) \(sign)\(flags) \(target)\(speaker)"
  }
}

extension Document {
  func with(_ change: (inout Document) -> Void) -> Document {
    var copy = self
    change(&copy)
    return copy
  }
}

/// A text whose names and citations were marked.
private struct MarkedNames {
  var text = ""
  var entities: [Entity] = []
  var citations: [Citation] = []

  init(_ marked: Substring) {
    var rest = marked
    while let open = rest.firstIndex(where: { $0 == "[" || $0 == "{" }) {
      text += rest[..<open]
      let isName = rest[open] == "["
      let close = rest[open...].firstIndex(of: isName ? "]" : "}") ?? rest.index(before: rest.endIndex)
      let inside = rest[rest.index(after: open)..<close].split(separator: "|")
      let start = text.utf8.count
      text += isName ? String(inside[0]) : "(\(inside[0]))"
      let span = TextSpan(start, text.utf8.count)
      if isName {
        entities.append(Self.entity(inside, span))
      } else {
        citations.append(Citation(span: span, sources: []))
      }
      rest = rest[rest.index(after: close)...]
    }
    text += rest
  }

  private static func entity(_ parts: [Substring], _ span: TextSpan) -> Entity {
    let name = String(parts[0])
    return switch parts.count > 1 ? parts[1] : "" {
    case "place": Entity(span: span, type: .location, actor: "loc:" + name, kind: .place, via: .name)
    case "person": Entity(span: span, type: .person, actor: "per:" + name, kind: .person, via: .name)
    case "body": Entity(span: span, type: .organisation, actor: "org:" + name, kind: .international, via: .name)
    case "media": Entity(span: span, type: .organisation, actor: "org:" + name, kind: .media, via: .name)
    case "demonym": Entity(span: span, type: .location, actor: "state:" + name, kind: .state, via: .demonym)
    default: Entity(span: span, type: .location, actor: "state:" + name, kind: .government, via: .metonymy)
    }
  }
}
