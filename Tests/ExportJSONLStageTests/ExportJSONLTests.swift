import DocumentRecord
import ExportJSONLStage
import FileOutput
import Glibc
import JSON
import PipelineKit
import PipelineTesting
import Testing

@Suite("export.jsonl")
struct ExportJSONLTests {
  static func document(_ id: String, _ text: String = "Moscow agreed.") -> Document {
    var document = Document.sample(text, id: id)
    document[Token.self] = [Token(span: TextSpan(0, 6))]
    document[Entity.self] = [Entity(span: TextSpan(0, 6), type: .location)]
    document[Quote.self] = []
    return document
  }

  /// Runs the stage over documents and gives the lines of the file.
  func export(_ documents: [Document], to path: String, prepare: (inout ExportJSONL) -> Void = { _ in }) throws
    -> [String]
  {
    var stage = ExportJSONL()
    stage.path = FilePath("out.jsonl")
    prepare(&stage)
    #expect(stage.problems().isEmpty)
    let writer = try stage.makeWriter(StageContext(directory: path))
    for (index, document) in documents.enumerated() {
      try writer.write(stage.record(of: document))
      try writer.confirm(SourcePosition(UInt64(index)))
    }
    try writer.finish()
    return lines(path + "/out.jsonl")
  }

  func lines(_ path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var text: [UInt8] = []
    while case let byte = getc(file), byte != EOF { text.append(UInt8(byte)) }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  func withFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/pipeline-test-XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer {
      for name in ["out.jsonl", "out.jsonl.part"] { unlink(path + "/" + name) }
      rmdir(path)
    }
    try body(path)
  }

  @Test("writes a line for each document in order, each a record that can be read again")
  func lines() throws {
    try withFolder { folder in
      let lines = try export([Self.document("b"), Self.document("a\"\\"), Self.document("c", "")], to: folder)
      let documents = try lines.map { try RecordDecoder().document(parsing: $0.utf8) }
      #expect(documents.map(\.id) == ["b", "a\"\\", "c"])
      #expect(documents[0].layerNames == ["blocks", "tokens", "entities", "quotes"])
      #expect(documents[0][Entity.self].map(\.span) == [TextSpan(0, 6)])
    }
  }

  @Test("replaces by default and updates by id on request")
  func modes() throws {
    try withFolder { folder in
      _ = try export([Self.document("a"), Self.document("é\""), Self.document("c")], to: folder)
      let lines = try export([Self.document("d"), Self.document("é\"", "Newer text.")], to: folder) {
        $0.mode = .update
      }
      let values = try lines.map { try JSONValue(parsing: $0) }
      #expect(values.map { $0["id"]?.string } == ["a", "é\"", "c", "d"])
      #expect(values[1]["text"] == "Newer text.")
      #expect(try export([Self.document("x")], to: folder).count == 1)
    }
  }

  @Test(
    "refuses to update a file of other lines",
    arguments: ["not JSON", "{\"id\":\"a\"}", "{\"schema\":\"pipeline.document/1\"}"])
  func foreignFile(line: String) throws {
    try withFolder { folder in
      let file = fopen(folder + "/out.jsonl", "w")
      fputs(line + "\n", file)
      fclose(file)
      let problem = #expect(throws: OutputProblem.self) { try export([], to: folder) { $0.mode = .update } }
      #expect(problem?.message.contains("row 1 is not from this export") == true)
      #expect(lines(folder + "/out.jsonl") == [line])
    }
  }

  @Test("writes the layers that are asked for, and needs them")
  func chosenLayers() throws {
    try withFolder { folder in
      let line = try export([Self.document("a")], to: folder) {
        $0.layers = ["entities", "quotes"]
        $0.offsets = .utf16
        #expect($0.needs == ["entities", "quotes"])
      }[0]
      let record = try JSONValue(parsing: line)
      #expect(record["tokens"] == nil && record["blocks"] == nil)
      #expect(record["entities"] != nil && record["quotes"] == [] && record["offsets"] == "utf16")
      let plain = try JSONValue(parsing: export([Self.document("a")], to: folder) { $0.tokens = false }[0])
      #expect(plain["tokens"] == nil && plain["blocks"] != nil)
    }
  }

  @Test("refuses options that can't go together")
  func problems() {
    var stage = ExportJSONL()
    (stage.path, stage.mode) = (FilePath("-"), .update)
    stage.layers = ["stances", "entities"]
    #expect(stage.problems().map(\.option) == ["mode", "layers"])
    #expect(stage.problems().last?.message == "has stances, whose entries refer to citations; add citations")
  }

  @Test("keeps an older result when it is abandoned")
  func abandoning() throws {
    try withFolder { folder in
      let before = try export([Self.document("a")], to: folder)
      var stage = ExportJSONL()
      stage.path = FilePath(folder + "/out.jsonl")
      let writer = try stage.makeWriter(StageContext())
      try writer.write(stage.record(of: Self.document("b")))
      #expect(writer.abandon() == folder + "/out.jsonl.part")
      #expect(lines(folder + "/out.jsonl") == before)
      #expect(lines(folder + "/out.jsonl.part").count == 1)
    }
  }
}
