// One line of `export.jsonl`. Each layer goes through the fields that its annotations hand over; tokens and
// sentences, which are many and only spans, take a short way. Linear in text and layers: a text of 6 kB with
// 1,000 tokens, 60 entities and 12 stances takes 0.15 ms, a quarter of it for the tokens.

public import JSON
public import PipelineKit

/// Writes documents as records of `pipeline.document/1`.
///
/// ```swift
/// let line = try RecordEncoder(offsets: .codepoint).line(of: document)
/// ```
public struct RecordEncoder: Sendable {
  public var offsets: OffsetUnit
  /// The only layers to be written; nil for all.
  public var layers: [LayerName]?
  /// Layers that are left out.
  public var omitted: [LayerName]

  public init(offsets: OffsetUnit = .codepoint, layers: [LayerName]? = nil, omitting omitted: [LayerName] = []) {
    (self.offsets, self.layers, self.omitted) = (offsets, layers, omitted)
  }

  /// The document as one line of JSON with its line break.
  /// - Throws: ``RecordProblem`` for a layer whose name is a key of every record.
  public func line(of document: Document) throws(RecordProblem) -> [UInt8] {
    var json = JSONWriter(capacity: sizeEstimate(of: document))
    try write(document, to: &json)
    json.newline()
    return json.bytes
  }

  /// Enough bytes for most documents, so that the line seldom moves while it grows.
  private func sizeEstimate(of document: Document) -> Int {
    document.layerNames.reduce(2048 + document.text.utf8.count) { size, name in
      let entry = name == Token.layer || name == Sentence.layer ? 26 : 280
      return size + (omitted.contains(name) ? 0 : entry * document.count(of: name))
    }
  }

  /// Writes the document as an object.
  /// - Throws: ``RecordProblem`` for a layer whose name is a key of every record.
  public func write(_ document: Document, to json: inout JSONWriter) throws(RecordProblem) {
    json.beginObject()
    writeHead(document, to: &json)
    let text = RecordText(document.text, unit: offsets)
    if document.hasText {
      json.key("text")
      json.string(utf8: text.bytes.span)
    }
    var writer = LayerWriter(document: document, text: text, json: json)
    for name in try names(in: document) {
      writer.json.key(name.description)
      writer.writeLayer(name)
      if name == Entity.layer { writer.writeActors() }
    }
    json = writer.json
    json.endObject()
  }

  /// The layers to be written: the standard ones in the record's order, then the others in the document's.
  private func names(in document: Document) throws(RecordProblem) -> [LayerName] {
    let standard = StandardLayers.all.map { $0.layer }
    let present = document.layerNames
    let names = standard.filter(present.contains) + present.filter { !standard.contains($0) }
    for name in names where RecordKeys.reserved.contains(name.description) {
      throw RecordProblem(name.description, "is a key of every record and can't be a layer; give it another name")
    }
    return names.filter { layers?.contains($0) != false && !omitted.contains($0) }
  }

  private func writeHead(_ document: Document, to json: inout JSONWriter) {
    json.key("schema")
    json.string(RecordKeys.schema)
    json.key("id")
    json.string(document.id)
    json.key("offsets")
    json.string(offsets.rawValue)
    json.key("source")
    json.beginObject()
    json.key("uri")
    json.string(document.origin.uri)
    json.key("media_type")
    json.string(document.origin.mediaType.description)
    json.key("bytes")
    json.integer(document.origin.byteCount)
    json.key("sha256")
    if document.origin.sha256.isEmpty { json.null() } else { json.string(document.origin.sha256) }
    json.endObject()
    document.metadata.write(to: &json)
  }
}

extension Metadata {
  /// The standard keys, null or `[]` where unknown, then the others; and where each value came from.
  func write(to json: inout JSONWriter) {
    let others = entries.filter { !MetadataKey.standard.contains($0.key) }
    json.key("metadata")
    json.beginObject()
    for key in MetadataKey.standard {
      json.key(key.description)
      if key.isList {
        json.strings(list(key))
      } else if let value = self[key] {
        json.string(value)
      } else {
        json.null()
      }
    }
    for entry in others {
      json.key(entry.key.description)
      if entry.values.count == 1 { json.string(entry.values[0]) } else { json.strings(entry.values) }
    }
    json.endObject()
    json.key("metadata_from")
    json.beginObject()
    for entry in MetadataKey.standard.compactMap(entry) + others {
      json.key(entry.key.description)
      json.string(entry.from)
    }
    json.endObject()
  }
}

extension JSONWriter {
  mutating func strings(_ values: [String]) {
    beginArray()
    for value in values { string(value) }
    endArray()
  }
}
