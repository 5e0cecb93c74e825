import AnnotatedData
import PipelineKit
import Testing

@Suite("Annotated texts in JSON lines")
struct JSONLinesTests {
  /// Ways to write that Moscow is a place.
  @Test(
    "may have an annotation as a list or as an object",
    arguments: [
      #"[[0, 6, "LOC"]]"#, #"[{"start": 0, "end": 6, "type": "LOC"}]"#, #"[{"start": 0, "end": 6, "label": "LOC"}]"#,
      #"[{"id": "e1", "start": 0, "end": 6, "type": "LOC", "text": "Moscow", "kind": "place", "actor": null}]"#,
    ])
  func forms(entities: String) throws {
    let file = read("{\"text\": \"Moscow agreed.\", \"entities\": \(entities)}\n")
    #expect(file.messages == [])
    #expect(file.texts.map { $0.words("entities") } == [["Moscow:LOC"]])
    #expect(file.texts[0].layers["sentences"] == nil)
  }

  @Test("have offsets in code points, or in the unit that they state")
  func units() {
    let line = { (unit: String, start: Int, end: Int) in
      #"{"text": "🙂é Tbilisi.", \#(unit) "entities": [[\#(start), \#(end), "LOC"]]}"#
    }
    for text in [
      line("", 3, 10), line(#""offsets": "codepoint","#, 3, 10), line(#""offsets": "utf16","#, 4, 11),
      line(#""offsets": "utf8","#, 7, 14),
    ] {
      #expect(read(text).texts.first?.words("entities") == ["Tbilisi:LOC"], "\(text)")
    }
  }

  @Test("lose white space at the edges of annotations, of every kind")
  func edges() {
    let file = read(#"{"text": " One. \n\u00a0\u3000Two.\u2028", "sentences": [[0, 7], [7, 14]]}"#)
    #expect(file.messages == [])
    #expect(file.texts[0].words("sentences") == ["One.", "Two."])
  }

  @Test("have paragraphs that end at empty lines, unless they bring blocks")
  func blocks() {
    let text = #""text": "One.\nTwo.\n \nThree.\r\n\r\nFour.\r\nFive.""#
    let words = { (file: AnnotatedFile) in
      file.texts[0].blocks.map { file.texts[0].document.text(in: $0.span) }
    }
    #expect(words(read("{\(text)}")) == ["One.\nTwo.", "Three.", "Four.\r\nFive."])
    let own = read("{\(text), \"blocks\": [{\"start\": 0, \"end\": 4, \"kind\": \"heading\"}]}")
    #expect(words(own) == ["One."])
    #expect(own.texts[0].blocks[0].kind == .heading)
  }

  @Test("have the record's id, or their place")
  func identifiers() {
    let file = read("{\"text\": \"A.\", \"id\": \"a\"}\n\n{\"text\": \"B.\", \"id\": 7}\r\n{\"text\": \"C.\"}")
    #expect(file.texts.map(\.id) == ["a", "7", "data:4"])
    #expect(file.texts.map { $0.place.description } == ["data:1", "data:3", "data:4"])
  }

  @Test("bring their metadata, as results have them, and their language")
  func metadata() throws {
    let file = read(
      #"{"text": "A.", "metadata": {"published": "2012-02-29", "authors": ["B", "C"]}, "language": "ru"}"#)
    let metadata = try #require(file.texts.first).document.metadata
    #expect(metadata[.published] == "2012-02-29" && metadata[.language] == "ru")
    #expect(metadata.list(.authors) == ["B", "C"])
    #expect(read(#"{"text": "A.", "metadata": 7}"#).messages.first?.hasPrefix("data:1: ") == true)
  }

  @Test("may have layers and text under other keys")
  func keys() {
    let file = read(
      #"{"body": "Moscow agreed.", "words": [[0, 6], [7, 13], [13, 14]]}"#,
      keys: ["text": "body", "tokens": "words"])
    #expect(file.messages == [])
    #expect(file.texts[0].words("tokens") == ["Moscow", "agreed", "."])
  }

  @Test("are passed over as far as nobody asked for them")
  func unwanted() {
    let file = read(#"{"text": "A.", "entities": 7, "sentences": [[0, 2]]}"#, layers: ["sentences"])
    #expect(file.messages == [])
    #expect(file.texts[0].words("sentences") == ["A."])
  }

  /// Lines, and what is said of each.
  static let mistakes: [(line: String, message: String)] = [
    (#"{"text": "Abc."#, "not JSON at byte"),
    (#"[1]"#, "wants an object, not a list"),
    (#"{"id": "a"}"#, #"has no "text"; put the text there as a string"#),
    (#"{"text": 7}"#, #""text" wants a string, not an integer; put the text there as a string"#),
    (#"{"text": "Abc.", "offsets": "bytes"}"#, #""offsets" wants one of codepoint, utf8, utf16"#),
    (#"{"text": "Abc.", "sentences": 7}"#, #""sentences" wants a list of annotations, not an integer"#),
    (#"{"text": "Abc.", "sentences": [7]}"#, "sentences[0] wants [start, end], [start, end, label] or an object"),
    (#"{"text": "Abc.", "sentences": [[0]]}"#, "sentences[0] wants [start, end]"),
    (#"{"text": "Abc.", "sentences": [[0, 1, "A", 2]]}"#, "sentences[0] wants [start, end]"),
    (#"{"text": "Abc.", "sentences": [[0, 1.5]]}"#, "sentences[0] wants [start, end]"),
    (#"{"text": "Abc.", "sentences": ["Abc."]}"#, "sentences[0] wants [start, end]"),
    (#"{"text": "Abc.", "sentences": [[3, 1]]}"#, "sentences[0] ends before it starts; write start and then end"),
    (
      #"{"text": "Abc.", "sentences": [[0, 5]]}"#,
      "sentences[0] is outside the text: 5, and the text ends at 4; count code points from 0, the end not included"
    ),
    (#"{"text": "Abc.", "sentences": [[-1, 2]]}"#, "sentences[0] is outside the text: -1"),
    (#"{"text": "Abc.", "sentences": [[9223372036854775807, 9223372036854775807]]}"#, "is outside the text"),
    (#"{"text": "Abc.", "sentences": [[2, 2]]}"#, "sentences[0] covers no more than white space; leave it out"),
    (#"{"text": "A  c.", "sentences": [[1, 3]]}"#, "sentences[0] covers no more than white space; leave it out"),
    (
      #"{"text": "Abc.", "sentences": [[2, 4], [0, 3]]}"#, "sentences[0] overlaps sentences[1]; keep one of them"
    ),
    (#"{"text": "Abc.", "entities": [[0, 3, 7]]}"#, "entities[0] wants a string as its label, not an integer"),
    (#"{"text": "Abc.", "blocks": [[0, 9]]}"#, "blocks[0] is outside the text"),
    (#"{"text": "é.", "offsets": "utf8", "entities": [[0, 1, "LOC"]]}"#, "entities[0] cuts a character at 1"),
  ]

  @Test("are refused line by line, with the place and what to do", arguments: mistakes.indices)
  func refused(index: Int) throws {
    let (line, message) = Self.mistakes[index]
    let file = read("{\"text\": \"Good.\"}\n\(line)\n{\"text\": \"Good.\"}\n")
    let problem = try #require(file.messages.first, "\(line)")
    #expect(problem.hasPrefix("data:2: ") && problem.contains(message), "\(problem)")
    #expect(file.problems.count == 1)
    #expect(file.texts.count == 2)
  }
}
