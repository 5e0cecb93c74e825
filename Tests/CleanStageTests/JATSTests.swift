import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct JATSTests {
  static let article = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN" "JATS-journalpublishing1.dtd">
    <article xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML">
    <front><journal-meta><journal-title-group><journal-title>Steppe Studies</journal-title></journal-title-group>
    <publisher><publisher-name>Monitor Press</publisher-name></publisher></journal-meta>
    <article-meta><article-id pub-id-type="pmid">77</article-id><article-id pub-id-type="doi">10.9999/ssm.41</article-id>
    <article-categories><subj-group><subject>Border Studies</subject></subj-group></article-categories>
    <title-group><article-title>Bridges <italic>and</italic> Tolls<xref ref-type="fn" rid="f1">*</xref></article-title></title-group>
    <contrib-group><contrib contrib-type="author"><name><surname>Kern</surname><given-names>Anna</given-names></name>
    <xref ref-type="aff" rid="a1">1</xref></contrib><contrib contrib-type="author"><string-name>Iva Horn</string-name></contrib>
    <contrib contrib-type="editor"><name><surname>Nobody</surname><given-names>N.</given-names></name></contrib></contrib-group>
    <aff id="a1">University of Batumi</aff>
    <pub-date pub-type="collection"><year>2012</year></pub-date>
    <pub-date pub-type="epub"><day>3</day><month>4</month><year>2012</year></pub-date>
    <volume>9</volume><issue>41</issue>
    <product><source>A Book</source><name><surname>Other</surname><given-names>O.</given-names></name></product>
    <abstract><title>Abstract</title><p>Tolls are counted.</p></abstract>
    <kwd-group><kwd>bridges</kwd><kwd>tolls</kwd></kwd-group></article-meta></front>
    <body><sec><label>1</label><title>Costs</title>
    <p>The treaty<xref ref-type="fn" rid="f1"><sup>1</sup></xref> holds<sup><xref ref-type="bibr" rid="r1">1</xref>,<xref ref-type="bibr" rid="r2">2</xref></sup>, says Kern [<xref ref-type="bibr" rid="r1">1</xref>] (<xref ref-type="bibr" rid="r2">Horn 2011</xref>)<fn id="f2"><p>So do others.</p></fn> and<xref ref-type="bibr" rid="r3">3</xref> nobody else.</p>
    <sec><title>Steel</title><p>Ten m<sup>2</sup> &amp; more, <inline-formula><mml:math><mml:mi>x</mml:mi></mml:math></inline-formula> apart.</p>
    <fig id="g1"><label>Figure 1</label><caption><title>The bridge.</title><p>Seen from below.</p></caption><graphic/></fig>
    <table-wrap><label>Table 1</label><caption><p>Tons.</p></caption><table><thead><tr><th>Year</th><th>Tons</th></tr></thead><tbody><tr><td>2011</td><td>15</td></tr></tbody></table></table-wrap>
    <disp-quote><p>We shall see.</p><attrib>A minister</attrib></disp-quote>
    <list list-type="bullet"><list-item><p>Steel</p></list-item><list-item><p>Paper</p></list-item></list></sec></sec>
    <boxed-text><caption><title>A Box</title></caption><p>In a box.</p></boxed-text>
    <sec><title>Extra</title><supplementary-material/></sec></body>
    <back><ack><p>Thanks to all.</p></ack><fn-group><title>Notes</title><fn id="f1"><label>1</label><p>Signed in May.</p></fn></fn-group>
    <ref-list><title>References</title><ref><mixed-citation>Horn, I. A paper.</mixed-citation></ref></ref-list>
    <app-group><app><title>Appendix</title><p>More figures.</p></app></app-group></back>
    <sub-article><front-stub><title-group><article-title>A Letter</article-title></title-group></front-stub><body><p>Dear editor.</p></body></sub-article>
    </article>
    """
  static let documents = [article, prefixed(article, "j", "http://jats.nlm.nih.gov")]

  static let text = [
    "heading2: Costs",
    "paragraph: The treaty holds, says Kern [1] (Horn 2011) and nobody else.", "footnote: So do others.",
    "heading3: Steel", "paragraph: Ten m2 & more, apart.", "table_cell: Year", "table_cell: Tons", "table_cell: 2011",
    "table_cell: 15", "quote: We shall see.", "quote: A minister", "list_item: Steel", "list_item: Paper",
    "heading2: A Box", "paragraph: In a box.", "footnote: Signed in May.", "heading2: Appendix",
    "paragraph: More figures.",
  ]

  @Test(
    "JATS gives the body's text, with notes and without marks, references and sub-articles",
    arguments: documents.indices)
  func text(index: Int) throws { #expect(try cleanXML(Self.documents[index]).shown == Self.text) }

  @Test("JATS gives metadata, each with the element it came from", arguments: documents.indices)
  func metadata(index: Int) throws {
    #expect(
      try cleanXML(Self.documents[index]).known == [
        "title: Bridges and Tolls (jats article-title)", "authors: Anna Kern; Iva Horn (jats contrib)",
        "publication: Steppe Studies (jats journal-title)", "volume: 9 (jats volume)", "issue: 41 (jats issue)",
        "published: 2012-04-03 (jats pub-date)", "language: en (jats xml:lang)",
        "url: https://doi.org/10.9999/ssm.41 (jats article-id)", "section: Border Studies (jats subject)",
        "tags: bridges; tolls (jats kwd)",
      ])
  }

  @Test("captions come on option, behind the paragraph in which they stand")
  func captions() throws {
    var stage = Clean()
    stage.captions = true
    let shown = try cleanXML(Self.article, with: stage).shown
    #expect(shown.contains("caption: The bridge.") && shown.contains("caption: Seen from below."))
    let inside =
      "<article><body><p>The bridge <fig><caption><p>A bridge.</p></caption></fig>is open.</p></body></article>"
    #expect(try cleanXML(inside, with: stage).shown == ["paragraph: The bridge is open.", "caption: A bridge."])
    #expect(try cleanXML(inside).shown == ["paragraph: The bridge is open."])
  }

  @Test("the abstract comes on option, and where there is no other text")
  func abstracts() throws {
    var stage = Clean()
    stage.abstracts = true
    #expect(try cleanXML(Self.article, with: stage).shown.first == "paragraph: Tolls are counted.")
    let bare =
      "<article><front><article-meta><abstract><p>All there is.</p></abstract></article-meta></front></article>"
    #expect(try cleanXML(bare).shown == ["paragraph: All there is."])
  }

  @Test(
    "dates of publication are read in all their forms",
    arguments: [
      ("<pub-date iso-8601-date=\"2012-02-29\"><year>2012</year></pub-date>", "2012-02-29"),
      ("<pub-date><year>2012</year><month>2</month></pub-date>", "2012-02"),
      ("<pub-date><day>9</day><month>March</month><year>2012</year></pub-date>", "2012-03-09"),
      ("<pub-date><season>Spring</season><year>2012</year></pub-date>", "2012"),
      ("<pub-date><string-date>March 9, 2012</string-date></pub-date>", "2012-03-09"),
      (
        "<pub-date><year>2011</year></pub-date><pub-date><year>2012</year><month>12</month><day>1</day></pub-date>",
        "2012-12-01"
      ),
    ])
  func dates(xml: String, expected: String) throws {
    let document = try cleanXML(
      "<article><front><article-meta>\(xml)</article-meta></front><body><p>x</p></body></article>")
    #expect(document.metadata[.published] == expected)
  }

  @Test(
    "marks of notes and sources go, words and powers stay",
    arguments: [
      ("pact<sup><xref ref-type='bibr'>1</xref>–<xref ref-type='bibr'>3</xref></sup>.", "pact."),
      ("x<sup><italic>n</italic></sup> and 10<sup>6</sup>", "xn and 106"),
      ("pact<xref ref-type='bibr'>12</xref>.", "pact."),
      ("pact [<xref ref-type='bibr'>12</xref>].", "pact [12]."),
      ("pact (<xref ref-type='bibr'>2</xref>).", "pact (2)."),
      ("see <xref ref-type='fig'>Figure 2</xref>.", "see Figure 2."),
      ("see <xref ref-type='bibr'>12</xref>.", "see 12."),
      ("pact <xref ref-type='fn'>1</xref>was", "pact was"),
      ("pact<xref ref-type='bibr'><sup>a,b</sup></xref>", "pacta,b"),
      ("pact <xref ref-type='bibr'><sup>12</sup></xref> was", "pact was"),
      ("Kern<xref ref-type='bibr'> 2012</xref>", "Kern"),
    ])
  func marks(body: String, text: String) throws {
    #expect(try cleanXML("<article><body><p>\(body)</p></body></article>").text == text)
  }

  @Test("an article of another vocabulary is not taken for one of JATS")
  func otherArticle() {
    for xml in [
      "<article xmlns='http://docbook.org/ns/docbook'><para>Text.</para></article>",
      "<article><title>A</title><para>Text.</para></article>",
    ] {
      #expect { try cleanXML(xml) } throws: { "\($0)".contains("no rule for XML with the root <article>") }
    }
  }
}
