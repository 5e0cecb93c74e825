import Learning
import Testing
import WARC

@Suite("A WARC reader")
struct WARCReaderTests {
  @Test(
    "takes every version, and line feeds alone", arguments: ["1.1", "1.0", "0.18", "0.17"], ["\r\n", "\n"])
  func versions(version: String, lineEnd: String) throws {
    let text = record("one", version: version, lineEnd: lineEnd) + record("", version: version, lineEnd: lineEnd)
    for bytes in [Array(text.utf8), try gzipped(text)] {
      for piece in [1, 3, 1000] {
        let records = try read(bytes, piece: piece)
        #expect(records.map(\.text) == ["one", ""])
        #expect(records.compactMap(\.problem) == [])
        #expect(records.first?.record.version == "WARC/" + version)
      }
    }
  }

  @Test("joins folded lines, takes names in any case, and brackets off an address")
  func heads() throws {
    let text =
      "WARC/1.0\r\nwarc-type:response\r\nWARC-Target-URI: <http://a.example/>\r\nX-Long: a\r\n  b\r\n\tc\r\nnonsense\r\nCONTENT-LENGTH: 2\r\n\r\nab\r\n\r\n"
    let found = try #require(try read(Array(text.utf8)).first)
    #expect(found.problem == nil)
    #expect(found.record.type == .response)
    #expect(found.record.targetURI == "http://a.example/")
    #expect(found.record.fields["x-long"] == "a b c")
  }

  @Test("reads a file that is one gzip member")
  func oneMember() throws {
    let records = try read(gzipped((0..<50).map { record("block \($0)") }.joined()))
    #expect(records.map(\.text) == (0..<50).map { "block \($0)" })
    #expect(records.compactMap(\.problem) == [])
  }

  @Test("passes over garbage to the next record, and tells it once", arguments: [0, 1, 2])
  func garbageBetween(place: Int) throws {
    var parts = [record("one"), record("two")].map { Array($0.utf8) }
    parts.insert(Array("some <garbage>\r\nnot a WARC/1 head\r\n".utf8), at: place)
    for isPacked in [false, true] {
      let bytes =
        try isPacked ? parts.flatMap { $0.starts(with: "WARC".utf8) ? try gzipped($0) : $0 } : parts.flatMap { $0 }
      let records = try read(bytes)
      #expect(records.filter { $0.problem == nil }.map(\.text) == ["one", "two"])
      #expect(records.filter { $0.problem != nil }.map(\.number) == [place + 1])
    }
  }

  @Test("loses only the record that is damaged, wherever a byte of it is changed")
  func damagedMember() throws {
    var random = SeededGenerator(seed: 1)
    let blocks = (0..<3).map { "\($0) " + String(decoding: random.bytes(300).map { $0 & 63 + 32 }, as: UTF8.self) }
    let members = try blocks.map { try gzipped(record($0)) }
    for position in members[1].indices where !(3..<10).contains(position) {
      var damaged = members
      damaged[1][position] ^= 0x55
      let records = try read(damaged.flatMap { $0 })
      let good = records.filter { $0.problem == nil }.map(\.text)
      #expect(good == [blocks[0], blocks[2]], "byte \(position)")
      let problem = try #require(records.compactMap(\.problem).first)
      #expect(problem.message.hasPrefix("record 2 at byte \(members[0].count) "), "byte \(position)")
    }
  }

  @Test("finds the member behind one that was torn by a kill, wherever that was")
  func tornInTheMiddle() throws {
    var random = SeededGenerator(seed: 2)
    let text = String(decoding: random.bytes(3000).map { $0 & 63 + 32 }, as: UTF8.self)
    let (first, torn, last) = (try gzipped(record("first")), try gzipped(record(text)), try gzipped(record("last")))
    for length in stride(from: 1, to: torn.count, by: 13) {
      let records = try read(first + torn[..<length] + last)
      #expect(records.filter { $0.problem == nil }.map(\.text) == ["first", "last"], "\(length) bytes")
      #expect(records.contains { $0.problem != nil })
    }
  }

  @Test("gives the whole records of a file that is cut off anywhere, then one problem")
  func cutOff() throws {
    let texts = (0..<3).map { record("block number \($0)") }
    for parts in [texts.map { Array($0.utf8) }, try texts.map { try gzipped($0) }] {
      let whole = parts.flatMap { $0 }
      for length in 0..<whole.count {
        let records = try read(Array(whole[..<length]))
        // Line ends behind a block may be missing.
        let slack = parts[0].starts(with: "WARC".utf8) ? 4 : 0
        let complete = parts.indices.count { parts[...$0].reduce(0) { $0 + $1.count } - slack <= length }
        #expect(records.filter { $0.problem == nil }.count == complete, "\(length) bytes")
        #expect(records.count <= complete + 1)
      }
    }
  }

  @Test("never hangs or crashes on damage of any kind", arguments: 0..<40)
  func fuzz(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let parts = (0..<6).map { number in
      record(String(decoding: random.bytes(Int.random(in: 0..<4000, using: &random)).map { $0 & 127 }, as: UTF8.self))
    }
    var bytes = seed % 2 == 0 ? Array(parts.joined().utf8) : try parts.flatMap { try gzipped($0) }
    for _ in 0..<Int.random(in: 1..<30, using: &random) {
      let position = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.insert(contentsOf: random.bytes(20), at: position)
      default: bytes.removeSubrange(position..<min(position + 30, bytes.count))
      }
    }
    let records = try read(bytes, limit: 2000, piece: Int.random(in: 1..<2000, using: &random))
    #expect(records.count <= bytes.count)
    #expect(records.map(\.number) == (0..<records.count).map { $0 + 1 })
    #expect(records.allSatisfy { $0.record.block.count <= 65_536 })
  }

  @Test("passes over a block that is too large and keeps its beginning")
  func limit() throws {
    let large = String(repeating: "0123456789", count: 100_000)
    let text = record("a") + record(large) + record("b")
    for bytes in [Array(text.utf8), try gzipped(text)] {
      let records = try read(bytes, limit: 10)
      #expect(records.filter { $0.problem == nil }.map(\.text) == ["a", "b"])
      let lost = try #require(records.dropFirst().first)
      #expect(lost.problem?.isTooLarge == true)
      #expect(lost.record.block.count == 65_536)
    }
  }

  @Test("tells a missing or impossible length", arguments: [nil, "-1", "x", "99999999999999999999", "1e3"])
  func length(value: String?) throws {
    let field = value.map { "Content-Length: \($0)\r\n" } ?? ""
    let text = "WARC/1.1\r\nWARC-Type: resource\r\n\(field)\r\nab\r\n\r\n" + record("next")
    let records = try read(Array(text.utf8))
    #expect(records.map { $0.problem == nil } == [false, true])
    #expect(records.last?.text == "next")
    #expect(records.first?.record.type == .resource)
  }

  @Test("passes over what isn't wanted without keeping its block")
  func wants() throws {
    let text = record("a", type: "request") + record("b") + record("c", type: "metadata")
    let reader = WARCReader(MemorySource(Array(text.utf8)))
    var blocks: [String] = []
    while let stored = try reader.next(wants: { $0.type == .resource }) { blocks.append(stored.text) }
    #expect(blocks == ["", "b", ""])
  }
}
