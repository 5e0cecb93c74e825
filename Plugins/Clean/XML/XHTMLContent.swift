/// XHTML inside of another vocabulary, such as NewsML: its body is the article and nothing else, so that no choice of
/// blocks is made as for a page.
struct XHTMLContent: XMLVocabulary {
  let label = "xhtml"
  var elements: ElementTable { Self.table }

  func reads(_ root: ElementName) -> Bool { false }

  func part(_ row: ElementTable.Row, of element: ElementName, _ attributes: XMLAttributes, isInLine: Bool) -> Part {
    attributes.says("hidden", "hidden", "", "true") ? .hidden : row.part
  }

  private static let table = ElementTable(
    [
      (.ignored, "head"), (.container, "body main article section div center header address figure dl details"),
      (.paragraph, "p summary"), (.heading1, "h1"), (.heading2, "h2"), (.heading3, "h3"), (.heading4, "h4"),
      (.heading5, "h5"), (.heading6, "h6"), (.list, "ul ol menu"), (.listItem, "li dt dd"), (.quote, "blockquote"),
      (.code, "pre"), (.table, "table"), (.row, "tr"), (.cell, "td"), (.headerCell, "th"),
      (.caption, "figcaption caption"), (.lineBreak, "br"), (.raised, "sup"),
      (.hidden, "nav aside footer form script style template noscript svg math iframe object embed video audio canvas"),
      (.hidden, "map select textarea button title"),
    ], facts: "")

  func offer(_ facts: Facts, to metadata: inout MetadataOffers) {}
}
