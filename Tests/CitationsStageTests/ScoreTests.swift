import CitationsStage
import PipelineKit
import PipelineTesting
import Testing

/// How a citation stands in the tables: its sources and the sentences that it supports.
func words(_ citation: Citation) -> String {
  let sources = citation.sources.map { source in
    var fields = [source.outlet, source.date, source.country, source.type].map { $0 ?? "-" }
    // A semicolon parts sources.
    if let url = source.url { fields.append(url.replacing(";", with: "%3B")) }
    return fields.joined(separator: "|")
  }
  return (citation.kind == .crossReference ? "see " : "") + sources.joined(separator: ";") + " @"
    + citation.supports.map(String.init).joined(separator: ",")
}

/// What was right, found and wanted.
struct Score {
  var right = 0
  var found = 0
  var wanted = 0

  /// Counts equal elements, each as often as it stands in both.
  mutating func add(found: [String], wanted: [String]) {
    var left: [String: Int] = [:]
    for one in wanted { left[one, default: 0] += 1 }
    for one in found where left[one, default: 0] > 0 {
      left[one, default: 0] -= 1
      right += 1
    }
    self.found += found.count
    self.wanted += wanted.count
  }

  var f1: Double { found + wanted == 0 ? 1 : 2 * Double(right) / Double(found + wanted) }
  var line: String {
    func percent(_ of: Int) -> String { of == 0 ? "-" : String((Double(right) / Double(of) * 1000).rounded() / 10) }
    return "precision \(percent(found))  recall \(percent(wanted))  F1 \((f1 * 1000).rounded() / 10)  (\(wanted))"
  }
}

/// One side of a case, taken apart: each field of each citation with where it stands.
struct CitationFields {
  var parts: [String: [String]] = [:]

  init(_ spans: [TextSpan], _ citations: String) {
    let lines = citations.isEmpty ? [] : citations.split(separator: " // ").map(String.init)
    for (span, line) in zip(spans, lines) {
      let place = "\(span.start)-\(span.end) "
      let isReference = line.hasPrefix("see ")
      let halves = line.dropFirst(isReference ? 4 : 0).split(separator: " @", omittingEmptySubsequences: false)
      parts["span and kind", default: []].append(place + (isReference ? "reference" : "source"))
      parts["supports", default: []].append(place + (halves.last ?? ""))
      for source in halves[0].split(separator: ";") {
        let fields = source.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count >= 4 else {
          Issue.record("not four fields: \(line)")
          continue
        }
        parts["outlet", default: []].append(place + fields[0])
        if fields[1] != "-" { parts["date", default: []].append(place + fields[1]) }
        if fields[2] != "-" || fields[3] != "-" {
          parts["country and type", default: []].append(place + fields[2] + fields[3])
        }
        if fields.count > 4 { parts["url", default: []].append(place + fields[4]) }
      }
    }
  }
}

@Suite("Scores")
struct ScoreTests {
  private static let names = ["span and kind", "outlet", "date", "url", "country and type", "supports"]

  /// The halves b and d are read by nobody while rules are written, c and d are by another hand; the floors are what
  /// was measured.
  @Test(
    "of citations stay where they were measured",
    arguments: [
      ("cases-a", [1, 1, 1, 1, 1, 1.0]), ("cases-b", [1, 0.99, 1, 1, 0.99, 1]),
      ("cases-c", [1, 1, 1, 1, 1, 1]), ("cases-d", [0.99, 0.98, 0.99, 0.92, 0.99, 0.99]),
    ])
  func citations(file: String, floors: [Double]) throws {
    var scores = [Score](repeating: Score(), count: Self.names.count)
    for one in try Case.all(file) {
      let (document, spans) = try one.annotated()
      let citations = document[Citation.self]
      let found = CitationFields(citations.map(\.span), citations.map(words).joined(separator: " // "))
      let wanted = CitationFields(spans, one.expected)
      for (index, name) in Self.names.enumerated() {
        scores[index].add(found: found.parts[name] ?? [], wanted: wanted.parts[name] ?? [])
      }
    }
    for (index, name) in Self.names.enumerated() {
      print("\(file)  \(name): \(scores[index].line)")
      #expect(scores[index].f1 >= floors[index], "\(file), \(name): \(scores[index].line)")
    }
  }

  @Test(
    "of dates stay where they were measured",
    arguments: [
      ("dates-a", 1, 1.0), ("dates-b", 1, 1), ("dates-c", 0.97, 0.96), ("dates-d", 0.99, 0.97),
    ])
  func dates(file: String, spanFloor: Double, floor: Double) throws {
    var spanScore = Score()
    var score = Score()
    for one in try Case.all(file) {
      let (document, spans) = try one.annotated()
      let dates = document[DateMention.self]
      let places = { (span: TextSpan) in "\(span.start)-\(span.end)" }
      spanScore.add(found: dates.map { places($0.span) }, wanted: spans.map(places))
      let values = one.expected.split(separator: " ")
      score.add(
        found: dates.map { places($0.span) + " " + $0.value },
        wanted: zip(spans, values).map { places($0) + " " + $1 })
    }
    print("\(file)  span: \(spanScore.line)")
    print("\(file)  span and value: \(score.line)")
    #expect(spanScore.f1 >= spanFloor, "\(file): \(spanScore.line)")
    #expect(score.f1 >= floor, "\(file): \(score.line)")
  }
}
