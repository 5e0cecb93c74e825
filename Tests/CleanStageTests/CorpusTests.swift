import CleanStage
import Foundation
import PipelineKit
import PipelineTesting
import Testing

/// The pages that the fuzzer starts from, and those that it found.
@Suite("Fuzz corpus")
struct CorpusTests {
  @Test("what the fuzzer runs on keeps the contract, whole and cut off anywhere", arguments: 0..<8)
  func corpus(part: Int) throws {
    let folder = try #require(Bundle.module.url(forResource: "Data/fuzz", withExtension: nil))
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 20)
    for (index, file) in files.sorted(by: { $0.path < $1.path }).enumerated() where index % 8 == part {
      let bytes = Array(try Data(contentsOf: file))
      // Of long ones every so many, with odd steps, so that each kind of place is met.
      for count in stride(from: 0, through: bytes.count, by: max(1, bytes.count / 199)) {
        try expectContract(Array(bytes.suffix(count)), file.lastPathComponent)
        try expectContract(Array(bytes.prefix(bytes.count - count)), file.lastPathComponent)
      }
    }
  }

  /// As `FuzzClean` reads them.
  private func expectContract(_ bytes: [UInt8], _ name: String) throws {
    let isPage = bytes.first == UInt8(ascii: "<")
    let first = bytes.first ?? 0
    let types: [MediaType] = [.html, .xml, .html, .xhtml]
    var stage = Clean()
    if !isPage {
      (stage.captions, stage.comments, stage.tables) = (
        first & 4 != 0, first & 8 != 0, first & 16 != 0 ? .rows : .cells
      )
    }
    let type = isPage ? (bytes.starts(with: "<?xml".utf8) ? .xml : .html) : types[Int(first & 3)]
    let document = page(isPage ? bytes : Array(bytes.dropFirst()), type: type)
    #expect(try pageViolations(of: stage, on: document) == [], "\(name), \(bytes.count) bytes")
  }

  @Test("a checker of pages finds what is wrong")
  func checker() throws {
    #expect(try pageViolations(of: Wrong(text: "a\n\nb", spans: [(0, 1), (3, 4)]), on: page("ab")) == [])
    for (text, spans, message) in [
      ("a\n\nb", [(0, 1)], "the end of the text is in no block"), ("a\nb", [(0, 3), (2, 3)], "out of place"),
      ("a\n\nb", [(0, 4)], "holds a blank line"), ("a\u{1}", [(0, 2)], "has a byte 1"),
      ("é", [(0, 1)], "cuts a character"),
      (" a", [(0, 2)], "has a blank edge"),
    ] {
      let found = try pageViolations(of: Wrong(text: text, spans: spans), on: page("ab"))
      #expect(found.contains { $0.contains(message) }, "\(text.debugDescription): \(found)")
    }
    let outside = Wrong(text: "a", spans: [(0, 1)], source: TextSpan(1, 3))
    #expect(try pageViolations(of: outside, on: page("ab")).first?.contains("outside of the page") == true)
  }
}

/// Writes what it is told to.
private struct Wrong: Annotator, AnnotatorWorker {
  static let name: StageName = "wrong"
  static let summary = "Writes what it is told to."
  var gives: [LayerName] { [.text, Block.layer] }
  var text = ""
  var spans: [(Int, Int)] = []
  var source: TextSpan?

  init() {}
  init(text: String, spans: [(Int, Int)], source: TextSpan? = nil) {
    (self.text, self.spans, self.source) = (text, spans, source)
  }

  func annotate(_ document: inout Document) throws {
    try document.write(text: text, blocks: spans.map { Block(span: TextSpan($0.0, $0.1), source: source) })
  }
}
