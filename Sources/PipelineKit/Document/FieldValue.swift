/// A value that an annotation hands to an export, or that one from outside brought along.
public enum FieldValue: Hashable, Sendable {
  case null
  case string(String)
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  /// A further span of the text, in UTF-8 bytes; an export writes it in its own unit.
  case span(TextSpan)
  /// The text that the span covers; an export copies it from the document.
  case text(TextSpan)
  /// An entry of a layer of the same document by its index; an export writes its identifier.
  case reference(LayerName, Int)
  case list([FieldValue])
  case object([NamedValue])
}

/// A field's name and value.
public struct NamedValue: Hashable, Sendable {
  public var name: String
  public var value: FieldValue
  public init(_ name: String, _ value: FieldValue) { (self.name, self.value) = (name, value) }
}

/// What a sink implements to write the fields of annotations, also of types that it has never heard of.
///
/// ```swift
/// struct Names: FieldVisitor {
///   var names: [String] = []
///   mutating func field(_ name: String, _ value: FieldValue) { names.append(name) }
/// }
/// ```
public protocol FieldVisitor {
  /// Takes one field. Called in the same order of names for each annotation of a layer.
  mutating func field(_ name: String, _ value: FieldValue)
}

/// What an annotation hands over most: a value of a Swift type, nil as null.
extension FieldVisitor {
  public mutating func field(_ name: String, _ value: String?) { field(name, value.map { .string($0) } ?? .null) }
  public mutating func field(_ name: String, _ value: Int?) { field(name, value.map { .integer($0) } ?? .null) }
  public mutating func field(_ name: String, _ value: Double?) { field(name, value.map { .number($0) } ?? .null) }
  public mutating func field(_ name: String, _ value: Bool) { field(name, .boolean(value)) }
  public mutating func field(_ name: String, _ value: TextSpan?) { field(name, value.map { .span($0) } ?? .null) }
  public mutating func field(_ name: String, _ values: [String]) { field(name, .list(values.map { .string($0) })) }
  public mutating func field<Choice: RawRepresentable>(_ name: String, _ value: Choice?)
  where Choice.RawValue == String {
    field(name, value.map { .string($0.rawValue) } ?? .null)
  }
}

/// Collects the fields of one annotation, for code that wants them as values.
public struct FieldCollector: FieldVisitor {
  /// In the order in which they came.
  public private(set) var values: [NamedValue] = []
  public init() {}
  public mutating func field(_ name: String, _ value: FieldValue) { values.append(NamedValue(name, value)) }
}
