import CleanStage
import Foundation
import Learning
import PipelineKit
import PipelineTesting
import Testing

@Suite("The model of clean and its options")
struct LearnedOptionTests {
  private func rulesAlone() -> Clean {
    var stage = Clean()
    stage.learned = false
    return stage
  }

  @Test("without it the rules decide, and no model is looked for")
  func rules() throws {
    var stage = rulesAlone()
    #expect(stage.modelIdentity == nil)
    let html =
      "<nav><a href=/>Home page of the monitor.</a></nav><article>\(prose)</article><footer><p>Imprint.</footer>"
    #expect(try clean(html, with: stage).text == proseText)
    stage.model = FilePath("/nowhere/at/all.model")
    #expect(try clean(html, with: stage).text == proseText)
    #expect(try violations(of: stage, on: [page(html), page(""), page("<p>One.")]).isEmpty)
    #expect(Clean().modelIdentity?.name == "clean.model")
  }

  @Test("a model of one's own decides, named by a path beside the pipeline file")
  func ownModel() throws {
    let folder = try Folder()
    let example = GeneratedPages.example(50)
    for isText in [false, true] {
      try folder.write(PageTrainer(GeneratedPages.examples(isText: isText)).train(), "own.model")
      var stage = Clean()
      stage.model = FilePath("own.model")
      #expect(stage.modelIdentity?.name == "own.model")
      let text = try stage.annotated(example.document, context: StageContext(directory: folder.path)).text
      #expect(paragraphs(of: text) == GeneratedPages.example(50, isText: isText).paragraphs)
    }
  }

  @Test("a model that is missing, foreign, damaged or of other numbers is refused at the start, by its path")
  func refusals() throws {
    let folder = try Folder()
    let good = try PageTrainer(GeneratedPages.examples(4)).train()
    var trainer = TreeTrainer(columns: [1, 2, 3, 4], labels: [0, 1], weights: [1, 1], seed: 1)
    trainer.run()
    let cases: [(name: String, bytes: [UInt8]?, reason: String)] = [
      ("missing.model", nil, "can't be read"),
      ("empty.model", [], "is no file with a model"),
      ("words.model", Array("these are words, and no model of anything at all".utf8), "is no model of this program"),
      ("foreign.model", SequenceModel.blank(layout: BlockFeatures.layout, tagCount: 3), "is no model of this program"),
      ("narrow.model", trainer.model(layout: BlockFeatures.layout), "another version"),
      ("old.model", trainer.model(layout: BlockFeatures.layout + 1), "another version"),
      ("short.model", good.dropLast(100), "cut short"),
      ("stub.model", Array(good.prefix(20)), "is no model of this program"),
      ("damaged.model", good.dropLast() + [(good.last ?? 0) ^ 1], "damaged"),
      (".", nil, "is no file with a model"),
    ]
    for (name, bytes, reason) in cases {
      if let bytes { try folder.write(bytes, name) }
      var stage = Clean()
      stage.model = FilePath(name)
      #expect("\(name) is refused") {
        _ = try stage.makeWorker(StageContext(directory: folder.path))
      } throws: { "\($0)".hasPrefix("\(folder.path)/\(name) ") && "\($0)".contains(reason) }
    }
    try folder.write(good, "good.model")
    var stage = Clean()
    stage.model = FilePath("good.model")
    #expect(throws: Never.self) { try stage.makeWorker(StageContext(directory: folder.path)) }
  }

  /// Pages with captions and comments at several places.
  private static let pages = [
    "<article><figure><img><figcaption>The bridge, seen from below.</figcaption></figure>\(prose)</article>",
    "<article>\(prose)<figure><img><figcaption>The ferry that never came.</figcaption></figure></article>",
    "<div>\(prose)<table><caption>Tons of steel</caption><tr><th>Year<th>Tons<tr><td>2011<td>15</table></div>",
    "<div>\(prose)</div><section id=comments><div class=comment><p>I have seen this bridge, and it is none.</div></section>",
    "<h1>Bridges</h1><div class=comment><p>I have seen this bridge, and it is none.</div>",
    prose, "",
  ].flatMap { ["<title>The Monitor</title>" + $0, $0] }

  @Test(
    "captions and comments on option stand beside what the model chooses, and change nothing of it", arguments: pages)
  func more(html: String) throws {
    let plain = try clean(html)
    #expect(!plain[Block.self].contains { $0.kind == .caption })
    var captions = Clean()
    captions.captions = true
    let withCaptions = try clean(html, with: captions)
    #expect(withCaptions.shown.filter { !$0.hasPrefix("caption: ") } == plain.shown)
    #expect(withCaptions[Block.self].contains { $0.kind == .caption } == html.contains("caption>"))
    var comments = Clean()
    comments.comments = true
    let withComments = try clean(html, with: comments)
    #expect(
      withComments.shown.filter { !$0.hasSuffix("it is none.") } == plain.shown.filter { !$0.hasSuffix("it is none.") })
    #expect(withComments.text.contains("it is none.") == html.contains("it is none."))
    captions.comments = true
    #expect(Set(try clean(html, with: captions).shown) == Set(withCaptions.shown).union(withComments.shown))
  }

  @Test("a caption that is all that a page has is its text, and a caption where captions are wanted")
  func captionAlone() throws {
    let html = "<figure><img><figcaption>A picture alone, with a long caption that says so.</figcaption></figure>"
    var captions = Clean()
    captions.captions = true
    for html in [html, "<title>The Monitor</title>" + html] {
      #expect(try clean(html).shown == ["paragraph: A picture alone, with a long caption that says so."])
      #expect(
        try clean(html, with: captions).shown == ["caption: A picture alone, with a long caption that says so."])
    }
  }

  @Test("the options mean the same to the rules alone", arguments: pages)
  func moreByRules(html: String) throws {
    let plain = try clean(html, with: rulesAlone())
    #expect(!plain[Block.self].contains { $0.kind == .caption })
    var captions = rulesAlone()
    captions.captions = true
    #expect(try clean(html, with: captions).shown.filter { !$0.hasPrefix("caption: ") } == plain.shown)
  }
}

/// A folder that goes when the test is over.
private final class Folder {
  private let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  var path: String { url.path }
  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  func write(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: url.appendingPathComponent(name)) }
  deinit { try? FileManager.default.removeItem(at: url) }
}
