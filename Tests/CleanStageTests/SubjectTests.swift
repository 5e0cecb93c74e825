import CleanStage
import PipelineKit
import Testing

/// What a page says of its own article, and what it says of others.
@Suite struct SubjectTests {
  @Test("a date counts where it is the article's: on a line of its own, not in a sentence, a comment or a list")
  func dates() throws {
    for (body, date) in try rows("dates") {
      let body = body.split(separator: "{prose}", omittingEmptySubsequences: false).joined(separator: prose)
      let found = try clean("<title>A Bridge Opens</title><body><div class=post><h1>A Bridge Opens</h1>\(body)</div>")
      #expect(found.metadata[.published] ?? "" == date, "\(body)")
    }
  }

  @Test("the headline above a newsletter's head is the title, and no text")
  func headlines() throws {
    for (head, title) in try rows("headlines") {
      let found = try clean("<html>\(head)\(prose)</html>")
      #expect(found.metadata[.title] == title, "\(head)")
      #expect(found.text == proseText, "\(head)")
    }
  }

  @Test(
    "of several articles in JSON-LD that counts which has the page's address or headline, else the first",
    arguments: [
      ("<h1>A Bridge Opens</h1>", "2014-03-11"),
      ("<title>A Bridge Opens | The Monitor</title>", "2014-03-11"),
      ("<h1>A Bridge is Open at Last</h1><link rel=canonical href='https://news.example/bridge'>", "2014-03-11"),
      ("<h1>The Ferry Sinks</h1><link rel=canonical href='http://www.news.example/bridge/'>", "2014-03-11"),
      ("<h1>A Tunnel</h1><meta property=og:url content='https://news.example/harbour'>", "2009-07-01"),
      ("<h1>The Ferry Sinks</h1>", "2001-01-01"), ("<h1>A Tunnel</h1>", "2001-01-01"),
    ])
  func linkedArticles(head: String, date: String) throws {
    let json = """
      [{"@type": "WebSite", "name": "The Monitor", "datePublished": "1999-01-01"}, {"@graph": [
      {"@type": "NewsArticle", "headline": "The Ferry Sinks", "datePublished": "2001-01-01"},
      {"@type": "NewsArticle", "headline": "A Bridge Opens", "datePublished": "2014-03-11", "author": "Anna Kern",
      "url": "https://news.example/bridge"},
      {"@type": "BlogPosting", "headline": "A Harbour Closes", "datePublished": "2009-07-01",
      "mainEntityOfPage": {"@id": "https://news.example/harbour#page"}}]}]
      """
    let found = try clean("<script type='application/ld+json'>\(json)</script>\(head)\(prose)").metadata
    #expect(found[.published] == date)
    #expect(found.list(.authors) == (date == "2014-03-11" ? ["Anna Kern"] : []))
  }

  @Test("a headline that metadata say nothing of is the title or stays in the text")
  func headline() throws {
    let heading = "<h1>A Bridge Opens at Batumi</h1>"
    for head in [
      "<title>The Lowland Post</title>", "<title>Welcome</title>",
      "<meta property=og:title content='Why nobody was pleased'>",
      "<title>The Lowland Post</title><div class=head>The Lowland Post</div>",
    ] {
      let found = try clean("\(head)<div>\(heading)\(prose)</div>")
      let isKept = found.text.contains("A Bridge Opens at Batumi")
      #expect(found.metadata[.title] == "A Bridge Opens at Batumi" || isKept, "\(head)")
    }
  }
}
