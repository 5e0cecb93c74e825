import DocumentRecord
import JSON
import PipelineKit
import PipelineTesting
import Testing

@Suite("A record")
struct RecordTests {
  @Test("comes back byte for byte, in every unit", arguments: 0..<60)
  func roundTrip(seed: UInt64) throws {
    let document = randomDocument(seed: seed)
    for unit in OffsetUnit.allCases {
      let line = try RecordEncoder(offsets: unit).line(of: document)
      for decoder in [RecordDecoder(), RecordDecoder(types: [Sanction.self])] {
        let again = try RecordEncoder(offsets: unit).line(of: decoder.document(parsing: line))
        #expect(String(decoding: again, as: UTF8.self) == String(decoding: line, as: UTF8.self))
      }
      let typed = try RecordDecoder(types: [Sanction.self]).document(parsing: line)
      #expect(typed[Sanction.self].map(\.scope) == document[Sanction.self].map(\.scope))
      #expect(typed[Entity.self].map(\.span) == document[Entity.self].map(\.span))
      #expect(typed.text == document.text)
    }
  }

  @Test("has the keys of the contract in their order")
  func golden() throws {
    var document = Document(
      id: "a.html", origin: Origin(uri: "in/a.html", mediaType: .html, byteCount: 9, sha256: "ab"))
    document.metadata.set(.volume, "9", from: "text")
    document.metadata.set(.title, "T", from: "og:title")
    document.metadata.set("series", list: ["x", "y"], from: "record")
    let text = "É: Moscow backs it (RIA)."
    try document.write(text: text, blocks: [Block(span: TextSpan(0, 26), source: TextSpan(5, 9))])
    document.set("remarks", to: [NamedAnnotation(span: TextSpan(4, 10), values: [NamedValue("n", .integer(1))])])
    document[Entity.self] = [
      Entity(
        span: TextSpan(4, 10), type: .location, actor: "RUS", kind: .government, via: .metonymy,
        candidates: [.init(actor: "RUS", score: 0.97)])
    ]
    document.actors = [Actor(id: "RUS", name: "Russia", kind: .state)]
    document[Sentence.self] = [Sentence(span: TextSpan(0, 26))]
    document[Citation.self] = [
      Citation(span: TextSpan(20, 25), sources: [.init(outlet: "RIA Novosti", date: "2012-02-28")], supports: [0])
    ]
    document[DateMention.self] = []
    document[Stance.self] = [
      Stance(
        holder: .entity(0), target: .issue(TextSpan(17, 19)), polarity: .support, strength: 2, mode: .verbal,
        evidence: TextSpan(4, 19), hedged: true, citations: [0], confidence: 0.81)
    ]
    let expected = [
      #"{"schema":"pipeline.document/1","id":"a.html","offsets":"codepoint","#,
      #""source":{"uri":"in/a.html","media_type":"text/html","bytes":9,"sha256":"ab"},"#,
      #""metadata":{"title":"T","authors":[],"publication":null,"volume":"9","issue":null,"published":null,"#,
      #""modified":null,"language":null,"url":null,"section":null,"tags":[],"series":["x","y"]},"#,
      #""metadata_from":{"title":"og:title","volume":"text","series":"record"},"#,
      #""text":"É: Moscow backs it (RIA).","#,
      #""blocks":[{"start":0,"end":25,"kind":"paragraph","level":null,"source":[5,9]}],"#,
      #""sentences":[{"start":0,"end":25}],"#,
      #""entities":[{"id":"e1","start":3,"end":9,"type":"LOC","text":"Moscow","actor":"RUS","kind":"government","#,
      #""via":"metonymy","role":null,"candidates":[{"actor":"RUS","score":0.97}]}],"#,
      #""actors":{"RUS":{"name":"Russia","kind":"state","serves":null}},"#,
      #""citations":[{"id":"c1","start":19,"end":24,"kind":"source","sources":[{"outlet":"RIA Novosti","#,
      #""date":"2012-02-28","url":null,"country":null,"type":null}],"supports":[0]}],"dates":[],"#,
      #""stances":[{"holder":"e1","target":{"start":16,"end":18},"issue":null,"polarity":"support","strength":2,"#,
      #""mode":"verbal","hedged":true,"negated":false,"evidence":{"start":3,"end":18},"speaker":null,"#,
      #""citations":["c1"],"confidence":0.81}],"remarks":[{"start":3,"end":9,"n":1}]}"#,
    ].joined()
    #expect(String(decoding: try RecordEncoder().line(of: document), as: UTF8.self) == expected + "\n")
  }

  @Test("without a text has no key for it, and null where the hash is not known")
  func noText() throws {
    let document = Document(id: "a", origin: Origin(uri: "a", mediaType: .html))
    let record = try JSONValue(parsing: RecordEncoder().line(of: document))
    #expect(record.members?.map(\.key) == ["schema", "id", "offsets", "source", "metadata", "metadata_from"])
    #expect(record["source"]?["sha256"] == .null)
    let again = try RecordDecoder().document(from: record)
    #expect(!again.hasText)
    #expect(again.layerNames.isEmpty)
  }

  @Test("holds only the layers that are asked for")
  func chosenLayers() throws {
    let document = randomDocument(seed: 3)
    func keys(_ encoder: RecordEncoder) throws -> [String] {
      try JSONValue(parsing: encoder.line(of: document)).members?.map(\.key).filter {
        !RecordKeys.reserved.contains($0) || $0 == "actors"
      } ?? []
    }
    #expect(try keys(RecordEncoder(layers: ["stances", "remarks"])) == ["stances", "remarks"])
    #expect(try keys(RecordEncoder(layers: ["entities"])) == ["entities", "actors"])
    #expect(try !keys(RecordEncoder(omitting: ["tokens"])).contains("tokens"))
  }

  @Test("of a layer named like one of its keys is refused")
  func reservedName() {
    var document = Document.sample("A.")
    document.set("metadata", to: [])
    #expect(throws: RecordProblem.self) { try RecordEncoder().line(of: document) }
  }

  @Test("bears spans that leave the text or cut a character")
  func wrongSpans() throws {
    var document = Document.sample("né.")
    document[Entity.self] = [TextSpan(2, 3), TextSpan(0, 99)].map { Entity(span: $0, type: .other) }
    let record = try JSONValue(parsing: RecordEncoder().line(of: document))
    #expect(record["entities"]?[0]?["text"] == "")
    #expect(record["entities"]?[1]?["end"] == 3)
  }
}

@Suite("Reading a record")
struct RecordDecodingTests {
  static func record(_ rest: String, offsets: String = "codepoint") -> String {
    #"{"schema":"pipeline.document/1","id":"a","offsets":"\#(offsets)","text":"né 🙂 x","# + rest + "}"
  }

  @Test(
    "says which value is wrong and what it wants",
    arguments: [
      (#""entities":[{"start":0,"end":1,"type":"X"}]"#, "entities[0].type wants one of PER, ORG, LOC, MISC"),
      (#""entities":[{"start":0,"end":1}]"#, "entities[0].type wants a value"),
      (#""entities":{}"#, "entities wants a list, not an object"),
      (#""entities":[1]"#, "entities[0] wants an object, not an integer"),
      (#""entities":[{"start":"0","end":1,"type":"PER"}]"#, "entities[0].start wants an offset in codepoint units"),
      (
        #""entities":[{"start":0,"end":7,"type":"PER"}]"#,
        "entities[0].end is outside the text: 7, and the text has 6 codepoint units"
      ),
      (#""tokens":[{"start":2,"end":1}]"#, "tokens[0] ends before it starts"),
      (
        #""tokens":[{"start":-1,"end":1}]"#,
        "tokens[0].start is outside the text: -1, and the text has 6 codepoint units"
      ),
      (
        #""quotes":[{"start":0,"end":1,"speaker":"e1"}]"#,
        "quotes[0].speaker points into entities, a layer that is not there"
      ),
      (
        #""entities":[],"quotes":[{"start":0,"end":1,"speaker":"e1"}]"#,
        "quotes[0].speaker wants an identifier of entities; there is no \"e1\""
      ),
      (
        #""sentences":[],"citations":[{"start":0,"end":1,"sources":[],"supports":[0]}]"#,
        "citations[0].supports[0] wants an index into the 0 sentences, not 0"
      ),
      (
        #""entities":[],"stances":[{"holder":"e9","target":{"start":0,"end":1},"polarity":"support"}]"#,
        "stances[0].holder wants an identifier or an index of entities, or one of author"
      ),
      (
        #""entities":[],"stances":[{"holder":"author","target":{"start":0,"end":99},"polarity":"support"}]"#,
        "stances[0].target.end is outside the text: 99, and the text has 6 codepoint units"
      ),
      (
        #""stances":[{"holder":"author","target":{"start":0,"end":1},"polarity":"support"}]"#,
        "stances[0].evidence wants a span: {\"start\": …, \"end\": …}"
      ),
      (
        #""remarks":[{"start":0,"end":1,"at":{"start":0,"end":9}}]"#,
        "remarks[0].at.end is outside the text: 9, and the text has 6 codepoint units"
      ),
      (#""remarks":[{"start":0,"end":1},{"n":1}]"#, "remarks[1].start wants an offset in codepoint units"),
      (
        #""actors":{"RUS":{"name":"Russia","kind":"x"}}"#,
        "actors.RUS.kind wants one of state, government, ministry, international, company, party, media, person, place, other, armed_group"
      ),
    ])
  func problems(rest: String, message: String) {
    let problem = #expect(throws: RecordProblem.self) {
      try RecordDecoder().document(parsing: Self.record(rest).utf8)
    }
    #expect(problem?.description == message)
  }

  @Test("refuses offsets inside a character", arguments: [("utf8", 2), ("utf16", 4)])
  func insideCharacter(unit: String, offset: Int) {
    let line = Self.record(#""tokens":[{"start":0,"end":\#(offset)}]"#, offsets: unit)
    let problem = #expect(throws: RecordProblem.self) { try RecordDecoder().document(parsing: line.utf8) }
    #expect(problem?.description == "tokens[0].end is inside a character: \(offset) in \(unit) units")
  }

  @Test(
    "refuses what is no record",
    arguments: [
      "[]", "{}", #"{"schema":"pipeline.document/2","id":"a","offsets":"utf8"}"#,
      #"{"schema":"pipeline.document/1","offsets":"utf8"}"#,
      #"{"schema":"pipeline.document/1","id":"a","offsets":"bytes"}"#,
    ])
  func noRecord(line: String) {
    #expect(throws: RecordProblem.self) { try RecordDecoder().document(parsing: line.utf8) }
  }

  @Test("passes over keys that it does not know, and takes lists of objects for layers")
  func unknownKeys() throws {
    let line = Self.record(
      #""later":{"a":1},"labels":["x"],"remarks":[{"start":0,"end":1,"at":{"start":1,"end":2,"x":1}}]"#)
    let document = try RecordDecoder().document(parsing: line.utf8)
    #expect(document.layerNames == ["remarks"])
    var values: [NamedValue] = []
    document.visit("remarks") { values = ($0 as? NamedAnnotation)?.values ?? [] }
    #expect(
      values == [
        NamedValue(
          "at",
          .object([
            NamedValue("start", .integer(1)), NamedValue("end", .integer(2)), NamedValue("x", .integer(1)),
          ]))
      ])
  }

  @Test("takes references by identifiers of the record's own, and by index")
  func references() throws {
    let line = Self.record(
      #""entities":[{"id":"b","start":0,"end":1,"type":"PER"},{"id":"a","start":1,"end":2,"type":"PER"}],"#
        + #""quotes":[{"start":0,"end":1,"speaker":"a"},{"start":0,"end":1,"speaker":0}]"#)
    #expect(try RecordDecoder().document(parsing: line.utf8)[Quote.self].map(\.speaker) == [1, 0])
  }

  @Test("assigns layers to a document that has others, and all or none of them")
  func assigning() throws {
    var document = Document.sample("né x")
    document[Entity.self] = [Entity(span: TextSpan(0, 3), type: .person)]
    let quotes: JSONValue = [["start": 0, "end": 2, "speaker": "e1"]]
    try RecordDecoder().assign([JSONMember("quotes", quotes)], to: &document, offsets: .codepoint)
    #expect(document[Quote.self].map(\.span) == [TextSpan(0, 3)])
    #expect(document[Quote.self].map(\.speaker) == [0])
    let before = document.layerNames
    #expect(throws: RecordProblem.self) {
      try RecordDecoder().assign([JSONMember("dates", []), JSONMember("text", [])], to: &document, offsets: .utf8)
    }
    #expect(document.layerNames == before)
  }
}
