import JSON
import PipelineKit

/// Reads one layer from JSON, by the fields that its type declares or by what is there.
struct LayerReader: Sendable {
  let name: LayerName
  let text: RecordText
  let unit: OffsetUnit
  let references: References

  func assign(
    _ value: JSONValue, as type: (any ReadableAnnotation.Type)?, to document: inout Document
  ) throws(RecordProblem) {
    guard let entries = value.elements else {
      throw RecordProblem(name.description, "wants a list, not \(value.kind)")
    }
    if let type {
      try assign(entries, type, to: &document)
    } else {
      var annotations: [NamedAnnotation] = []
      annotations.reserveCapacity(entries.count)
      for (index, entry) in entries.enumerated() { annotations.append(try named(entry, at: path(index))) }
      document.set(name, to: annotations)
    }
  }

  private func assign<A: ReadableAnnotation>(
    _ entries: [JSONValue], _: A.Type, to document: inout Document
  ) throws(RecordProblem) {
    var annotations: [A] = []
    annotations.reserveCapacity(entries.count)
    for (index, entry) in entries.enumerated() { annotations.append(try typed(entry, at: path(index))) }
    document[A.self] = annotations
  }

  private func path(_ index: Int) -> String { "\(name)[\(index)]" }

  // MARK: By type

  private func typed<A: ReadableAnnotation>(_ entry: JSONValue, at path: String) throws(RecordProblem) -> A {
    guard entry.members != nil else { throw RecordProblem(path, "wants an object, not \(entry.kind)") }
    let values = try fields(A.fields, of: entry, at: path)
    let span: TextSpan
    if A.describesSpan, entry["start"] == nil {
      // The first field that is nothing but a span; a stance's target may be one, its evidence always is.
      let name = A.fields.first { $0.type == .span }?.name ?? "start"
      guard case .span(let own) = FieldReader(values)[name] else {
        throw RecordProblem("\(path).\(name)", "wants \(FieldType.span.words)")
      }
      span = own
    } else {
      span = try self.span(entry, at: path)
    }
    do { return try A(span: span, fields: FieldReader(values)) } catch let problem as FieldProblem {
      throw RecordProblem(path + "." + problem.field, "wants \(problem.wanted)")
    } catch {
      throw RecordProblem(path, "can't be read: \(error)")
    }
  }

  private func fields(_ fields: [Field], of entry: JSONValue, at path: String) throws(RecordProblem) -> [NamedValue] {
    var values: [NamedValue] = []
    values.reserveCapacity(fields.count)
    for field in fields {
      guard field.type != .text, let value = entry[field.name], value != .null else { continue }
      values.append(NamedValue(field.name, try self.value(value, field.type, at: path + "." + field.name)))
    }
    return values
  }

  private func value(_ value: JSONValue, _ type: FieldType, at path: String) throws(RecordProblem) -> FieldValue {
    switch (type, value) {
    case (.optional, .null): return .null
    case (.optional(let wrapped), _): return try self.value(value, wrapped, at: path)
    case (.string, .string(let text)), (.text, .string(let text)): return .string(text)
    case (.integer, .integer(let number)): return .integer(number)
    case (.number, .integer(let number)): return .number(Double(number))
    case (.number, .number(let number)): return .number(number)
    case (.boolean, .boolean(let flag)): return .boolean(flag)
    case (.choice(let names), .string(let text)) where names.contains(text): return .string(text)
    case (.span, .object): return .span(try span(value, at: path))
    case (.reference(let layer), _): return .reference(layer, try references.index(value, in: layer, at: path))
    case (.list(let type), .array(let elements)):
      var values: [FieldValue] = []
      for (index, element) in elements.enumerated() {
        values.append(try self.value(element, type, at: "\(path)[\(index)]"))
      }
      return .list(values)
    case (.object(let fields), .object): return .object(try self.fields(fields, of: value, at: path))
    case (.either(let types), _): return try either(value, types, at: path)
    default: throw RecordProblem(path, "wants \(type.words)")
    }
  }

  /// The value by the first type that takes it. A single type for values of its kind says what is wrong itself.
  private func either(_ value: JSONValue, _ types: [FieldType], at path: String) throws(RecordProblem) -> FieldValue {
    var problem: RecordProblem?
    for type in types {
      do { return try self.value(value, type, at: path) } catch {
        if case (.span, .object) = (type, value) { problem = error }
      }
    }
    throw problem ?? RecordProblem(path, "wants " + types.map(\.words).joined(separator: ", or "))
  }

  // MARK: By what is there

  private func named(_ entry: JSONValue, at path: String) throws(RecordProblem) -> NamedAnnotation {
    guard let members = entry.members else { throw RecordProblem(path, "wants an object, not \(entry.kind)") }
    var values: [NamedValue] = []
    for member in members where member.key != "start" && member.key != "end" {
      values.append(NamedValue(member.key, try any(member.value, at: path + "." + member.key)))
    }
    // A layer whose type describes its span under a name of its own has neither start nor end.
    if entry["start"] == nil, entry["end"] == nil, let span = values.firstSpan {
      return NamedAnnotation(span: span, values: values)
    }
    return NamedAnnotation(span: try span(entry, at: path), values: values)
  }

  private func any(_ value: JSONValue, at path: String) throws(RecordProblem) -> FieldValue {
    switch value {
    case .null: return .null
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .array(let elements):
      var values: [FieldValue] = []
      for (index, element) in elements.enumerated() { values.append(try any(element, at: "\(path)[\(index)]")) }
      return .list(values)
    case .object(let members):
      if members.count == 2, value["start"]?.integer != nil, value["end"]?.integer != nil {
        return .span(try span(value, at: path))
      }
      var values: [NamedValue] = []
      for member in members {
        values.append(NamedValue(member.key, try any(member.value, at: path + "." + member.key)))
      }
      return .object(values)
    }
  }

  // MARK: Spans

  private func span(_ value: JSONValue, at path: String) throws(RecordProblem) -> TextSpan {
    let start = try edge("start", of: value, at: path)
    let end = try edge("end", of: value, at: path)
    guard start <= end else { throw RecordProblem(path, "ends before it starts") }
    return TextSpan(start, end)
  }

  private func edge(_ key: String, of value: JSONValue, at path: String) throws(RecordProblem) -> Int {
    guard let offset = value[key]?.integer else {
      throw RecordProblem("\(path).\(key)", "wants an offset in \(unit.rawValue) units")
    }
    guard let byte = text.offsets.byte(atUnit: offset) else {
      let isInside = offset >= 0 && offset <= text.offsets.count
      throw RecordProblem(
        "\(path).\(key)",
        isInside
          ? "is inside a character: \(offset) in \(unit.rawValue) units"
          : "is outside the text: \(offset), and the text has \(text.offsets.count) \(unit.rawValue) units")
    }
    return byte
  }
}

extension [NamedValue] {
  fileprivate var firstSpan: TextSpan? {
    for value in self { if case .span(let span) = value.value { return span } }
    return nil
  }
}

extension FieldType {
  /// The type in words, as a message says it: `one of PER, ORG, LOC, MISC`.
  var words: String {
    switch self {
    case .string, .text: "a string"
    case .integer: "an integer"
    case .number: "a number"
    case .boolean: "true or false"
    case .span: "a span: {\"start\": …, \"end\": …}"
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .reference(let layer): "an identifier or an index of \(layer)"
    case .list(let element): "a list, each entry \(element.words)"
    case .object(let fields): "an object with " + fields.map(\.name).joined(separator: ", ")
    case .optional(let wrapped): wrapped.words + ", or null"
    case .either(let types): types.map(\.words).joined(separator: ", or ")
    }
  }
}
