import Foundation
import PipelineKit
import ReadStage
import Testing

@Suite("Paths and patterns")
struct ListingTests {
  static let names = [
    "a.txt", "b.html", "c.TXT", "2011/x.txt", "2011/y.html", "2012/x.txt", "2012/deep/er/z.txt", ".hidden.txt",
    ".git/config.txt", "odd [1].txt", "é.txt", "picture.jpg", "2011/x.txt.gz",
  ]

  static func folder() throws -> Folder {
    let folder = try Folder()
    for name in names { try folder.write("in/" + name, "text") }
    return folder
  }

  @Test(
    "match what shells match, in the byte order of the paths",
    arguments: [
      ("in/*.txt", ["a.txt", "odd [1].txt", "é.txt"]),
      ("in/**/*.txt", ["2011/x.txt", "2012/deep/er/z.txt", "2012/x.txt", "a.txt", "odd [1].txt", "é.txt"]),
      ("in/**/x.*", ["2011/x.txt", "2011/x.txt.gz", "2012/x.txt"]),
      ("in/**/deep/**", ["2012/deep/er/z.txt"]),
      ("in/**/**/z.txt", ["2012/deep/er/z.txt"]),
      ("in/?.txt", ["a.txt", "é.txt"]),
      ("in/[a-b].*", ["a.txt", "b.html"]),
      ("in/[!a]*.html", ["b.html"]),
      ("in/[^a]*.html", ["b.html"]),
      ("in/{a,b,zz}.{txt,html}", ["a.txt", "b.html"]),
      ("in/{2011,2012}/x.txt", ["2011/x.txt", "2012/x.txt"]),
      ("in/201{1,{2,3}}/x.txt", ["2011/x.txt", "2012/x.txt"]),
      ("in/.*", [".hidden.txt"]),
      ("in/.git/*", ["config.txt"]),
      ("in/odd [1].txt", ["odd [1].txt"]),
      ("in/odd \\[*", ["odd [1].txt"]),
      ("in/*[", []),
      ("in/nothing*", []),
      ("in/*/*.html", ["2011/y.html"]),
      ("in/2012/*/*/*", ["deep/er/z.txt"]),
      ("./in/a*", ["a.txt"]),
      ("in/a.txt", ["a.txt"]),
      ("in/2012/deep", ["er/z.txt"]),
    ])
  func patterns(pattern: String, ids: [String]) throws { #expect(try Self.folder().ids(pattern) == ids) }

  @Test("of a folder mean its files of known kinds, hidden ones left out")
  func wholeFolder() throws {
    let ids = try Self.folder().ids("in")
    #expect(
      ids == [
        "2011/x.txt", "2011/x.txt.gz", "2011/y.html", "2012/deep/er/z.txt", "2012/x.txt", "a.txt", "b.html", "c.TXT",
        "odd [1].txt", "é.txt",
      ])
    #expect(try Self.folder().ids("in/").count == 10)
    #expect(try Self.folder().ids("in", change: { $0.format = .text }).contains("picture.jpg"))
  }

  @Test("in a list give each file once")
  func list() throws {
    #expect(try Self.folder().ids("in/a.txt", "in/*.txt", "in/2011/x.txt").count == 4)
  }

  @Test(
    "leave out what is excluded",
    arguments: [
      (["2011"], 6), (["*.html"], 6), (["2012/deep"], 7), (["**/er/*"], 7), (["{2011,2012}/"], 4), (["nothing"], 8),
      (["2012/**"], 6),
    ])
  func exclusion(patterns: [String], count: Int) throws {
    let ids = try Self.folder().ids("in/**/*.{txt,html}", change: { $0.exclude = patterns })
    #expect(ids.count == count)
  }

  @Test("that don't exist are an error that names them")
  func missing() throws {
    let folder = try Folder()
    for path in ["nowhere.txt", "nowhere/**/*.txt", "nowhere/"] {
      let error = #expect(throws: (any Error).self) { try folder.read(path) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("nowhere"))
    }
  }

  @Test("keep names that are not UTF-8")
  func rawNames() throws {
    let folder = try Folder()
    let name = (folder.path + "/caf").utf8.map { CChar(bitPattern: $0) } + [CChar(bitPattern: 0xE9)]
    let suffix = ".txt".utf8.map { CChar(bitPattern: $0) }
    let file = try #require(fopen(name + suffix + [0], "w"))
    fputs("coffee", file)
    fclose(file)
    let documents = try folder.read("*.txt")
    #expect(documents.map(\.text) == ["coffee"])
  }

  @Test("follow links to files, but not the ones to folders under **")
  func links() throws {
    let folder = try Folder()
    try folder.write("in/sub/a.txt", "a")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/b.txt", withDestinationPath: "sub/a.txt")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/loop", withDestinationPath: ".")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/gone.txt", withDestinationPath: "nowhere")
    #expect(try folder.ids("in/**/*.txt") == ["b.txt", "gone.txt", "sub/a.txt"])
    #expect(try folder.ids("in/loop/*.txt") == ["b.txt", "gone.txt"])
    #expect(try folder.read("in/gone.txt*")[0].problem?.contains("can't be opened") == true)
  }
}

@Suite("The stage read")
struct ReadStageTests {
  @Test(
    "gives text unless names or format say markup",
    arguments: [
      (["a/*.txt"], Format.auto, true), (["a/**/*.html"], .auto, false), (["a/*.HTM.gz"], .auto, false),
      (["a"], .auto, true), (["a.zip"], .auto, true), (["a/*.{html,txt}"], .auto, false),
      (["a.txt", "b.xml"], .auto, false),
      (["a/*.html"], .text, true), (["a/*"], .rss, false), (["-"], .auto, true), (["a.atom"], .auto, false),
      (["a.jsonl"], .auto, true),
    ])
  func gives(paths: [String], format: Format, hasText: Bool) {
    var stage = Read()
    stage.path = PathList(paths.map { FilePath($0) })
    stage.format = format
    #expect(stage.gives.contains(.text) == hasText)
  }

  @Test("takes one path or a list")
  func pathList() {
    var problems: [String] = []
    let report: (Node, String) -> Void = { problems.append($1) }
    #expect(PathList.read(Node("a"), report: report)?.paths == [FilePath("a")])
    let list = Node(.list([Node("a"), Node("b")]))
    #expect(PathList.read(list, report: report)?.paths.map(\.text) == ["a", "b"])
    #expect(problems.isEmpty)
    #expect(PathList.read(Node(.map([])), report: report) == nil)
    #expect(problems == ["wants a path, or a list, each entry a path"])
  }

  @Test("refuses options that can't be meant")
  func problems() {
    var stage = Read()
    #expect(stage.problems().map(\.option) == ["path"])
    stage.path = PathList([FilePath("a{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}{0,1}.txt")])
    stage.encoding = "klingon"
    #expect(stage.problems().map(\.option) == ["path", "encoding"])
    stage = Read()
    stage.path = PathList([FilePath("a")])
    stage.encoding = "latin1"
    #expect(stage.problems().isEmpty)
  }

  @Test("knows what is to come where that is cheap")
  func expectation() throws {
    let folder = try Folder()
    try folder.write("a.txt", "12345")
    try folder.write("b.html", "1234567890")
    try folder.write("c.jsonl", "{}")
    func expected(_ path: String) throws -> ExpectedInput {
      var stage = Read()
      stage.path = PathList([FilePath(path)])
      return try stage.makeReader(StageContext(directory: folder.path), after: nil).expected
    }
    #expect(try expected("*.{txt,html}") == ExpectedInput(documents: 2, bytes: 15))
    #expect(try expected("*") == ExpectedInput(documents: nil, bytes: 17))
  }

  @Test("goes on behind a position, also in the middle of a file")
  func resume() throws {
    let folder = try Folder()
    try folder.write("a.txt", "a")
    try folder.write("b.jsonl", "{\"text\": \"b1\"}\n{\"text\": \"b2\"}\n{\"text\": \"b3\"}\n")
    try folder.write("c.txt", "c")
    let all = try folder.read("*")
    #expect(all.map(\.text) == ["a", "b1", "b2", "b3", "c"])
    #expect(all.map(\.raw.position.ordinal) == [0, 1, 2, 3, 4])
    let rest = try folder.read("*", after: SourcePosition(2))
    #expect(rest.map(\.text) == ["b3", "c"])
    #expect(rest.map(\.raw.position.ordinal) == [3, 4])
    #expect(try folder.read("*", after: SourcePosition(9)).isEmpty)
  }

  @Test("an unreadable file costs only itself")
  func unreadable() throws {
    let folder = try Folder()
    try folder.write("a.txt", "a")
    try folder.write("b.txt", "b")
    try folder.write("c.txt", "c")
    var stage = Read()
    stage.path = PathList([FilePath("*.txt")])
    var reader = try stage.makeReader(StageContext(directory: folder.path), after: nil)
    try FileManager.default.removeItem(atPath: folder.path + "/a.txt")
    try FileManager.default.removeItem(atPath: folder.path + "/b.txt")
    try FileManager.default.createDirectory(atPath: folder.path + "/b.txt", withIntermediateDirectories: true)
    var outcomes: [String] = []
    while let raw = try reader.next() {
      do { outcomes.append(try raw.load().text?.text ?? "") } catch { outcomes.append("\(error)") }
    }
    #expect(outcomes == ["can't be opened: No such file or directory", "can't be read: Is a directory", "c"])
  }

  @Test("a document that is too large is refused")
  func tooLarge() throws {
    let folder = try Folder()
    try folder.write("a.txt", String(repeating: "a", count: 1001))
    try folder.write("b.txt", String(repeating: "b", count: 1000))
    let documents = try folder.read("*.txt", limit: ByteCount(1000))
    #expect(documents[0].problem?.contains("is larger than 1kB") == true)
    #expect(documents[1].text?.count == 1000)
  }

  @Test(
    "looks at the first bytes where the suffix says nothing",
    arguments: [
      ("<!DOCTYPE html><p>x", "text/html"), ("\n <html>", "text/html"), ("<p>x</p>", "text/html"),
      ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "application/xhtml+xml"),
      ("<?xml version='1.0'?><nitf/>", "application/xml"), ("<!-- c --><nitf/>", "application/xml"),
      ("Plain words.", "text/plain"), ("", "text/plain"), ("{\"text\": \"x\"}", "application/json"),
      ("<?xml version='1.0'?><!-- <rss> --><a/>", "application/xml"),
    ])
  func sniffing(text: String, type: String) throws {
    let folder = try Folder()
    try folder.write("file", text)
    let documents = try folder.read("file")
    #expect(documents.map(\.type.description) == [type])
    #expect(documents[0].problem == nil)
  }

  @Test("binary files are refused")
  func binary() throws {
    let folder = try Folder()
    try folder.write("a.pdf", "%PDF-1.4 …")
    try folder.write("b.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0, 0, 0, 0, 1, 2, 3])
    let documents = try folder.read("*")
    #expect(documents.allSatisfy { $0.problem?.contains("is not text") == true })
    #expect(documents.count == 2)
  }

  @Test("markup goes on as it is, with the encoding that the pipeline file names")
  func markup() throws {
    let folder = try Folder()
    try folder.write("a.html", [0x3C, 0x70, 0x3E, 0xE9])
    let documents = try folder.read("a.html") { $0.encoding = "latin1" }
    #expect(documents[0].content?.bytes == [0x3C, 0x70, 0x3E, 0xE9])
    #expect(documents[0].raw.charset == "latin1")
    #expect(documents[0].text == nil)
    #expect(documents[0].type == .html)
  }
}
