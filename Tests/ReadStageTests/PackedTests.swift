import Foundation
import PipelineKit
import ReadStage
import Testing

@Suite("Packed files")
struct PackedTests {
  @Test("of one document are unpacked on the fly, by suffix and by first bytes")
  func single() throws {
    let folder = try Folder()
    try folder.write("a.txt.gz", gzipped("gzip") + gzipped(" twice"))
    try folder.write("b.txt.zst", packed(.raw, .zstd, Member("", "zstd")) + packed(.raw, .zstd, Member("", " twice")))
    try folder.write("c.gz", gzipped("<html><p>no suffix"))
    try folder.write("d", gzipped("no suffix at all"))
    try folder.write("e.txt.gz", gzipped("padded") + [0, 0, 0])
    try folder.write("f.html.gz", gzipped("<p>x"))
    let documents = try folder.read("*")
    #expect(documents.map(\.text) == ["gzip twice", "zstd twice", nil, "no suffix at all", "padded", nil])
    #expect(documents.map(\.type) == [.text, .text, .html, .text, .text, .html])
    #expect(documents[2].bytes == "<html><p>no suffix")
  }

  @Test("that are cut off or something else are an error of that document")
  func damaged() throws {
    let folder = try Folder()
    let text = (0..<5000).map { "line \($0 &* 7919)\n" }.joined()
    try folder.write("a.txt.gz", gzipped(text).dropLast(20))
    try folder.write("b.txt.zst", packed(.raw, .zstd, Member("", text)).dropLast(20))
    try folder.write("c.txt.gz", "no gzip")
    try folder.write("d.txt.zst", "no zstd")
    try folder.write("e.jsonl.gz", gzipped(String(repeating: "{\"text\": \"good\"}\n", count: 9)).dropLast(12))
    let documents = try folder.read("*")
    #expect(documents.dropFirst(0).first?.problem == "is cut off: the gzip data end too early")
    #expect(documents.dropFirst(1).first?.problem == "is cut off: the zstd data end too early")
    #expect(documents.dropFirst(2).first?.problem?.hasPrefix("is no valid gzip") == true)
    #expect(documents.dropFirst(3).first?.problem?.hasPrefix("is no valid zstd") == true)
    #expect(documents.last?.problem?.contains("the gzip data end too early") == true)
    #expect(documents.count { $0.problem != nil } == 5)
  }

  @Test("that unpack to more than a document may have are refused, without unpacking them")
  func bombs() throws {
    let folder = try Folder()
    let zeros = [UInt8](repeating: 0x61, count: 50_000_000)
    try folder.write("a.txt.gz", packed(.raw, .gzip, Member("", bytes: zeros)))
    try folder.write("b.txt.zst", packed(.raw, .zstd, Member("", bytes: zeros)))
    try folder.write("c.zip", packed(.zip, .none, Member("big.txt", bytes: zeros), Member("good.txt", "good")))
    try folder.write("d.tgz", packed(.tar, .gzip, Member("big.txt", bytes: zeros), Member("good.txt", "good")))
    let documents = try folder.read("*", limit: ByteCount(100_000))
    #expect(
      documents.map { $0.text ?? String($0.problem?.prefix(12) ?? "") } == [
        "is larger th", "is larger th", "is larger th", "good", "is larger th", "is given up:",
      ])
    #expect(try folder.read("d.tgz", limit: .megabytes(10)).map { $0.text?.count } == [nil, 4])
  }

  static let forms: [(name: String, Packing, Filter)] = [
    ("a.zip", .zip, .none), ("a.tar", .tar, .none), ("a.tar.gz", .tar, .gzip), ("a.tgz", .tar, .gzip),
    ("a.tar.zst", .tar, .zstd), ("a.tar.xz", .tar, .xz), ("a.tar.bz2", .tar, .bzip2), ("archive", .tar, .none),
    ("archive", .zip, .none), ("archive", .tar, .gzip),
  ]

  @Test("of many documents give each member of a known kind", arguments: forms.indices)
  func members(form: Int) throws {
    let (name, packing, filter) = Self.forms[form]
    let folder = try Folder()
    try folder.write(
      name,
      packed(
        packing, filter, Member("inner/b.html", "<p>b"), Member("./a.txt", "a"),
        Member("inner/r.jsonl", "{\"text\": \"r1\"}\n{\"text\": \"r2\"}"),
        Member("picture.jpg", "x"), Member("nested.zip", "x"), Member(".hidden.txt", "x"), Member("README", "plain"),
        Member("link.txt", link: "a.txt"), Member("__MACOSX/a.txt", "x"), Member("p.txt.gz", bytes: gzipped("packed")),
        Member("schöne Grüße.txt", "ü")))
    let documents = try folder.read(name)
    let ids = [
      "inner/b.html", "a.txt", "inner/r.jsonl#1", "inner/r.jsonl#2", "README", "p.txt.gz", "schöne Grüße.txt",
    ]
    #expect(documents.map(\.id) == ids.map { name + "/" + $0 })
    #expect(documents.map(\.raw.uri) == documents.map(\.id))
    #expect(documents.map(\.text) == [nil, "a", "r1", "r2", "plain", "packed", "ü"])
    #expect(documents[0].bytes == "<p>b")
    #expect(documents[0].type == .html)
  }

  @Test("refuse members whose names lead out of the archive")
  func climbing() throws {
    let folder = try Folder()
    try folder.write(
      "a.tar",
      packed(
        .tar, .none, Member("../up.txt", "x"), Member("/root.txt", "x"), Member("a/../../b.txt", "x"),
        Member("ok.txt", "ok")))
    let documents = try folder.read("a.tar")
    #expect(documents.map(\.text) == [nil, nil, nil, "ok"])
    #expect(documents.prefix(3).allSatisfy { $0.problem == "the member's name leads out of the archive" })
  }

  @Test("that are damaged give their good members, then one error", arguments: [Filter.none, .gzip])
  func damagedArchive(filter: Filter) throws {
    let folder = try Folder()
    // Text that hardly packs, so that the cut falls into the last member.
    var state: UInt64 = 88_172_645_463_325_252
    let noise = (0..<60_000).map { _ -> UInt8 in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(state % 64) + 32
    }
    let whole = packed(.tar, filter, Member("a.txt", "a"), Member("b.txt", "b"), Member("c.txt", bytes: noise))
    try folder.write("a.tar.gz", Array(whole.prefix(20_000)))
    let documents = try folder.read("a.tar.gz")
    #expect(documents.map(\.text) == ["a", "b", nil])
    #expect(documents.dropFirst(2).first?.problem != nil)
  }

  @Test("that are no archives are one error")
  func noArchive() throws {
    let folder = try Folder()
    try folder.write("a.zip", "no archive at all")
    try folder.write("b.tar", "")
    let documents = try folder.read("*")
    #expect(documents.count == 1)
    #expect(documents.dropFirst(0).first?.problem?.isEmpty == false)
    #expect(documents[0].id == "a.zip")
  }

  @Test("take their place in the order, and the position counts their members")
  func order() throws {
    let folder = try Folder()
    try folder.write("a.txt", "1")
    try folder.write("b.zip", packed(.zip, .none, Member("z.txt", "2"), Member("a.txt", "3")))
    try folder.write("c.txt", "4")
    #expect(try folder.read("*").map(\.text) == ["1", "2", "3", "4"])
    #expect(try folder.read("*", after: SourcePosition(1)).map(\.text) == ["3", "4"])
    #expect(try folder.ids("*", change: { $0.exclude = ["z.*"] }) == ["a.txt", "b.zip/a.txt", "c.txt"])
  }
}
