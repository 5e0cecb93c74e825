import PipelineKit
import ReadStage
import Testing

@Suite("Plain text")
struct PlainTextTests {
  func load(_ bytes: [UInt8], _ change: (inout Read) -> Void = { _ in }) throws -> Loaded {
    let folder = try Folder()
    try folder.write("a.txt", bytes)
    return try folder.read("a.txt", limit: .megabytes(64), change)[0]
  }
  func load(_ text: String) throws -> Loaded { try load(Array(text.utf8)) }

  @Test(
    "is parted at blank lines and nowhere else",
    arguments: [
      ("One.\nStill one.\n\nTwo.\n", ["One.\nStill one.", "Two."]),
      ("\n\n\nOne.\n\n\n\nTwo.", ["One.", "Two."]),
      ("One.\r\n\r\nTwo.\r\nMore.\r\n", ["One.", "Two.\nMore."]),
      ("One.\r\rTwo.", ["One.", "Two."]),
      ("One.\n \t\u{A0}\nTwo.", ["One.", "Two."]),
      ("  indented\n    code  ", ["  indented\n    code  "]),
      ("", []), ("\n", []), (" ", []), ("é", ["é"]),
      ("\u{FEFF}One.", ["One."]),
    ])
  func blocks(text: String, blocks: [String]) throws {
    let document = try load(text)
    #expect(document.blocks() == blocks)
    #expect(document.text == blocks.joined(separator: "\n\n"))
    #expect(document.bytes == text)
  }

  @Test("says where its blocks stood in the original")
  func sources() throws {
    let document = try load("\u{FEFF}One.\r\nx\r\n\r\nTwo.")
    #expect(document.content?.text?.blocks.map(\.source) == [TextSpan(3, 10), TextSpan(14, 18)])
    let latin = try load([0x63, 0x61, 0x66, 0xE9])
    #expect(latin.text == "café")
    #expect(latin.content?.text?.blocks.map(\.source) == [nil])
  }

  @Test("is decoded, by the option first")
  func decoding() throws {
    #expect(try load([0xFF, 0xFE, 0x1F, 0x04]).text == "П")
    #expect(try load([0xCF, 0xF0, 0xE8]) { $0.encoding = "windows-1251" }.text == "При")
  }

  @Test(
    "has a newsletter's head taken out",
    arguments: [
      "A Title\nPublication: Steppe Monitor Volume: 9 Issue: 41\nBy: Ilie Moraru\nFebruary 29, 2012\n\nBody.\n\nMore.",
      "A Title\r\n\r\nPublication: Steppe Monitor Volume: 9 Issue: 41\r\n\r\n29 February 2012\r\nBy: Ilie Moraru\r\nBody.\r\n\r\nMore.",
      "A Title\nPublication: Steppe Monitor Volume: 9 Issue: 41 February 29, 2012\nBy: Ilie Moraru\nBody.\n\nMore.",
      "\u{FEFF}A Title\nBy: Ilie Moraru\nPublication: Steppe Monitor Volume: 9 Issue: 41\nWednesday, Feb. 29, 2012\nBody.\n\n\nMore.",
    ])
  func head(text: String) throws {
    let document = try load(text)
    let metadata = try #require(document.content?.metadata)
    #expect(document.text == "Body.\n\nMore.")
    #expect(metadata[.title] == "A Title")
    #expect(metadata[.publication] == "Steppe Monitor")
    #expect(metadata[.volume] == "9")
    #expect(metadata[.issue] == "41")
    #expect(metadata.list(.authors) == ["Ilie Moraru"])
    #expect(metadata[.published] == "2012-02-29")
    #expect(metadata.entries.allSatisfy { $0.from == "text" })
  }

  @Test("bears an empty byline and a head without volume")
  func shortHeads() throws {
    let document = try load("T\nPublication: Monitor\nBy:\n\nBody by: him.")
    #expect(document.content?.metadata.entries.map(\.key) == [.publication, .title])
    #expect(document.text == "Body by: him.")
    let other = try load("T\nBy: A B and C D\nMarch 3, 2012\n\nBody.")
    #expect(other.content?.metadata.list(.authors) == ["A B", "C D"])
    #expect(other.text == "Body.")
  }

  @Test(
    "without a certain head stays whole",
    arguments: [
      "A title\n\nBody.", "By: someone\nBody.", "March 3, 2012\nBody.", "A title\n\nBody.\nPublication: late Volume: 1",
      "By the river they met.\n\nMarch 3, 2012", "A title\nBody\nBy: A\nMarch 3, 2012",
    ])
  func noHead(text: String) throws {
    let document = try load(text)
    #expect(document.text == text)
    #expect(document.content?.metadata.entries.isEmpty == true)
  }
}
