import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct TextTests {
  @Test(
    "white space, breaks and references become plain text",
    arguments: [
      ("<p>a  b\n c&nbsp;d</p>", "a b c d"), ("one<br>two", "one two"), ("one<br><br>two", "one\n\ntwo"),
      ("one<br> &nbsp; <br/>two", "one\n\ntwo"), ("<b>Mos</b>cow", "Moscow"), ("a <i>b</i> c", "a b c"),
      ("so&shy;ft zero\u{200B}width", "soft zerowidth"), ("a &amp; b &lt; c &#8212; d &#x2014; e", "a & b < c — d — e"),
      ("AT&T &copy 2012 &unknown; &", "AT&T © 2012 &unknown; &"), ("&#150;&#0;", "–\u{FFFD}"),
      ("&scaron;&ccaron;", "šč"),
      ("<p>one<p>two", "one\n\ntwo"), ("<div>one<p>two</p>three</div>", "one\n\ntwo\n\nthree"),
      ("<p>می\u{200C}خواهم", "می\u{200C}خواهم"), ("a\u{0}b", "ab"), ("<p>a < b</p>", "a < b"),
      (
        "<a href='x&amp;y>z'>link and text that is not one</a>: text, and more of it",
        "link and text that is not one: text, and more of it"
      ),
    ])
  func text(html: String, expected: String) throws {
    #expect(try clean("<body>\(html)").text == expected)
  }

  @Test(
    "tags in disorder are read as browsers read them",
    arguments: [
      ("<p>one</b> two</div> three", "one two three"), ("<ul><li>a, b<li>c, d</ul>e", "a, b\n\nc, d\n\ne"),
      ("<table><tr><td>one<td>two<tr><td>three", "one\n\ntwo\n\nthree"),
      ("<script>if (a) x = '</b>' + \"<p>\";</script>text", "text"), ("<script>", ""), ("<p>text<script>no", "text"),
      ("<!-- a > b -->text", "text"), ("<!-->text", "text"), ("<!-- a --!>text", "text"), ("text<!-- no", "text"),
      ("<!doctype html>text", "text"), ("<?xml version='1.0'?>text", "text"), ("te<//>xt", "text"),
      ("<p title='unclosed>text</p>", "text"), ("text<p class", "text"), ("<![CDATA[x]]>text", "text"),
      ("<button><div>no</button>text", "text"),
      ("<h2>Head<p>Text behind it, and a full stop.", "Head\n\nText behind it, and a full stop."),
      ("<title>unclosed<p>text", "text"), ("</p></div></body></html>text", "text"), ("<p>a<svg><path/></svg>b", "ab"),
    ])
  func disorder(html: String, expected: String) throws {
    #expect(try clean(html).text == expected)
  }

  @Test("each block knows the bytes of the page from which it was read")
  func source() throws {
    let html = "<title>Ü</title><p>ä &uuml; <b>fat</b> text, in bold.</p>\n<p>More &amp; more.</p>"
    for prefix in ["", "\u{FEFF}"] {
      let raw = Array((prefix + html).utf8)
      let result = try Clean().annotated(page(raw))
      let sources = result[Block.self].map { $0.source.map { String(decoding: raw[$0.bytes], as: UTF8.self) } }
      #expect(sources == ["ä &uuml; <b>fat</b> text, in bold.", "More &amp; more."])
    }
  }
}
