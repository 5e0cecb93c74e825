import JSON
import PipelineKit
import TextDecoding

/// Which keys of a record hold what.
struct RecordFields: Sendable {
  /// Metadata keys and `text` and `id`, each with the key that the pipeline file names for it.
  private let mapped: [(field: String, key: String)]

  init(_ map: [String: String]) { mapped = map.sorted { $0.key < $1.key }.map { (field: $0.key, key: $0.value) } }

  /// What is tried where the map has no word.
  private static let usual: [(field: String, keys: [String])] = [
    ("text", ["text"]), ("id", ["id"]), ("title", ["title"]), ("authors", ["authors", "author"]),
    ("publication", ["publication"]), ("volume", ["volume"]), ("issue", ["issue"]),
    ("published", ["published", "date"]), ("modified", ["modified"]), ("language", ["language"]),
    ("url", ["url", "link"]), ("section", ["section"]), ("tags", ["tags"]),
  ]

  /// The content of a line.
  /// - Throws: ``UnreadableDocument`` with the line where it is no such record.
  func content(of line: [UInt8], encoding: String?) throws -> RawContent {
    do {
      let record = try parse(line, encoding: encoding)
      let text = BlockText(try self.text(of: record))
      var content = RawContent(bytes: line, text: (text.text, text.blocks), metadata: try metadata(of: record))
      content.id = try value(of: "id", in: record).flatMap { try strings(of: $0.value, key: $0.key).first }
      return content
    } catch { throw UnreadableDocument(bytes: line, reason: "\(error)") }
  }

  private func parse(_ line: [UInt8], encoding: String?) throws -> JSONValue {
    let record =
      if encoding == nil, let record = try parseUTF8(line) { record } else {
        try JSONValue(parsing: decode(line, transport: encoding).text)
      }
    guard record.members != nil else { throw ReadProblem("wants an object on each line, not \(record.kind)") }
    return record
  }

  /// Nil for a line that isn't UTF-8, which is asked only where the parser stumbles.
  private func parseUTF8(_ line: [UInt8]) throws -> JSONValue? {
    do { return try JSONValue(parsing: line) } catch {
      if String(validating: line, as: UTF8.self) == nil { return nil }
      throw error
    }
  }

  private func text(of record: JSONValue) throws -> String {
    guard let (key, value) = value(of: "text", in: record) else {
      let wanted = mapped.first { $0.field == "text" }?.key ?? "text"
      throw ReadProblem("the record has no key \"\(wanted)\"; name the one with the text in map: { text: … }")
    }
    if value.isNull { return "" }
    guard let text = value.string else { throw ReadProblem("key \"\(key)\" wants a string, not \(value.kind)") }
    return text
  }

  private func metadata(of record: JSONValue) throws -> Metadata {
    var metadata = Metadata()
    let further = mapped.map(\.field).filter { field in !Self.usual.contains { $0.field == field } }
    for field in Self.usual.map(\.field) + further where field != "text" && field != "id" {
      guard let (jsonKey, value) = value(of: field, in: record) else { continue }
      let key = MetadataKey(field)
      let values = try strings(of: value, key: jsonKey)
      if key == .published || key == .modified {
        metadata.set(key, date: values.joined(separator: ", "), from: "record")
      } else if key.isList || values.count < 2 {
        metadata.set(key, list: values.filter { !$0.isEmpty }, from: "record")
      } else {
        metadata.set(key, values.joined(separator: ", "), from: "record")
      }
    }
    return metadata
  }

  /// The value for a field with its key; nil where the record has none.
  private func value(of field: String, in record: JSONValue) -> (key: String, value: JSONValue)? {
    if let key = mapped.first(where: { $0.field == field })?.key {
      return find(key, in: record).map { (key, $0) }
    }
    for key in Self.usual.first(where: { $0.field == field })?.keys ?? [] {
      if let value = record[key] { return (key, value) }
    }
    return nil
  }

  /// A key as it is written, or else the way into objects that its dots describe.
  private func find(_ key: String, in record: JSONValue) -> JSONValue? {
    if let value = record[key] { return value }
    var value = record
    for part in key.split(separator: ".") {
      guard let next = value[String(part)] else { return nil }
      value = next
    }
    return value
  }

  private func strings(of value: JSONValue, key: String) throws -> [String] {
    switch value {
    case .null: return []
    case .string(let text): return [text]
    case .integer(let number): return [String(number)]
    case .number(let number): return [String(number)]
    case .boolean(let flag): return [String(flag)]
    case .array(let elements): return try elements.flatMap { try strings(of: $0, key: key) }
    case .object:
      // Many records describe their authors as objects.
      if let name = value["name"]?.string { return [name] }
      throw ReadProblem("key \"\(key)\" wants a string or a list of them, not \(value.kind)")
    }
  }
}
