import CleanStage
import Foundation
import PipelineKit
import PipelineTesting
import ReadStage
import Testing

/// Feeds through `read`, which parts them, and `clean`, which makes the text of the items' HTML.
@Suite struct FeedBodyTests {
  static let html = "<p>The bridge &amp; the ferry&#8212;both are <b>open</b>.</p><h2>Costs</h2><p>Nobody paid.</p>"
  static let shown = [
    "paragraph: The bridge & the ferry—both are open.", "heading2: Costs", "paragraph: Nobody paid.",
  ]
  static let escaped = html.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")

  static func rss(_ item: String) -> String {
    """
    <?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <title>The Monitor</title><item><title>A Bridge Opens</title><pubDate>Wed, 29 Feb 2012 07:45:00 +0000</pubDate>\(item)</item></channel></rss>
    """
  }
  static func atom(_ entry: String) -> String {
    """
    <a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>The Monitor</a:title><a:entry><a:title>A Bridge Opens</a:title>
    <a:published>2012-02-29T07:45:00+00:00</a:published>\(entry)</a:entry></a:feed>
    """
  }
  private static let xhtml = html.replacing("<p>", with: "<h:p>").replacing("</p>", with: "</h:p>")
    .replacing("<b>", with: "<h:b>").replacing("</b>", with: "</h:b>").replacing("h2>", with: "h:h2>")
    .replacing("</h:h:", with: "</h:")

  @Test(
    "the body of an item becomes text, however it is written",
    arguments: [
      rss("<content:encoded><![CDATA[\(html)]]></content:encoded><description>Short.</description>"),
      rss("<content:encoded>\(escaped)</content:encoded>"), rss("<description><![CDATA[\(html)]]></description>"),
      rss("<description>\(escaped)</description>"), atom("<a:content type='html'>\(escaped)</a:content>"),
      atom("<a:content type='html'><![CDATA[\(html)]]></a:content><a:summary>Short.</a:summary>"),
      atom("<a:content type='xhtml'><h:div xmlns:h='http://www.w3.org/1999/xhtml'>\(xhtml)</h:div></a:content>"),
      atom("<a:summary type='html'>\(escaped)</a:summary>"),
    ])
  func body(feed: String) throws {
    let documents = try cleaned(feed, .auto)
    #expect(documents.map(\.shown) == [Self.shown])
    #expect(documents.first?.metadata[.title] == "A Bridge Opens")
    #expect(documents.first?.metadata[.publication] == "The Monitor")
    #expect(documents.first?.metadata[.published] == "2012-02-29T07:45:00+00:00")
  }

  @Test("plain text in an item stays plain text, signs of markup and all")
  func plain() throws {
    #expect(
      try cleaned(Self.atom("<a:content>Less &lt; more &amp;amp; so.</a:content>"), .auto).first?.text
        == "Less < more &amp; so.")
  }

  @Test("a feed that read was told to take for one document is refused with what to do")
  func whole() throws {
    #expect { try cleaned(Self.rss("<description>x</description>"), .xml) } throws: {
      "\($0)".contains("<rss> is a feed; let \"read\" part it into its items, with format: auto or rss")
    }
  }

  private func cleaned(_ feed: String, _ format: Format) throws -> [Document] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("feed-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(feed.utf8).write(to: folder.appendingPathComponent("feed.xml"))
    var stage = Read()
    stage.path = PathList([FilePath("feed.xml")])
    stage.format = format
    var reader = try stage.makeReader(StageContext(directory: folder.path, maxDocument: .megabytes(1)), after: nil)
    var documents: [Document] = []
    while let raw = try reader.next() {
      let content = try raw.load()
      let origin = Origin(uri: raw.uri, mediaType: content.mediaType ?? raw.mediaType, charset: raw.charset)
      var document = Document(id: raw.id, origin: origin, raw: content.bytes)
      document.metadata = content.metadata
      documents.append(try Clean().annotated(document))
    }
    return documents
  }
}
