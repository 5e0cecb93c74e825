import Foundation
import Learning
import PipelineKit
import PipelineTesting
import SentencesStage
import Testing

/// What holds for any text: of random pieces, and of the cases, joined and damaged by chance.
@Suite("Properties")
struct PropertyTests {
  /// Those with rules: what `auto` takes a block for may differ from what it takes its document for.
  private static let languages = Sentences.Language.allCases.filter { $0 != .auto }

  @Test(
    "sentences and tokens cover each block in order, whatever stands beside it", arguments: languages,
    0..<150)
  func contract(language: Sentences.Language, seed: UInt64) throws {
    var stage = Sentences()
    stage.language = language
    #expect(try sentenceViolations(of: stage, on: RandomText(seed: seed).text) == [])
    #expect(try sentenceViolations(of: stage, on: damagedCases(seed)) == [])
  }

  @Test(
    "two blocks are split as each alone, even where no white space parts them", arguments: ["\n\n", ""], 0..<150)
  func joined(gap: String, seed: UInt64) throws {
    try expectApart(try damagedCases(seed), gap, RandomText(seed: seed + 1000).text)
  }

  @Test(
    "a mark at a block's beginning takes nothing before it for its word",
    arguments: [".12 The vote failed.", ". . . . The vote failed.", "'the ministers’ vote"])
  func beginnings(text: String) throws {
    try expectApart("The accord", "", text)
  }

  private func expectApart(_ one: String, _ gap: String, _ two: String) throws {
    let text = one + gap + two
    let second = one.utf8.count + gap.utf8.count
    let both = try parts(text, [0..<one.utf8.count, second..<text.utf8.count])
    let (first, last) = (try parts(one, [0..<one.utf8.count]), try parts(two, [0..<two.utf8.count]))
    #expect(both.sentences == first.sentences + last.sentences)
    #expect(both.tokens == first.tokens + last.tokens)
    #expect(both.shapes == first.shapes + last.shapes)
  }

  /// What English rules and the model make of a text with these blocks.
  private func parts(
    _ text: String, _ blocks: [Range<Int>]
  ) throws -> (sentences: [String], tokens: [String], shapes: [TokenShape]) {
    var document = Document(id: "blocks", origin: Origin(uri: "blocks", mediaType: .text))
    try document.write(text: text, blocks: blocks.map { Block(span: TextSpan($0)) })
    var stage = Sentences()
    stage.language = .en
    document = try stage.annotated(document)
    return (
      document[Sentence.self].map { document.text(in: $0.span) },
      document[Token.self].map { document.text(in: $0.span) },
      document[Token.self].map(\.shape)
    )
  }

  @Test("what the fuzzer runs on keeps the contract")
  func corpus() throws {
    let folder = try #require(Bundle.module.url(forResource: "Data/fuzz", withExtension: nil))
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 8)
    for file in files {
      let text = String(decoding: try Data(contentsOf: file).dropFirst(), as: UTF8.self)
      for language in Self.languages {
        var stage = Sentences()
        stage.language = language
        #expect(try sentenceViolations(of: stage, on: text) == [], "\(file.lastPathComponent)")
      }
    }
  }

  @Test("a checker of sentences finds what is wrong")
  func checker() throws {
    var document = try Sentences().annotated(.sample("It rained. We left.\n\nNobody came."))
    #expect(sentenceViolations(in: document) == [])
    let tokens = document[Token.self]
    document[Token.self] = Array(tokens.dropLast())
    #expect(sentenceViolations(in: document) == ["the end of sentence \(TextSpan(21, 33)) is lost"])
    document[Token.self] = tokens.map { Token(span: $0.span, shape: $0.shape.union(.continuesWord)) }
    #expect(sentenceViolations(in: document).contains("token \(TextSpan(0, 2)): goes on no word"))
    document[Token.self] = tokens
    document[Sentence.self] = [Sentence(span: TextSpan(0, 10)), Sentence(span: TextSpan(11, 33))]
    #expect(sentenceViolations(in: document).first?.contains("leaves its block") == true)
  }

  /// Ten texts of the cases, then up to twenty damages: characters gone, doubled, moved.
  private func damagedCases(_ seed: UInt64) throws -> String {
    var random = SeededGenerator(seed: seed)
    var scalars: [Unicode.Scalar] = []
    let file = Case.themes[Int(seed) % Case.themes.count]
    let cases = try Case.all("en/" + file)
    for _ in 0..<10 {
      scalars += (cases.randomElement(using: &random)?.text ?? "").unicodeScalars
      scalars += [" ", "\n\n", "\n", "", "\t"].randomElement(using: &random).map { Array($0.unicodeScalars) } ?? []
    }
    for _ in 0..<Int.random(in: 0...20, using: &random) {
      let place = Int.random(in: 0..<scalars.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: scalars.remove(at: place)
      case 1: scalars.insert(scalars[place], at: place)
      default: scalars.swapAt(place, Int.random(in: 0..<scalars.count, using: &random))
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
