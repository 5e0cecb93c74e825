import EntitiesStage
import Foundation
import PipelineKit
import PipelineTesting
import Testing

/// A folder of its own with lists of names, gone when the test is over.
final class ListFolder: Sendable {
  let path = FileManager.default.temporaryDirectory.appending(path: "gazetteers-" + UUID().uuidString)
    .path(percentEncoded: false)

  init(_ files: [String: String] = [:]) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(Array(text.utf8), to: name) }
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file in the place of an older one, which goes first: some file systems wait for the disk where a file is
  /// written over, and tests write thousands.
  func write(_ bytes: [UInt8], to name: String) throws {
    if FileManager.default.fileExists(atPath: self[name]) { try FileManager.default.removeItem(atPath: self[name]) }
    try Data(bytes).write(to: URL(filePath: self[name]))
  }
  subscript(name: String) -> String { path + "/" + name }

  func worker(_ gazetteers: String...) throws -> EntityWorker {
    var stage = Entities()
    stage.gazetteers = gazetteers
    return try stage.makeWorker(StageContext(directory: path))
  }
}

/// A case of Data/gazetteers.txt: rows of a user's list, a marked text and the actors of its mentions.
struct ListCase {
  var phenomenon: String
  var list: String
  var published: String?
  var text: String
  var spans: [TextSpan]
  var actors: [String] = []

  static func all() throws -> [ListCase] {
    let file = try #require(Bundle.module.url(forResource: "Data/gazetteers", withExtension: "txt"))
    var cases: [ListCase] = []
    var (phenomenon, list, published) = ("", "", String?.none)
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
      let rest = String(line.dropFirst(2))
      switch line.first {
      case "=": (phenomenon, list, published) = (rest, "", nil)
      case "+": list += rest + "\n"
      case "@": published = rest
      case ">": cases[cases.count - 1].actors = rest.components(separatedBy: " | ")
      default:
        let (text, spans) = unmark(String(line))
        cases.append(ListCase(phenomenon: phenomenon, list: list, published: published, text: text, spans: spans))
      }
    }
    return cases
  }
}

@Suite("Users' gazetteers")
struct UserGazetteerTests {
  @Test("every case of Data/gazetteers.txt has the mentions and actors that are written under it, compiled or not")
  func cases() throws {
    let cases = try ListCase.all()
    #expect(cases.count >= 20)
    for example in cases {
      let folder = try ListFolder(["my.csv": example.list])
      try folder.write(Entities().compile([folder["my.csv"]], tables: nil).bytes, to: "my.gazetteer")
      for file in ["my.csv", "my.gazetteer"] {
        var worker = try folder.worker(file)
        var document = try prepared(example.text, published: example.published)
        try worker.annotate(&document)
        let spans = document[Entity.self].map(\.span)
        #expect(spans == example.spans, "\(file), \(example.phenomenon): \(mark(example.text, spans))")
        let actors = document[Entity.self].map { $0.actor ?? "-" }
        #expect(actors == example.actors, "\(file), \(example.phenomenon): \(example.text)")
      }
    }
  }

  @Test("a user's name wins over the names that come along, and a list named later over one named earlier")
  func wins() throws {
    let folder = try ListFolder([
      "my.csv":
        "name,actor,kind,type\nMoscow,org:my-band,other,ORG\r\nzorbix,org:zorbix,company,ORG\n\"\"\"Q\"\" Group\",org:q,company,ORG\n",
      "later.csv": "name;actor;kind;type\nzorbix;org:other;company;ORG\n",
    ])
    var document = try prepared("Then Moscow and zorbix agreed with \"Q\" Group.")
    var worker = try folder.worker("my.csv")
    try worker.annotate(&document)
    #expect(document[Entity.self].map(\.actor) == ["org:my-band", "org:zorbix", "org:q"])
    #expect(document.actors.map(\.name) == ["Moscow", "\"Q\" Group", "zorbix"])
    worker = try folder.worker("my.csv", "later.csv")
    try worker.annotate(&document)
    #expect(document[Entity.self].map(\.actor) == ["org:my-band", "org:other", "org:q"])
    #expect(document[Entity.self][1].candidates.map(\.actor) == ["org:other", "org:zorbix"])
  }

  @Test("a person of a list serves the state that the list says, and so does an organisation")
  func serves() throws {
    let folder = try ListFolder([
      "my.csv":
        "name,actor,kind,type,serves\nCzeslaw Vorlan,per:vorlan,person,PER,POL\nTirvana Office,org:office,ministry,ORG,UKR\n"
    ])
    var document = try prepared("Then Czeslaw Vorlan left the Tirvana Office.")
    var worker = try folder.worker("my.csv")
    try worker.annotate(&document)
    #expect(document.actors.map(\.serves) == ["UKR", "POL"])
  }

  @Test("a list and a compiled one are read as two lists are")
  func onTop() throws {
    let folder = try ListFolder([
      "a.csv": "name,actor,kind,type\nZorbix,org:zorbix,company,ORG\nVorlan,org:vorlan,company,ORG\n",
      "b.csv": "name,actor,kind,type\nVorlan,loc:vorlan,place,LOC\nOrlen\u{2019}ko,per:orlenko,person,PER\n",
    ])
    try folder.write(Entities().compile([folder["a.csv"]], tables: nil).bytes, to: "a.gazetteer")
    for gazetteers in [["a.csv", "b.csv"], ["a.gazetteer", "b.csv"], ["b.csv", "a.gazetteer"]] {
      var stage = Entities()
      stage.gazetteers = gazetteers
      var worker = try stage.makeWorker(StageContext(directory: folder.path))
      var document = try prepared("Then Zorbix left Vorlan with Orlen'ko and Moscow's envoy.")
      try worker.annotate(&document)
      #expect(document[Entity.self].prefix(3).map(\.actor) == ["org:zorbix", "loc:vorlan", "per:orlenko"])
    }
  }

  @Test(
    "what is wrong with a file is said with file and line",
    arguments: [
      ("name,actor,kind\n", "my.csv:1: has no column \"type\"; the header has to be name,actor,kind,type"),
      ("name,actor,kind,type\nA,org:a,firm,ORG\n", "my.csv:2: has an unknown kind \"firm\"; use "),
      (
        "name,actor,kind,type\n\nA,org:a,company,FIRM\n",
        "my.csv:3: has an unknown type \"FIRM\"; use PER, ORG, LOC or MISC"
      ),
      ("name,actor,kind,type\nA,,company,ORG\n", "my.csv:2: lacks its actor"),
      ("name;actor;kind;type\r\n;org:a;company;ORG\r\n", "my.csv:2: lacks its name"),
      ("name,actor,kind,type,name\n", "my.csv:1: has two columns \"name\"; name each once"),
      ("", "my.csv: is empty; it wants a header"),
      ("\n\n", "my.csv: is empty; it wants a header"),
      (
        "name,actor,kind,type\n\"A,org:a,company,ORG\nB,org:b,company,ORG\n",
        "my.csv:2: has a field that opens with a quotation mark which nothing closes"
      ),
      (
        "name,actor,kind,type\nA,org:a,company,\"ORG\nB,org:b,company,ORG\n\"C\",org:c,company,ORG\n",
        "my.csv:2: has a quoted field with text behind its end; double"
      ),
      (
        "name,actor,kind,type\n\"A\nB\",org:a,company,ORG\n",
        "my.csv:2: has a name of several lines; is a quotation mark missing?"
      ),
      (
        "name,actor,kind,type,from\nA,org:a,company,ORG,3/1/2012\n",
        "my.csv:2: has a day \"3/1/2012\" in column \"from\"; write it as 2012-03-01, 2012-03 or 2012"
      ),
      ("name,actor,kind,type,to\nA,org:a,company,ORG,2012-13\n", "my.csv:2: has a day \"2012-13\" in column \"to\""),
      (
        "name,actor,kind,type,from,to\nA,org:a,company,ORG,2012,2011\n",
        "my.csv:2: ends before it begins: 2012 to 2011"
      ),
      (
        "name,actor,kind,type,case\nA,org:a,company,ORG,upper\n",
        "my.csv:2: has an unknown case \"upper\"; use exact or any"
      ),
      (
        "name,actor,kind,type,serves\nA,per:a,person,PER,Ukraine\n",
        "my.csv:2: serves an unknown state \"Ukraine\"; use a state's code of three letters"
      ),
      (
        "name,actor,kind,type\nA,org:a,firm,ORG\nB,org:b,company,ORG\nC,,company,ORG\n",
        "government, ministry, international, company, party, media, person, place, other, armed_group\n"
      ),
    ])
  func problems(csv: String, message: String) throws {
    let folder = try ListFolder(["my.csv": csv])
    let problem = #expect(throws: GazetteerProblem.self) { _ = try folder.worker("my.csv") }
    #expect(problem?.description.contains(message) == true, "\(problem?.description ?? "none")")
  }

  @Test("all that is wrong with a list is said at once, up to ten lines")
  func manyProblems() throws {
    let lines = (0..<30).map { $0 % 2 == 0 ? "A,org:a,firm,ORG\n" : "\"B\"s,org:b,company,ORG\n" }
    let folder = try ListFolder(["my.csv": "name,actor,kind,type\n" + lines.joined()])
    let problem = #expect(throws: GazetteerProblem.self) { _ = try folder.worker("my.csv") }
    let said = problem?.description.split(separator: "\n") ?? []
    #expect(said.count == 10)
    for (index, line) in said.enumerated() {
      #expect(line.contains("my.csv:\(index + 2): \(index % 2 == 0 ? "has an unknown kind" : "has a quoted field")"))
    }
  }

  @Test("a file that is not UTF-8 is refused at the line where that shows")
  func encoding() throws {
    let folder = try ListFolder()
    try folder.write(
      Array("name,actor,kind,type\nKoz".utf8) + [0xF3] + Array("w,org:a,company,ORG\n".utf8), to: "my.csv")
    let problem = #expect(throws: GazetteerProblem.self) { _ = try folder.worker("my.csv") }
    #expect(problem?.description.hasSuffix("my.csv:2: is not UTF-8; save it as UTF-8") == true)
  }

  @Test("a header without names is a list of none")
  func headerOnly() throws {
    var worker = try ListFolder(["my.csv": "\u{FEFF}name,actor,kind,type"]).worker("my.csv")
    var document = try prepared("Then Moscow agreed.")
    try worker.annotate(&document)
    #expect(document[Entity.self].count == 1)
  }

  @Test("a list of 200,000 names is read in a second or two, as CSV and compiled")
  func longList() throws {
    let lines = (0..<200_000).map { "Zorbix Vorlan \($0),org:z\($0),company,ORG\n" }
    let folder = try ListFolder(["my.csv": "name,actor,kind,type\n" + lines.joined()])
    try folder.write(Entities().compile([folder["my.csv"]], tables: nil).bytes, to: "my.gazetteer")
    var document = try prepared("Then Zorbix Vorlan 199999 came.")
    for (file, limit) in [("my.csv", 20.0), ("my.gazetteer", 2.0)] {
      var worker: EntityWorker?
      let time = try ContinuousClock().measure { worker = try folder.worker(file) }
      // Bounds that a busy machine and a debug build keep.
      #expect(time < .seconds(limit))
      try worker?.annotate(&document)
      #expect(document[Entity.self].map(\.actor) == ["org:z199999"])
    }
  }

  @Test("a file that is not there is named")
  func missing() {
    var stage = Entities()
    stage.gazetteers = ["/nowhere/names.csv"]
    let problem = #expect(throws: GazetteerProblem.self) { _ = try stage.makeWorker(StageContext()) }
    #expect(problem?.description == "/nowhere/names.csv: can't be read; gazetteers wants CSV files")
  }
}
