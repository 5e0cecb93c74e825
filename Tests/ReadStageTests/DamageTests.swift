import PipelineKit
import ReadStage
import Testing

@Suite("Damaged input of any kind")
struct DamageTests {
  static let inputs: [(name: String, bytes: [UInt8])] = [
    ("a.rss", Array(FeedTests.rss.utf8)),
    ("a.zip", packed(.zip, .none, Member("a.txt", "one\n\ntwo"), Member("b.jsonl", "{\"text\": \"x\"}\n"))),
    ("a.tgz", packed(.tar, .gzip, Member("a.txt", "one\n\ntwo"), Member("b.html.gz", bytes: gzipped("<p>x")))),
    ("a.tar.zst", packed(.tar, .zstd, Member("a.txt", "one"), Member("b.rss", FeedTests.rss))),
    ("a.txt.gz", gzipped("T\nPublication: A Volume: 9 Issue: 41\nBy: B\nMarch 3, 2012\n\nText.")),
    (
      "a.jsonl",
      Array("{\"id\": \"a\", \"text\": \"x\", \"authors\": [\"A\", {\"name\": \"B\"}]}\n{\"text\": \"é\"}".utf8)
    ),
    ("a", Array("<?xml version=\"1.0\"?><!DOCTYPE rss><!-- x --><rss><channel><item/></channel></rss>".utf8)),
  ]

  @Test("gives documents or errors, and never more than there can be", arguments: inputs.indices)
  func damage(index: Int) throws {
    let (name, bytes) = Self.inputs[index]
    let folder = try Folder()
    var random = SplitMix(state: UInt64(index))
    for _ in 0..<150 {
      var damaged = bytes
      for _ in 0...random.below(4) { damaged[random.below(damaged.count)] = UInt8(random.below(256)) }
      if random.below(3) == 0 { damaged.removeLast(random.below(damaged.count)) }
      try folder.write(name, damaged)
      let documents = try folder.read(name, limit: ByteCount(100_000))
      #expect(documents.count <= 8)
      for document in documents { #expect((document.content == nil) == (document.problem?.isEmpty == false)) }
    }
  }
}

/// A generator that gives the same numbers in every run.
struct SplitMix {
  var state: UInt64
  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var next = state
    next = (next ^ (next >> 30)) &* 0xBF58_476D_1CE4_E5B9
    next = (next ^ (next >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((next ^ (next >> 31)) % UInt64(max(limit, 1)))
  }
}
