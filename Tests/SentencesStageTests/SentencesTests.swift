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

  static func all(_ file: String) throws -> [Case] {
    let url = try #require(Bundle.module.url(forResource: "Data/" + file, withExtension: "txt"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(
      Case.init)
  }
}

@Suite("Sentences")
struct SentencesTests {
  @Test("end where the cases say", arguments: [("en", "sentences", 60), ("ru", "ru/sentences", 130)])
  func cases(language: String, file: String, count: Int) throws {
    let cases = try Case.all(file)
    #expect(cases.count >= count)
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

  @Test("cover all text but white space, stay inside blocks, and are covered by tokens alike", arguments: 0..<300)
  func coverage(seed: Int) throws {
    var stage = Sentences()
    stage.language = seed.isMultiple(of: 2) ? .en : .ru
    let document = try stage.annotated(.sample(RandomText(seed: UInt64(seed)).text))
    let sentences = document[Sentence.self].map(\.span)
    let blocks = document[Block.self].map(\.span)
    #expect(rest(of: document, without: sentences) == "")
    #expect(rest(of: document, without: document[Token.self].map(\.span)) == "")
    for sentence in sentences {
      #expect(!sentence.isEmpty && blocks.contains { $0.contains(sentence) })
      #expect(document.text(in: sentence) != "")
    }
    for (one, next) in zip(sentences, sentences.dropFirst()) { #expect(one.end <= next.start) }
    for token in document[Token.self] { #expect(sentences.contains { $0.contains(token.span) }) }
  }

  /// What stands outside the spans, without white space.
  private func rest(of document: Document, without spans: [TextSpan]) -> String {
    var bytes = Array(document.text.utf8)
    for span in spans { for offset in span.bytes { bytes[offset] = 0x20 } }
    return String(decoding: bytes, as: UTF8.self).filter { !$0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
  }

  @Test(
    "take time in proportion to the text",
    arguments: [
      (".", .en), ("a", .en), ("A. ", .en), ("\"", .en), ("(", .en), ("[1", .en), ("1. ", .en), ("• ", .en),
      ("a@", .en),
      (". . ", .en), ("А. ", .ru), ("т. ", .ru), ("в 5 г. Я ", .ru), ("— ", .ru), ("1,", .ru), ("а) ", .ru),
      (". А", .ru),
      ("Ж.-", .ru),
    ] as [(String, Sentences.Language)])
  func linear(piece: String, language: Sentences.Language) throws {
    var stage = Sentences()
    stage.language = language
    func seconds(_ count: Int) throws -> Double {
      let document = Document.sample(String(repeating: piece, count: count / piece.utf8.count))
      let clock = ContinuousClock()
      var best = Double.infinity
      for _ in 0..<3 {
        let time = try clock.measure { _ = try stage.annotated(document) }
        best = min(best, Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds))
      }
      return best
    }
    // Sixteen times the text costs sixteen times the time; a square would cost 256 times. The bound leaves room for a busy machine.
    #expect(try seconds(160_000) < 128 * max(seconds(10_000), 0.0005))
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
  @Test("are those of the cases", arguments: [("en", "tokens", 30), ("ru", "ru/tokens", 30)])
  func cases(language: String, file: String, count: Int) throws {
    let cases = try Case.all(file)
    #expect(cases.count >= count)
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
        [.initialCapital, .allCapitals, .letter, .sentenceStart], [.letter, .joined], [.digit, .letter],
        [.initialCapital, .letter], [.letter], [.punctuation, .joined],
        [.initialCapital, .letter, .sentenceStart],
      ])
  }

  @Test("carry the form of words of every length, wherever their capital, digit or other letter stands")
  func everyLength() throws {
    for length in 1...20 {
      for place in 0..<length {
        for (odd, form) in [("X", TokenShape.letter), ("7", [.letter, .digit]), ("é", .letter), ("É", .letter)] {
          let word = String(repeating: "q", count: place) + odd + String(repeating: "q", count: length - place - 1)
          // Once with text behind it, and once at the end of all.
          let document = try Sentences().annotated(.sample("\(word) \(word)"))
          var expected = length == 1 && odd == "7" ? .digit : form
          if place == 0, odd == "X" || odd == "É" { expected.insert(.initialCapital) }
          if length == 1, odd == "X" || odd == "É" { expected.insert(.allCapitals) }
          let size = word.utf8.count
          let tokens = document[Token.self]
          #expect(tokens.map(\.span) == [TextSpan(0, size), TextSpan(size + 1, 2 * size + 1)], "\(word)")
          #expect(tokens.map(\.shape) == [expected.union(.sentenceStart), expected], "\(word)")
        }
      }
    }
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
