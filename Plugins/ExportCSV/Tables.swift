import DocumentRecord
import JSON
import PipelineKit

/// The rows of one document, cells by column.
struct RowTable: Sendable {
  var columns: [String]
  var rows: [[Cell]]
  /// Whether all fields are declared, so that later documents have the same columns.
  var isComplete = true
}

// MARK: Documents

let documentColumns =
  ["document", "uri", "media_type", "bytes", "sha256"] + MetadataKey.standard.map(\.description)
  + ["other_metadata", "metadata_from", "text"]

func documentTable(_ document: Document) -> RowTable {
  let (origin, metadata) = (document.origin, document.metadata)
  let others = metadata.entries.filter { !MetadataKey.standard.contains($0.key) }
  let head: [Cell] = [
    .text(document.id), .text(origin.uri), .text(origin.mediaType.description), Cell(origin.byteCount),
    origin.sha256.isEmpty ? .null : .text(origin.sha256),
  ]
  let standard = MetadataKey.standard.map { key in
    key.isList ? json(.array(metadata.list(key).map { .string($0) })) : Cell(metadata[key])
  }
  let tail = [
    json(.object(others.map { JSONMember($0.key.description, .array($0.values.map { .string($0) })) })),
    json(.object(metadata.entries.map { JSONMember($0.key.description, .string($0.from)) })),
    document.hasText ? .text(document.text) : .null,
  ]
  return RowTable(columns: documentColumns, rows: [head + standard + tail])
}

private func json(_ value: JSONValue) -> Cell { .text(String(decoding: value.bytes(), as: UTF8.self)) }

// MARK: Layers

/// The columns in front of the fields': the document, the entry's identifier or index, its edges and its text.
private func headColumns(prefix: String?, hasText: Bool) -> [String] {
  ["document", prefix == nil ? "index" : "id", "start", "end"] + (hasText ? [] : ["text"])
}

func layerColumns(prefix: String?, fields: [Field]) -> [String] {
  let head = headColumns(prefix: prefix, hasText: fields.contains(where: textField))
  return head + FlatColumn.declared(fields).map { columnName($0, head) }
}

private func textField(_ field: Field) -> Bool { field.name == "text" && field.type == .text }

/// A field's column; one that is called like a column in front of it gets `field_` before its name.
private func columnName(_ column: FlatColumn, _ head: [String]) -> String {
  head.contains(column.name) ? "field_" + column.name : column.name
}

func layerTable(_ name: LayerName, _ document: Document, _ text: RecordText) -> RowTable {
  let fields = document.fields(of: name)
  let prefix = document.idPrefix(of: name)
  let hasText = fields.contains(where: textField)
  let head = headColumns(prefix: prefix, hasText: hasText)
  var columns = layerColumns(prefix: prefix, fields: fields)
  let isStandard = StandardLayers.type(of: name) != nil
  var table = RowTable(columns: columns, rows: [], isComplete: isStandard || !fields.isEmpty)
  var places = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  var flat = FlatAnnotation(document: document, text: text)
  document.visit(name) { annotation in
    flat.take(annotation)
    let edges = text.edges(annotation.span)
    let index = table.rows.count
    var row: [Cell] = [
      .text(document.id), prefix.map { .plain(RecordKeys.identifier($0, index)) } ?? Cell(index), Cell(edges.start),
      Cell(edges.end),
    ]
    if !hasText { row.append(.text(text.string(in: annotation.span))) }
    row += Array(repeating: .null, count: columns.count - row.count)
    for cell in flat.cells {
      let column = columnName(cell.column, head)
      if let place = places[column] {
        row[place] = Cell(cell.value, in: document)
      } else {
        places[column] = columns.count
        columns.append(column)
        row.append(Cell(cell.value, in: document))
      }
    }
    table.rows.append(row)
  }
  table.columns = columns
  return table
}

extension Cell {
  fileprivate init(_ value: FlatValue, in document: Document) {
    switch value {
    case .null: self = .null
    case .string(let text), .json(let text): self = .text(text)
    case .integer(let number): self = Cell(number)
    case .number(let number): self = number.isFinite ? .plain(number.description) : .null
    case .boolean(let flag): self = .plain(flag ? "true" : "false")
    case .reference(let layer, let index):
      self = .plain(document.idPrefix(of: layer).map { RecordKeys.identifier($0, index) } ?? String(index))
    }
  }
}

// MARK: Stances

let stanceColumns = [
  "document", "published", "holder", "holder_text", "holder_actor", "target", "target_text", "target_actor",
  "target_start", "target_end", "issue", "polarity", "strength", "mode", "hedged", "negated", "evidence_start",
  "evidence_end", "evidence_text", "speaker", "speaker_text", "speaker_actor", "citations", "confidence",
]

/// Stances with what they refer to beside them, so that a row can be read alone.
func stanceTable(_ document: Document, _ text: RecordText) -> RowTable {
  let entities = document[Entity.self]
  let prefix = Entity.idPrefix ?? ""
  /// The identifier of an entity, its text and its actor.
  func cells(_ index: Int?) -> [Cell] {
    guard let index, entities.indices.contains(index) else { return [.null, .null, .null] }
    return [
      .plain(RecordKeys.identifier(prefix, index)), .text(text.string(in: entities[index].span)),
      Cell(entities[index].actor),
    ]
  }
  func edges(_ span: TextSpan) -> [Cell] {
    let edges = text.edges(span)
    return [Cell(edges.start), Cell(edges.end)]
  }
  let rows = document[Stance.self].map { stance -> [Cell] in
    var row: [Cell] = [.text(document.id), Cell(document.metadata[.published])]
    switch stance.holder {
    case .entity(let index): row += cells(index)
    case .author: row += [.plain("author"), .plain("author"), .null]
    }
    switch stance.target {
    case .entity(let index):
      row += cells(index) + (entities.indices.contains(index) ? edges(entities[index].span) : [.null, .null])
    case .issue(let span): row += [.null, .text(text.string(in: span)), .null] + edges(span)
    }
    let citations = stance.citations.map { JSONValue.string(RecordKeys.identifier(Citation.idPrefix ?? "", $0)) }
    row += [
      Cell(stance.issue), .plain(stance.polarity.rawValue), Cell(stance.strength), .plain(stance.mode.rawValue),
      .plain(String(stance.hedged)), .plain(String(stance.negated)),
    ]
    row += edges(stance.evidence) + [.text(text.string(in: stance.evidence))] + cells(stance.speaker)
    return row + [json(.array(citations)), .plain(stance.confidence.description)]
  }
  return RowTable(columns: stanceColumns, rows: rows)
}
