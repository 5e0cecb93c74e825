import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct MetadataTests {
  private func metadata(_ head: String, _ body: String = prose) throws -> Metadata {
    try clean("<html><head>\(head)</head><body><article>\(body)</article></body></html>").metadata
  }

  @Test(
    "the title is without the site's name",
    arguments: [
      (
        #"<meta property="og:title" content="A Bridge | The Monitor"><meta property="og:site_name" content="The Monitor">"#,
        "", "A Bridge", "og:title"
      ),
      (
        #"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A Bridge"}</script>"#, "",
        "A Bridge", "json-ld"
      ),
      ("<title>A Bridge - The Monitor</title>", "<h1>A Bridge</h1>", "A Bridge", "h1"),
      ("<title>The Monitor: A Bridge Opens</title>", "<p><b>A Bridge Opens</b></p>", "A Bridge Opens", "title"),
      ("<title>A Bridge Opens at Last | Monitor</title>", "", "A Bridge Opens at Last", "title"),
      ("<title>On Bridges and Ferries</title>", "", "On Bridges and Ferries", "title"),
    ])
  func title(head: String, body: String, title: String, from: String) throws {
    let found = try metadata(head, body + prose)
    #expect(found[.title] == title)
    #expect(found.entry(.title)?.from == from)
  }

  @Test(
    "a heading or a line equal to the title is no text",
    arguments: ["<h1>A Bridge Opens</h1>", "<p><b>A Bridge Opens</b></p>"])
  func titleInText(heading: String) throws {
    #expect(try clean("<title>A Bridge Opens</title><article>\(heading)\(prose)</article>").text == proseText)
  }

  @Test(
    "dates become ISO 8601, as precise as they are and without a zone of our own",
    arguments: [
      ("2012-02-29", "2012-02-29"), ("2012-02-29T08:30", "2012-02-29T08:30"),
      ("2012-02-29T08:30:15.123Z", "2012-02-29T08:30:15Z"),
      ("2012-02-29 08:30:00+0400", "2012-02-29T08:30:00+04:00"), ("20120229", "2012-02-29"), ("2012-02", "2012-02"),
      ("2012", "2012"), ("Wed, 29 Feb 2012 08:30:00 GMT", "2012-02-29T08:30:00Z"), ("February 29, 2012", "2012-02-29"),
      ("29th of February 2012", "2012-02-29"), ("29.02.2012", "2012-02-29"), ("29/02/2012", "2012-02-29"),
      ("02/29/2012", "2012-02-29"),
    ])
  func dates(value: String, iso: String) throws {
    let found = try metadata(#"<meta property="article:published_time" content="\#(value)">"#)
    #expect(found[.published] == iso)
  }

  @Test(
    "what is no date, or may be two, gives none",
    arguments: ["", "soon", "03/04/2012", "2012-02-30", "2012-13-01", "99999999", "May 2"])
  func noDate(value: String) throws {
    #expect(try metadata(#"<meta name="date" content="\#(value)">"#)[.published] == nil)
  }

  @Test("JSON-LD gives authors, dates, publisher, section and keywords, also by reference in a graph")
  func linkedData() throws {
    let found = try metadata(
      """
      <script type="application/ld+json">{"@graph": [{"@type": "Person", "@id": "#a", "name": "Anna Kern"},
      {"@type": "NewsArticle", "headline": "Bridges &amp; Ports", "author": [{"@id": "#a"}, {"name": "Iva Horn"}],
      "datePublished": "2012-02-29T08:00:00+02:00", "dateModified": "2012-03-01", "articleSection": "Ports",
      "publisher": {"name": "The Monitor"}, "keywords": "bridges, ports"}]}</script><script type="application/ld+json">{</script>
      """)
    #expect(found[.title] == "Bridges & Ports")
    #expect(found.list(.authors) == ["Anna Kern", "Iva Horn"])
    #expect(found[.published] == "2012-02-29T08:00:00+02:00")
    #expect(found[.modified] == "2012-03-01")
    #expect(found[.section] == "Ports")
    #expect(found[.publication] == "The Monitor")
    #expect(found.list(.tags) == ["bridges", "ports"])
  }

  @Test(
    "authors are read from metadata, links and bylines",
    arguments: [
      (#"<meta name="author" content="Anna Kern and Iva Horn">"#, "", ["Anna Kern", "Iva Horn"]),
      ("", "<p>By <a rel=author href=/a>Anna Kern</a></p>", ["Anna Kern"]),
      ("", "<p class=byline>By Anna Kern | 3 May</p>", ["Anna Kern"]),
      ("", "<p>By: Anna Kern</p>", ["Anna Kern"]), ("", "", []),
    ])
  func authors(head: String, body: String, authors: [String]) throws {
    #expect(try metadata(head, body + prose).list(.authors) == authors)
  }

  @Test(
    "a newsletter's head is metadata and no text",
    arguments: [
      "<p>Publication: Eurasia Daily Monitor Volume: 9 Issue: 41</p><p>By: Anna Kern</p><p>February 29, 2012</p>",
      "<p>Publication: Eurasia Daily Monitor Volume: 9 Issue: 41<br>By: Anna Kern<br>February 29, 2012 11:56 AM</p>",
      "<div><b>A Bridge</b><br>Publication: Eurasia Daily Monitor Volume: 9 Issue: 41<br>Wednesday, February 29, 2012<br>By: Anna Kern</div>",
    ])
  func newsletter(head: String) throws {
    let result = try clean("<body><div>\(head)\(prose)</div>")
    #expect(result.text == proseText)
    #expect(result.metadata[.publication] == "Eurasia Daily Monitor")
    #expect(result.metadata[.volume] == "9")
    #expect(result.metadata[.issue] == "41")
    #expect(result.metadata.list(.authors) == ["Anna Kern"])
    #expect(result.metadata[.published]?.prefix(10) == "2012-02-29")
    #expect(result.metadata.entry(.volume)?.from == "text")
  }

  @Test("a byline without a name is taken out and names nobody")
  func emptyByline() throws {
    let result = try clean("<div><p>Publication: The Monitor Volume: 9 Issue: 41</p><p>By: </p>\(prose)</div>")
    #expect(result.text == proseText)
    #expect(result.metadata.list(.authors).isEmpty)
  }

  @Test("address, language and tags are read; what a source has set stays")
  func others() throws {
    var document = page(
      """
      <html lang="en_US"><link rel=canonical href="https://news.example/a"><meta name=keywords content="ports, bridges">
      <title>Other</title>\(prose)
      """)
    document.metadata.set(.title, "Ours", from: "record")
    let found = try Clean().annotated(document).metadata
    #expect(found[.title] == "Ours")
    #expect(found[.language] == "en-US")
    #expect(found[.url] == "https://news.example/a")
    #expect(found.list(.tags) == ["ports", "bridges"])
  }

  @Test("metadata is left alone on option")
  func off() throws {
    var stage = Clean()
    stage.metadata = false
    #expect(try clean("<title>A Bridge</title>\(prose)", with: stage).metadata.entries.isEmpty)
  }
}
