import PipelineKit
import ReadStage
import Testing

@Suite("JSON lines")
struct RecordTests {
  func read(_ lines: String, limit: ByteCount = .megabytes(1), _ change: (inout Read) -> Void = { _ in }) throws
    -> [Loaded]
  {
    let folder = try Folder()
    try folder.write("r.jsonl", lines)
    return try folder.read("r.jsonl", limit: limit, change)
  }

  @Test("are a document each, by the usual keys")
  func usualKeys() throws {
    let line =
      #"{"id": 7, "title": "T", "author": "A B", "date": "March 3, 2012", "link": "http://a", "text": "One.\r\n\r\nTwo.", "language": "en", "other": 1}"#
    let documents = try read("\u{FEFF}" + line + "\r\n\n  \n{\"text\": null}")
    #expect(documents.map(\.id) == ["7", "r.jsonl#2"])
    #expect(documents.map(\.raw.uri) == ["r.jsonl#1", "r.jsonl#2"])
    #expect(documents[0].bytes == line)
    #expect(documents[0].blocks() == ["One.", "Two."])
    #expect(documents[1].text == "")
    let metadata = try #require(documents[0].content?.metadata)
    #expect(metadata[.title] == "T")
    #expect(metadata.list(.authors) == ["A B"])
    #expect(metadata[.published] == "2012-03-03")
    #expect(metadata[.url] == "http://a")
    #expect(metadata[.language] == "en")
    #expect(metadata[MetadataKey("other")] == nil)
    #expect(metadata.entries.allSatisfy { $0.from == "record" })
  }

  @Test(
    "have dates in ISO 8601, and what is none beside them as it is printed",
    arguments: [
      ("\"2012\"", "2012", nil), ("\"February 2012\"", "2012-02", nil), ("9999999999", nil, "9999999999"),
      ("\"February 31, 2012\"", nil, "February 31, 2012"), ("\"yesterday\"", nil, "yesterday"), ("true", nil, "true"),
      ("null", nil, nil), ("\" \"", nil, nil),
    ])
  func dates(json: String, date: String?, printed: String?) throws {
    let metadata = try #require(try read("{\"text\": \"x\", \"date\": \(json)}")[0].content?.metadata)
    #expect(metadata[.published] == date)
    #expect(metadata[MetadataKey("published_as_printed")] == printed)
  }

  @Test("are read by the map, which may lead into objects and name further metadata")
  func map() throws {
    let line =
      #"{"body": {"plain": "B"}, "text": "no", "when": "2012-03-03T10:00:00", "by": [{"name": "A"}, "B"], "a.b": "x", "key": "k", "words": ["p", "q"], "n": 1.5}"#
    let documents = try read(line) {
      $0.map = [
        "text": "body.plain", "published": "when", "authors": "by", "section": "a.b", "id": "key", "keywords": "words",
        "score": "n", "title": "missing",
      ]
    }
    #expect(documents[0].id == "k")
    #expect(documents[0].text == "B")
    let metadata = try #require(documents[0].content?.metadata)
    #expect(metadata[.published] == "2012-03-03T10:00:00")
    #expect(metadata.list(.authors) == ["A", "B"])
    #expect(metadata[.section] == "x")
    #expect(metadata[MetadataKey("keywords")] == "p, q")
    #expect(metadata[MetadataKey("score")] == "1.5")
    #expect(metadata[.title] == nil)
  }

  @Test(
    "that are broken cost only themselves, and say where they stand",
    arguments: [
      ("{\"text\": ", "line 2: not JSON at byte"), ("[1]", "line 2: wants an object on each line, not a list"),
      ("{\"body\": \"x\"}", "line 2: the record has no key \"text\"; name the one with the text in map: { text: … }"),
      ("{\"text\": 5}", "line 2: key \"text\" wants a string, not an integer"),
      ("{\"text\": \"\", \"title\": {}}", "line 2: key \"title\" wants a string or a list of them, not an object"),
    ])
  func broken(line: String, problem: String) throws {
    let good = "{\"text\": \"good\"}\n"
    let folder = try Folder()
    try folder.write("r.jsonl", good + line + "\n" + good)
    var stage = Read()
    stage.path = PathList([FilePath("r.jsonl")])
    var reader = try stage.makeReader(StageContext(directory: folder.path), after: nil)
    var outcomes: [String] = []
    while let raw = try reader.next() {
      do { outcomes.append(try raw.load().text?.text ?? "") } catch let error as UnreadableDocument {
        #expect(String(decoding: error.bytes, as: UTF8.self) == line)
        outcomes.append(error.reason)
      }
    }
    #expect(outcomes.count == 3)
    #expect(outcomes[0] == "good" && outcomes[2] == "good")
    #expect(outcomes[1].hasPrefix(problem))
  }

  @Test("that are too long are passed over in bounded memory")
  func longLine() throws {
    let long = "{\"text\": \"" + String(repeating: "x", count: 400_000) + "\"}\n"
    let good = "{\"text\": \"good\"}\n"
    let documents = try read(good + long + good + long, limit: ByteCount(1000))
    #expect(documents.map(\.text) == ["good", nil, "good", nil])
    #expect(documents[1].problem?.hasPrefix("line 2: is larger than 1kB") == true)
    let whole = try read(long + good, limit: .megabytes(1))
    #expect(whole.map { $0.text?.count } == [400_000, 4])
  }

  @Test("in another encoding are decoded line by line")
  func encoding() throws {
    let folder = try Folder()
    try folder.write("r.jsonl", Array("{\"text\": \"caf".utf8) + [0xE9] + Array(" au lait\"}\n".utf8))
    #expect(try folder.read("r.jsonl")[0].text == "café au lait")
    #expect(try folder.read("r.jsonl") { $0.encoding = "windows-1251" }[0].text == "cafй au lait")
  }
}
