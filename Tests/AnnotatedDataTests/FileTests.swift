import AnnotatedData
import CZlib
import CZstd
import Foundation
import PipelineKit
import Testing

@Suite("A file of annotated texts")
struct FileTests {
  static let contents = "{\"text\": \"Moscow agreed.\", \"entities\": [[0, 6, \"LOC\"]]}\n"

  /// A file that goes when the test is over.
  private func withFile(_ name: String, _ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "annotated-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: name)
    try Data(bytes).write(to: url)
    try body(url.path)
  }

  private func gzip(_ text: String) throws -> [UInt8] {
    var packed = [UInt8]()
    try withFile("packed", []) { path in
      let file = gzopen(path, "wb")
      let bytes = Array(text.utf8)
      #expect(gzwrite(file, bytes, UInt32(bytes.count)) == bytes.count)
      gzclose(file)
      packed = Array(try Data(contentsOf: URL(filePath: path)))
    }
    return packed
  }
  private func zstd(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let count = ZSTD_compress(&packed, packed.count, bytes, bytes.count, 3)
    return Array(packed[..<count])
  }
  private func readPath(_ path: String) -> AnnotatedFile { AnnotatedFile(path, layers: ["entities"]) }

  @Test("is read plain and packed, whatever its suffix, with several members behind each other")
  func packed() throws {
    let (one, two) = (try gzip(Self.contents), zstd(Self.contents))
    for (bytes, count) in [(Array(Self.contents.utf8), 1), (one, 1), (one + one, 2), (two, 1), (two + two, 2)] {
      for name in ["a", "a.jsonl", "a.jsonl.gz", "a.jsonl.zst"] {
        try withFile(name, bytes) { path in
          let file = readPath(path)
          #expect(file.messages == [])
          #expect(file.texts.map { $0.words("entities") } == Array(repeating: ["Moscow:LOC"], count: count))
        }
      }
    }
  }

  @Test("that is cut off or damaged is refused with what to do")
  func damaged() throws {
    let long = (0..<9000).map { "{\"text\": \"Text \($0 &* 2_654_435_761) is new.\"}\n" }.joined()
    // In zstd's frame a bit that has to be 0; in gzip's data, of which there is a checksum, some bytes.
    for (packed, damage, reason) in [(try gzip(long), 100..<200, ""), (zstd(long), 4..<5, "is no valid zstd: ")] {
      try withFile("a", Array(packed.dropLast(packed.count / 2))) { path in
        #expect(readPath(path).messages == ["\(path): is cut off; fetch or pack it again"])
      }
      var broken = packed
      for index in damage { broken[index] ^= 0xFF }
      try withFile("a", broken) { path in
        let messages = readPath(path).messages
        #expect(messages.count == 1 && messages[0].hasPrefix("\(path): \(reason)"), "\(messages)")
      }
    }
  }

  @Test("that is not there, is a folder, or holds nothing is refused")
  func unreadable() throws {
    #expect(readPath("/nowhere/a").messages == ["/nowhere/a: can't be read: no such file or directory"])
    #expect(readPath("/").messages == ["/: is a folder; name the files in it"])
    try withFile("a", Array("\n \n".utf8)) { path in
      #expect(readPath(path).messages == ["\(path): holds no text; name a file with annotated texts"])
    }
  }

  /// Contents, and the format that they are taken for by what they hold alone.
  static let formats: [(contents: String, message: String)] = [
    ("[\n{\"text\": \"A.\"}\n]\n", "data:1: is one list; write one object a line, without the brackets around"),
    ("\nMoscow agreed.\n", "data:2: is neither JSON lines nor CoNLL; write one object a line"),
    ("<html>\n", "data:1: is neither JSON lines nor CoNLL"),
  ]

  @Test("of another format is refused", arguments: formats.indices)
  func otherFormat(index: Int) {
    let (contents, message) = Self.formats[index]
    let messages = read(contents).messages
    #expect(messages.count == 1 && messages[0].hasPrefix(message), "\(messages)")
  }

  @Test("that is not UTF-8 is refused with the line")
  func encoding() {
    let bytes = Array("{\"text\": \"A.\"}\n{\"text\": \"".utf8) + [0xE9] + Array("\"}\n".utf8)
    let file = AnnotatedFile(bytes, file: "data", layers: [])
    #expect(file.messages == ["data:2: is not UTF-8; convert the file, for instance with iconv"])
  }

  @Test("may begin with a mark, and have Windows' line ends")
  func marks() {
    let text = "\u{FEFF}" + Self.contents.replacingOccurrences(of: "\n", with: "\r\n")
    #expect(read(text).texts.map { $0.words("entities") } == [["Moscow:LOC"]])
    #expect(read("\u{FEFF}Kazan B-LOC\r\n\r\nUfa B-LOC\r\n").texts.map(\.text) == ["Kazan", "Ufa"])
  }

  @Test("makes documents with text and blocks and no other layer")
  func documents() throws {
    let document = try #require(read(Self.contents).texts.first).document
    #expect(document.text == "Moscow agreed.")
    #expect(document.layerNames == [Block.layer])
  }
}
