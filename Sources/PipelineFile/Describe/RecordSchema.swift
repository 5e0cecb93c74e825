public import JSON
import PipelineKit

extension JSONSchema {
  /// The schema of one line of `export.jsonl`, made from the fields that the standard layers declare.
  /// Layers of other stages stand beside them under their own keys, with at least `start` and `end`.
  public static var record: JSONValue {
    var properties: [JSONMember] = [
      .init("schema", ["const": "pipeline.document/1"]), .init("id", ["type": "string"]),
      .init("offsets", ["enum": ["codepoint", "utf8", "utf16"]]),
      .init("source", object([("uri", string), ("media_type", string), ("bytes", integer), ("sha256", string)])),
      .init("metadata", metadata),
      .init("metadata_from", ["type": "object", "additionalProperties": string]),
      .init("text", string),
    ]
    for type in StandardLayers.all { properties.append(.init(type.layer.description, list(of: type))) }
    properties.append(.init("actors", ["type": "object", "additionalProperties": actor]))
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "pipeline.document/1", "type": "object",
      "required": ["schema", "id", "offsets", "source", "metadata", "metadata_from"],
      "properties": .object(properties), "additionalProperties": list(items: span),
    ]
  }

  private static let string: JSONValue = ["type": "string"]
  private static let integer: JSONValue = ["type": "integer"]
  private static let span = object([("start", integer), ("end", integer)])
  private static let actor: JSONValue = object([
    ("name", string), ("kind", ["enum": .array(ActorKind.allCases.map { .string($0.rawValue) })]),
    ("serves", optional(string)),
  ])
  private static var metadata: JSONValue {
    .object([
      .init("type", "object"),
      .init(
        "properties",
        .object(
          MetadataKey.standard.map {
            JSONMember($0.description, $0.isList ? ["type": "array", "items": string] : optional(string))
          })),
    ])
  }

  private static func list(of type: any ReadableAnnotation.Type) -> JSONValue {
    var fields = type.describesSpan ? [] : [("start", integer), ("end", integer)]
    if type.idPrefix != nil { fields.append(("id", string)) }
    return list(items: object(fields + type.fields.map { ($0.name, described($0)) }))
  }

  private static func described(_ field: Field) -> JSONValue {
    guard case .object(let members) = schema(of: field.type) else { return true }
    return .object(members + [.init("description", .string(field.summary))])
  }

  private static func schema(of type: FieldType) -> JSONValue {
    switch type {
    case .string, .text: string
    case .integer: integer
    case .number: ["type": "number"]
    case .boolean: ["type": "boolean"]
    case .span: span
    case .choice(let names): ["enum": .array(names.map { .string($0) })]
    case .reference(let layer): StandardLayers.type(of: layer)?.idPrefix == nil ? integer : string
    case .list(let element): ["type": "array", "items": schema(of: element)]
    case .object(let fields): object(fields.map { ($0.name, described($0)) })
    case .optional(let wrapped): optional(schema(of: wrapped))
    case .either(let types): ["anyOf": .array(types.map { schema(of: $0) })]
    }
  }

  private static func list(items: JSONValue) -> JSONValue { ["type": "array", "items": items] }
  private static func optional(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }
  private static func object(_ fields: [(String, JSONValue)]) -> JSONValue {
    .object([
      .init("type", "object"), .init("properties", .object(fields.map { JSONMember($0.0, $0.1) })),
      .init("required", .array(fields.map { .string($0.0) })),
    ])
  }
}
