import ExportCSVStage
import FileOutput
import Glibc
import PipelineKit
import PipelineTesting
import Testing

/// A layer of a stage from outside.
struct Sanction: Annotation {
  static let layer: LayerName = "sanctions"
  static let fields = [
    Field("verb", .string, "What is done."), Field("by", .optional(.reference(Entity.layer)), "Who does it."),
    Field("scope", .optional(.span), "What it covers."), Field("end", .string, "Until when."),
  ]
  var span: TextSpan
  func describe(to fields: inout some FieldVisitor) {
    fields.field("verb", "ban, or \"stop\"")
    fields.field("by", .reference(Entity.layer, 0))
    fields.field("scope", span)
    fields.field("end", "2013")
  }
}

func document(_ id: String, _ text: String = "Mosków backs the pipeline (RIA).") -> Document {
  var document = Document.sample(text, id: id)
  document.metadata.set(.title, "A \"title\", so to say", from: "og:title")
  document.metadata.set(.authors, list: ["A. Author"], from: "text")
  document.metadata.set(.published, "2012-03-05", from: "text")
  document[Sentence.self] = [Sentence(span: TextSpan(0, 7)), Sentence(span: TextSpan(8, 13))]
  document[Entity.self] = [
    Entity(
      span: TextSpan(0, 7), type: .location, actor: "RUS", kind: .government,
      candidates: [.init(actor: "RUS", score: 0.97)]), Entity(span: TextSpan(18, 26), type: .other),
  ]
  document[Stance.self] = [
    Stance(
      holder: .entity(0), target: .entity(1), polarity: .support, strength: 2, mode: .verbal, evidence: TextSpan(0, 26),
      citations: [0], confidence: 0.8),
    Stance(
      holder: .author, target: .issue(TextSpan(14, 26)), polarity: .oppose, strength: 1, mode: .material,
      evidence: TextSpan(8, 26), speaker: 1, confidence: 0.5),
  ]
  document[Sanction.self] = [Sanction(span: TextSpan(8, 13))]
  return document
}

/// A fresh folder, removed when the test lets go of it.
final class Folder {
  let path: String
  init() {
    var template = Array("/tmp/pipeline-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }
  deinit {
    for name in ["out.csv", "out.csv.part"] { unlink(path + "/" + name) }
    rmdir(path)
  }
  func read(_ name: String = "out.csv") -> String? {
    guard let file = fopen(path + "/" + name, "r") else { return nil }
    defer { fclose(file) }
    var all: [UInt8] = []
    while case let byte = getc(file), byte != EOF { all.append(UInt8(byte)) }
    return String(decoding: all, as: UTF8.self)
  }
  func write(_ text: String) {
    guard let file = fopen(path + "/out.csv", "w") else { return }
    fputs(text, file)
    fclose(file)
  }
  /// Runs the stage over documents and gives the file's lines.
  func export(
    _ documents: [Document], _ rows: String, prepare: (inout ExportCSV) -> Void = { _ in }
  ) throws -> [String] {
    var stage = ExportCSV()
    (stage.path, stage.rows) = (FilePath("out.csv"), rows)
    prepare(&stage)
    #expect(stage.problems().isEmpty)
    let writer = try stage.makeWriter(StageContext(directory: path))
    for (index, document) in documents.enumerated() {
      try writer.write(stage.record(of: document))
      try writer.confirm(SourcePosition(UInt64(index)))
    }
    try writer.finish()
    return (read() ?? "").split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}

@Suite("export.csv")
struct ExportCSVTests {
  @Test("writes documents with their metadata, quoted where needed")
  func documents() throws {
    let lines = try Folder().export(
      [document("a,b"), Document(id: "bare", origin: Origin(uri: "u", mediaType: .html))], "documents")
    #expect(
      lines == [
        "document,uri,media_type,bytes,sha256,title,authors,publication,volume,issue,published,modified,language,url,section,tags,other_metadata,metadata_from,text",
        #""a,b","a,b",text/plain,33,,"A ""title"", so to say","["#
          + #"""A. Author""]",,,,2012-03-05,,,,,[],{},"{""title"":""og:title"",""authors"":""text"",""published"":""text""}",Mosków backs the pipeline (RIA)."#,
        "bare,u,text/html,0,,,[],,,,,,,,,[],{},{},",
      ])
  }

  @Test("writes a layer's entries with their text and fields")
  func layers() throws {
    #expect(
      try Folder().export([document("a")], "sentences") == [
        "document,index,start,end,text", "a,0,0,6,Mosków", "a,1,7,12,backs",
      ])
    #expect(
      try Folder().export([document("a")], "entities") { $0.offsets = .utf8 } == [
        "document,id,start,end,type,text,actor,kind,via,role,candidates",
        #"a,e1,0,7,LOC,Mosków,RUS,government,,,"[{""actor"":""RUS"",""score"":0.97}]""#,
        "a,e2,18,26,MISC,pipeline,,,,,[]",
      ])
  }

  @Test("writes stances so that a row can be read alone")
  func stances() throws {
    #expect(
      try Folder().export([document("a")], "stances") == [
        "document,published,holder,holder_text,holder_actor,target,target_text,target_actor,target_start,target_end,issue,polarity,strength,mode,hedged,negated,evidence_start,evidence_end,evidence_text,speaker,speaker_text,speaker_actor,citations,confidence",
        #"a,2012-03-05,e1,Mosków,RUS,e2,pipeline,,17,25,,support,2,verbal,false,false,0,25,Mosków backs the pipeline,,,,"[""c1""]",0.8"#,
        "a,2012-03-05,author,author,,,the pipeline,,13,25,,oppose,1,material,false,false,7,25,backs the pipeline,e2,pipeline,,[],0.5",
      ])
  }

  @Test("writes a layer of one's own, by its declared fields")
  func declared() throws {
    var empty = document("e")
    empty[Sanction.self] = []
    let lines = try Folder().export([empty, document("a")], "sanctions")
    #expect(
      lines == [
        "document,index,start,end,text,verb,by,scope_start,scope_end,field_end",
        #"a,0,7,12,backs,"ban, or ""stop""",e1,7,12,2013"#,
      ])
  }

  @Test("writes a layer without declared fields, and what comes later as JSON")
  func discovered() throws {
    func remark(_ id: String, _ values: [NamedValue]) -> Document {
      var document = Document.sample("Some text.", id: id)
      document.set("remarks", to: [NamedAnnotation(span: TextSpan(0, 4), values: values)])
      return document
    }
    let folder = Folder()
    let first = remark("a", [NamedValue("n", .integer(1)), NamedValue("at", .span(TextSpan(5, 9)))])
    let second = remark(
      "b", [NamedValue("n", .boolean(true)), NamedValue("x", .string("=1")), NamedValue("y", .number(0.5))])
    let expected = [
      "document,index,start,end,text,n,at_start,at_end,other_fields", "a,0,0,4,Some,1,5,9,",
      #"b,0,0,4,Some,true,,,"{""x"":""=1"",""y"":0.5}""#,
    ]
    #expect(try folder.export([Document.sample("", id: "none"), first, second], "remarks") == expected)
    #expect(try folder.export([second, first], "remarks") { $0.mode = .update } == expected)
    #expect(try Folder().export([], "remarks") == ["document,index,start,end,text,other_fields"])
  }

  @Test("updates by document, all rows of it, and removes those that are gone")
  func updating() throws {
    let folder = Folder()
    _ = try folder.export([document("a"), document("b\n\"b"), document("c")], "sentences")
    var shorter = document("b\n\"b")
    shorter[Sentence.self] = [Sentence(span: TextSpan(8, 13))]
    var none = document("a")
    none[Sentence.self] = []
    let lines = try folder.export([document("d"), shorter, none], "sentences") { $0.mode = .update }
    #expect(
      lines == [
        "document,index,start,end,text", "\"b", "\"\"b\",0,7,12,backs", "c,0,0,6,Mosków", "c,1,7,12,backs",
        "d,0,0,6,Mosków",
        "d,1,7,12,backs",
      ])
  }

  @Test("guards against formulas on request")
  func formulas() throws {
    let folder = Folder()
    var odd = document("=id", "+1 and -1")
    odd[Sentence.self] = [Sentence(span: TextSpan(0, 2)), Sentence(span: TextSpan(7, 9))]
    let expected = ["document,index,start,end,text", "'=id,0,0,2,'+1", "'=id,1,7,9,'-1"]
    #expect(try folder.export([odd], "sentences") { $0.guardFormulas = true } == expected)
    #expect(try folder.export([odd], "sentences") { ($0.guardFormulas, $0.mode) = (true, .update) } == expected)
    #expect(try folder.export([odd], "sentences")[1] == "=id,0,0,2,+1")
  }

  @Test("needs the layer that its rows are")
  func needs() {
    var stage = ExportCSV()
    #expect(stage.needs == [])
    for (rows, needs) in [("stances", ["entities", "stances"]), ("sanctions", ["sanctions"]), ("tokens", ["tokens"])] {
      stage.rows = rows
      #expect(stage.needs.map(\.description) == needs)
    }
  }

  @Test("refuses other files and options that can't go together")
  func refusals() throws {
    let folder = Folder()
    folder.write("mine,yours\n1,2\n")
    for rows in ["sentences", "remarks"] {
      #expect(throws: OutputProblem.self) { try folder.export([], rows) { $0.mode = .update } }
      #expect(folder.read() == "mine,yours\n1,2\n")
    }
    var stage = ExportCSV()
    (stage.path, stage.mode, stage.rows) = (FilePath("-"), .update, "text")
    #expect(stage.problems().map(\.option) == ["mode", "rows"])
  }

  @Test("keeps an older result when it is abandoned")
  func abandoning() throws {
    let folder = Folder()
    _ = try folder.export([document("a")], "sentences")
    let before = folder.read()
    var stage = ExportCSV()
    (stage.path, stage.rows) = (FilePath(folder.path + "/out.csv"), "sentences")
    let writer = try stage.makeWriter(StageContext())
    try writer.write(stage.record(of: document("b")))
    #expect(writer.abandon() == folder.path + "/out.csv.part")
    #expect(folder.read() == before)
    #expect(folder.read("out.csv.part")?.hasPrefix("document,index,start,end,text\nb,0") == true)
  }
}
