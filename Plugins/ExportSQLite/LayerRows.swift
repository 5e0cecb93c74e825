import DocumentRecord
import JSON
import PipelineKit
import SQLite

/// Makes the rows of the standard layers of one document.
///
/// A reference that points to no entry becomes null, so that foreign keys hold whatever a stage did.
struct LayerRows {
  let document: Document
  let text: RecordText
  let entityCount: Int

  func standard(entities: [Entity], actors: [String]) -> [(table: Table, values: [SQLValue])] {
    let citations = document[Citation.self]
    let stances = document[Stance.self]
    return [
      (.authors, document.metadata.list(.authors).enumerated().flatMap { [.integer($0 + 1), .text($1)] }),
      (.documentActors, actors.map { .text($0) }),
      (.blocks, rows(document[Block.self], blockCells)),
      (.sentences, spans(document[Sentence.self].map(\.span))),
      (.entities, rows(entities, entityCells)),
      (.citations, rows(citations) { [.text($0.kind.rawValue), string($0.span)] }),
      (.citationSources, citations.enumerated().flatMap(sourceRows)),
      (.citationSupports, citations.enumerated().flatMap { links($0, $1.supports, below: sentenceCount) }),
      (.dates, rows(document[DateMention.self]) { [.text($0.value), string($0.span)] }),
      (.quotes, rows(document[Quote.self]) { [string($0.span), reference($0.speaker)] }),
      (.stances, stances.enumerated().flatMap(stanceRow)),
      (.stanceCitations, stances.enumerated().flatMap { links($0, $1.citations, below: citations.count) }),
    ]
  }

  /// Rows of number and edges.
  func spans(_ spans: [TextSpan]) -> [SQLValue] { spans.enumerated().flatMap { head($0, $1) } }

  private func rows<A: Annotation>(_ layer: [A], _ cells: (A) -> [SQLValue]) -> [SQLValue] {
    layer.enumerated().flatMap { head($0, $1.span) + cells($1) }
  }
  private func head(_ index: Int, _ span: TextSpan) -> [SQLValue] { [.integer(index + 1)] + edges(span) }
  private func edges(_ span: TextSpan) -> [SQLValue] {
    let edges = text.edges(span)
    return [.integer(edges.start), .integer(edges.end)]
  }
  private func string(_ span: TextSpan) -> SQLValue { .text(text.string(in: span)) }

  private var sentenceCount: Int { document.count(of: Sentence.layer) }
  private func reference(_ index: Int?) -> SQLValue {
    guard let index, (0..<entityCount).contains(index) else { return .null }
    return .integer(index + 1)
  }
  /// Pairs of an entry and those of another layer to which it refers, each once.
  private func links(_ index: Int, _ others: [Int], below count: Int) -> [SQLValue] {
    Set(others).sorted().filter { (0..<count).contains($0) }.flatMap { [.integer(index + 1), .integer($0 + 1)] }
  }

  private func blockCells(_ block: Block) -> [SQLValue] {
    [
      .text(block.kind.rawValue), SQLValue(block.level), SQLValue(block.source.map { Int($0.start) }),
      SQLValue(block.source.map { Int($0.end) }),
    ]
  }

  private func entityCells(_ entity: Entity) -> [SQLValue] {
    let candidates = entity.candidates.map { candidate -> JSONValue in
      ["actor": .string(candidate.actor), "score": .number(candidate.score)]
    }
    return [
      .text(entity.type.rawValue), string(entity.span), SQLValue(entity.actor), SQLValue(entity.kind?.rawValue),
      SQLValue(entity.via?.rawValue), SQLValue(entity.role), DocumentRows.json(.array(candidates)),
    ]
  }

  private func sourceRows(_ index: Int, _ citation: Citation) -> [SQLValue] {
    citation.sources.enumerated().flatMap { number, source in
      [.integer(index + 1), .integer(number + 1)]
        + [source.outlet, source.date, source.url, source.country, source.type].map { SQLValue($0) }
    }
  }

  private func stanceRow(_ index: Int, _ stance: Stance) -> [SQLValue] {
    var holder: SQLValue = .null
    if case .entity(let entity) = stance.holder { holder = reference(entity) }
    return [.integer(index + 1), holder] + target(stance.target) + [
      SQLValue(stance.issue), .text(stance.polarity.rawValue), .integer(stance.strength), .text(stance.mode.rawValue),
      .integer(stance.hedged ? 1 : 0), .integer(stance.negated ? 1 : 0),
    ] + edges(stance.evidence) + [string(stance.evidence), reference(stance.speaker), .real(stance.confidence)]
  }

  /// The entity, or null; the edges of the target and its text.
  private func target(_ target: Stance.Target) -> [SQLValue] {
    switch target {
    case .issue(let span): return [.null] + edges(span) + [string(span)]
    case .entity(let index):
      let entities = document[Entity.self]
      guard entities.indices.contains(index) else { return [.null, .null, .null, .text("")] }
      return [reference(index)] + edges(entities[index].span) + [string(entities[index].span)]
    }
  }
}
