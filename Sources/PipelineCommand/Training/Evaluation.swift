import AnnotatedData
import PipelineKit

/// Counts how a stage's layers agree with those of annotated texts, and keeps the first wrong places.
struct Evaluation {
  /// One layer's counts.
  struct Layer {
    var name: LayerName
    /// Whether the files give its annotations labels; where they don't, the stage's are not compared.
    var hasLabels: Bool
    var score = SpanScore()
    var labels: [String: SpanScore] = [:]
  }

  private(set) var layers: [Layer]
  private(set) var mistakes: [Mistake] = []
  private let labels: Set<String>
  private let limit: Int

  /// - Parameters:
  ///   - names: the layers to compare; those that no text holds are left out.
  ///   - labels: annotations with another label are passed over, in layers that have labels; empty for all.
  ///   - mistakes: so many wrong places are kept.
  init(_ names: [LayerName], texts: [AnnotatedText], labels: Set<String> = [], mistakes limit: Int) {
    layers = names.compactMap { name in
      guard texts.contains(where: { $0.layers[name] != nil }) else { return nil }
      return Layer(name: name, hasLabels: texts.contains { $0.layers[name]?.contains { !$0.label.isEmpty } == true })
    }
    (self.labels, self.limit) = (labels, limit)
  }

  /// Counts one text.
  /// - Parameter document: what the stage made of it; nil where it failed, and all is missed.
  mutating func add(_ text: AnnotatedText, _ document: Document?) {
    let bytes = Array(text.text.utf8)
    for index in layers.indices {
      guard let all = text.layers[layers[index].name] else { continue }
      let gold = selected(all, layers[index])
      let found = selected(document.map { Self.spans(layers[index], of: $0, bytes) } ?? [], layers[index])
      layers[index].score.add(found: found, gold: gold)
      if layers[index].hasLabels {
        for label in Set(gold.map(\.label) + found.map(\.label)) {
          layers[index].labels[label, default: SpanScore()].add(
            found: found.filter { $0.label == label }, gold: gold.filter { $0.label == label })
        }
      }
      if mistakes.count < limit {
        let wrong = Mistake.all(in: text, layers[index].name, found: found, gold: gold)
        mistakes += wrong.prefix(limit - mistakes.count)
      }
    }
  }

  private func selected(_ spans: [GoldSpan], _ layer: Layer) -> [GoldSpan] {
    labels.isEmpty || !layer.hasLabels ? spans : spans.filter { labels.contains($0.label) }
  }

  private static func spans(_ layer: Layer, of document: Document, _ bytes: [UInt8]) -> [GoldSpan] {
    var spans: [GoldSpan] = []
    spans.reserveCapacity(document.count(of: layer.name))
    document.visit(layer.name) { annotation in
      let span = trimmed(annotation.span, in: bytes)
      guard !span.isEmpty else { return }
      spans.append(GoldSpan(span, label: layer.hasLabels ? label(of: annotation) : ""))
    }
    return spans
  }

  /// The field that says what kind an annotation is, by the names under which files have it too.
  private static func label(of annotation: some Annotation) -> String {
    var fields = FieldCollector()
    annotation.describe(to: &fields)
    for name in ["type", "label", "kind"] {
      if case .string(let label) = fields.values.first(where: { $0.name == name })?.value { return label }
    }
    return ""
  }
}

/// A place at which a stage and an annotated text differ.
struct Mistake {
  enum Kind: String {
    /// Annotated, and not found.
    case missed
    /// Found, and not annotated.
    case false_ = "false"
    /// Found under another label.
    case label
  }
  var kind: Kind
  var layer: LayerName
  var span: TextSpan
  /// The label in the file; empty for none.
  var gold: String
  /// The label that the stage gave; empty for none.
  var found: String
  var text: AnnotatedText

  /// In the order of the text.
  static func all(in text: AnnotatedText, _ layer: LayerName, found: [GoldSpan], gold: [GoldSpan]) -> [Mistake] {
    let (wanted, given) = (Set(gold), Set(found))
    var labels = Dictionary(found.filter { !wanted.contains($0) }.map { ($0.span, $0.label) }) { first, _ in first }
    var mistakes: [Mistake] = []
    for gold in gold where !given.contains(gold) {
      let other = labels.removeValue(forKey: gold.span)
      mistakes.append(
        Mistake(
          kind: other == nil ? .missed : .label, layer: layer, span: gold.span, gold: gold.label, found: other ?? "",
          text: text))
    }
    for (span, label) in labels {
      mistakes.append(Mistake(kind: .false_, layer: layer, span: span, gold: "", found: label, text: text))
    }
    return mistakes.sorted {
      ($0.span.start, $0.span.end, $0.kind.rawValue) < ($1.span.start, $1.span.end, $1.kind.rawValue)
    }
  }
}
