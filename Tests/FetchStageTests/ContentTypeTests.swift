import FetchStage
import PipelineKit
import Testing

@Suite("content types")
struct ContentTypeTests {
  @Test(
    "media type and charset of a header",
    arguments: [
      ("text/html", "text/html", nil), ("Text/HTML; Charset=UTF-8", "text/html", "UTF-8"),
      ("text/html;charset=\"iso-8859-1\"", "text/html", "iso-8859-1"),
      ("text/html; charset='windows-1252'", "text/html", "windows-1252"),
      ("  text/html ; charset = utf-8 ", "text/html", "utf-8"),
      ("text/plain; format=flowed; charset=us-ascii; delsp=yes", "text/plain", "us-ascii"),
      ("text/html; charset=", "text/html", nil), ("text/html; charset", "text/html", nil),
      ("text/html; charset=utf-8; charset=latin1", "text/html", "utf-8"),
      ("text/html; title=\"a; charset=b\"; charset=utf-8", "text/html", "utf-8"),
      ("text/html; title=\"a\\\"; charset=b\"; charset=c", "text/html", "c"),
      ("text/html, text/plain; charset=utf-8", "text/html", nil), ("text/html;", "text/html", nil),
      ("application/xhtml+xml;charset=utf-8", "application/xhtml+xml", "utf-8"),
    ] as [(String, String, String?)])
  func parts(header: String, type: String, charset: String?) {
    let found = ContentType(header)
    #expect(found?.mediaType == MediaType(type) && found?.charset == charset)
  }

  @Test(
    "a header without a media type is none",
    arguments: ["", " ", "html", "text/", "/html", "text/html/x", "; charset=utf-8", "text/h<ml", ","])
  func none(header: String) { #expect(ContentType(header) == nil) }

  @Test(
    "pages and texts are documents; feeds, pictures and programs are not",
    arguments: [
      ("text/html", true, false), ("application/xhtml+xml", true, false), ("application/xml", true, false),
      ("text/xml", true, false), ("text/plain", true, false), ("application/nitf+xml", true, false),
      ("application/rss+xml", false, true), ("application/atom+xml; charset=utf-8", false, true),
      ("application/rdf+xml", false, true), ("application/feed+json", false, true), ("image/svg+xml", false, false),
      ("image/png", false, false), ("application/json", false, false), ("application/pdf", false, false),
      ("text/css", false, false), ("application/octet-stream", false, false),
    ])
  func kinds(header: String, isDocument: Bool, isFeed: Bool) {
    let type = ContentType(header)
    #expect(type?.isDocument == isDocument && type?.isFeed == isFeed)
  }
}
