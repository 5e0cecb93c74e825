import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct XHTMLTests {
  static let page = """
    <?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
    <html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>A Bridge Opens</title><meta name="author" content="Anna Kern"/></head>
    <body><div class="nav"><ul><li><a href="/">Home</a></li></ul></div><div class="story"><h1>A Bridge Opens</h1>\(prose)<p>A &nbsp; last<br/>word.</p></div></body></html>
    """

  @Test("XHTML as XML is read as a page: by default namespace, without one, and with prefixes", arguments: 0..<3)
  func names(index: Int) throws {
    let bare = Self.page.replacing(" xmlns=\"http://www.w3.org/1999/xhtml\"", with: "")
    let xml = [Self.page, bare, prefixed(bare, "h", "http://www.w3.org/1999/xhtml")][index]
    let result = try cleanXML(xml)
    #expect(result.text == proseText + "\n\nA last word.")
    #expect(result.metadata[.title] == "A Bridge Opens")
    #expect(result.metadata.list(.authors) == ["Anna Kern"])
    #expect(result.metadata[.language] == "en")
  }

  @Test("XHTML that is not well-formed is read as browsers do, and not refused")
  func broken() throws {
    #expect(try cleanXML("<html><body><p>AT&T <b>and</p> more</body>").text == "AT&T and\n\nmore")
  }
}
