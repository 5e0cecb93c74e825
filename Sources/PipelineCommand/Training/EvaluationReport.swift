import AnnotatedData
import DocumentRecord
import JSON
import PipelineKit

/// An evaluation as a table, and as JSON.
struct EvaluationReport {
  let evaluation: Evaluation
  let stage: String
  let texts: Int
  let failed: Int
  let colors: Bool

  var text: String {
    var rows = [["", "precision", "recall", "F1", "gold", "found", "right"]]
    for layer in evaluation.layers {
      rows.append(row(layer.name.description, layer.score))
      for (label, score) in layer.sortedLabels { rows.append(row("  " + (label.isEmpty ? "(none)" : label), score)) }
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let table = rows.map { row in
      row.enumerated().map { column, cell in
        column == 0 ? cell.padded(to: widths[column]) : cell.leftPadded(to: widths[column])
      }.joined(separator: "  ") + "\n"
    }
    return printable(table.joined()) + mistakes
  }

  private func row(_ name: String, _ score: SpanScore) -> [String] {
    [
      name, percent(score.precision), percent(score.recall), percent(score.f1), grouped(score.gold),
      grouped(score.found), grouped(score.right),
    ]
  }

  private var mistakes: String {
    let lines = evaluation.mistakes.map { mistake in
      let place = Ink.faint.on(printable(mistake.text.place.description), if: colors)
      let ink: Ink = mistake.kind == .missed ? .red : mistake.kind == .label ? .magenta : .yellow
      let kind = Ink.bold.on(mistake.kind.rawValue, if: colors)
      return "\(place)  \(kind) \(printable(mistake.what)): \(mistake.context(ink, colors: colors))\n"
    }
    return lines.isEmpty ? "" : "\n" + lines.joined()
  }

  var json: String {
    var writer = JSONWriter()
    var members: [JSONMember] = [
      JSONMember("stage", .string(stage)), JSONMember("texts", .integer(texts)),
      JSONMember("failed", .integer(failed)),
      JSONMember("layers", .object(evaluation.layers.map { JSONMember($0.name.description, json(of: $0)) })),
    ]
    if !evaluation.mistakes.isEmpty { members.append(JSONMember("errors", .array(evaluation.mistakes.map(\.json)))) }
    writer.value(.object(members))
    return writer.text
  }

  private func json(of layer: Evaluation.Layer) -> JSONValue {
    guard layer.hasLabels else { return .object(json(of: layer.score)) }
    let labels = layer.sortedLabels.map { JSONMember($0.key, .object(json(of: $0.value))) }
    return .object(json(of: layer.score) + [JSONMember("labels", .object(labels))])
  }

  private func json(of score: SpanScore) -> [JSONMember] {
    [
      JSONMember("precision", .number(score.precision)), JSONMember("recall", .number(score.recall)),
      JSONMember("f1", .number(score.f1)), JSONMember("gold", .integer(score.gold)),
      JSONMember("found", .integer(score.found)), JSONMember("right", .integer(score.right)),
    ]
  }
}

extension Evaluation.Layer {
  /// The most frequent in the files first.
  var sortedLabels: [(key: String, value: SpanScore)] {
    labels.sorted { ($1.value.gold, $0.key) < ($0.value.gold, $1.key) }
  }
}

extension Mistake {
  /// So many characters are shown before and behind a place, and of each end of a long one.
  private static let shown = 40

  /// `entities PER`, or `entities LOC for ORG` where the stage gave ORG the label LOC.
  var what: String {
    let labels = kind == .label ? "\(found) for \(gold)" : gold + found
    return layer.description + (labels.isEmpty ? "" : " " + labels)
  }

  /// The place in its surroundings, on one line.
  func context(_ ink: Ink, colors: Bool) -> String {
    let utf8 = text.text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: Int(span.start))
    let end = utf8.index(utf8.startIndex, offsetBy: Int(span.end))
    let before = text.text[..<start]
    let marked = text.text[start..<end]
    let behind = text.text[end...]
    var middle = oneLine(marked)
    if marked.count > Self.shown * 2 {
      middle = oneLine(marked.prefix(Self.shown)) + "…" + oneLine(marked.suffix(Self.shown))
    }
    return (before.count > Self.shown ? "…" : "") + oneLine(before.suffix(Self.shown))
      + Ink.bold.on(ink.on("‹\(middle)›", if: colors), if: colors)
      + oneLine(behind.prefix(Self.shown)) + (behind.count > Self.shown ? "…" : "")
  }

  private func oneLine(_ text: Substring) -> String {
    printable(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
  }

  var json: JSONValue {
    let offsets = TextOffsets(Array(text.text.utf8), unit: .codepoint)
    return [
      "kind": .string(kind.rawValue), "layer": .string(layer.description), "place": .string(text.place.description),
      "id": .string(text.id), "start": .integer(offsets.unit(atByte: Int(span.start))),
      "end": .integer(offsets.unit(atByte: Int(span.end))), "gold": gold.isEmpty ? .null : .string(gold),
      "found": found.isEmpty ? .null : .string(found), "text": .string(text.document.text(in: span)),
    ]
  }
}
