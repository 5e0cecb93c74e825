import DocumentRecord
import ExternalStage
import PipelineKit
import PipelineTesting
import Testing

/// These tests, like all of this folder, need `python3` and `sh` on the PATH.
@Suite("Replies of a program", .serialized) struct ReplyTests {
  let programs: Programs
  init() throws { programs = try Programs() }

  @Test("2,000 documents go through a window and come out in order, in each unit", arguments: OffsetUnit.allCases)
  func manyDocuments(unit: OffsetUnit) throws {
    let size = ["codepoint": "len(w)", "utf8": "len(w.encode())", "utf16": "len(w.encode('utf-16-le')) // 2"]
    var stage = try programs.python(
      """
      def handle(document):
          w = document["text"].split()[0]
          return {"status": "ok", "layers": {"own": [{"start": 0, "end": \(size[unit.rawValue] ?? ""), "of": document["id"]}]}}
      """)
    stage.offsets = unit
    let batch = try Batch(texts(2000), stage, programs.context())
    #expect(batch.failures.isEmpty)
    #expect(batch.survivorsAreRight)
  }

  @Test("a document that is dropped is skipped with the reason, and is no error")
  func drop() throws {
    let stage = try programs.python(
      """
      def handle(document):
          return {"status": "drop", "reason": "not in English"} if document["id"] == "d1" else mark(document)
      """)
    let batch = try Batch(texts(3), stage, programs.context())
    #expect(batch.failures.isEmpty)
    #expect(batch.documents.map(\.skipReason) == [nil, "not in English", nil])
  }

  @Test("an error costs its document alone, and the program goes on")
  func error() throws {
    let stage = try programs.python(
      """
      def handle(document):
          return {"status": "error", "message": "no verb"} if document["id"] == "d1" else {**mark(document), "metadata": {"pid": str(os.getpid())}}
      """)
    let batch = try Batch(texts(40), stage, programs.context())
    #expect(batch.failures == [1: "no verb"])
    #expect(batch.survivorsAreRight)
    #expect(Set(batch.documents.compactMap { $0.metadata["pid"] }).count == 1)
  }

  @Test(
    "a reply that is not as agreed is an error of its document that says what is wrong",
    arguments: [
      (#"{"status": "ok", "layers": {"other": []}}"#, "the layer other, which is not declared"),
      (#"{"status": "ok", "layers": {"own": [{"start": 0, "end": 999}]}}"#, "outside the text: 999"),
      (#"{"status": "ok", "layers": {"own": [{"start": -1, "end": 2}]}}"#, "outside the text: -1"),
      (#"{"status": "ok", "layers": {"own": [{"start": 4, "end": 2}]}}"#, "ends before it starts"),
      (#"{"status": "ok", "layers": {"own": [{"start": 4, "end": 5}, {"start": 2, "end": 3}]}}"#, "sort annotations"),
      (#"{"status": "ok", "layers": {"own": {}}}"#, "own wants a list"),
      (#"{"status": "ok", "layers": []}"#, "\"layers\" wants an object"),
      (#"{"status": "ok", "metadata": {"a": 1}}"#, "metadata.a wants a string"),
      (#"{"status": "fine"}"#, "\"status\" wants one of ok, drop, error"),
      (#"{"status": "drop"}"#, "a drop wants a \"reason\""),
    ])
  func badReply(reply: String, message: String) throws {
    let stage = try programs.python(
      """
      def handle(document):
          return json.loads('\(reply)') if document["id"] == "d1" else mark(document)
      """)
    let batch = try Batch(texts(3), stage, programs.context())
    #expect(batch.failures.keys.sorted() == [1])
    #expect(batch.failures[1]?.contains(message) == true, "\(batch.failures)")
    #expect(batch.survivorsAreRight)
    #expect(programs.log.isEmpty)
  }

  @Test("a layer that is declared and not given is empty")
  func missingLayer() throws {
    let stage = try programs.python(#"def handle(document): return {"status": "ok"}"#, gives: ["own", "entities"])
    let batch = try Batch(["Moscow"], stage, programs.context())
    #expect(batch.failures.isEmpty)
    #expect(batch.documents[0].has("own") && batch.documents[0].has("entities"))
    #expect(batch.documents[0].type(of: "entities") is Entity.Type)
  }

  @Test("a standard layer comes as its type, with its actors")
  func entities() throws {
    let stage = try programs.python(
      """
      def handle(document):
          return {"status": "ok", "layers": {
              "entities": [{"start": 0, "end": 6, "type": "LOC", "text": "Moscow", "actor": "RUS", "kind": "government"}],
              "actors": {"RUS": {"name": "Russia", "kind": "state", "serves": None}}}}
      """, gives: ["entities"])
    let document = try Batch(["Moscow agreed."], stage, programs.context()).documents[0]
    #expect(document[Entity.self].map(\.span) == [TextSpan(0, 6)])
    #expect(document[Entity.self].first?.kind == .government)
    #expect(document.actors.map(\.name) == ["Russia"])
  }

  @Test("a standard layer against its schema is an error that names the field")
  func badEntities() throws {
    let stage = try programs.python(
      """
      def handle(document):
          return {"status": "ok", "layers": {"entities": [{"start": 0, "end": 6, "type": "PLACE"}]}}
      """, gives: ["entities"])
    let batch = try Batch(["Moscow agreed."], stage, programs.context())
    #expect(batch.failures[0]?.contains("entities[0].type wants one of PER, ORG, LOC, MISC") == true)
  }

  @Test("only declared layers are sent; options, environment and metadata arrive")
  func whatIsSent() throws {
    var stage = try programs.python(
      """
      def handle(document):
          keys = [key for key in document if key in ("blocks", "sentences", "tokens")]
          return {"status": "ok", "metadata": {"sent": keys, "title": document["metadata"]["title"] + os.environ["SUFFIX"]}}
      """, needs: ["sentences"])
    stage.environment = ["SUFFIX": "!"]
    var document = Document.sample("Moscow agreed.")
    document.metadata.set(.title, "A title", from: "text")
    document[Sentence.self] = [Sentence(span: TextSpan(0, 14))]
    document[Token.self] = [Token(span: TextSpan(0, 6))]
    let result = try stage.annotated(document, context: programs.context())
    #expect(result.metadata[.title] == "A title!")
    #expect(result.metadata.entry(.title)?.from == "external:test")
    #expect(result.metadata.list("sent") == ["sentences"])
    #expect(result[Token.self].count == 1)
  }

  @Test("a program's standard error is passed on line by line")
  func standardError() throws {
    let stage = try programs.python(
      """
      def handle(document):
          print("about", document["id"], file=sys.stderr, flush=True)
          return mark(document)
      """)
    _ = try Batch(texts(2), stage, programs.context())
    #expect(programs.log == ["about d0", "about d1"])
  }

  @Test("the stage passes the contract battery")
  func contract() throws {
    let stage = try programs.python("handle = mark")
    let found = try violations(of: stage, on: texts(3).map { .sample($0) }, context: programs.context())
    #expect(found == [])
  }
}
