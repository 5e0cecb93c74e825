/// The type of an option, from which messages, the reference and the JSON Schema are made.
public indirect enum OptionSchema: Hashable, Sendable {
  case string, integer, number, boolean, duration, byteCount, path
  case choice([String])
  case list(OptionSchema)
  case map(OptionSchema)
  case optional(OptionSchema)
  case either([OptionSchema])
  /// A value of that type within limits.
  case limited(OptionSchema, words: String, minimum: Double?, maximum: Double?)

  /// The type in words, as a message says it: `an integer`.
  public var words: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .number: "a number"
    case .boolean: "true or false"
    case .duration: "a duration such as 500ms, 60s, 5m or 1h"
    case .byteCount: "a size such as 512kB, 64MB or 2GB"
    case .path: "a path"
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .list(let element): "a list, each entry \(element.words)"
    case .map(let element): "keys with values, each \(element.words)"
    case .optional(let wrapped): wrapped.words + ", or null"
    case .either(let types): types.map(\.words).joined(separator: ", or ")
    case .limited(let type, let words, _, _): "\(type.words) \(words)"
    }
  }
}
