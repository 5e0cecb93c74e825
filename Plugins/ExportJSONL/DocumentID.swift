import DocumentRecord
import JSON
import PipelineKit

/// The identifier of a line of an older file. Lines of our own begin with it, so that they need not be read whole.
@Sendable func documentID(of line: [UInt8]) throws -> String {
  if let id = identifier(ofRecord: line) { return id }
  let record = try JSONValue(parsing: line)
  guard record["schema"]?.string == RecordKeys.schema else {
    throw RecordProblem("schema", "is not \"\(RecordKeys.schema)\"")
  }
  guard let id = record["id"]?.string else { throw RecordProblem("id", "wants a string") }
  return id
}

/// Standard layers among those chosen whose entries refer to layers that are not: nobody could read them.
func danglingReferences(among names: [String]?) -> [(layer: LayerName, other: LayerName)] {
  guard let names else { return [] }
  return StandardLayers.all.filter { names.contains($0.layer.description) }.flatMap { type in
    var others: [LayerName] = []
    for other in type.fields.flatMap({ references(in: $0.type) })
    where !names.contains(other.description) && !others.contains(other) { others.append(other) }
    return others.map { (type.layer, $0) }
  }
}

private func references(in type: FieldType) -> [LayerName] {
  switch type {
  case .reference(let layer): [layer]
  case .list(let type), .optional(let type): references(in: type)
  case .either(let types): types.flatMap(references)
  case .object(let fields): fields.flatMap { references(in: $0.type) }
  default: []
  }
}
