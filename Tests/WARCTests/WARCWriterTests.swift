import Foundation
import Learning
import Testing
import WARC

@Suite("A WARC writer")
struct WARCWriterTests {
  @Test("gives back what was written, at the places that it said", arguments: [".warc.gz", ".warc"])
  func roundTrip(suffix: String) throws {
    let archive = Archive(suffix)
    let writer = try archive.writer()
    let places = try (0..<20).map { try writer.write(page($0)) }
    #expect(try writer.sync() == archive.bytes().count)
    let records = try archive.records()
    #expect(records.compactMap(\.problem) == [])
    #expect(records.map(\.record.type).prefix(3) == [.warcinfo, .response, .request])
    #expect(records.dropFirst().map(\.place) == places.flatMap { [$0.response, $0.request] })
    for (number, place) in places.enumerated() {
      let response = try WARCReader.record(at: place.response.offset, in: archive.path)
      #expect(response.targetURI == "https://example.org/\(number)")
      #expect(response.block == page(number).response)
      let request = try WARCReader.record(at: place.request.offset, in: archive.path)
      #expect(request.fields["WARC-Concurrent-To"] == response.id)
      #expect(request.fields["WARC-Warcinfo-ID"] == records.first?.record.id)
    }
  }

  @Test("writes random records that come back, whatever is in them", arguments: 0..<24)
  func randomRecords(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let archive = Archive(seed % 2 == 0 ? ".warc.gz" : ".warc")
    var wanted: [[UInt8]] = []
    for _ in 0..<3 {
      let writer = try archive.writer()
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        var block = random.bytes(Int.random(in: 0..<20_000, using: &random))
        if Bool.random(using: &random) { block += Array("\r\n\r\nWARC/1.1\r\nContent-Length: 5\r\n\r\n".utf8) }
        try writer.write(WARCRecord(.resource, date: warcDate(0), block: block))
        wanted.append(block)
      }
      try writer.flush()
    }
    let records = try read(archive.bytes(), piece: Int.random(in: 1..<5000, using: &random))
    #expect(records.compactMap(\.problem) == [])
    #expect(records.filter { $0.record.type == .resource }.map(\.record.block) == wanted)
    #expect(records.allSatisfy { $0.place.length > 0 })
  }

  @Test("writes nothing where nothing is to be written")
  func empty() throws {
    let archive = Archive()
    _ = try archive.writer().sync()
    #expect(try archive.bytes().isEmpty)
  }

  @Test("cuts a torn tail, wherever the process was killed", arguments: [".warc.gz", ".warc"])
  func tornTail(suffix: String) throws {
    let archive = Archive(suffix)
    var writer: WARCWriter? = try archive.writer()
    let places = try (0..<4).map { try writer?.write(page($0)) }
    writer = nil
    let whole = try archive.bytes()
    let ends = try archive.records().map { $0.place.offset + $0.place.length }
    #expect(ends.count == places.count * 2 + 1)
    for length in stride(from: 0, through: whole.count, by: 7) {
      try archive.replace(by: Array(whole[..<length]))
      let opened = try archive.writer()
      #expect(opened.length == ends.last { $0 <= length } ?? 0)
      try opened.write(page(9))
      try opened.flush()
      #expect(try archive.records().compactMap(\.problem) == [])
    }
  }

  @Test("cuts zeros that a crash of the system left", arguments: [".warc.gz", ".warc"])
  func zeros(suffix: String) throws {
    let archive = Archive(suffix)
    var writer: WARCWriter? = try archive.writer()
    try writer?.write(page(1))
    writer = nil
    let whole = try archive.bytes()
    try archive.replace(by: whole + [UInt8](repeating: 0, count: 3_000_000))
    #expect(try archive.writer().length == whole.count)
    #expect(try archive.bytes() == whole)
  }

  @Test("finds a torn record of several megabytes")
  func largeTornTail() throws {
    var random = SeededGenerator(seed: 7)
    let archive = Archive()
    var writer: WARCWriter? = try archive.writer()
    try writer?.write(page(1))
    let end = try #require(try writer?.sync())
    try writer?.write(WARCRecord(.resource, date: warcDate(0), block: random.bytes(6_000_000)))
    writer = nil
    try archive.replace(by: archive.bytes().dropLast(9))
    #expect(try archive.writer().length == end)
  }

  @Test("goes back to a length that is known to be good")
  func validLength() throws {
    let archive = Archive()
    var writer: WARCWriter? = try archive.writer()
    try writer?.write(page(1))
    let safe = try #require(try writer?.sync())
    try writer?.write(page(2))
    writer = nil
    #expect(try archive.writer(validLength: safe).length == safe)
    #expect(try archive.bytes().count == safe)
    let problem = #expect(throws: WARCProblem.self) { try archive.writer(validLength: safe + 1) }
    #expect(problem?.description.hasPrefix("\(archive.path): has \(safe) bytes and had \(safe + 1) before") == true)
  }

  @Test(
    "leaves alone what is no WARC",
    arguments: [".warc", ".warc.gz"],
    ["<html>", "WARP", "WARC/1.1 but no record", "\u{1F}\u{8B} is not all of gzip"])
  func otherFile(suffix: String, text: String) throws {
    let archive = Archive(suffix)
    let bytes = text.unicodeScalars.map { UInt8($0.value) } + [UInt8](repeating: 0x20, count: 100)
    guard suffix == ".warc.gz" || !text.hasPrefix("WARC/") else { return }
    try archive.replace(by: bytes)
    let problem = #expect(throws: WARCProblem.self) { try archive.writer() }
    #expect(problem?.message.hasSuffix("name another file") == true)
    #expect(throws: WARCProblem.self) { try archive.writer(validLength: 0) }
    #expect(try archive.bytes() == bytes)
  }

  @Test("never cuts whole records, nor a small file of another kind", arguments: [".warc", ".warc.gz"])
  func wholeRecordsBehindDamage(suffix: String) throws {
    let archive = Archive(suffix)
    let isPacked = suffix == ".warc.gz"
    let parts = try ["one", "two", "three"].map { try isPacked ? gzipped(record($0)) : Array(record($0).utf8) }
    let damaged = parts[0] + parts[1].dropLast(7) + parts[2]
    let small = try isPacked ? gzipped("hello") : Array("WARC/1.1\r\nContent-Length: 1\r\n\r\nabcdefghi".utf8)
    for bytes in [damaged, small] {
      try archive.replace(by: bytes)
      #expect(throws: WARCProblem.self) { try archive.writer() }
      #expect(try archive.bytes() == bytes)
    }
  }

  @Test("has its file alone")
  func locked() throws {
    let archive = Archive()
    let first = try archive.writer()
    let problem = #expect(throws: WARCProblem.self) { try archive.writer() }
    #expect(problem?.message.contains("another process") == true)
    try first.write(page(1))
    try first.close()
    #expect(throws: WARCProblem.self) {
      try first.write(page(2))
      try first.flush()
    }
    #expect(try archive.writer().length == archive.bytes().count)
  }

  @Test("says why it can't write")
  func problems() {
    let problem = #expect(throws: WARCProblem.self) {
      try WARCWriter(path: "/nowhere/at/all.warc", software: "s", contact: "c")
    }
    #expect(
      problem?.description
        == "/nowhere/at/all.warc: can't be opened for writing: No such file or directory; see that its folder is there")
  }

  @Test("writes a revisit without its body, naming the first capture")
  func revisit() throws {
    let archive = Archive()
    let writer = try archive.writer()
    var exchange = page(1)
    let digest = payloadDigest(of: Array("<p>1</p>".utf8))
    exchange.revisit = Revisit(
      .identicalPayload, uri: exchange.uri, date: "2026-01-01T00:00:00Z", payloadDigest: digest)
    let place = try writer.write(exchange).response
    try writer.flush()
    let record = try WARCReader.record(at: place.offset, in: archive.path)
    #expect(record.type == .revisit)
    #expect(record.fields["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest")
    #expect(record.fields["WARC-Refers-To-Date"] == "2026-01-01T00:00:00Z")
    #expect(record.fields["WARC-Payload-Digest"] == digest)
    #expect(String(decoding: record.block.suffix(8), as: UTF8.self).hasSuffix("\r\n\r\n"))
  }

  @Test("says what was cut, and lets no field run into another")
  func fields() throws {
    let archive = Archive(".warc")
    let writer = try archive.writer()
    var exchange = page(1)
    exchange.truncation = .length
    exchange.uri = "https://example.org/\r\nX: y"
    let place = try writer.write(exchange).response
    try writer.flush()
    let record = try WARCReader.record(at: place.offset, in: archive.path)
    #expect(record.fields["WARC-Truncated"] == "length")
    #expect(record.fields["X"] == nil)
    #expect(record.date == "2025-11-29T16:00:01Z")
  }

  @Test("knows the digests of RFC 3174 in Base32")
  func digests() {
    #expect(payloadDigest(of: []) == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")
    #expect(payloadDigest(of: Array("abc".utf8)) == "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5")
  }
}
