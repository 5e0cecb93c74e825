import PipelineKit
import PipelineTesting
import SentencesStage
import StanceStage
import Testing

@Suite("Quotes")
struct QuotesTests {
  @Test(
    "are what stands between double quotation marks",
    arguments: [
      #"He said "‹we will not sign›" and left."#,
      "He said “‹we will not sign›” and left.",
      #"He said "we will not sign"#,
      "“‹It will take a long time.›\n\n“‹And it will cost a lot.›”",
      "A “so-called” ally",
    ])
  func marks(marked: String) throws {
    let (text, spans) = unmark(marked)
    let document = try Sentences().annotated(Document.sample(text)).with {
      $0[Entity.self] = []
      $0[Citation.self] = []
    }
    #expect(try Stances().annotated(document)[Quote.self].map(\.span) == spans)
  }

  @Test(
    "have the speaker beside them",
    arguments: [
      "“The plan is dead and buried,” [Orlov|person] said.",
      "“The plan is dead and buried,” said [Orlov|person].",
      "[Orlov|person] said: “The plan is dead and buried.”",
      "[Orlov|person] told reporters that “the plan is dead and buried”.",
    ])
  func speakers(text: String) throws {
    let document = try StanceCase("x\t\(text)\tnone").document
    let result = try Stances().annotated(document)
    #expect(result[Quote.self].map(\.speaker) == [0])
  }
}
