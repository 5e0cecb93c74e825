import AnnotatedData
import PipelineKit
import Testing

@Suite("Annotated texts in CoNLL columns")
struct CoNLLTests {
  /// One sentence in each way of tagging: Anna Orlova is a person, Kazan and Ufa are places side by side.
  static let schemes = [
    ["I-PER", "I-PER", "O", "I-LOC", "B-LOC", "O"], ["B-PER", "I-PER", "O", "B-LOC", "B-LOC", "O"],
    ["B-PER", "E-PER", "O", "S-LOC", "S-LOC", "O"], ["B-PER", "L-PER", "O", "U-LOC", "U-LOC", "O"],
  ]

  @Test("have the same entities in IOB1, IOB2, BIOES and BILOU", arguments: schemes)
  func sameEntities(tags: [String]) {
    let words = ["Anna", "Orlova", "left", "Kazan", "Ufa", "."]
    for separator in ["\t", " ", "\tNNP\tx "] {
      let file = read(zip(words, tags).map { "\($0)\(separator)\($1)\n" }.joined())
      #expect(file.messages == [])
      #expect(file.texts.map(\.text) == ["Anna Orlova left Kazan Ufa ."])
      #expect(file.texts[0].words("entities") == ["Anna Orlova:PER", "Kazan:LOC", "Ufa:LOC"])
      #expect(file.texts[0].words("tokens") == words)
      #expect(file.texts[0].words("sentences") == ["Anna Orlova left Kazan Ufa ."])
    }
  }

  @Test("end an entity with its sentence, and where the type changes")
  func ends() {
    let file = read("-DOCSTART- O\n\nKazan I-LOC\n\nUfa I-LOC\nTimes I-ORG\n. O\n")
    #expect(file.texts[0].words("entities") == ["Kazan:LOC", "Ufa:LOC", "Times:ORG"])
  }

  @Test("begin a document at -DOCSTART-, else with each sentence")
  func documents() {
    let sentences = "One O\n. O\n\n\nTwo O\n. O\n"
    #expect(read(sentences).texts.map(\.text) == ["One .", "Two ."])
    let file = read("-DOCSTART- -X- -X- O\n\n\(sentences)\n-DOCSTART- -X- -X- O\n\nThree O\n")
    #expect(file.texts.map(\.text) == ["One .\nTwo .", "Three"])
    #expect(file.texts[0].words("sentences") == ["One .", "Two ."])
    #expect(file.texts.map { $0.place.line } == [3, 12])
    #expect(file.texts[0].blocks.count == 1)
  }

  @Test("may have comments, and tokens that look like them")
  func comments() {
    let file = read("# id = 7\n#7 O\nKazan B-LOC\n")
    #expect(file.messages == [])
    #expect(file.texts.map(\.text) == ["#7 Kazan"])
  }

  @Test("are refused where a tag is missing or none, and the document with them")
  func mistakes() {
    let file = read("Good O\n\nKazan\n\nUfa LOC\n\nUfa B-\n\nGood O\n", file: "a.conll")
    #expect(
      file.messages == [
        "a.conll:3: has a token and no tag; write the tag behind it, O outside of entities",
        "a.conll:5: has the tag \"LOC\"; write O, or B-, I-, E- or S- and the type",
        "a.conll:7: has the tag \"B-\"; write O, or B-, I-, E- or S- and the type",
      ])
    #expect(file.texts.map(\.text) == ["Good", "Good"])
  }
}

@Suite("Annotated texts in CoNLL-U")
struct CoNLLUTests {
  /// A line of ten columns.
  static func line(_ id: String, _ form: String, _ misc: String = "_") -> String {
    ([id, form] + Array(repeating: "_", count: 7) + [misc]).joined(separator: "\t") + "\n"
  }

  @Test("take sentences and tokens from # text, with words of contractions where they make up the token")
  func text() {
    let file = read(
      """
      # newdoc id = d1
      # newpar
      # sent_id = 1
      # text = I don't  know.
      \(Self.line("1", "I"))\(Self.line("2-3", "don't"))\(Self.line("2", "do"))\(Self.line("3", "n't"))\
      \(Self.line("4", "know", "SpaceAfter=No"))\(Self.line("4.1", "it"))\(Self.line("5", "."))
      # text = Au revoir.
      \(Self.line("1-2", "Au"))\(Self.line("1", "à"))\(Self.line("2", "le"))\(Self.line("3", "revoir"))\(Self.line("4", "."))
      # newpar
      # text = Bye!
      \(Self.line("1", "Bye"))\(Self.line("2", "!", "SpaceAfter=No"))
      """)
    #expect(file.messages == [])
    #expect(file.texts.map(\.id) == ["d1"])
    #expect(file.texts.first?.text == "I don't  know. Au revoir.\n\nBye!")
    #expect(file.texts.first?.words("sentences") == ["I don't  know.", "Au revoir.", "Bye!"])
    #expect(
      file.texts.first?.words("tokens") == ["I", "do", "n't", "know", ".", "Au", "revoir", ".", "Bye", "!"])
    #expect(file.texts.first?.blocks.count == 2)
  }

  @Test("have a text by SpaceAfter where none is given")
  func spaces() {
    let sentence = Self.line("1", "Go", "SpaceAfter=No") + Self.line("2", "!", "A=b|SpaceAfter=No") + "\n"
    let file = read("# newdoc\n\(sentence)\(sentence)# newdoc\n\(sentence)")
    #expect(file.texts.map(\.text) == ["Go!Go!", "Go!"])
  }

  @Test("make documents of twenty sentences where none are marked")
  func documents() {
    let file = read(String(repeating: Self.line("1", "Go.") + "\n", count: 45))
    #expect(file.texts.map { $0.words("sentences")?.count } == [20, 20, 5])
    #expect(file.texts.map { $0.place.line } == [1, 41, 81])
  }

  /// Lines of a sentence, and what is said of the line that is wrong.
  static let mistakes: [(lines: String, message: String)] = [
    ("# text = Go.\n1\tGo.\t_\n", "data.conllu:2: has 3 columns and not ten; put a tab between two"),
    (line("x", "Go."), "data.conllu:1: has the number \"x\"; write 1, 2, 3, or 1-2 for a multiword token"),
    (line("", "Go."), "data.conllu:1: has the number \"\""),
    (line("-", "Go."), "data.conllu:1: has the number \"-\""),
    (line("2-1", "Go."), "data.conllu:1: has the number \"2-1\""),
    ("# text = Stop.\n" + line("1", "Go."), "data.conllu:1: the token \"Go.\" does not follow in # text"),
    ("# text = Go\n" + line("1", "Go") + line("2", "."), "data.conllu:1: the token \".\" does not follow in # text"),
  ]

  @Test("are refused with the place and what to do", arguments: mistakes.indices)
  func refused(index: Int) throws {
    let (lines, message) = Self.mistakes[index]
    let file = read(lines, file: "data.conllu")
    #expect(file.messages.count == 1 && file.messages[0].hasPrefix(message), "\(file.messages)")
    #expect(file.texts.isEmpty)
  }
}
