/// TEI, the Text Encoding Initiative's format (P5, and P4 as `TEI.2`): editions and archives.
///
/// The text is the `body` of `text`; of `back` appendices and notes. The header is metadata; title pages, running
/// heads, page breaks, formulas and bibliographies are left out. Where an edition gives two readings, the corrected,
/// regular, expanded one is read.
struct TEI: XMLVocabulary {
  let label = "tei"
  var elements: ElementTable { Self.table }

  func reads(_ root: ElementName) -> Bool {
    guard root.namespace == .tei || root.namespace == .none else { return false }
    return ["TEI", "TEI.2", "teiCorpus"].contains { root.local.elementsEqual("\($0)".utf8) }
  }

  func part(_ row: ElementTable.Row, of element: ElementName, _ attributes: XMLAttributes, isInLine: Bool) -> Part {
    switch row.part {
    // A word may go on behind the end of a line or page.
    case .gap: return attributes.says("break", "no") ? .inline : .gap
    // In a sentence a quotation is part of it.
    case .quote where isInLine && !attributes.says("rend", "block", "display", "blockquote"): return .inline
    case .section where attributes.says("type", "bibliography", "references", "index", "contents", "toc"):
      return .ignored
    case .section where attributes.says("type", "appendix"): return .body
    case .mark where attributes.says("type", "noteAnchor", "note", "noteref"): return .hidden
    default: return row.part
    }
  }

  private static let table = ElementTable(
    [
      (.document, "TEI TEI.2"), (.body, "body"), (.ignored, "front facsimile sourceDoc standOff"), (.back, "back"),
      (.abstract, "profileDesc/abstract"),
      (.ignored, "encodingDesc revisionDesc listBibl divGen titlePage docImprint"),
      (.section, "div div1 div2 div3 div4 div5 div6 div7"), (.heading, "head"),
      (.paragraph, "list/head lg/head p ab lg speaker stage salute signed opener closer trailer dateline u"),
      (.paragraph, "div/l div1/l body/l sp/l quote/l"), (.verse, "lg/l"),
      (.container, "sp cit epigraph argument postscript floatingText group"),
      (.quote, "quote"), (.list, "list listPerson listPlace"), (.listItem, "item list/label"),
      (.footnote, "note"), (.table, "table"), (.row, "row"), (.cell, "cell"),
      (.caption, "table/head figure/head figure/p figure/ab"), (.code, "eg"), (.mark, "ref"),
      (.gap, "lb pb cb gb milestone"),
      (.hidden, "fw figDesc formula choice/sic choice/orig choice/abbr del surplus byline docAuthor app/rdg index"),
    ],
    facts: """
      titleStmt/title titleStmt/author publicationStmt/publisher publicationStmt/date
      publicationStmt/date@when publicationStmt/idno publicationStmt/ptr@target
      seriesStmt/title=series seriesStmt/biblScope series/biblScope monogr/title=monogr analytic/title=analytic
      analytic/author=analytic-author imprint/date imprint/date@when imprint/biblScope@unit=unit imprint/biblScope
      bibl/title=bibl bibl/author=bibl-author bibl/date bibl/date@when bibl/biblScope@unit=unit bibl/biblScope
      creation/date=creation creation/date@when=creation@when language@ident TEI@lang text@lang
      keywords/term=term item=term catDesc=category
      """)

  func offer(_ facts: Facts, to metadata: inout MetadataOffers) {
    metadata.first(.title, "title", "analytic", "bibl")
    metadata.authors("author", "analytic-author", "bibl-author")
    metadata.first(.publication, "monogr", "series", "publisher")
    metadata.value(.volume, scope("volume", "vol", facts), from: "biblScope")
    metadata.value(.issue, scope("issue", "number", facts), from: "biblScope")
    metadata.date(.published, "date@when", "date", "creation@when", "creation")
    metadata.language("text@lang", "TEI@lang", "language@ident")
    metadata.address("idno", "ptr@target")
    metadata.tags("term")
  }

  /// The value of `biblScope` stands behind the unit that it counts.
  private func scope(_ unit: String, _ other: String, _ facts: Facts) -> String? {
    for (index, fact) in facts.all.enumerated() where fact.name == "unit" && [unit, other].contains(fact.value) {
      if index + 1 < facts.all.count, facts.all[index + 1].name == "biblScope" { return facts.all[index + 1].value }
    }
    return nil
  }
}
