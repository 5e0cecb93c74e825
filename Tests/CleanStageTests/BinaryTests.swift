import CleanStage
import Learning
import PipelineKit
import PipelineTesting
import Testing

@Suite struct BinaryTests {
  @Test(
    "a file of another kind is refused by what it is, whatever its name says",
    arguments: [
      ("%PDF-1.4\n%âãÏÓ\n1 0 obj", "a PDF file"), ("\u{89}PNG\r\n\u{1A}\n", "a PNG image"), ("GIF89a", "a GIF image"),
      ("\u{1F}\u{8B}\u{8}\u{0}", "gzip data"), ("\u{7F}ELF\u{2}\u{1}\u{1}", "an ELF program"),
      ("PK\u{3}\u{4}\u{14}", "a ZIP"),
      ("\u{FF}\u{D8}\u{FF}\u{E0}", "a JPEG image"),
      ("\u{D0}\u{CF}\u{11}\u{E0}\u{A1}\u{B1}\u{1A}", "an old Office file"),
      ("{\\rtf1\\ansi text}", "an RTF file"), ("RIFF\u{1}\u{2}\u{3}\u{4}WEBPVP8 ", "a WebP image"),
      ("\u{0}\u{0}\u{0}\u{20}ftypisom", "a video"), ("SQLite format 3\u{0}", "an SQLite database"),
    ])
  func kinds(latin1: String, kind: String) {
    let bytes = latin1.unicodeScalars.map { UInt8(clamping: $0.value) }
    for bytes in [bytes, bytes + Array("<html><p>text</p>".utf8), bytes + noise(2000)] {
      #expect { try Clean().annotated(page(bytes)) } throws: { "\($0)".contains("no page but \(kind)") }
    }
  }

  @Test("bytes by chance and bytes that are zero are no page", arguments: [300, 5000, 100_000])
  func random(count: Int) {
    for bytes in [noise(count), [UInt8](repeating: 0, count: count)] {
      #expect { try Clean().annotated(page(bytes)) } throws: { "\($0)".contains("no text in any encoding") }
    }
  }

  @Test("a page with some control bytes is a page")
  func controls() throws {
    let bytes =
      Array("<body>".utf8) + [0, 1, 0x1A, 0x1B, 0x0B] + Array((prose + "<p>a\u{0}b\u{8}c</p>").utf8) + [0, 0x1A]
    #expect(try Clean().annotated(page(bytes)).text.hasPrefix(proseText.prefix(60)))
  }

  private func noise(_ count: Int) -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(count))
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  }
}
