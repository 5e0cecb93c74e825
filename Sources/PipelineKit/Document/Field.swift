/// The declaration of a field of an annotation: for schemas, for columns and for reading it from JSON.
public struct Field: Hashable, Sendable {
  /// The key in records and the name of the column.
  public var name: String
  /// What a reader may expect, and what is refused from outside.
  public var type: FieldType
  /// One sentence for the reference.
  public var summary: String
  public init(_ name: String, _ type: FieldType, _ summary: String) {
    (self.name, self.type, self.summary) = (name, type, summary)
  }
}

/// The type of a field.
public indirect enum FieldType: Hashable, Sendable {
  case string, integer, number, boolean, span
  /// The text under a span; ignored when a layer is read from JSON.
  case text
  /// One of these strings.
  case choice([String])
  /// An entry of that layer.
  case reference(LayerName)
  case list(FieldType)
  case object([Field])
  /// The value or null.
  case optional(FieldType)
  /// A value of one of these types.
  case either([FieldType])

  /// One of an enumeration's raw values.
  public static func choice<Choice: CaseIterable & RawRepresentable>(_: Choice.Type) -> FieldType
  where Choice.RawValue == String { .choice(Choice.allCases.map(\.rawValue)) }
}
