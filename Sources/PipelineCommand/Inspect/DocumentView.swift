import PipelineKit

/// One document with its annotations, as a person reads it in a terminal: metadata, the text with entities and
/// citations marked, then stances with their evidence, actors and layers of other stages.
struct DocumentView {
  private let document: Document
  private let colors: Bool

  init(_ document: Document, colors: Bool) { (self.document, self.colors) = (document, colors) }

  var text: String {
    let parts = [head, body, stances, citations, actors, otherLayers]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var head: String {
    var rows = [("id", printable(document.id)), ("source", printable(document.origin.uri))]
    for entry in document.metadata.entries {
      rows.append(
        (
          printable(entry.key.description),
          "\(printable(entry.values.joined(separator: "; ")))  \(Ink.faint.on("(\(printable(entry.from)))", if: colors))"
        ))
    }
    return rows.map { Ink.faint.on($0.0.padded(to: 12), if: colors) + $0.1 + "\n" }.joined()
  }

  private var body: String {
    let painter = MarkPainter(marks: marks, colors: colors)
    let blocks = document[Block.self]
    if blocks.isEmpty { return document.hasText ? "(no text)\n" : "(the text was not read; add clean)\n" }
    return blocks.map { block in
      let prefix =
        switch block.kind {
        case .heading: String(repeating: "#", count: max(1, block.level ?? 1)) + " "
        case .listItem: "- "
        case .quote: "> "
        case .paragraph, .caption, .code, .footnote, .tableCell: ""
        }
      return prefix + painter.text(of: document, in: block.span) + "\n"
    }.joined(separator: "\n")
  }

  private var marks: [MarkPainter.Mark] {
    let entities = document[Entity.self].map { entity in
      let label = [entity.type.rawValue, entity.actor, entity.kind?.rawValue].compactMap { $0 }.joined(separator: " ")
      let ink: Ink =
        switch entity.type {
        case .person: .cyan
        case .organisation: .magenta
        case .location: .green
        case .other: .yellow
        }
      return MarkPainter.Mark(span: entity.span, label: label, ink: ink)
    }
    let citations = document[Citation.self].map { MarkPainter.Mark(span: $0.span, label: "cites", ink: .blue) }
    return entities + citations
  }

  private var stances: String {
    let entities = document[Entity.self]
    func name(_ index: Int) -> String {
      guard entities.indices.contains(index) else { return "?" }
      let entity = entities[index]
      return words(entity.span) + (entity.actor.map { " (\(printable($0)))" } ?? "")
    }
    let lines = document[Stance.self].map { stance in
      let holder = if case .entity(let index) = stance.holder { name(index) } else { "the author" }
      let target: String =
        switch stance.target {
        case .entity(let index): name(index)
        case .issue(let span): "“\(words(span))”"
        }
      let (sign, ink): (String, Ink) =
        switch stance.polarity {
        case .support: ("+\(stance.strength)", .green)
        case .oppose: ("-\(stance.strength)", .red)
        case .neutral: ("=", .yellow)
        }
      let qualities = [stance.mode.rawValue, stance.hedged ? "hedged" : "", stance.negated ? "negated" : ""]
        .filter { !$0.isEmpty }.joined(separator: ", ")
      let speaker = stance.speaker.map { ", by the word of \(name($0))" } ?? ""
      return
        "\(Ink(rawValue: ink.rawValue)?.on(sign, if: colors) ?? sign) \(holder) → \(target)  (\(qualities)\(speaker))\n"
        + "   \(Ink.faint.on("“\(words(stance.evidence))”", if: colors))\n"
    }
    return section("Stances", lines)
  }

  private var citations: String {
    section(
      "Citations",
      document[Citation.self].flatMap { citation in
        citation.sources.map { source in
          let parts = [source.outlet, source.date, source.country, source.url].compactMap { $0 }
          return printable(parts.joined(separator: ", ")) + "\n"
        }
      })
  }

  private var actors: String {
    section(
      "Actors",
      document.actors.map { actor in
        let serves = actor.serves.map { ", serves \($0)" } ?? ""
        return printable("\(actor.id.padded(to: 24))  \(actor.name)  (\(actor.kind.rawValue)\(serves))") + "\n"
      })
  }

  /// Layers that have no place of their own above.
  private var otherLayers: String {
    let shown: Set<LayerName> = [Block.layer, Sentence.layer, Token.layer, Entity.layer, Citation.layer, Stance.layer]
    return document.layerNames.filter { !shown.contains($0) }.map { name in
      var lines: [String] = []
      document.visit(name) { annotation in
        var fields = FieldCollector()
        annotation.describe(to: &fields)
        let values = fields.values.map { "\($0.name) \(plain($0.value))" }.joined(separator: ", ")
        lines.append("“\(words(annotation.span))”" + (values.isEmpty ? "" : "  \(printable(values))") + "\n")
      }
      return section(name.description.prefix(1).uppercased() + name.description.dropFirst(), lines)
    }.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func words(_ span: TextSpan) -> String { printable(document.text(in: span)) }

  private func plain(_ value: FieldValue) -> String {
    switch value {
    case .null: "-"
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): "\(number)"
    case .boolean(let isTrue): isTrue ? "yes" : "no"
    case .span(let span), .text(let span): "“\(document.text(in: span))”"
    case .reference(let layer, let index): "\(layer) \(index + 1)"
    case .list(let values): "[" + values.map(plain).joined(separator: ", ") + "]"
    case .object(let fields): "{" + fields.map { "\($0.name) \(plain($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private func section(_ title: String, _ lines: [String]) -> String {
    lines.isEmpty ? "" : Ink.bold.on(title, if: colors) + "\n" + lines.joined()
  }
}

/// Without control characters, escapes above all: a document must not be able to steer the terminal.
func printable(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 < 32 || $0 == 127 || $0 == 0xC2 }) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let isControl = scalar.value < 32 && scalar != "\n" && scalar != "\t" || (127...159).contains(scalar.value)
    result.append(isControl ? "\u{FFFD}" : scalar)
  }
  return String(result)
}
