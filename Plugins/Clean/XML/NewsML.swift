/// NewsML-G2 (IPTC): a `newsItem`, or a `newsMessage` or `packageItem` that holds some.
///
/// The text is the first content of the first item that has any, as XHTML, NITF or plain text. What other items a
/// message holds is counted in `other_documents`: a document of ours is one article.
struct NewsML: XMLVocabulary {
  let label = "newsml"
  var elements: ElementTable { Self.table }

  func reads(_ root: ElementName) -> Bool {
    guard root.namespace == .newsML || root.namespace == .none else { return false }
    return root.isNamed("newsItem") || root.isNamed("newsMessage") || root.isNamed("packageItem")
  }

  func part(_ row: ElementTable.Row, of element: ElementName, _ attributes: XMLAttributes, isInLine: Bool) -> Part {
    guard element.isNamed("inlineData") else { return row.part }
    // What is encoded, or escaped HTML, is no text.
    let isPlain = attributes["encoding"] == nil && attributes["contenttype"].map { $0.hasPrefix("text/plain") } ?? true
    return isPlain ? .plainText : .ignored
  }

  private static let table = ElementTable(
    [
      (.document, "newsItem packageItem knowledgeItem"), (.rendition, "inlineXML"),
      (.ignored, "header remoteContent partMeta assert catalog groupSet conceptSet rightsInfo"),
      (.html, "inlineXML/html"), (.nitf, "inlineXML/nitf"), (.container, "inlineXML/div"), (.paragraph, "inlineXML/p"),
      (.hidden, "subject/broader subject/related subject/sameAs creator/memberOf contributor"),
    ],
    facts: """
      contentMeta/headline contentMeta/byline contentMeta/by contentMeta/slugline contentMeta/dateline
      contentMeta/contentCreated contentMeta/contentModified contentMeta/keyword contentMeta/language@tag
      contentMeta/creator@literal creator/name=creator contentMeta/infoSource@literal infoSource/name=infoSource
      itemMeta/provider@literal provider/name=provider itemMeta/versionCreated itemMeta/firstCreated
      itemMeta/title itemMeta/pubStatus@qcode itemMeta/link@href newsItem@lang newsMessage@lang newsItem@guid
      subject/name=subject genre/name=genre subject@literal
      """)

  func offer(_ facts: Facts, to metadata: inout MetadataOffers) {
    metadata.first(.title, "headline", "title")
    metadata.authors("by", "byline")
    metadata.authors("creator", "creator@literal", single: true)
    metadata.first(.publication, "provider", "provider@literal", "infoSource", "infoSource@literal")
    metadata.date(.published, "contentCreated", "firstCreated", "versionCreated")
    metadata.date(.modified, "contentModified", "versionCreated")
    metadata.language("language@tag", "newsItem@lang", "newsMessage@lang")
    metadata.address("newsItem@guid")
    metadata.first(.section, "genre")
    metadata.tags("keyword", "subject", "subject@literal")
    // "stat:usable", "stat:canceled": a run may want to leave out what an agency has withdrawn.
    let status = facts["pubStatus@qcode"]?.split(separator: ":").last.map(String.init)
    metadata.value("status", status, from: "pubStatus")
    metadata.first("dateline", "dateline")
  }
}
