import DocumentRecord
import JSON
import PipelineKit

/// The files' texts with our entities, a line each on standard output, in the order of the files.
func predictEntities(_ stage: EntityStage) throws {
  var workers = try (stage.before + [stage.entities]).map(anyWorker(of:))
  for text in stage.texts { print(prediction(text.id, try workers.annotated(text.document))) }
}

/// Spans in code points and types, the form of the gold files.
private func prediction(_ id: String, _ document: Document) -> String {
  let offsets = TextOffsets(Array(document.text.utf8), unit: .codepoint)
  let entities = document[Entity.self].map { entity -> JSONValue in
    [
      .integer(offsets.unit(atByte: Int(entity.span.start))), .integer(offsets.unit(atByte: Int(entity.span.end))),
      .string(entity.type.rawValue),
    ]
  }
  var json = JSONWriter()
  json.value(["id": .string(id), "entities": .array(entities)])
  return json.text
}
