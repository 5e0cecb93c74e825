import DocumentRecord
import JSON
import PipelineKit

/// Reads JSON lines: an object a line with `text`, perhaps `id`, and layers by their names.
///
/// An annotation is `[start, end]`, `[start, end, label]`, or an object with `start`, `end` and perhaps a label under
/// `type`, `label` or `kind`, so that a result of `export.jsonl` can be read too. Offsets are code points, unless the
/// record's `offsets` says otherwise. `metadata` is an object as there; `language` may also stand beside the text.
struct JSONLinesReader: DataReader {
  let file: String
  let layers: [LayerName]
  let keys: [String: String]

  func take(_ bytes: [UInt8], _ line: DataLines.Line, into file: inout AnnotatedFile) {
    guard bytes[line.range].contains(where: { !isBlank($0) }) else { return }
    let place = DataPlace(self.file, line: line.number)
    do throws(GoldProblem) {
      file.texts.append(try text(of: bytes[line.range], place))
    } catch {
      file.problems.append(DataProblem(place, error.message))
    }
  }
  func finish(into file: inout AnnotatedFile) {}

  private func key(_ name: String) -> String { keys[name] ?? name }

  private func text(of line: ArraySlice<UInt8>, _ place: DataPlace) throws(GoldProblem) -> AnnotatedText {
    let record: JSONValue
    do { record = try JSONValue(parsing: line) } catch {
      throw GoldProblem("\(error); write one whole object on each line")
    }
    guard record.members != nil else { throw GoldProblem("wants an object, not \(record.kind)") }
    guard let text = record[key("text")]?.string else {
      let isThere = record[key("text")].map { "\"\(key("text"))\" wants a string, not \($0.kind)" }
      throw GoldProblem((isThere ?? "has no \"\(key("text"))\"") + "; put the text there as a string")
    }
    let source = RecordText(text, unit: try unit(record["offsets"]))
    var layers: [LayerName: [GoldSpan]] = [:]
    for layer in self.layers { layers[layer] = try spans(of: key(layer.description), in: record, source) }
    let blocks = try spans(of: key("blocks"), in: record, source)?.map {
      Block(span: $0.span, kind: Block.Kind(rawValue: $0.label) ?? .paragraph)
    }
    return AnnotatedText(
      id: identifier(record[key("id")]) ?? place.description, place: place, text: text,
      metadata: try metadata(of: record), blocks: blocks ?? paragraphs(of: source.bytes), layers: layers)
  }

  private func metadata(of record: JSONValue) throws(GoldProblem) -> Metadata {
    do {
      var metadata = try RecordDecoder().metadata(record["metadata"] ?? .null, from: record["metadata_from"] ?? .null)
      if let language = record["language"]?.string { metadata.set(.language, language, from: "record") }
      return metadata
    } catch { throw GoldProblem("\(error)") }
  }

  private func identifier(_ value: JSONValue?) -> String? { value?.string ?? value?.integer.map { String($0) } }

  private func unit(_ value: JSONValue?) throws(GoldProblem) -> OffsetUnit {
    guard let value, !value.isNull else { return .codepoint }
    guard let unit = value.string.flatMap(OffsetUnit.init(rawValue:)) else {
      throw GoldProblem("\"offsets\" wants one of " + OffsetUnit.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return unit
  }

  /// The annotations under a key; nil where the record has none.
  private func spans(
    of key: String, in record: JSONValue, _ text: RecordText
  ) throws(GoldProblem) -> [GoldSpan]? {
    guard let value = record[key], !value.isNull else { return nil }
    guard let entries = value.elements else {
      throw GoldProblem("\"\(key)\" wants a list of annotations, not \(value.kind)")
    }
    var layer = GoldLayer(key)
    for (index, entry) in entries.enumerated() {
      let name = "\(key)[\(index)]"
      let (start, end, label) = try parts(of: entry, name)
      guard start <= end else { throw GoldProblem("\(name) ends before it starts; write start and then end") }
      let span = TextSpan(try byte(start, name, text), try byte(end, name, text))
      try layer.add(span, label: label, at: index, in: text.bytes)
    }
    return try layer.sorted()
  }

  private func parts(of entry: JSONValue, _ name: String) throws(GoldProblem) -> (Int, Int, String) {
    let start = entry[0] ?? entry["start"]
    let end = entry[1] ?? entry["end"]
    guard let start = start?.integer, let end = end?.integer, (entry.elements?.count ?? 0) <= 3 else {
      throw GoldProblem("\(name) wants [start, end], [start, end, label] or an object with start and end")
    }
    guard let label = entry[2] ?? entry["type"] ?? entry["label"] ?? entry["kind"], !label.isNull else {
      return (start, end, "")
    }
    guard let label = label.string else { throw GoldProblem("\(name) wants a string as its label, not \(label.kind)") }
    return (start, end, label)
  }

  private func byte(_ offset: Int, _ name: String, _ text: RecordText) throws(GoldProblem) -> Int {
    if let byte = text.offsets.byte(atUnit: offset) { return byte }
    guard offset < 0 || offset > text.offsets.count else {
      throw GoldProblem("\(name) cuts a character at \(offset); give offsets in code points")
    }
    throw GoldProblem(
      "\(name) is outside the text: \(offset), and the text ends at \(text.offsets.count);"
        + " count code points from 0, the end not included")
  }
}
