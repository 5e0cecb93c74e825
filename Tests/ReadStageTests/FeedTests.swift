import PipelineKit
import ReadStage
import Testing

@Suite("Feeds")
struct FeedTests {
  func read(_ feed: String, name: String = "f.xml", limit: ByteCount = .megabytes(1)) throws -> [Loaded] {
    let folder = try Folder()
    try folder.write(name, feed)
    return try folder.read(name, limit: limit)
  }

  static let rss = """
    <?xml version="1.0"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
    <channel><title>The Feed</title><link>https://f.example/</link><language>en-GB</language>
    <image><title>Logo</title></image>
    <item><title>One &amp; Only</title><link>https://f.example/1</link><media:title>Picture</media:title>
    <dc:creator><![CDATA[A B]]></dc:creator><pubDate>Wed, 16 May 2018 07:45:00 +0000</pubDate>
    <category>x</category><category>y</category><description>Short</description>
    <content:encoded><![CDATA[<p>Long &amp; good</p>]]></content:encoded></item>
    <item><title>Two</title><guid>https://f.example/2</guid><author>a@b.example (C D)</author><description>&lt;p&gt;Two&lt;/p&gt;</description></item>
    </channel></rss>
    """

  @Test("of RSS are split into items", arguments: ["f.xml", "f.rss", "f"])
  func rss(name: String) throws {
    let documents = try read(Self.rss, name: name)
    #expect(documents.map(\.id) == ["\(name)#1", "\(name)#2"])
    #expect(documents.map(\.bytes) == ["<p>Long &amp; good</p>", "<p>Two</p>"])
    #expect(documents.allSatisfy { $0.type == .html && $0.raw.charset == "utf-8" && $0.text == nil })
    let first = try #require(documents.dropFirst(0).first?.content?.metadata)
    #expect(first[.title] == "One & Only")
    #expect(first[.url] == "https://f.example/1")
    #expect(first[.published] == "2018-05-16T07:45:00+00:00")
    #expect(first.list(.authors) == ["A B"])
    #expect(first[.publication] == "The Feed")
    #expect(first[.language] == "en-GB")
    #expect(first.list(.tags) == ["x", "y"])
    #expect(first.entries.allSatisfy { $0.from == "rss" })
    let second = try #require(documents.dropFirst(1).first?.content?.metadata)
    #expect(second[.url] == "https://f.example/2")
    #expect(second.list(.authors) == ["C D"])
  }

  @Test("of Atom are split into entries")
  func atom() throws {
    let documents = try read(
      """
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://f.example/a/b">
      <title>F</title><author><name>Editor</name></author>
      <entry><title type="html">A &lt;i&gt;line&lt;/i&gt; &amp;amp; more</title><link rel="self" href="x"/><link href="2023/?a=1&amp;b=2"/>
      <published>2023-11-20T08:30:00+02:00</published><updated>2023-11-21</updated><author><name>A</name><uri>u</uri></author><author><name>B</name></author>
      <category term="Rail"/><summary>short</summary><content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry>
      <entry><title>T</title><link rel="alternate" href="/r"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="a">x &lt; y<br/></p></div></content></entry>
      <entry><title>U</title><content>a &lt; b</content></entry>
      </feed>
      """)
    #expect(
      documents.map(\.bytes) == [
        "<p>x</p>", "<div><p class=\"a\">x &lt; y<br></p></div>", "<p>a &lt; b</p>",
      ])
    let metadata = try #require(documents.dropFirst(0).first?.content?.metadata)
    #expect(metadata[.title] == "A line & more")
    #expect(metadata[.url] == "https://f.example/a/2023/?a=1&b=2")
    #expect(metadata[.published] == "2023-11-20T08:30:00+02:00")
    #expect(metadata[.modified] == "2023-11-21")
    #expect(metadata.list(.authors) == ["A", "B"])
    #expect(metadata[.language] == "en")
    #expect(metadata.entry(.title)?.from == "atom")
    #expect(documents[1].content?.metadata[.url] == "https://f.example/r")
  }

  @Test(
    "of RSS have titles as readers of feeds show them: markup dropped, references resolved once more",
    arguments: [
      ("&lt;b&gt;Ports&lt;/b&gt; &amp;amp; ferries", "Ports & ferries"),
      ("<![CDATA[Poti &amp; Batumi]]>", "Poti & Batumi"),
      ("<![CDATA[A <i class=\"x\">quiet</i> war]]>", "A quiet war"), ("It&amp;#8217;s over", "It’s over"),
      ("Caf&amp;eacute; &amp;mdash; a list", "Café — a list"), ("A <i>quiet</i> war", "A quiet war"),
      ("Research &amp; development", "Research & development"), ("R&amp;D; and more", "R&D; and more"),
      ("5 &lt; 6 and 7 &gt; 6", "5 < 6 and 7 > 6"), ("vector&lt;int&gt; &amp;c", "vector<int> &c"),
      ("a &lt;b c &lt;i&gt;d", "a <b c d"), ("&amp;nosuch; &amp;#0; &amp;#xD800;", "&nosuch; &#0; &#xD800;"),
    ])
  func rssTitles(written: String, title: String) throws {
    let feed =
      "<rss><channel><title>\(written)</title><item><title>\(written)</title><description>x</description></item></channel></rss>"
    let metadata = try #require(try read(feed).first?.content?.metadata)
    #expect(metadata[.title] == title)
    #expect(metadata[.publication] == title)
  }

  @Test("of RSS 1.0 have their items beside the channel")
  func rdf() throws {
    let documents = try read(
      """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel><title>F</title></channel><item><title>T</title><link>l</link><dc:date>2012-03-03</dc:date><description>d</description></item></rdf:RDF>
      """)
    #expect(documents.map(\.bytes) == ["d"])
    #expect(documents[0].content?.metadata[.published] == "2012-03-03")
    #expect(documents[0].content?.metadata[.publication] == "F")
  }

  @Test("that are cut off give their whole items, then an error")
  func cut() throws {
    let documents = try read(String(Self.rss.prefix(Self.rss.count - 60)))
    #expect(documents.count == 2)
    #expect(documents[0].content?.metadata[.title] == "One & Only")
    #expect(documents.dropFirst(1).first?.problem?.contains("ends inside an item") == true)
  }

  @Test("may not expand entities of their own, nor load any")
  func entities() throws {
    let laughs = (1...9).map { "<!ENTITY a\($0) \"\(String(repeating: "&a\($0 - 1);", count: 10))\">" }.joined()
    let documents = try read(
      """
      <?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">\(laughs)<!ENTITY file SYSTEM "/etc/passwd">]>
      <rss><channel><title>F</title><item><title>T&a9;</title><description>x&file;&a9;</description></item></channel></rss>
      """)
    #expect(documents.allSatisfy { $0.bytes.count < 10 })
  }

  @Test("with an item that is too large are given up there")
  func largeItem() throws {
    let large = "<item><description>" + String(repeating: "x", count: 100_000) + "</description></item>"
    let documents = try read(
      "<rss><channel><item><description>a</description></item>\(large)</channel></rss>", limit: ByteCount(10_000))
    #expect(documents.map(\.bytes) == ["a", ""])
    #expect(documents.dropFirst(1).first?.problem?.contains("is larger than 10kB") == true)
  }

  @Test("in other encodings are decoded")
  func encodings() throws {
    let folder = try Folder()
    let head = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><channel><item><description>"
    try folder.write("f.rss", Array(head.utf8) + [0xCF] + Array("</description></item></channel></rss>".utf8))
    #expect(try folder.read("f.rss").map(\.bytes) == ["П"])
  }

  @Test("are not what other XML is")
  func nitf() throws {
    let documents = try read("<?xml version=\"1.0\"?><nitf><body/></nitf>")
    #expect(documents.map(\.type) == [.xml])
    #expect(documents[0].bytes.hasSuffix("</nitf>"))
  }
}
