/// A field that is missing or not of its type.
public struct FieldProblem: Error, CustomStringConvertible {
  /// The field's name.
  public var field: String
  /// Reads on from `wants`: `an integer`.
  public var wanted: String
  public init(_ field: String, wanted: String) { (self.field, self.wanted) = (field, wanted) }
  public var description: String { "field \"\(field)\" wants \(wanted)" }
}

/// The fields of one annotation from outside, read by name and type.
///
/// Each function returns nil for a missing field or null, and throws ``FieldProblem`` where the value
/// is of another type. The names are few, so a search from the front beats a dictionary.
///
/// ```swift
/// let fields = FieldReader([NamedValue("verb", .string("froze")), NamedValue("year", .integer(2012))])
/// let verb = try fields.string("verb").required("verb")  // "froze"
/// let place = try fields.string("place")  // nil
/// ```
public struct FieldReader: Sendable {
  let values: [NamedValue]
  public init(_ values: [NamedValue]) { self.values = values }

  /// The field's value as it came; null where it is missing.
  public subscript(name: String) -> FieldValue { values.first { $0.name == name }?.value ?? .null }

  /// A string.
  /// - Throws: ``FieldProblem`` for another type.
  public func string(_ name: String) throws -> String? {
    switch self[name] {
    case .null: nil
    case .string(let value): value
    default: throw FieldProblem(name, wanted: "a string")
    }
  }
  /// A whole number.
  /// - Throws: ``FieldProblem`` for another type.
  public func integer(_ name: String) throws -> Int? {
    switch self[name] {
    case .null: nil
    case .integer(let value): value
    default: throw FieldProblem(name, wanted: "an integer")
    }
  }
  /// A number, whole or not.
  /// - Throws: ``FieldProblem`` for another type.
  public func number(_ name: String) throws -> Double? {
    switch self[name] {
    case .null: nil
    case .number(let value): value
    case .integer(let value): Double(value)
    default: throw FieldProblem(name, wanted: "a number")
    }
  }
  /// True or false.
  /// - Throws: ``FieldProblem`` for another type.
  public func boolean(_ name: String) throws -> Bool? {
    switch self[name] {
    case .null: nil
    case .boolean(let value): value
    default: throw FieldProblem(name, wanted: "true or false")
    }
  }
  /// A span in UTF-8 bytes of the text, whatever unit it was read in.
  /// - Throws: ``FieldProblem`` for another type.
  public func span(_ name: String) throws -> TextSpan? {
    switch self[name] {
    case .null: nil
    case .span(let value): value
    default: throw FieldProblem(name, wanted: "a span: {\"start\": …, \"end\": …}")
    }
  }
  /// The index of an entry of another layer.
  /// - Throws: ``FieldProblem`` for another type or layer.
  public func reference(_ name: String, to layer: LayerName) throws -> Int? {
    switch self[name] {
    case .null: nil
    case .reference(layer, let index): index
    default: throw FieldProblem(name, wanted: "an identifier of \(layer)")
    }
  }
  /// A case of an enumeration by its raw value.
  /// - Throws: ``FieldProblem`` for another type or an unknown value.
  public func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _: Choice.Type) throws -> Choice?
  where Choice.RawValue == String {
    guard let text = try string(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw FieldProblem(name, wanted: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }
  /// A list; empty where the field is missing.
  /// - Throws: ``FieldProblem`` for another type.
  public func list(_ name: String) throws -> [FieldValue] {
    switch self[name] {
    case .null: []
    case .list(let values): values
    default: throw FieldProblem(name, wanted: "a list")
    }
  }
  /// The entries of a list of objects, each with a reader of its own.
  public func objects(_ name: String) throws -> [FieldReader] {
    try list(name).map {
      guard case .object(let values) = $0 else { throw FieldProblem(name, wanted: "a list of objects") }
      return FieldReader(values)
    }
  }
}

extension Optional {
  /// The value of a field that must be there.
  /// - Throws: ``FieldProblem`` where it is not.
  public func required(_ name: String) throws -> Wrapped {
    guard let self else { throw FieldProblem(name, wanted: "a value") }
    return self
  }
}
