import CleanStage
import Learning
import PipelineKit
import Testing

@Suite("The numbers of a block")
struct BlockFeatureTests {
  private func seen(_ html: String) throws -> SeenPage {
    try SeenPage(PageExample(document: page(html), gold: .text(""), group: "one"))
  }

  /// Pages that have all sorts of things, or lack them.
  private static let pages = [
    "<p>One block.", "<p>a", "text", "<h1>Head</h1>", "<td>cell", prose, "<article>\(prose)</article>",
    "<div>" + String(repeating: "<h2>Head</h2><p><a href=x>link</a><li>x<td>y<pre>z</pre>", count: 30),
    String(repeating: "<div class=a>", count: 600) + prose,
    "<figure><img><figcaption>The bridge, seen from below.</figcaption></figure>\(prose)<video></video><p>Related articles",
    "<title>Ministers meet</title><meta property=og:description content='They met in Batumi on Friday'>"
      + "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"They met in Batumi.\"}</script>"
      + prose,
    "<p>" + String(repeating: "слово. ", count: 5000), "<p>Минск",
    "<table><tr><th>Year<th>Tons<tr><td>2011<td>15</table>",
  ]

  @Test("are as many as the width says for each block of any page, and all finite", arguments: pages)
  func width(html: String) throws {
    let page = try seen(html)
    #expect(!page.texts.isEmpty)
    #expect(page.numbers.count == page.texts.count * BlockFeatures.width)
    #expect(page.numbers.allSatisfy { $0.isFinite })
  }

  @Test("are as many on a page of ten thousand blocks")
  func manyBlocks() throws {
    let page = try seen((0..<10_000).map { "<p class=c\($0 % 50)>Block \($0) of a long page." }.joined())
    #expect(page.texts.count == 10_000)
    #expect(page.numbers.count == 10_000 * BlockFeatures.width)
    #expect(page.numbers.allSatisfy { $0.isFinite })
  }

  @Test(
    "are none where there is no block", arguments: ["", "<html></html>", "<div><div></div></div>", "<title>T</title>"])
  func noBlocks(html: String) throws {
    let page = try seen(html)
    #expect(page.texts.isEmpty && page.numbers.isEmpty)
  }

  @Test("tell apart what stands in one page at different places, and hold for a page whatever came before")
  func values() throws {
    let page = try seen("<nav><a href=/>Home</a></nav><article>\(prose)</article>")
    let rows = page.texts.indices.map { block in
      (0..<BlockFeatures.width).map { page.numbers[$0 * page.texts.count + block] }
    }
    #expect(Set(rows).count == 3)
    // The share in links: all of the first, nothing of the others.
    #expect(rows.map { $0[2] } == [1, 0, 0])
    var worker = try Clean().makeWorker(StageContext())
    let headed = Self.pages.map { "<title>The Monitor</title>" + $0 }
    for html in headed + ["", "<html></html>"] + Self.pages + headed.reversed() {
      var document = CleanStageTests.page(html)
      try worker.annotate(&document)
      #expect(document.text == (try clean(html).text))
    }
  }

  @Test("are those that the model that comes along was learned from")
  func shippedModel() throws {
    let file = try ModelFile.shipped("clean.model", target: "CleanStage")
    let model = try TreeModel(file, layout: BlockFeatures.layout)
    #expect(model.featureCount == BlockFeatures.width)
    let page = try seen("<nav><a href=/>Home</a></nav><article>\(prose)</article>")
    var scores: [Float] = []
    model.score(page.numbers, count: page.texts.count, appendingTo: &scores)
    #expect(scores[0] < 0 && scores[1] > 0 && scores[2] > 0)
  }
}
