import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct NewsMLTests {
  static let html = """
    <inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>
    <h1>A Bridge Opens</h1><p class="share">The bridge is <b>open</b>.</p><h2>Costs</h2><ul><li>Steel</li></ul>
    <table><tr><th>Year</th><th>Tons</th></tr><tr><td>2011</td><td>15</td></tr></table>
    <p>One line.<br/><br/>Another &amp; last.</p><aside><p>Not text.</p></aside></body></html></inlineXML>
    """
  static let nitf = """
    <inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><pubdata volume="9" issue="41"/></head><body><body.head><hedline><hl1>Other</hl1></hedline></body.head>
    <body.content><p>The bridge is open.</p></body.content></body></nitf></inlineXML>
    """
  static func item(_ content: String, headline: String = "A Bridge Opens", kind: String = "text") -> String {
    """
    <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:monitor.example:20120229:1" version="2" xml:lang="en-GB">
    <catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_36.xml"/>
    <rightsInfo><copyrightNotice>Monitor</copyrightNotice></rightsInfo>
    <itemMeta><itemClass qcode="ninat:\(kind)"/><provider literal="mon"><name>The Monitor</name></provider>
    <versionCreated>2012-03-01T09:00:00+01:00</versionCreated><firstCreated>2012-02-29T08:00:00+01:00</firstCreated>
    <pubStatus qcode="stat:usable"/></itemMeta>
    <contentMeta><contentCreated>2012-02-29T07:30:00Z</contentCreated><creator qcode="p:7"><name>Anna Kern</name></creator>
    <infoSource qcode="s:1"><name>Agency</name></infoSource><language tag="en"/><subject qcode="medtop:1"><name>transport</name><broader qcode="medtop:0"><name>economy</name></broader></subject>
    <headline>\(headline)</headline><by>By Anna Kern and Iva Horn</by><dateline>Batumi, February 29</dateline></contentMeta>
    <contentSet>\(content)</contentSet></newsItem>
    """
  }
  static let documents = [
    item(html), item(nitf), item(html).replacing(" xmlns=\"http://iptc.org/std/nar/2006-10-01/\"", with: ""),
    prefixed(
      item(html).replacing(" xmlns=\"http://www.w3.org/1999/xhtml\"", with: ""), "n",
      "http://iptc.org/std/nar/2006-10-01/"),
  ]

  static let text = [
    "paragraph: The bridge is open.", "heading2: Costs", "list_item: Steel", "table_cell: Year", "table_cell: Tons",
    "table_cell: 2011", "table_cell: 15", "paragraph: One line.", "paragraph: Another & last.",
  ]
  static let metadata = [
    "title: A Bridge Opens (newsml headline)", "authors: Anna Kern; Iva Horn (newsml by)",
    "publication: The Monitor (newsml provider)", "published: 2012-02-29T07:30:00Z (newsml contentCreated)",
    "modified: 2012-03-01T09:00:00+01:00 (newsml versionCreated)", "language: en (newsml language)",
    "tags: transport (newsml subject)", "status: usable (newsml pubStatus)",
    "dateline: Batumi, February 29 (newsml dateline)",
  ]

  @Test("a news item with XHTML gives its text and metadata", arguments: [0, 2, 3])
  func html(index: Int) throws {
    let result = try cleanXML(Self.documents[index])
    #expect(result.shown == Self.text)
    #expect(result.known == Self.metadata)
  }

  @Test("a news item with NITF is read by both vocabularies")
  func nitf() throws {
    let result = try cleanXML(Self.item(Self.nitf))
    #expect(result.shown == ["paragraph: The bridge is open."])
    #expect(result.known == Self.metadata + ["volume: 9 (nitf pubdata)", "issue: 41 (nitf pubdata)"])
  }

  @Test("plain text is parted by blank lines")
  func plain() throws {
    let text =
      "<inlineData contenttype=\"text/plain\">The bridge\nis open.\n \nNobody &amp; nothing\r\n\r\ncrossed.</inlineData>"
    #expect(
      try cleanXML(Self.item(text)).shown == [
        "paragraph: The bridge is open.", "paragraph: Nobody & nothing", "paragraph: crossed.",
      ])
    #expect(try cleanXML(Self.item("<inlineData encoding='base64'>QUJD</inlineData>")).text.isEmpty)
  }

  @Test("of two forms of a text the first is read")
  func renditions() throws {
    #expect(try cleanXML(Self.item(Self.nitf + Self.html)).shown == ["paragraph: The bridge is open."])
  }

  @Test("of a message the first item with text is read, and those behind it are counted")
  func message() throws {
    let picture = Self.item("<remoteContent href='a.jpg'/>", headline: "A Picture", kind: "picture")
    let xml = """
      <newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2012-03-01T09:00:00Z</sent></header><itemSet>
      \(picture)\(Self.item(Self.html))\(Self.item(Self.nitf, headline: "Other"))</itemSet></newsMessage>
      """
    let result = try cleanXML(xml)
    #expect(result.shown == Self.text)
    #expect(result.known == Self.metadata + ["other_documents: 1 (newsml count)"])
  }

  @Test("a package without texts gives an empty text and its metadata")
  func package() throws {
    let xml = """
      <packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta><headline>Top stories</headline></contentMeta>
      <groupSet root="g"><group id="g"><itemRef residref="urn:1"><headline>One</headline></itemRef></group></groupSet></packageItem>
      """
    let result = try cleanXML(xml)
    #expect(result.hasText && result.text.isEmpty)
    #expect(result.metadata[.title] == "Top stories")
  }
}
