/// NITF, the news industry's text format (IPTC, versions 3.0 to 3.6).
///
/// The text is what stands in `body.content`; `head` and `body.head` are metadata, and of `body.end` nothing is text.
struct NITF: XMLVocabulary {
  let label = "nitf"
  var elements: ElementTable { Self.table }

  func reads(_ root: ElementName) -> Bool { root.isNamed("nitf") || root.isNamed("NITF") }

  func part(_ row: ElementTable.Row, of element: ElementName, _ attributes: XMLAttributes, isInLine: Bool) -> Part {
    // A note to the editor is no text, one to the reader is a footnote.
    if element.isNamed("note") { return attributes.says("noteclass", "end", "foot", "footnote") ? .footnote : .hidden }
    return row.part
  }

  private static let table = ElementTable(
    [
      (.body, "body.content"), (.abstract, "abstract"), (.ignored, "body.end"),
      (.container, "block dl postaddr datasource"), (.paragraph, "p pre/p"), (.heading2, "hl2"),
      (.list, "ol ul"), (.listItem, "li dt dd"), (.quote, "bq"), (.code, "pre"), (.footnote, "fn"),
      (.table, "table nitf-table"), (.row, "tr"), (.cell, "td"), (.headerCell, "th"),
      (.caption, "media-caption caption"), (.lineBreak, "br"), (.gap, "hr"), (.raised, "sup"),
      (.hidden, "byttl media-metadata media-producer media-reference media-object nitf-table-metadata col colgroup"),
      (.hidden, "rights ed-msg bq/credit object"), (.heading1, "hl1"),
    ],
    facts: """
      head/title hedline/hl1 byline byline/person distributor
      date.issue@norm date.release@norm story.date@norm revision-history@norm pubdata@name pubdata@volume
      pubdata@issue pubdata@number pubdata@date.publication pubdata@position.section
      keyword@key nitf@lang body@lang tobject.subject@tobject.subject.type
      """)

  func offer(_ facts: Facts, to metadata: inout MetadataOffers) {
    metadata.first(.title, "hl1", "title")
    let persons = facts.values("person")
    if persons.isEmpty { metadata.authors("byline") } else { metadata.list(.authors, persons, from: "byline") }
    metadata.first(.publication, "pubdata@name", "distributor")
    metadata.first(.volume, "pubdata@volume")
    metadata.first(.issue, "pubdata@issue", "pubdata@number")
    metadata.date(
      .published, "date.issue@norm", "date.release@norm", "pubdata@date.publication", "story.date@norm")
    metadata.date(.modified, "revision-history@norm")
    metadata.language("nitf@lang", "body@lang")
    metadata.first(.section, "pubdata@position.section", "tobject.subject@tobject.subject.type")
    metadata.tags("keyword@key")
  }
}
