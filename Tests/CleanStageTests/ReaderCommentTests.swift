import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite("Readers' comments")
struct ReaderCommentTests {
  /// A page with what others set around a text, so that the model is asked too.
  private func framed(_ body: String, head: String = "") -> String {
    """
    <html><head><title>The bridge at Batumi - The Monitor</title>\(head)</head><body>
    <nav><ul><li><a href=/>Home</a><li><a href=/w>World</a><li><a href=/t>Trade</a></ul></nav>\(body)
    <footer><p>The Monitor, since 1994.</p></footer></body></html>
    """
  }

  private static let opinions = [
    "I have walked over it, and it holds, whatever the papers say about the bolts.",
    "My cousin drives a lorry there, and he says that nobody has asked him anything.",
    "They should have built the ferry. I wrote so in the spring, and I write it again.",
    "As usual, nothing about who pays for it; one might think that steel grows on trees.",
    "Both banks had a bridge until the flood, which your author is too young to remember.",
  ]
  private func opinion(_ index: Int) -> String { "\(Self.opinions[index % 5]) This is letter \(100 + index)." }
  private func opinions(_ count: Int, _ html: (Int, String) -> String) -> String {
    (0..<count).map { html($0, opinion($0)) }.joined()
  }
  /// Both ways to decide.
  private func cleaned(_ html: String, comments: Bool = false) throws -> [String] {
    try [true, false].map { learned in
      var stage = Clean()
      (stage.learned, stage.comments) = (learned, comments)
      return try clean(html, with: stage).text
    }
  }

  /// As blogs set them: a list of articles under the article.
  private func blog(_ count: Int) -> String {
    let comments = opinions(count) { index, text in
      """
      <li id=comment-\(index) class="comment depth-1"><article class=comment-body><footer class=comment-meta>
      <b class=fn>reader\(index)</b> <time>March \(index % 28 + 1), 2012</time></footer>
      <div class=comment-content><p>\(text)</p></div><div class=reply><a href=#>Reply</a></div></article></li>
      """
    }
    return
      "<div id=comments class=comments-area><h2>\(count) thoughts</h2><ol class=comment-list>\(comments)</ol></div>"
  }

  /// As services for comments set them: boxes in a thread.
  private func thread(_ count: Int) -> String {
    "<div id=disqus_thread class=comments><h3>Comments (\(count))</h3>"
      + opinions(count) { "<div class=comment-body><b>reader\($0)</b><p>\($1)</p></div>" } + "</div>"
  }

  @Test("below an article they are no text, however many there are", arguments: [1, 5, 20, 80])
  func belowArticle(count: Int) throws {
    let types = [
      "<meta property=og:type content=article>",
      #"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The bridge"}</script>"#,
    ]
    for comments in [blog(count), thread(count)] {
      let marked = [
        "<article><h1>The bridge at Batumi</h1>\(prose)</article>\(comments)",
        "<div class=post><h1>The bridge at Batumi</h1><div class=entry-content>\(prose)</div></div>\(comments)",
        "<main><article><h1>The bridge at Batumi</h1>\(prose)</article>\(comments)</main>",
        "<div class=comments-open><h1>The bridge at Batumi</h1><article>\(prose)</article>\(comments)</div>",
      ].map { framed($0) }
      let called = types.map { framed("<div><h1>The bridge at Batumi</h1>\(prose)</div>\(comments)", head: $0) }
      for html in marked + called {
        for text in try cleaned(html) { #expect(text == proseText, "\(html.prefix(500))") }
      }
    }
  }

  @Test("they stay beside the article where they are wanted", arguments: [2, 60])
  func wanted(count: Int) throws {
    for comments in [blog(count), thread(count)] {
      for text in try cleaned(framed("<article>\(prose)</article>\(comments)"), comments: true) {
        #expect(text.hasPrefix(proseText))
        for index in 0..<count { #expect(text.contains(opinion(index))) }
      }
    }
  }

  @Test("where there is no article beside them, they are the text")
  func pageOfComments() throws {
    for html in [framed("<h1>What do you say?</h1>\(thread(12))"), framed("<h1>What do you say?</h1>\(blog(12))")] {
      for text in try cleaned(html) {
        for index in 0..<12 { #expect(text.contains(opinion(index))) }
      }
    }
  }

  @Test("posts of a forum are the text, whatever they are set in")
  func forum() throws {
    let posts = opinions(12) {
      "<div class='post message'><div class=post-author>reader\($0)</div><div class=message-body><p>\($1)</p></div></div>"
    }
    let articles = opinions(12) { "<article class='message post'><div class=postbody><p>\($1)</p></div></article>" }
    let replies =
      "<article class='topic'><div class=postbody>\(prose)</div></article><div class=replies>"
      + opinions(12) { "<article class=reply><p>\($1)</p></article>" } + "</div>"
    let type = #"<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "Bridge"}</script>"#
    for html in [
      framed("<h1>The bridge</h1><div class=thread>\(posts)</div>"),
      framed("<h1>The bridge</h1><div class=thread>\(articles)</div>"), framed("<h1>The bridge</h1>\(replies)"),
      framed("<h1>The bridge</h1><article>\(prose)</article>\(thread(30))", head: type),
    ] {
      for text in try cleaned(html) {
        for index in 0..<12 { #expect(text.contains(opinion(index)), "\(html.suffix(500))") }
      }
    }
  }

  @Test("questions and answers are the text")
  func questions() throws {
    let answers = opinions(8) {
      "<div class=answer><div class=post-text><p>\($1)</p></div><ul class=comments><li class=comment>Thanks, \($0).</li></ul></div>"
    }
    let type = #"<script type="application/ld+json">{"@type": "QAPage", "mainEntity": {"@type": "Question"}}</script>"#
    for head in ["", type] {
      let html = framed(
        "<h1>Does it hold?</h1><div class=question>\(prose)</div><div id=answers>\(answers)</div>", head: head)
      for text in try cleaned(html) {
        #expect(text.hasPrefix(proseText))
        for index in 0..<8 { #expect(text.contains(opinion(index))) }
      }
    }
  }

  @Test("a page that calls itself something else keeps the comments that outweigh its article")
  func discussion() throws {
    let head = "<meta property=og:type content=website>"
    for text in try cleaned(framed("<article><h1>The bridge</h1>\(prose)</article>\(thread(60))", head: head)) {
      for index in 0..<60 { #expect(text.contains(opinion(index))) }
    }
  }
}
