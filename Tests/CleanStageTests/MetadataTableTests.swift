import CleanStage
import Foundation
import PipelineKit
import Testing

/// Tables of what pages say of themselves and what is made of it: `Data/titles.tsv`, `heads.tsv`, `claims.tsv`.
@Suite struct MetadataTableTests {
  @Test("titles lose the name of the site, and nothing else, on evidence alone")
  func titles() throws {
    for (page, title) in try rows("titles") {
      let found = try clean(Self.titled(page)).metadata[.title]
      #expect(found == title, "\(page)")
    }
  }

  @Test("lines between title and text are metadata, and no text")
  func heads() throws {
    for (lines, expected) in try rows("heads") {
      for title in ["<h1>A Bridge Opens</h1>", ""] {
        let page = "<title>A Bridge Opens</title><body><nav><a href=/>Home</a></nav><div>\(title)\(lines)\(prose)</div>"
        let result = try clean(page)
        #expect(shown(result.metadata) == expected, "\(lines)")
        #expect(result.text == proseText, "\(lines)")
      }
    }
  }

  @Test("metadata in the head and marks in the body are read, with what is wrong in them")
  func claims() throws {
    for (head, expected) in try rows("claims") {
      let head = head.split(separator: "¶", omittingEmptySubsequences: false).joined(separator: "\n")
      let result = try clean("<title>A Bridge Opens</title>\(head)<div>\(prose)</div>")
      #expect(shown(result.metadata) == expected, "\(head)")
    }
  }

  @Test("a first sentence stays, whatever it begins like")
  func sentences() throws {
    for (sentence, _) in try rows("sentences") {
      let result = try clean("<title>A Bridge</title><body><div><h1>A Bridge</h1><p>\(sentence)</p>\(prose)</div>")
      #expect(result.text == sentence + "\n\n" + proseText)
      #expect(result.metadata.list(.authors).isEmpty, "\(sentence)")
    }
  }

  @Test("a date that the page shows is better than one in the name of its file")
  func fileName() throws {
    let html = "<h1>A Bridge Opens</h1><p class=date>March 11, 2014</p>\(prose)"
    let shown = try Clean().annotated(page(html, at: "archive/2012-02-29-bridge.html")).metadata
    #expect(shown[.published] == "2014-03-11")
    #expect(shown.entry(.published)?.from == "text")
    let named = try Clean().annotated(page(prose, at: "archive/2012-02-29-bridge.html")).metadata
    #expect(named[.published] == "2012-02-29")
    #expect(named.entry(.published)?.from == "url")
  }

  @Test(
    "the address is the canonical one, in full, if it can be believed",
    arguments: [
      (#"<link rel=canonical href="/a">"#, "https://news.example/b", "https://news.example/a", "link canonical"),
      (
        #"<link rel=canonical href="a">"#, "https://news.example/x/b?c=/d", "https://news.example/x/a", "link canonical"
      ),
      (
        #"<link rel=canonical href="//news.example/a">"#, "http://news.example/b", "http://news.example/a",
        "link canonical"
      ),
      (
        #"<link rel=canonical href="https://www.news.example/a">"#, "https://m.news.example/a",
        "https://www.news.example/a", "link canonical"
      ),
      (
        #"<link rel=canonical href="https://news.example/">"#, "https://news.example/b", "https://news.example/b",
        "source"
      ),
      (#"<link rel=canonical href="https://other.example/a">"#, "https://news.site/b", "https://news.site/b", "source"),
      (
        #"<link rel=canonical href="https://news.example/"><meta property=og:url content="https://news.example/a">"#,
        "page", "https://news.example/a", "og:url"
      ),
      (#"<link rel=canonical href="/a">"#, "page", nil, nil),
      ("", "page", nil, nil),
    ] as [(String, String, String?, String?)])
  func address(head: String, uri: String, url: String?, from: String?) throws {
    let found = try Clean().annotated(page(head + prose, at: uri)).metadata
    #expect(found[.url] == url)
    #expect(found.entry(.url)?.from == from)
  }

  @Test(
    "the body in JSON-LD becomes paragraphs without markup",
    arguments: [
      (#"One.\n\nTwo."#, ["One.", "Two."]), (#"One.\nTwo."#, ["One.", "Two."]),
      (#"One line\nand another\nof the same."#, ["One line and another of the same."]),
      (#"<p>One &amp; <b>two</b>.</p><p>Three.</p>"#, ["One & two.", "Three."]),
      (#"&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;"#, ["One.", "Two."]), (#"One.<br>Two."#, ["One.", "Two."]),
      (#"5 &lt; 6 &amp;&amp; 7 &gt; 6"#, ["5 < 6 && 7 > 6"]), ("", []),
    ])
  func body(text: String, paragraphs: [String]) {
    #expect(LinkedData([#"{"@type": "NewsArticle", "articleBody": "\#(text)"}"#]).body == paragraphs)
  }

  @Test("JSON-LD cut off anywhere is read or passed over")
  func cutJSON() {
    let json =
      #"/* x */ [{"@type": "NewsArticle", "articleBody": "A \ud83d\ude00 \"b\" \\ c", "author": ["x", {"y": 1}]}];"#
    for end in json.indices { _ = LinkedData([String(json[..<end])]).body }
  }

  @Test(
    "two megabytes of one claim or one line cost linear time",
    arguments: [
      ("<title>", "Bridges - "), ("<title>", "<b "), ("<title>", "&amp;amp;"),
      ("<meta property=og:title content='", "A | "),
      ("<script type=application/ld+json>", "[{"), ("<script type=application/ld+json>", #"{"a":"""#),
      ("<script type=application/ld+json>", "/* "), ("<script type=application/ld+json>{\"author\":\"", "Anna, "),
      ("<script type=application/ld+json>{\"@type\":\"Article\",\"articleBody\":\"", "&lt;p "),
      ("<meta name=author content='", "Anna Kern, "), ("<meta name=date content='", "March "), ("<h1>", "By "),
      ("", "<p>By Anna Kern, March 11, 2014</p>"), ("", "<h1>By Anna Kern, March 11, 2014</h1>"),
      ("", "By A B | 1<br>"),
      ("", "<span class=author>Anna Kern</span>"), ("", "<time datetime=2014-03-11>x</time>"),
      ("<p class=date>", "3/4/"),
      ("", "<p itemprop=author>"), ("", "<meta name=author content=A>"), ("<link rel=canonical href='", "/../"),
    ])
  func size(before: String, part: String) throws {
    let html = before + String(repeating: part, count: 2_000_000 / part.utf8.count)
    let time = try ContinuousClock().measure { _ = try clean(html) }
    #expect(time < .seconds(10))
  }

  private func page(_ html: String, at uri: String) -> Document {
    Document(id: "page", origin: Origin(uri: uri, mediaType: .html), raw: Array(html.utf8))
  }

  /// The page that a row of titles describes: `og=…; site=…; title=…`.
  private static func titled(_ row: String) -> String {
    var (head, above, below) = ("", "", "")
    for part in row.split(separator: " ; ") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      let value = pair.count > 1 ? pair[1] : ""
      switch pair[0] {
      case "og": head += #"<meta property="og:title" content="\#(value)">"#
      case "twitter": head += #"<meta name="twitter:title" content="\#(value)">"#
      case "site": head += #"<meta property="og:site_name" content="\#(value)">"#
      case "app": head += #"<meta name="application-name" content="\#(value)">"#
      case "title": head += "<title>\(value)</title>"
      case "canonical": head += #"<link rel="canonical" href="\#(value)">"#
      case "jsonld": head += linked(#"{"@type": "NewsArticle", "headline": "\#(value)"}"#)
      case "publisher": head += linked(#"{"@type": "NewsArticle", "publisher": {"name": "\#(value)"}}"#)
      case "website": head += linked(#"{"@type": "WebSite", "name": "\#(value)"}"#)
      case "h1": above += "<h1>\(value)</h1>"
      case "line": above += "<p><b>\(value)</b></p>"
      case "footer": below += "<footer>\(value)</footer>"
      default: Issue.record("no such part: \(pair[0])")
      }
    }
    return "<html><head>\(head)</head><body><div>\(above)\(prose)</div>\(below)</body></html>"
  }
  private static func linked(_ json: String) -> String { "<script type='application/ld+json'>\(json)</script>" }

  /// All that is known but the title, in the order of the keys; of languages that which is declared.
  private func shown(_ metadata: Metadata) -> String {
    MetadataKey.standard.filter { $0 != .title && !metadata.list($0).isEmpty }
      .filter { $0 != .language || metadata.entry($0)?.from != "text" }
      .map { "\($0)=\(metadata.list($0).joined(separator: ";"))" }.sorted(by: Self.order).joined(separator: " ")
  }
  private static func order(_ one: String, _ two: String) -> Bool {
    let keys = [
      "authors", "published", "modified", "publication", "volume", "issue", "section", "tags", "language", "url",
    ]
    func place(_ text: String) -> Int { keys.firstIndex { text.hasPrefix($0 + "=") } ?? keys.count }
    return place(one) < place(two)
  }
}

/// The rows of a file of cases; lines with `#` before them are comments.
func rows(_ name: String) throws -> [(String, String)] {
  let url = try #require(Bundle.module.url(forResource: name, withExtension: "tsv", subdirectory: "Data"))
  return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("# ") }.map {
    let columns = $0.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(columns[0]), columns.count > 1 ? String(columns[1]) : "")
  }
}
