import CleanStage
import PipelineKit
import PipelineTesting
import Testing

@Suite struct TEITests {
  static let letter = """
    <?xml version="1.0" encoding="UTF-8"?>
    <TEI xml:lang="en"><teiHeader><fileDesc><titleStmt><title>The Governor's Letters</title><author>Anna Kern</author>
    </titleStmt><publicationStmt><publisher>Monitor Archive</publisher><date when="1912-03-04">4 March 1912</date>
    <idno type="URI">https://archive.example/letters/7</idno></publicationStmt>
    <seriesStmt><title>Letters from the Steppe</title></seriesStmt>
    <sourceDesc><bibl><title>Another Title</title><biblScope unit="volume">9</biblScope><biblScope unit="issue">41</biblScope></bibl></sourceDesc></fileDesc>
    <profileDesc><langUsage><language ident="ru">Russian</language></langUsage><textClass><keywords><term>rivers</term><term>tolls</term></keywords></textClass></profileDesc>
    <revisionDesc><change>A date was mended.</change></revisionDesc></teiHeader>
    <text><front><titlePage><docTitle><titlePart>Letters</titlePart></docTitle></titlePage></front>
    <body><pb n="1"/><div type="letter"><head>To the Governor</head><opener><salute>Sir,</salute></opener>
    <p>The ferry<note place="foot" n="1">It sank in <date when="1913">1913</date>.</note> is <hi rend="italic">not</hi> for sale<lb/>and the pon<pb n="2" break="no"/>toon <choice><sic>ys</sic><corr>is</corr></choice> mine; he said <quote>we shall see</quote> and left<ref target="#n2">2</ref>.</p>
    <quote><p>No toll on Sunday.</p></quote>
    <lg><l>The river runs</l><l>the ferry waits</l></lg>
    <list><head>Debts</head><item>Rope</item><item>Tar</item></list>
    <div><head>Sums</head><table><head>Tolls</head><row role="label"><cell>Year</cell><cell>Roubles</cell></row><row><cell>1911</cell><cell>15</cell></row></table>
    <figure><head>The ferry</head><figDesc>A drawing.</figDesc></figure><fw type="header">Letters 2</fw></div>
    <closer><signed>A. K.</signed></closer></div></body>
    <back><div type="notes"><note xml:id="n2">He came back.</note></div><listBibl><bibl>A book.</bibl></listBibl></back></text></TEI>
    """
  static let documents = [
    letter, letter.replacing("<TEI ", with: "<TEI xmlns='http://www.tei-c.org/ns/1.0' "),
    prefixed(letter, "t", "http://www.tei-c.org/ns/1.0"),
  ]

  @Test("TEI gives the body's text, a note behind its paragraph, one reading of two", arguments: documents.indices)
  func text(index: Int) throws {
    #expect(
      try cleanXML(Self.documents[index]).shown == [
        "heading2: To the Governor", "paragraph: Sir,",
        "paragraph: The ferry is not for sale and the pontoon is mine; he said we shall see and left.",
        "footnote: It sank in 1913.", "quote: No toll on Sunday.", "paragraph: The river runs the ferry waits",
        "paragraph: Debts", "list_item: Rope", "list_item: Tar", "heading3: Sums", "table_cell: Year",
        "table_cell: Roubles", "table_cell: 1911", "table_cell: 15", "paragraph: A. K.", "footnote: He came back.",
      ])
  }

  @Test("TEI gives the header's metadata", arguments: documents.indices)
  func metadata(index: Int) throws {
    #expect(
      try cleanXML(Self.documents[index]).known == [
        "title: The Governor's Letters (tei title)", "authors: Anna Kern (tei author)",
        "publication: Letters from the Steppe (tei series)", "volume: 9 (tei biblScope)", "issue: 41 (tei biblScope)",
        "published: 1912-03-04 (tei date)", "language: en (tei xml:lang)",
        "url: https://archive.example/letters/7 (tei idno)", "tags: rivers; tolls (tei term)",
      ])
  }

  @Test("of a corpus the first text is read, and the others are counted")
  func corpus() throws {
    let text = { (words: String) in
      "<TEI><teiHeader><fileDesc><titleStmt><title>On \(words)</title></titleStmt></fileDesc></teiHeader><text><body><p>\(words)</p></body></text></TEI>"
    }
    let result = try cleanXML("<teiCorpus><teiHeader/>\(text("one"))\(text("two"))\(text("three"))</teiCorpus>")
    #expect(result.shown == ["paragraph: one"])
    #expect(result.metadata[.title] == "On one")
    #expect(result.metadata["other_documents"] == "2")
  }
}
