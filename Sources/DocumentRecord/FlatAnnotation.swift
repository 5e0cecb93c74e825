public import PipelineKit

/// A column of a table of annotations: a field, or one edge of a field that is a span.
public struct FlatColumn: Hashable, Sendable {
  public enum Part: String, Sendable { case value, start, end }
  public var field: String
  public var part: Part
  public init(_ field: String, _ part: Part = .value) { (self.field, self.part) = (field, part) }

  /// The field's name, with `_start` or `_end` for an edge.
  public var name: String { part == .value ? field : field + "_" + part.rawValue }

  /// The columns of declared fields, in their order.
  public static func declared(_ fields: [Field]) -> [FlatColumn] { fields.flatMap { columns($0.name, $0.type) } }

  private static func columns(_ name: String, _ type: FieldType) -> [FlatColumn] {
    switch type {
    case .span: [FlatColumn(name, .start), FlatColumn(name, .end)]
    case .optional(let wrapped): columns(name, wrapped)
    case .either(let types):
      types.flatMap { columns(name, $0) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    default: [FlatColumn(name)]
    }
  }
}

/// What stands in one cell.
public enum FlatValue: Hashable, Sendable {
  case null
  case string(String)
  /// A list or an object, as JSON.
  case json(String)
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  /// An entry of a layer by its index.
  case reference(LayerName, Int)
}

/// Takes the fields of annotations apart into cells, for exports that write tables.
///
/// Spans become two cells in the text's unit, the text under a span one; lists and objects are JSON as a
/// record of the document would have it.
public struct FlatAnnotation: FieldVisitor {
  /// The cells of the annotation taken last, in the order of its fields.
  public private(set) var cells: [(column: FlatColumn, value: FlatValue)] = []
  private let text: RecordText
  private let document: Document

  public init(document: Document, text: RecordText) { (self.document, self.text) = (document, text) }

  /// Replaces the cells by those of another annotation.
  public mutating func take(_ annotation: some Annotation) {
    cells.removeAll(keepingCapacity: true)
    annotation.describe(to: &self)
  }

  public mutating func field(_ name: String, _ value: FieldValue) {
    switch value {
    case .span(let span):
      cells.append((FlatColumn(name, .start), .integer(text.offsets.unit(atByte: Int(span.start)))))
      cells.append((FlatColumn(name, .end), .integer(text.offsets.unit(atByte: Int(span.end)))))
    case .list, .object:
      var writer = LayerWriter(document: document, text: text)
      writer.write(value)
      cells.append((FlatColumn(name), .json(writer.json.text)))
    default: cells.append((FlatColumn(name), Self.cell(value, text)))
    }
  }

  private static func cell(_ value: FieldValue, _ text: RecordText) -> FlatValue {
    switch value {
    case .string(let value): .string(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .boolean(let value): .boolean(value)
    case .text(let span): .string(text.string(in: span))
    case .reference(let layer, let index): .reference(layer, index)
    case .null, .span, .list, .object: .null
    }
  }
}

extension Document {
  /// The declared fields of a layer's type; none where it has no type.
  public func fields(of layer: LayerName) -> [Field] { type(of: layer)?.fields ?? [] }
  /// Whether a layer's annotations hand over their span under a name of its own.
  public func describesSpan(_ layer: LayerName) -> Bool { type(of: layer)?.describesSpan ?? false }
}
