import Foundation
import LanguageDetection
import Testing

/// Sentences of our own: language, text.
private let examples: [(language: String, text: String)] = {
  guard let url = Bundle.module.url(forResource: "sentences", withExtension: "tsv", subdirectory: "Data"),
    let table = try? String(contentsOf: url, encoding: .utf8)
  else { return [] }
  return table.split(separator: "\n").map { line in
    let cells = line.split(separator: "\t").map(String.init)
    return (cells[0], cells[1])
  }
}()

@Suite struct LanguageTests {
  @Test("sentences and paragraphs in more than thirty languages are told apart")
  func languages() {
    #expect(Set(examples.map(\.language)).count >= 31)
    let wrong = examples.compactMap { example -> String? in
      let tag = TextLanguage(of: example.text)?.tag
      return tag?.prefix(2) == example.language[...] ? nil : "\(example.language): \(tag ?? "none"): \(example.text)"
    }
    #expect(wrong.isEmpty)
  }

  @Test("a text of less than fifty letters is no guess, nor are numbers, nor half of one language and half of another")
  func doubtful() {
    for example in examples { #expect(TextLanguage(of: String(example.text.prefix(30))) == nil) }
    #expect(TextLanguage(of: "") == nil)
    #expect(TextLanguage(of: String(repeating: "12.5 (2011) — ", count: 100)) == nil)
    let russian = examples.filter { $0.language == "ru" }.map(\.text).joined(separator: " ")
    let english = examples.filter { $0.language == "en" }.map(\.text).joined(separator: " ")
    #expect(TextLanguage(of: russian + "\n\n" + english) == nil)
  }

  @Test(
    "a finer tag, an older name and a language hardly different agree",
    arguments: [("en", "en-GB"), ("en", "EN_us"), ("zh", "zh-TW"), ("he", "iw"), ("sr", "hr"), ("cs", "sk")])
  func agreement(language: String, declared: String) throws {
    let text = try #require(examples.first { $0.language == language }?.text)
    let found = try #require(TextLanguage(of: text))
    #expect(found.agrees(with: declared))
    #expect(!found.agrees(with: "fr"))
    #expect(!found.agrees(with: ""))
  }

  @Test("the whole of a long text costs no more than its beginning")
  func cost() throws {
    let text = String(repeating: try #require(examples.first).text + " ", count: 100_000)
    let time = ContinuousClock().measure { for _ in 0..<20 { #expect(TextLanguage(of: text)?.tag == "en") } }
    #expect(time < .seconds(1))
  }
}
