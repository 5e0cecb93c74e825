import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct NITFTests {
  static let article = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE nitf SYSTEM "nitf.dtd" [<!ENTITY port "Batumi">]>
    <nitf xml:lang="en"><head><title>Bridges</title><docdata><date.issue norm="20120229T083000Z"/>
    <key-list><keyword key="Georgia"/></key-list></docdata>
    <pubdata name="The Monitor" volume="9" issue="41"/></head>
    <body><body.head><hedline><hl1>A Bridge Opens</hl1><hl2>At last</hl2></hedline>
    <byline>By: <person>Anna Kern</person></byline><dateline>Batumi</dateline></body.head>
    <body.content><p>The bridge at &port; is open&#8212;at last &amp; for good.</p>
    <media><media-caption>The bridge.</media-caption></media><hl2>Costs</hl2><ol><li>Steel</li></ol>
    <table><tr><th>Year</th><th>Tons</th></tr><tr><td>2011</td><td>15</td></tr></table></body.content>
    <body.end><tagline>Anna Kern writes.</tagline></body.end></body></nitf>
    """

  @Test("NITF gives text, blocks and metadata by element")
  func article() throws {
    let result = try clean(Self.article, type: .xml)
    #expect(
      result.shown == [
        "paragraph: The bridge at Batumi is open—at last & for good.", "heading2: Costs", "list_item: Steel",
        "table_cell: Year", "table_cell: Tons", "table_cell: 2011", "table_cell: 15",
      ])
    #expect(result.metadata[.title] == "A Bridge Opens")
    #expect(result.metadata.list(.authors) == ["Anna Kern"])
    #expect(result.metadata[.publication] == "The Monitor")
    #expect(result.metadata[.volume] == "9")
    #expect(result.metadata[.issue] == "41")
    #expect(result.metadata[.published] == "2012-02-29T08:30:00Z")
    #expect(result.metadata[.language] == "en")
    #expect(result.metadata.list(.tags) == ["Georgia"])
    #expect(result.metadata.entry(.title)?.from == "nitf hl1")
  }

  @Test("XHTML is read as a page, under either media type", arguments: [MediaType.xhtml, .xml])
  func xhtml(type: MediaType) throws {
    let html =
      "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><script src='x'></script><p>Text.</p></body></html>"
    #expect(try clean(html, type: type).text == "Text.")
  }

  @Test("XML of an unknown vocabulary and broken XML are refused with what is wrong")
  func refused() {
    #expect { try clean("<memo/>", type: .xml) } throws: { "\($0)".contains("no rule for XML with the root <memo>") }
    #expect { try clean("<nitf>\n<p></nitf>", type: .xml) } throws: { "\($0)".hasPrefix("line 2: ") }
    #expect(throws: (any Error).self) { try clean("", type: .xml) }
  }
}
