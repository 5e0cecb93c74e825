public import JSON
import PipelineKit

/// JSON Schemas (draft 2020-12) for editors and validators, made from the declarations of stages and layers.
public enum JSONSchema {
  /// The schema of pipeline files.
  public static func pipelineFile(_ registry: StageRegistry) -> JSONValue {
    let stages = registry.types.map { type -> JSONValue in
      let options = optionSchema(type.init().options)
      let entry: JSONValue = .object([
        .init("type", "object"), .init("description", .string(type.summary)), .init("maxProperties", .integer(1)),
        .init("properties", .object([.init(type.name.description, options)])),
        .init("required", .array([.string(type.name.description)])),
      ])
      let bare: JSONValue = .object([
        .init("const", .string(type.name.description)), .init("description", .string(type.summary)),
      ])
      let isComplete = !type.init().options.contains { $0.option.isRequired }
      return isComplete ? .object([.init("anyOf", .array([bare, entry]))]) : entry
    }
    return .object([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"), .init("title", "A pipeline file"),
      .init("type", "object"), .init("additionalProperties", .boolean(false)), .init("required", .array(["stages"])),
      .init(
        "properties",
        .object([
          .init("pipeline", described("string", "The pipeline's name.")),
          .init("description", described("string", "What the pipeline is for.")),
          .init(
            "params",
            .object([
              .init("type", "object"), .init("description", "Values to use as ${name}."),
              .init("additionalProperties", .object([.init("type", .array(["string", "number", "boolean"]))])),
            ])),
          .init("run", optionSchema(RunOptions().options)),
          .init(
            "stages",
            .object([
              .init("type", "array"), .init("minItems", .integer(2)),
              .init("description", "A source, annotators, and one or more exports."),
              .init("items", .object([.init("anyOf", .array(stages))])),
            ])),
        ])),
    ])
  }

  private static func described(_ type: String, _ text: String) -> JSONValue {
    .object([.init("type", .string(type)), .init("description", .string(text))])
  }

  private static func optionSchema(_ options: [(key: String, option: any AnyOption)]) -> JSONValue {
    let properties = options.map { key, option -> JSONMember in
      var members = Self.members(of: option.schema)
      members.append(.init("description", .string(option.summary)))
      return JSONMember(key, .object(members))
    }
    let required = options.filter(\.option.isRequired).map { JSONValue.string($0.key) }
    var members: [JSONMember] = [
      .init("type", .array(required.isEmpty ? ["object", "null"] : ["object"])),
      .init("additionalProperties", .boolean(false)), .init("properties", .object(properties)),
    ]
    if !required.isEmpty { members.append(.init("required", .array(required))) }
    return .object(members)
  }

  private static func members(of schema: OptionSchema) -> [JSONMember] {
    switch schema {
    case .string, .path: [.init("type", "string")]
    case .integer: [.init("type", "integer")]
    case .number: [.init("type", "number")]
    case .boolean: [.init("type", "boolean")]
    case .duration: [.init("type", "string"), .init("pattern", "^[0-9]+(ms|s|m|h)$")]
    case .byteCount: [.init("type", .array(["string", "integer"])), .init("pattern", "^[0-9]+(B|kB|MB|GB)?$")]
    case .choice(let names): [.init("enum", .array(names.map { .string($0) }))]
    case .list(let element): [.init("type", "array"), .init("items", .object(members(of: element)))]
    case .map(let element): [.init("type", "object"), .init("additionalProperties", .object(members(of: element)))]
    case .optional(let wrapped):
      [.init("anyOf", .array([.object(members(of: wrapped)), .object([.init("type", "null")])]))]
    case .either(let types): [.init("anyOf", .array(types.map { .object(members(of: $0)) }))]
    case .limited(let type, _, let minimum, let maximum):
      members(of: type)
        + [("minimum", minimum), ("maximum", maximum)].compactMap { key, limit in
          limit.map { JSONMember(key, Int(exactly: $0).map { .integer($0) } ?? .number($0)) }
        }
    }
  }
}
