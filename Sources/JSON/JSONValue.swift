/// A JSON value. Objects keep the order of their keys.
///
/// ```swift
/// let value = try JSONValue(parsing: #"{"id": "a", "n": [1, 2]}"#)
/// value["id"]?.string  // "a"
/// value["n"]?[1]?.integer  // 2
/// ```
public enum JSONValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  /// A number without fraction and exponent that fits 64 bits.
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])

  /// How deeply arrays and objects may stand in each other; a deeper text is refused.
  public static let depthLimit = 512
}

/// A key of an object with its value.
public struct JSONMember: Sendable, Hashable {
  public var key: String
  public var value: JSONValue
  public init(_ key: String, _ value: JSONValue) { (self.key, self.value) = (key, value) }
}

extension JSONValue {
  /// The value of a key; the last one where a key stands twice, as most readers have it.
  public subscript(key: String) -> JSONValue? { members?.last { $0.key == key }?.value }
  /// The element of an array; nil beyond its end.
  public subscript(index: Int) -> JSONValue? {
    guard let elements, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  public var isNull: Bool { self == .null }
  public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// A number, whether it is written with a fraction or not.
  public var number: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var elements: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
  public var members: [JSONMember]? { if case .object(let members) = self { members } else { nil } }

  /// What kind of value it is, as a message says it: `a string`.
  public var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "true or false"
    case .integer: "an integer"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral values: JSONValue...) { self = .array(values) }
  /// Keeps the order in which the keys are written.
  public init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members.map { JSONMember($0, $1) }) }
}
