import Foundation
import PipelineKit
import PipelineTesting
import SentencesStage
import Testing

/// A case of a data file: what it is about, the text, and the offsets in UTF-8 at which something is cut.
struct Case: CustomTestStringConvertible, Sendable {
  let phenomenon: String
  let text: String
  let cuts: Set<Int>
  var testDescription: String { "\(phenomenon): \(text)" }

  init(_ line: Substring) {
    let columns = line.split(separator: "\t", maxSplits: 1)
    phenomenon = String(columns[0])
    let marked = columns[1].replacing(#"\n"#, with: "\n").replacing("~", with: "\u{A0}")
    var text = ""
    var cuts: Set<Int> = []
    for character in marked { if character == "¦" { cuts.insert(text.utf8.count) } else { text.append(character) } }
    (self.text, self.cuts) = (text, cuts)
  }

  /// The document of a case, in a language.
  func document(_ language: String) -> Document {
    var document = Document.sample(text)
    document.metadata.set(.language, language, from: "test")
    return document
  }

  /// Files of English cases by theme, `tokens` not among them.
  static let themes = [
    "abbreviations", "numbers", "addresses", "ellipses", "quotations", "citations", "lists", "legal", "web", "scripts",
    "news",
  ]

  static func all(_ file: String) throws -> [Case] {
    let url = try #require(Bundle.module.url(forResource: "Data/" + file, withExtension: "txt"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(
      Case.init)
  }
}

@Suite("Sentences")
struct SentencesTests {
  @Test(
    "end where the cases say",
    arguments: [("en", "sentences"), ("ru", "ru/sentences")] + Case.themes.map { ("en", "en/" + $0) })
  func cases(language: String, file: String) throws {
    let cases = try Case.all(file)
    #expect(cases.count >= 15)
    for one in cases {
      let document = try Sentences().annotated(one.document(language))
      let found = document[Sentence.self].map { document.text(in: $0.span) }
      #expect(found == expected(one), "\(one.phenomenon)")
    }
  }

  /// The text between the cuts, without white space at its edges. A list on one line is cut before its markers.
  private func expected(_ one: Case) -> [String] {
    let bytes = Array(one.text.utf8)
    let edges = [0] + one.cuts.sorted() + [bytes.count]
    return zip(edges, edges.dropFirst())
      .map { String(decoding: bytes[$0..<$1], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
      .filter { !$0.isEmpty }
  }

  @Test("are the same without tokens, as benchmarks time them")
  func alone() throws {
    let document = Document.sample("Dr. Weiss left for the U.S. on May 3. Why?\n\nNobody said.\n\nThe talks go on…")
    let both = try Sentences().annotated(document)[Sentence.self]
    #expect(both.count == 4)
    #expect(try Sentences().makeWorker(StageContext()).sentences(of: document).map(\.span) == both.map(\.span))
  }

  @Test("take a user's abbreviations, with or without the period", arguments: ["Oberst.", "Oberst"])
  func furtherAbbreviations(word: String) throws {
    let text = "Then Oberst. Keller spoke."
    #expect(try Sentences().annotated(.sample(text)).count(of: "sentences") == 2)
    var stage = Sentences()
    stage.abbreviations = [word]
    #expect(try stage.annotated(.sample(text)).count(of: "sentences") == 1)
  }

  @Test("refuse an abbreviation of several words, and one of nothing", arguments: ["i. e.", ".", ""])
  func refusedAbbreviations(word: String) {
    var stage = Sentences()
    stage.abbreviations = [word]
    #expect(stage.problems().map(\.option) == ["abbreviations"])
  }

  @Test("pass the contract battery")
  func contract() throws {
    #expect(try violations(of: Sentences(), on: [.sample("Moscow agreed. Kyiv didn't.\n\nA heading")]).isEmpty)
  }
}

@Suite("Languages")
struct LanguagesTests {
  @Test(
    "have data files of known keys and rules, with abbreviations among them", arguments: Sentences.Language.allCases)
  func data(language: Sentences.Language) {
    #expect(SentenceLexicon.unknown(in: language) == [])
    #expect(language.rows.contains { $0.key == "title" } == (language != .auto))
  }

  @Test(
    "are the document's own, and English where that has no rules",
    arguments: [("ru", 1), ("RU-ru", 1), ("ru_RU", 1), ("en-GB", 3), ("rue", 3), ("auto", 3), ("fr", 3), (nil, 3)])
  func own(tag: String?, tokens: Int) throws {
    var document = Document.sample("Kyiv-based")
    if let tag { document.metadata.set(.language, tag, from: "test") }
    #expect(try Sentences().annotated(document).count(of: "tokens") == tokens)
  }

  @Test(
    "are told by the script where a document names none",
    arguments: [
      ("Вице-премьер уехал.", 3), ("Вице-премьер (Vice Premier) уехал.", 7), ("A Kyiv-based firm", 5),
      ("Moscow's «Труд» said so", 7), ("5-5", 3), ("", 0),
    ])
  func script(text: String, tokens: Int) throws {
    #expect(try Sentences().annotated(.sample(text)).count(of: "tokens") == tokens)
  }
}

@Suite("Tokens")
struct TokensTests {
  @Test("are those of the cases", arguments: [("en", "tokens"), ("en", "en/tokens"), ("ru", "ru/tokens")])
  func cases(language: String, file: String) throws {
    let cases = try Case.all(file)
    #expect(cases.count >= 30)
    for one in cases {
      let document = try Sentences().annotated(one.document(language))
      let bytes = Array(one.text.utf8)
      var expected: [String] = []
      var word: [UInt8] = []
      for offset in 0...bytes.count {
        let isSpace = offset < bytes.count && bytes[offset] == 0x20
        if offset == bytes.count || isSpace || one.cuts.contains(offset) {
          if !word.isEmpty { expected.append(String(decoding: word, as: UTF8.self)) }
          word = []
        }
        if offset < bytes.count, !isSpace { word.append(bytes[offset]) }
      }
      #expect(document[Token.self].map { document.text(in: $0.span) } == expected, "\(one.phenomenon)")
    }
  }

  @Test("carry what later stages ask of their form")
  func shapes() throws {
    let document = try Sentences().annotated(.sample("NATO's 3rd Überfall began. Ждали"))
    let shapes = document[Token.self].map(\.shape)
    #expect(
      shapes == [
        [.initialCapital, .allCapitals, .letter, .sentenceStart], [.letter, .joined, .continuesWord],
        [.digit, .letter],
        [.initialCapital, .letter], [.letter], [.punctuation, .joined],
        [.initialCapital, .letter, .sentenceStart],
      ])
  }

  @Test(
    "say which of them go on a written word",
    arguments: [
      ("I don't know what Moscow's saying.", ["n't", "'s"]),
      ("They cannot stay, we're gonna go, we'd've gone.", ["not", "'re", "na", "'d", "'ve"]),
      ("The ministers' vote and the U.S.'s fleet", ["'", "'s"]),
      ("He said 'we saw the ships' twice.", []),
      ("He said 'the ships' and 'the ministers' vote'.", []),
      ("At 7pm a Russian-backed $5m plan (30%) and/or $9.", []),
      ("MiG-29s over O'Hare at 5km", []),
    ])
  func multiword(text: String, parts: [String]) throws {
    let document = try Sentences().annotated(.sample(text))
    let marked = document[Token.self].filter { $0.shape.contains(.continuesWord) }
    #expect(marked.map { document.text(in: $0.span) } == parts)
    #expect(marked.allSatisfy { $0.shape.contains(.joined) && !$0.shape.contains(.sentenceStart) })
  }

  @Test(
    "take a quotation mark for open within its block alone, in whichever sentence",
    arguments: [
      ("He quoted 'the first clause.\n\nThe ministers' vote failed.", ["'"]),
      ("'\n\nthe ministers’ vote", ["’"]),
      ("'The minister left. The others’ stayed.\n\nThe others’ stayed.", ["’"]),
      ("He quoted 'the first clause. The ministers' vote failed.", []),
    ])
  func openQuotations(text: String, parts: [String]) throws {
    let document = try Sentences().annotated(.sample(text))
    let marked = document[Token.self].filter { $0.shape.contains(.continuesWord) }
    #expect(marked.map { document.text(in: $0.span) } == parts)
  }

  @Test("keep contractions and hyphens whole in Russian")
  func russian() throws {
    var stage = Sentences()
    stage.language = .ru
    let document = try stage.annotated(.sample("премьер-министр д'Артаньян's"))
    #expect(document[Token.self].map { document.text(in: $0.span) } == ["премьер-министр", "д'Артаньян's"])
  }
}

/// Text made of pieces on which splitters stumble; the same for the same seed.
struct RandomText {
  private(set) var text = ""
  init(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<60 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += Self.pieces[Int(truncatingIfNeeded: state >> 33) % Self.pieces.count]
    }
  }
  private static let pieces = [
    ".", ". ", "...", "!", "?", "…", " ", "  ", "\n", "\n\n", "\t", "\u{A0}", "\u{2003}", "a", "A", "Mr", "U.S", "etc",
    "1", "12", "3.4", "(", ")", "[1]", "“", "”", "'", "\"", "’s", "«", "»", "é", "е\u{301}", "Ж", "г", "会", "。", "！",
    "🙂",
    "👩‍👩‍👧", "т. е", "г. ", "— ", "„", "“", "?..", "А. С", "2012г", "а) ", "руб", "•", "-", "—", "@", "://", "www.",
    "a.b@c.de", "$", "%", ",", ";", ":", "(Trend, June 2)", "no.The",
    "\u{200B}", "\u{0}",
  ]
}
