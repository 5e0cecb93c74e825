public import JSON
public import PipelineKit

/// Writes layers of one document as JSON; its visitor part takes the fields of an annotation.
public struct LayerWriter: FieldVisitor {
  public var json: JSONWriter
  private let document: Document
  private let text: RecordText
  /// The prefixes asked for so far; a document has few layers that are referred to.
  private var prefixes: [(layer: LayerName, prefix: String?)] = []

  public init(document: Document, text: RecordText, json: JSONWriter = JSONWriter()) {
    (self.document, self.text, self.json) = (document, text, json)
  }

  /// Writes a layer as a list.
  public mutating func writeLayer(_ name: LayerName) {
    json.beginArray()
    switch document.type(of: name) {
    case .some(is Token.Type): for token in document[Token.self] { writeBare(token.span) }
    case .some(is Sentence.Type): for sentence in document[Sentence.self] { writeBare(sentence.span) }
    case .some(let type): writeTyped(type)
    case .none: writeNamed(name)
    }
    json.endArray()
  }

  private mutating func writeTyped<A: Annotation>(_: A.Type) {
    var index = 0
    for annotation in document[A.self] {
      json.beginObject()
      if let prefix = A.idPrefix { writeIdentifier(prefix, index) }
      if !A.describesSpan { writeEdges(annotation.span) }
      annotation.describe(to: &self)
      json.endObject()
      index += 1
    }
  }

  private mutating func writeNamed(_ name: LayerName) {
    var entries: [NamedAnnotation] = []
    document.visit(name) { if let entry = $0 as? NamedAnnotation { entries.append(entry) } }
    let prefix = document.idPrefix(of: name)
    for (index, entry) in entries.enumerated() {
      json.beginObject()
      var values = entry.values[...]
      // An identifier of the entry's own stays in front, where typed layers have theirs.
      if let first = values.first, first.name == "id" {
        field(first.name, first.value)
        values.removeFirst()
      } else if let prefix {
        writeIdentifier(prefix, index)
      }
      writeEdges(entry.span)
      for value in values { field(value.name, value.value) }
      json.endObject()
    }
  }

  private mutating func writeIdentifier(_ prefix: String, _ index: Int) {
    json.key("id")
    json.string(RecordKeys.identifier(prefix, index))
  }

  /// Writes whom the entities stand for, by identifier.
  mutating func writeActors() {
    json.key("actors")
    json.beginObject()
    for actor in document.actors {
      json.key(actor.id)
      json.beginObject()
      json.key("name")
      json.string(actor.name)
      json.key("kind")
      json.string(actor.kind.rawValue)
      json.key("serves")
      if let state = actor.serves { json.string(state) } else { json.null() }
      json.endObject()
    }
    json.endObject()
  }

  /// Takes a field of an annotation.
  public mutating func field(_ name: String, _ value: FieldValue) {
    json.key(name)
    write(value)
  }

  /// Writes one value. Recursive: values from outside are at most ``JSONValue/depthLimit`` deep.
  public mutating func write(_ value: FieldValue) {
    switch value {
    case .null: json.null()
    case .string(let value): json.string(value)
    case .integer(let value): json.integer(value)
    case .number(let value): json.number(value)
    case .boolean(let value): json.boolean(value)
    case .span(let span): writeBare(span)
    case .text(let span): json.string(utf8: text.slice(span).span)
    case .reference(let layer, let index): writeReference(layer, index)
    case .list(let values):
      json.beginArray()
      for value in values { write(value) }
      json.endArray()
    case .object(let values):
      json.beginObject()
      for value in values { field(value.name, value.value) }
      json.endObject()
    }
  }

  private mutating func writeBare(_ span: TextSpan) {
    json.beginObject()
    writeEdges(span)
    json.endObject()
  }
  private mutating func writeEdges(_ span: TextSpan) {
    json.member("start", text.offsets.unit(atByte: Int(span.start)))
    json.member("end", text.offsets.unit(atByte: Int(span.end)))
  }

  private mutating func writeReference(_ layer: LayerName, _ index: Int) {
    if let prefix = prefix(of: layer) {
      json.string(RecordKeys.identifier(prefix, index))
    } else {
      json.integer(index)
    }
  }
  private mutating func prefix(of layer: LayerName) -> String? {
    if let known = prefixes.first(where: { $0.layer == layer }) { return known.prefix }
    let prefix = document.idPrefix(of: layer)
    prefixes.append((layer, prefix))
    return prefix
  }
}
