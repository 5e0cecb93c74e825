import CleanStage
import Learning
import PipelineKit
import PipelineTesting
import Testing

@Suite("Learning what of a page is text")
struct PageTrainerTests {
  private static let examples = GeneratedPages.examples()

  @Test("pages that were not learned from come out right, but for one, in the order of the examples")
  func crossValidated() throws {
    let texts = try PageTrainer(Self.examples).crossValidated()
    #expect(texts.count == Self.examples.count)
    // What is learned is no rule: one notice of the 24 was kept when this was measured.
    let wrong = zip(texts, Self.examples).filter { paragraphs(of: $0) != $1.paragraphs }
    #expect(wrong.count <= 1, "\(wrong.map(\.0))")
    for (number, (found, example)) in zip(texts, Self.examples).enumerated() {
      #expect(Set(example.paragraphs).isSubset(of: paragraphs(of: found)), "page \(number)")
    }
    // The rules cannot know it.
    var rules = Clean()
    rules.learned = false
    for example in Self.examples {
      #expect(try paragraphs(of: rules.annotated(example.document).text) != example.paragraphs)
    }
  }

  @Test("notices that are text in the pages learned from are text in others")
  func otherText() throws {
    let examples = GeneratedPages.examples(isText: true)
    for (found, example) in zip(try PageTrainer(examples).crossValidated(), examples) {
      #expect(paragraphs(of: found) == example.paragraphs)
    }
  }

  @Test("a model is the same bytes for the same pages and seed, and others for others")
  func repeatable() throws {
    let model = try PageTrainer(Self.examples).train()
    #expect(try PageTrainer(Self.examples).train() == model)
    #expect(try PageTrainer(Self.examples, folds: 3).train() == model)
    #expect(try PageTrainer(Self.examples, seed: 2).train() != model)
    #expect(try PageTrainer(Self.examples.dropLast()).train() != model)
    let read = try TreeModel(ModelFile(model), layout: BlockFeatures.layout)
    #expect(read.featureCount == BlockFeatures.width)
  }

  @Test("a page of no weight, and one of which nothing is known, teach nothing")
  func weights() throws {
    let model = try PageTrainer(Self.examples).train()
    var silent = GeneratedPages.example(40, isText: true)
    silent.weight = 0
    var unknown = GeneratedPages.example(41)
    unknown.gold = .pieces(wanted: ["not in the page at all"], unwanted: ["nor this"])
    let blank = PageExample(document: page(""), gold: .text("A text that is not in the page."), group: "blank")
    #expect(try PageTrainer(Self.examples + [silent, unknown, blank]).train() == model)
    var heavy = Self.examples
    heavy[0].weight = 3
    #expect(try PageTrainer(heavy).train() != model)
  }

  @Test("pages of one group are scored by a model that has seen none of them")
  func groups() throws {
    // Notices are text in the half of one group and not in the other: each half learns from the other, wrongly.
    var examples = GeneratedPages.examples(6) + (6..<12).map { GeneratedPages.example($0, isText: true) }
    for number in examples.indices { examples[number].group = number < 6 ? "one" : "two" }
    let folds = (2...40).first { count in
      // Some number of parts parts the groups.
      (try? PageTrainer(examples, folds: count).crossValidated()) != nil
    }
    let texts = try PageTrainer(examples, folds: try #require(folds)).crossValidated()
    for (found, example) in zip(texts, examples) { #expect(paragraphs(of: found) != example.paragraphs) }
  }

  @Test("what nothing can be learned from is refused with what to do")
  func nothing() throws {
    var unknown = Self.examples[0]
    unknown.gold = .pieces(wanted: [], unwanted: [])
    for examples in [[], [unknown], [PageExample(document: page(""), gold: .text("a"), group: "a")]] {
      #expect { try PageTrainer(examples).train() } throws: { "\($0)".contains("give more pages") }
    }
    #expect(try PageTrainer([]).crossValidated().isEmpty)
    let alone = Self.examples.map { example in
      var example = example
      example.group = "one site"
      return example
    }
    #expect { try PageTrainer(alone).crossValidated() } throws: { "\($0)".contains("several groups") }
  }

  @Test("a page that can't be cleaned ends the training with its reason")
  func unreadable() {
    var example = Self.examples[0]
    example.document = page([0x25, 0x50, 0x44, 0x46, 0x2D, 0x31, 0x2E, 0x34, 0x0A])
    #expect { try PageTrainer([example]) } throws: { "\($0)".contains("no page but") }
  }
}
