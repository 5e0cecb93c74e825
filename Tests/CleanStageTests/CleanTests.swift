import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct CleanTests {
  @Test("clean keeps the contract of a stage")
  func contract() throws {
    let pages = ["", "<p>Moscow agreed.", "<p>One.<p>Two &amp; three.<table><tr><td>a<td>b</table>", prose].map {
      page($0)
    }
    #expect(try violations(of: Clean(), on: pages).isEmpty)
  }

  @Test("a document that has text is left as it is")
  func writtenText() throws {
    let document = Document.sample("Moscow agreed.")
    #expect(try Clean().annotated(document).text == "Moscow agreed.")
  }

  @Test(
    "a page without text gives an empty text and no error",
    arguments: ["", " ", "<html></html>", "<!-- -->", "<script>x</script>"])
  func empty(html: String) throws {
    let result = try clean(html)
    #expect(result.hasText)
    #expect(result.text.isEmpty)
  }

  @Test("what is not markup is refused with what to do")
  func notMarkup() {
    let document = Document(id: "a", origin: Origin(uri: "a", mediaType: "application/pdf"), raw: [1])
    #expect { try Clean().annotated(document) } throws: { "\($0)".contains("application/pdf is neither HTML nor XML") }
  }

  @Test(
    "what pages set around an article is left out",
    arguments: [
      #"<nav><ul><li><a href="/">Home page of the monitor.</a></ul></nav>"#,
      #"<div class="share-bar"><p>Share this story with all of your friends today.</p></div>"#,
      #"<div class="related-articles"><p>Another story about something else, told at some length.</p></div>"#,
      #"<div class="newsletter-signup"><p>Get our letter each morning, before anybody else is up.</p></div>"#,
      #"<div id="cookie-consent"><p>We use cookies, as everybody does; do you agree to this?</p></div>"#,
      #"<section id="comments"><p>First! I have always said so, and nobody would listen to me.</p></section>"#,
      #"<div class="author-bio"><p>Anna Kern writes about bridges and about what is under them.</p></div>"#,
      #"<p class="tags">Filed under bridges, ports, and other matters of little weight.</p>"#,
      #"<div class="ad"><p>Buy a bridge today, and you get a second one at half the price.</p></div>"#,
      "<script>document.write('<p>Not text at all, whatever it says here.</p>')</script>",
      "<style>p { color: red } /* Not text, in spite of a sentence. */</style>",
      "<template><p>A template is a form for text that is yet to come.</p></template>",
      "<noscript><p>Please turn on scripts to read this page as it was meant.</p></noscript>",
      #"<p style="display: none">This is hidden from everybody who reads the page.</p>"#,
      "<p hidden>This too is hidden from everybody who reads the page.</p>",
      "<footer><p>All rights reserved by somebody who has read them.</p></footer>",
      "<aside><p>By the way, here is something else that nobody had asked for.</p></aside>",
      "<figure><img src=x><figcaption>The bridge at Batumi, seen from below.</figcaption></figure>",
      #"<p class="pullquote">Nobody was pleased.</p>"#,
      "<p>© 2012 The Monitor. Printed on paper.</p>",
      "<svg><title>An arrow that points to the right.</title></svg>",
      "<p>Advertisement</p>",
    ])
  func boilerplate(html: String) throws {
    for whole in [
      "<body>\(html)<main>\(prose)</main>", "<body><div>\(prose)\(html)</div>", "<div>\(html)\(prose)</div>",
    ] {
      #expect(try clean(whole).text == proseText)
    }
  }

  @Test(
    "a wrapper named after what stands beside the text does not hide it",
    arguments: ["content with-sidebar", "has-nav", "comments-open", "share"])
  func wrapper(name: String) throws {
    #expect(try clean("<body><div class='\(name)'>\(prose)</div>").text == proseText)
  }

  @Test("headings, lists, quotes, code, tables and footnotes are blocks of their kind")
  func kinds() throws {
    let result = try clean(
      """
      <article>\(prose)<h2>What it costs</h2><ul><li>Steel, for the bridge.<li>Paper, for the treaty.</ul>
      <blockquote>We shall see.</blockquote><pre>a = 1
        b = 2</pre>
      <table><tr><th>Year<th>Tons<tr><td>2011<td>15</table>
      <p class="footnote">1 Paid in August.</p><p>That was all that was said on Friday.</p></article>
      """)
    #expect(
      Array(result.shown.dropFirst(2)) == [
        "heading2: What it costs", "list_item: Steel, for the bridge.", "list_item: Paper, for the treaty.",
        "quote: We shall see.", "code: a = 1\n  b = 2", "table_cell: Year", "table_cell: Tons", "table_cell: 2011",
        "table_cell: 15", "footnote: 1 Paid in August.", "paragraph: That was all that was said on Friday.",
      ])
  }

  @Test("tables of data stay row by row, or are left out, on option")
  func tables() throws {
    let html =
      "<article>\(prose)<table><tr><th>Year<th>Tons<tr><td>2011<td>15</table><p>That was all of it.</p></article>"
    var rows = Clean()
    rows.tables = .rows
    #expect(
      try clean(html, with: rows).shown.dropFirst(2).prefix(2) == ["table_cell: Year | Tons", "table_cell: 2011 | 15"])
    var none = Clean()
    none.tables = .none
    #expect(try clean(html, with: none).shown.count == 3)
  }

  @Test("captions stay on option")
  func captions() throws {
    var stage = Clean()
    stage.captions = true
    let html = "<article><figure><img><figcaption>The bridge, seen from below.</figcaption></figure>\(prose)</article>"
    #expect(try clean(html, with: stage).shown.first == "caption: The bridge, seen from below.")
  }

  @Test("comments stay on option, and where they are the page")
  func comments() throws {
    let comments = "<div class=comment><p>I have seen this bridge, and it is not one.</p></div>"
    var stage = Clean()
    stage.comments = true
    #expect(try clean("<body><div>\(prose)</div>\(comments)", with: stage).text.hasSuffix("it is not one."))
    #expect(try clean("<body><h1>Bridges</h1>\(comments)").text == "I have seen this bridge, and it is not one.")
  }

  @Test("a layout table of 2005 is a container, and its cells are paragraphs")
  func layoutTable() throws {
    let menu = (1...9).map { "<a href=/\($0)>Section number \($0)</a><br>" }.joined()
    let result = try clean(
      """
      <table width=760><tr><td width=150 valign=top><font size=1>\(menu)</font></td><td><font face=Arial><table><tr><td>
      \(prose)</td></tr></table></font></td></tr></table>
      """)
    #expect(result.text == proseText)
    #expect(result[Block.self].map(\.kind) == [.paragraph, .paragraph])
  }

  @Test("a quotation that repeats a sentence of the text is left out")
  func pullQuote() throws {
    let quote = "<blockquote>“The port had hoped for a ferry, the railway for a tunnel”</blockquote>"
    #expect(try clean("<article>\(prose)\(quote)</article>").text == proseText)
  }

  @Test("behind a label such as Related articles the text is over")
  func closing() throws {
    let more = "<p><b>Related articles</b></p><p>A bridge too far, and another one that is too near.</p>"
    #expect(try clean("<div>\(prose)\(more)</div>").text == proseText)
  }
}
