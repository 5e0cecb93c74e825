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

  static let full = """
    <nitf><head><title>Bridges</title><docdata><date.release norm="20120301"/><ed-msg info="Hold until noon"/></docdata>
    <pubdata name="The Monitor" number="41" position.section="World"/><revision-history norm="20120302T1000Z"/></head>
    <body><body.head><hedline><hl1>A Bridge Opens</hl1></hedline><byline>By <person>Anna Kern</person><byttl>Staff Writer</byttl>
    <person>Iva Horn</person></byline><abstract><p>It is open.</p></abstract></body.head>
    <body.content><block><hl1>A Bridge Opens</hl1><p>The <org>port</org><fn>It has two.</fn> agreed <media media-type="image"><media-reference source="a.jpg"/>
    <media-caption>The bridge.</media-caption><media-producer>A. Smith</media-producer></media>at last<br/>to <num>2</num> rules<sup><a href="#n1">1</a></sup>.</p>
    <hl2>What they say</hl2><bq><block><p>We shall see.</p></block><credit>A minister</credit></bq>
    <note noteclass="editorsnote"><body.content><block><p>Not for print.</p></block></body.content></note>
    <ol><li>Steel<ul><li>Bars</li></ul></li></ol><dl><dt>Toll</dt><dd>What one pays.</dd></dl>
    <pre>a = 1
      b = 2</pre><nitf-table><nitf-table-metadata subclass="x"><nitf-col value="y"/></nitf-table-metadata><table><tr><td>2011</td><td>15</td></tr><tr><td>2012</td><td>16</td></tr></table></nitf-table>
    </block></body.content><body.end><tagline>Anna Kern writes.</tagline><bibliography>A book.</bibliography></body.end></body></nitf>
    """

  @Test("NITF in all its parts", arguments: 0..<3)
  func full(index: Int) throws {
    let uri = "http://iptc.org/std/NITF/2006-10-18/"
    let forms = [
      Self.full, Self.full.replacing("<nitf>", with: "<nitf xmlns='\(uri)'>"), prefixed(Self.full, "n", uri),
    ]
    let result = try cleanXML(forms[index])
    #expect(
      result.shown == [
        "paragraph: The port agreed at last to 2 rules.", "footnote: It has two.", "heading2: What they say",
        "quote: We shall see.", "list_item: Steel", "list_item: Bars", "list_item: Toll", "list_item: What one pays.",
        "code: a = 1\n  b = 2", "table_cell: 2011", "table_cell: 15", "table_cell: 2012", "table_cell: 16",
      ])
    #expect(
      result.known == [
        "title: A Bridge Opens (nitf hl1)", "authors: Anna Kern; Iva Horn (nitf byline)",
        "publication: The Monitor (nitf pubdata)", "issue: 41 (nitf pubdata)",
        "published: 2012-03-01 (nitf date.release)",
        "modified: 2012-03-02T10:00Z (nitf revision-history)", "section: World (nitf pubdata)", "language: en (text)",
      ])
  }

  @Test("XML of an unknown vocabulary and broken XML are refused with what is wrong")
  func refused() {
    #expect { try clean("<memo/>", type: .xml) } throws: { "\($0)".contains("no rule for XML with the root <memo>") }
    #expect { try clean("<nitf>\n<p></nitf>", type: .xml) } throws: { "\($0)".hasPrefix("line 2: ") }
    #expect(throws: (any Error).self) { try clean("", type: .xml) }
  }
}
