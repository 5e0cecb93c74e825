public import JSON
public import PipelineKit

/// Reads records of `pipeline.document/1`, in whichever unit they state.
///
/// Layers with a known type are read by its declared fields; keys that the type does not know are passed
/// over, since the schema may gain some. Any other key whose value is a list of objects is a layer of
/// ``NamedAnnotation``s, whose `{"start": …, "end": …}` values are spans.
///
/// ```swift
/// let document = try RecordDecoder().document(parsing: line)
/// ```
public struct RecordDecoder: Sendable {
  /// The types of layers beside the standard ones.
  public var types: [any ReadableAnnotation.Type]
  public init(types: [any ReadableAnnotation.Type] = []) { self.types = types }

  /// The document of a line.
  /// - Throws: ``JSONProblem`` or ``RecordProblem``.
  public func document(parsing line: some Collection<UInt8>) throws -> Document {
    try document(from: JSONValue(parsing: line))
  }

  /// The document of a record. It has no original bytes.
  public func document(from record: JSONValue) throws(RecordProblem) -> Document {
    guard let members = record.members else { throw RecordProblem("", "wants an object, not \(record.kind)") }
    guard record["schema"]?.string == RecordKeys.schema else {
      throw RecordProblem("schema", "wants \"\(RecordKeys.schema)\"")
    }
    guard let id = record["id"]?.string else { throw RecordProblem("id", "wants a string") }
    var document = Document(
      id: id, origin: try origin(record["source"] ?? .null, id: id),
      metadata: try metadata(record["metadata"] ?? .null, from: record["metadata_from"] ?? .null))
    if let value = record["text"], value != .null {
      guard let text = value.string else { throw RecordProblem("text", "wants a string, not \(value.kind)") }
      // A new document has no text yet, so that this can't fail.
      try? document.write(text: text, blocks: [])
      if record["blocks"] == nil { document.remove(Block.layer) }
    }
    let isOwn = { (key: String) in key == "actors" || !RecordKeys.reserved.contains(key) }
    let layers = members.filter { isOwn($0.key) && (isKnown($0.key) || $0.value.isLayer) }
    try assign(layers, to: &document, offsets: unit(record["offsets"] ?? .null))
    return document
  }

  /// Assigns layers that a stage in another language gave, and `actors` where it is among them.
  ///
  /// References may point into layers that the document has already, and into each other.
  /// - Throws: ``RecordProblem``; the document is then as it was.
  public func assign(_ layers: [JSONMember], to document: inout Document, offsets: OffsetUnit) throws(RecordProblem) {
    var result = document
    let text = RecordText(document.text, unit: offsets)
    let references = References(layers: layers, document: document)
    for member in layers where member.key != "actors" {
      guard !RecordKeys.reserved.contains(member.key) else {
        throw RecordProblem(member.key, "is a key of every record and can't be a layer; give it another name")
      }
      let reader = LayerReader(name: LayerName(member.key), text: text, unit: offsets, references: references)
      try reader.assign(member.value, as: type(of: member.key), to: &result)
    }
    if let actors = layers.last(where: { $0.key == "actors" }) { result.actors = try Self.actors(actors.value) }
    document = result
  }

  private func type(of name: String) -> (any ReadableAnnotation.Type)? {
    StandardLayers.type(of: LayerName(name)) ?? types.first { $0.layer.description == name }
  }
  private func isKnown(_ name: String) -> Bool { name == "actors" || type(of: name) != nil }

  private func unit(_ value: JSONValue) throws(RecordProblem) -> OffsetUnit {
    guard let unit = value.string.flatMap(OffsetUnit.init(rawValue:)) else {
      throw RecordProblem("offsets", "wants one of " + OffsetUnit.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return unit
  }

  private func origin(_ source: JSONValue, id: String) throws(RecordProblem) -> Origin {
    guard source == .null || source.members != nil else {
      throw RecordProblem("source", "wants an object, not \(source.kind)")
    }
    return Origin(
      uri: source["uri"]?.string ?? id, mediaType: MediaType(source["media_type"]?.string ?? "text/plain"),
      byteCount: max(0, source["bytes"]?.integer ?? 0), sha256: source["sha256"]?.string ?? "")
  }

  /// The metadata of a record.
  package func metadata(_ values: JSONValue, from origins: JSONValue) throws(RecordProblem) -> Metadata {
    guard values == .null || values.members != nil else {
      throw RecordProblem("metadata", "wants an object, not \(values.kind)")
    }
    var metadata = Metadata()
    for member in values.members ?? [] {
      let texts = (member.value.elements ?? [member.value]).filter { $0 != .null }.map(\.metadataText)
      metadata.set(MetadataKey(member.key), list: texts, from: origins[member.key]?.string ?? "record")
    }
    return metadata
  }

  private static func actors(_ value: JSONValue) throws(RecordProblem) -> [Actor] {
    guard let members = value.members else { throw RecordProblem("actors", "wants an object, not \(value.kind)") }
    var actors: [Actor] = []
    for member in members {
      guard let name = member.value["name"]?.string else {
        throw RecordProblem("actors.\(member.key).name", "wants a string")
      }
      guard let kind = member.value["kind"]?.string.flatMap(ActorKind.init(rawValue:)) else {
        let names = ActorKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw RecordProblem("actors.\(member.key).kind", "wants one of \(names)")
      }
      actors.append(Actor(id: member.key, name: name, kind: kind, serves: member.value["serves"]?.string))
    }
    return actors.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
  }
}

extension JSONValue {
  /// Whether a key that nobody declared can be a layer.
  fileprivate var isLayer: Bool { elements?.allSatisfy { $0.members != nil } == true }

  /// Metadata are strings; a record of somebody else's may hold numbers.
  fileprivate var metadataText: String { string ?? String(decoding: bytes(), as: UTF8.self) }
}
