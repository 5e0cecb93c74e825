import DocumentRecord
import JSON
import PipelineKit
import SQLite

/// The rows of one document, made ready on a worker; what is left to the writer is to bind them.
public struct DocumentRows: Sendable {
  let id: String
  /// The document's own row without its number.
  let document: [SQLValue]
  let actors: [Actor]
  /// Actors that entities name and that the document has no entry for.
  let namelessActors: [String]
  /// For each table its rows without the document, one behind the other.
  private(set) var standard: [(table: Table, values: [SQLValue])] = []
  private(set) var custom: [CustomRows] = []

  init(_ document: Document, offsets: OffsetUnit, tokens: Bool) throws {
    let text = RecordText(document.text, unit: offsets)
    let entities = document[Entity.self]
    id = document.id
    self.document = Self.row(of: document)
    actors = document.actors
    var known = Set(document.actors.map(\.id))
    namelessActors = entities.compactMap(\.actor).filter { known.insert($0).inserted }
    for name in document.layerNames {
      if StandardLayers.type(of: name) == nil {
        custom.append(CustomRows(name, of: document, text: text))
      } else if document.type(of: name) == nil, document.count(of: name) > 0 {
        throw RecordProblem(name.description, "is a standard layer, but its entries are not of the standard type")
      }
    }
    let rows = LayerRows(document: document, text: text, entityCount: entities.count)
    standard = rows.standard(entities: entities, actors: known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    if tokens { standard.append((.tokens, rows.spans(document[Token.self].map(\.span)))) }
  }

  private static func row(of document: Document) -> [SQLValue] {
    let metadata = document.metadata
    let origin = document.origin
    let scalars: [MetadataKey] = [
      .title, .publication, .volume, .issue, .published, .modified, .language, .url, .section,
    ]
    let others = metadata.entries.filter { !MetadataKey.standard.contains($0.key) }
    let values: JSONValue = .object(
      others.map { JSONMember($0.key.description, .array($0.values.map { .string($0) })) })
    let origins: JSONValue = .object(metadata.entries.map { JSONMember($0.key.description, .string($0.from)) })
    return [
      .text(document.id), .text(origin.uri), .text(origin.mediaType.description), .integer(origin.byteCount),
      origin.sha256.isEmpty ? .null : .text(origin.sha256),
    ] + scalars.map { SQLValue(metadata[$0]) } + [
      json(.array(metadata.list(.tags).map { .string($0) })), json(values), json(origins),
      document.hasText ? .text(document.text) : .null,
    ]
  }

  static func json(_ value: JSONValue) -> SQLValue { .text(String(decoding: value.bytes(), as: UTF8.self)) }
}

/// The rows of a layer that this program has no table for.
struct CustomRows: Sendable {
  let layer: LayerName
  /// Those of declared fields, then others as they were found.
  private(set) var columns: [FlatColumn]
  /// For each entry its edges, and its values by column.
  private(set) var rows: [(start: Int, end: Int, cells: [(column: Int, value: SQLValue)])] = []

  init(_ layer: LayerName, of document: Document, text: RecordText) {
    self.layer = layer
    var columns = FlatColumn.declared(document.fields(of: layer))
    var places = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var rows = rows
    var flat = FlatAnnotation(document: document, text: text)
    document.visit(layer) { annotation in
      flat.take(annotation)
      let cells = flat.cells.map { cell in
        if let place = places[cell.column] { return (place, SQLValue(cell.value)) }
        places[cell.column] = columns.count
        columns.append(cell.column)
        return (columns.count - 1, SQLValue(cell.value))
      }
      let edges = text.edges(annotation.span)
      rows.append((edges.start, edges.end, cells))
    }
    (self.columns, self.rows) = (columns, rows)
  }
}

extension SQLValue {
  init(_ value: FlatValue) {
    switch value {
    case .null: self = .null
    case .string(let text), .json(let text): self = .text(text)
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .real(number)
    case .boolean(let flag): self = .integer(flag ? 1 : 0)
    // Entries are numbered from 1 in tables.
    case .reference(_, let index): self = .integer(index + 1)
    }
  }
}
