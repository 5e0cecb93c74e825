import CitationsStage
import Foundation
import PipelineKit
import PipelineTesting
import SentencesStage
import Testing

/// A line of a data file: phenomenon, day of the article, marked text, what is expected.
struct Case: CustomTestStringConvertible, Sendable {
  let phenomenon: String
  let day: String
  let marked: String
  let expected: String
  var testDescription: String { "\(phenomenon): \(marked)" }

  init(_ line: Substring) {
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    (phenomenon, day) = (columns[0], columns[1])
    marked = columns[2].replacing(#"\n"#, with: "\n")
    expected = columns.count > 3 ? columns[3] : ""
  }

  static func all(_ file: String) throws -> [Case] {
    let url = try #require(Bundle.module.url(forResource: "Data/" + file, withExtension: "tsv"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map(Case.init)
  }

  /// The document after the stage, and the spans that the marks enclose.
  func annotated() throws -> (document: Document, spans: [TextSpan]) {
    let (text, spans) = unmark(marked)
    return (try annotate(text, published: day == "-" ? nil : day), spans)
  }
}

func annotate(_ text: String, published: String?, with stage: Citations = Citations()) throws -> Document {
  var document = Document.sample(text)
  if let published { document.metadata.set(.published, published, from: "test") }
  document.metadata.set(.publication, "Harbour and Steppe Monitor", from: "test")
  return try stage.annotated(try Sentences().annotated(document))
}

@Suite("Citations")
struct CitationsTests {
  @Test(
    "are found where the cases say, with their sources and the sentences that they support",
    arguments: [("cases-a", 120), ("cases-c", 90)])
  func cases(file: String, count: Int) throws {
    let cases = try Case.all(file)
    #expect(cases.count >= count)
    for one in cases {
      let (document, spans) = try one.annotated()
      let citations = document[Citation.self]
      #expect(citations.map(\.span) == spans, "\(one.phenomenon): \(mark(document.text, citations.map(\.span)))")
      #expect(citations.map(words).joined(separator: " // ") == one.expected, "\(one.phenomenon): \(one.marked)")
    }
  }

  @Test("keep a printed address")
  func addresses() throws {
    let document = try annotate("It fell (https://news.example/396459.html, April 17).", published: "2023-04-20")
    #expect(document[Citation.self].first?.sources.first?.url == "https://news.example/396459.html")
  }

  @Test("vouch for the sentence in which they stand")
  func supports() throws {
    let text = "Prices rose. Output fell (Interfax, March 2). Nobody cared. (Trend, March 3)\n\nThe end."
    #expect(try annotate(text, published: "2012-03-05")[Citation.self].map(\.supports) == [[1], [2]])
  }

  @Test("vouch for the sentence before them where another stage made them sentences of their own")
  func supportsBefore() throws {
    var document = Document.sample("Output fell. (Trend, March 3) Prices rose.\n\n(Trend, March 4)")
    document[Sentence.self] = [(0, 12), (13, 29), (30, 42), (44, 60)].map { Sentence(span: TextSpan($0, $1)) }
    #expect(try Citations().annotated(document)[Citation.self].map(\.supports) == [[0], [3]])
  }

  @Test(
    "take the year before for dates farther ahead than the leeway", arguments: [(0, "2011-03-06"), (1, "2012-03-06")])
  func leeway(days: Int, date: String) throws {
    var stage = Citations()
    stage.leeway = days
    let document = try annotate("It fell (Interfax, March 6).", published: "2012-03-05", with: stage)
    #expect(document[Citation.self].first?.sources.first?.date == date)
  }

  @Test(
    "have no year where the article's date is none",
    arguments: ["9999-12-31", "+123-01-01", "0001-01-01", "1330500000", "99999-01-01", "x", "2012x"])
  func oddDates(published: String) throws {
    let document = try annotate("It fell in April (Interfax, March 6).", published: published)
    #expect(document[Citation.self].first?.sources.first?.date == "--03-06")
    #expect(document[DateMention.self].map(\.value) == ["--04"])
  }

  @Test("pass the contract battery")
  func contract() throws {
    let documents = try Case.all("cases-a").map { try annotate($0.marked, published: "2012-03-05") }
    let found = try violations(of: Citations(), on: documents) { $0 = try Sentences().annotated($0) }
    #expect(found.isEmpty)
  }

  @Test(
    "take time in proportion to the text",
    arguments: [
      "(", "((((", "([", "(A, ", "March 3, ", "(Interfax, March 3; ", "2012 ", "7", ",", "(,,,,,,,,,,,,,,,,,,,,)",
      "the end of ", "on Tuesday ", "last ", "two weeks ", "12:30 ", "Telegram channel ",
    ])
  func linear(piece: String) throws {
    func seconds(_ count: Int) throws -> Double {
      var document = Document.sample(String(repeating: piece, count: count / piece.utf8.count))
      document[Sentence.self] = document[Block.self].map { Sentence(span: $0.span) }
      let clock = ContinuousClock()
      let times = try (0..<3).map { _ in try clock.measure { _ = try Citations().annotated(document) } }
      let best = times.min() ?? .zero
      return Double(best.components.attoseconds) / 1e18 + Double(best.components.seconds)
    }
    #expect(try seconds(80_000) < 128 * max(seconds(5_000), 0.0005))
  }
}

@Suite("Dates")
struct DatesTests {
  @Test("are found where the cases say, as precise as known")
  func cases() throws {
    let cases = try Case.all("dates-a")
    #expect(cases.count >= 50)
    for one in cases {
      let (document, spans) = try one.annotated()
      let dates = document[DateMention.self]
      #expect(dates.map(\.span) == spans, "\(one.phenomenon): \(mark(document.text, dates.map(\.span)))")
      #expect(dates.map(\.value).joined(separator: " ") == one.expected, "\(one.phenomenon)")
    }
  }
}
