import EntitiesStage
import Foundation
import Learning
import PipelineKit
import PipelineTesting
import Testing

@Suite("Compiled gazetteers")
struct GazetteerFileTests {
  private static let plugin = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Plugins/Entities").path(percentEncoded: false)

  @Test("the file that comes along is what its tables give")
  func isFresh() throws {
    let compiled = try Entities().compile([], tables: Self.plugin + "/Data").bytes
    let committed = try [UInt8](Data(contentsOf: URL(filePath: Self.plugin + "/Model/entities.gazetteer")))
    #expect(
      compiled == committed ? true : false,
      "Model/entities.gazetteer is older than the tables in Data; run: make gazetteer")
  }

  @Test("the same lists give the same bytes")
  func isRepeatable() throws {
    let folder = try ListFolder(["my.csv": "name,actor,kind,type\nZorbix,org:zorbix,company,ORG\n"])
    let compile = { try Entities().compile([folder["my.csv"]], tables: nil).bytes }
    #expect(try compile() == compile())
  }

  /// Tables and a list small enough that a random change hits something.
  private func small() throws -> (folder: ListFolder, bytes: [UInt8]) {
    let folder = try ListFolder([
      "actor_names.tsv": "RUS\tRussia\tstate\t\norg:zorbix\tZorbix\tcompany\tRUS\n",
      "actors.tsv": """
      Russia\tRUS\tstate\tname\tLOC
      Russian\tRUS\tstate\tdemonym\tMISC
      Moscow\tRUS\tgovernment\tmetonymy\tLOC
      Moscow\tloc:moscow\tplace\tname\tLOC
      Zorbix Vorlan\torg:zorbix\tcompany\tname\tORG\t2001-01-01\t2012-01-01
      Foreign Ministry\torg:foreign-ministry\tministry\tname\tORG\t\t\tg

      """,
      "persons.tsv": "José Ostrel\tper:jose-ostrel\tRUS\tGOV\t2001-01-01\t\nAna Ostrel\tper:ana-ostrel\tRUS\tGOV\n",
      "forenames.txt": "José\nAna\n", "surnames.txt": "Ostrel\n", "roles.tsv": "minister\thead\ndeputy\tmodifier\n",
      "org_heads.txt": "Bank\tcompany\tlast\nAir Force\tministry\tlast\n", "place_heads.txt": "Lake\tfirst\n",
      "cues.tsv": "function\tthe of in\nthe\tthe\nspeech\tsaid rejected\n",
      "my.csv": "name,actor,kind,type\nMoscow,org:band,other,ORG\nVorlan Lake,org:vorlan,company,ORG\n",
      "more.csv": "name,actor,kind,type\nOstrel Lake,org:ostrel,company,ORG\nAna Vorlan,per:vorlan,person,PER\n",
    ])
    return (folder, try Entities().compile([folder["my.csv"]], tables: folder.path).bytes)
  }

  private func document() throws -> Document {
    try prepared(
      """
      Then Moscow rejected it. Deputy Foreign Minister José Ostrel of Russia met Ana Ostrel in Vorlan Lake.
      The Russian Foreign Ministry and Zorbix Vorlan Bank said so (Moscow, March 3). Minister Ostrel left Ostrel Lake.
      MOSCOW AND ZORBIX VORLAN REJECT AIR FORCE PLAN
      """, published: "2005-03-04")
  }

  @Test("a file cut short anywhere near an edge of a section is refused, with what to do")
  func cutShort() throws {
    let (folder, bytes) = try small()
    let edges = LexiconFile.sectionEdges(bytes) + [bytes.count, 8, 16, 24, 32, 48]
    for edge in edges {
      for length in [edge - 1, edge, edge + 1] where length > 7 && length < bytes.count {
        try folder.write(Array(bytes.prefix(length)), to: "cut.gazetteer")
        let problem = #expect(throws: GazetteerProblem.self, "\(length)") { _ = try folder.worker("cut.gazetteer") }
        #expect(problem?.description.contains("; compile it again: pipeline gazetteer LIST… --out ") == true)
      }
    }
  }

  @Test("a file with any byte changed is refused as damaged, or as another version's, or not taken for one")
  func changed() throws {
    let (folder, bytes) = try small()
    var random = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      var damaged = bytes
      damaged[Int(random.next() % UInt64(bytes.count))] ^= UInt8(1 << (random.next() % 8))
      try folder.write(damaged, to: "bad.gazetteer")
      #expect(throws: GazetteerProblem.self) { _ = try folder.worker("bad.gazetteer") }
    }
  }

  @Test("a file whose check sum was made to fit its damage gives an error or wrong answers, and ends no process")
  func sealed() throws {
    let (folder, bytes) = try small()
    let document = try document()
    let sections = LexiconFile.sectionEdges(bytes)
    var (refused, read) = (0, 0)
    for seed in 1...1000 {
      var random = SeededGenerator(seed: UInt64(seed))
      var damaged = bytes
      for _ in 0...seed % 8 {
        // Each section is hit as often as any other, whatever its size.
        let section = Int(random.next() % UInt64(sections.count))
        let end = section + 1 < sections.count ? sections[section + 1] : bytes.count
        let offset = sections[section] + Int(random.next() % UInt64(end - sections[section]))
        damaged[offset] = random.next() % 2 == 0 ? UInt8(truncatingIfNeeded: random.next()) : 0xFF
      }
      if seed % 5 == 0 { damaged[48 + Int(random.next() % UInt64(sections[0] - 48))] ^= UInt8(1 << (seed % 7)) }
      LexiconFile.seal(&damaged)
      try folder.write(damaged, to: "bad.gazetteer")
      for gazetteers in [["bad.gazetteer"], ["bad.gazetteer", "more.csv"]] {
        var stage = Entities()
        stage.gazetteers = gazetteers
        do {
          var worker = try stage.makeWorker(StageContext(directory: folder.path))
          var copy = document
          try worker.annotate(&copy)
          read += 1
        } catch is GazetteerProblem {
          refused += 1
        }
      }
    }
    #expect(refused > 50 && read > 500, "\(refused) refused, \(read) read")
  }

  @Test("a file that was built on other names than now come along, two of them, and one as a list, are refused")
  func misuse() throws {
    let (folder, _) = try small()
    var bytes = try Entities().compile([folder["my.csv"]], tables: nil).bytes
    try folder.write(bytes, to: "my.gazetteer")
    _ = try folder.worker("my.gazetteer")
    var problem = #expect(throws: GazetteerProblem.self) { _ = try folder.worker("my.gazetteer", "my.gazetteer") }
    #expect(problem?.description.contains("is a second compiled gazetteer; compile all lists into one") == true)
    problem = #expect(throws: GazetteerProblem.self) { try Entities().compile([folder["my.gazetteer"]], tables: nil) }
    #expect(problem?.description.contains("is compiled already; name the CSV files it was made of") == true)
    bytes[32] ^= 1
    LexiconFile.seal(&bytes)
    try folder.write(bytes, to: "my.gazetteer")
    problem = #expect(throws: GazetteerProblem.self) { _ = try folder.worker("my.gazetteer") }
    #expect(
      problem?.description.contains("was compiled with other names than now come along; compile it again") == true)
  }

  @Test("rows that are none of a table are told with their lines")
  func tables() throws {
    let (folder, _) = try small()
    try folder.write(Array("# Words.\nfunction\tthe\n\nfunctoin\tof\nthe\n".utf8), to: "cues.tsv")
    let problem = #expect(throws: GazetteerProblem.self) { try Entities().compile([], tables: folder.path) }
    #expect(problem?.description.contains("/cues.tsv:4: is no row of this table") == true)
    #expect(problem?.description.contains("/cues.tsv:5: is no row of this table") == true)
  }

  @Test("tables that are not there are named")
  func missingTables() {
    let problem = #expect(throws: GazetteerProblem.self) { try Entities().compile([], tables: "/nowhere") }
    #expect(problem?.description.hasPrefix("/nowhere/actor_names.tsv: can't be read") == true)
  }
}
