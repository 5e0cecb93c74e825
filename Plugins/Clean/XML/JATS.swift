import ArticleHead

/// JATS and its forerunner, the NLM tag suite: articles of journals.
///
/// The text is the `body` with tables, boxes and quotations; of `back` appendices and notes. References, formulas,
/// acknowledgements and the articles inside an article (`sub-article`, `response`) are left out.
struct JATS: XMLVocabulary {
  let label = "jats"
  let hasCommonRoot = true
  var elements: ElementTable { Self.table }

  func reads(_ root: ElementName) -> Bool {
    root.isNamed("article") && (root.namespace == .none || root.namespace == .jats)
  }

  func part(_ row: ElementTable.Row, of element: ElementName, _ attributes: XMLAttributes, isInLine: Bool) -> Part {
    switch row.part {
    case .mark where attributes.says("ref-type", "fn", "table-fn"): return .hidden
    // Summaries in pictures, in points or for the table of contents.
    case .abstract where attributes["abstract-type"].map { $0 != "summary" } ?? false: return .ignored
    default: break
    }
    if element.isNamed("contrib"), attributes["contrib-type"].map({ $0 != "author" }) ?? false { return .ignored }
    return row.part
  }

  private static let table = ElementTable(
    [
      (.body, "body app"), (.body, "floats-group floats-wrap"), (.back, "back"), (.abstract, "abstract"),
      (.ignored, "trans-abstract sub-article response ref-list product related-article related-object author-notes"),
      (.ignored, "permissions history funding-group counts custom-meta-group supplementary-material"),
      (.ignored, "back/ack back/bio back/glossary back/notes"),
      (.section, "sec boxed-text statement app/sec"), (.heading, "title subtitle boxed-text/caption"),
      (.hidden, "label fn-group/title def-list/title abstract/title alt-title trans-title-group"),
      (.paragraph, "p verse-group attrib"), (.verse, "verse-line"), (.list, "list def-list"),
      (.listItem, "list-item def term"), (.container, "def-item fn-group speech"),
      (.paragraph, "speaker caption/title verse-group/title"), (.quote, "disp-quote"), (.code, "code preformat"),
      (.footnote, "fn"), (.caption, "caption"), (.caption, "table-wrap/attrib fig/attrib"),
      (.table, "table"), (.row, "tr row"), (.cell, "td entry"), (.headerCell, "th"), (.mark, "xref"),
      (.raised, "sup"), (.lineBreak, "break"),
      (.hidden, "alt-text long-desc object-id tex-math math disp-formula inline-formula graphic inline-graphic media"),
      (.hidden, "alternatives/graphic index-term x aff email role"),
    ],
    facts: """
      article-meta/title-group title-group/article-title title-group/subtitle journal-title abbrev-journal-title
      publisher-name article-meta/volume article-meta/issue
      contrib name/surname name/given-names name/suffix contrib/collab contrib/string-name contrib/anonymous
      pub-date pub-date@iso-8601-date=iso pub-date/year pub-date/month pub-date/day pub-date/string-date
      article@lang article-meta/self-uri@href article-id@pub-id-type=id-type article-id
      subj-group/subject kwd article@article-type
      """)

  func offer(_ facts: Facts, to metadata: inout MetadataOffers) {
    metadata.first(.title, "article-title")
    metadata.list(.authors, authors(facts), from: "contrib")
    metadata.first(.publication, "journal-title", "abbrev-journal-title", "publisher-name")
    metadata.first(.volume, "volume")
    metadata.first(.issue, "issue")
    metadata.value(.published, published(facts), from: "pub-date")
    metadata.language("article@lang")
    metadata.address("self-uri@href")
    metadata.value(.url, identifier(facts).map { "https://doi.org/" + $0 }, from: "article-id")
    metadata.first(.section, "subject")
    metadata.tags("kwd")
  }

  /// The names of each contributor stand before the fact `contrib`, which closes it.
  private func authors(_ facts: Facts) -> [String] {
    var names: [String] = []
    var parts: [String: String] = [:]
    for (name, value) in facts.all where names.count < Facts.mostValues {
      switch name {
      case "contrib":
        let family = [parts["given-names"], parts["surname"], parts["suffix"]].compactMap { $0 }
        let whole = family.isEmpty ? parts["string-name"] ?? parts["collab"] : family.joined(separator: " ")
        names += whole.map { Byline.names(in: $0, single: true) } ?? []
        parts = [:]
      case "surname", "given-names", "suffix", "string-name", "collab": parts[name] = parts[name] ?? value
      default: break
      }
    }
    return names
  }

  /// The most precise of the dates of publication, the first of those that are as precise.
  private func published(_ facts: Facts) -> String? {
    var best: String?
    var parts: [String: String] = [:]
    for (name, value) in facts.all {
      switch name {
      case "pub-date":
        let date =
          parts["iso"].flatMap(ArticleDate.value) ?? date(parts) ?? parts["string-date"].flatMap(ArticleDate.value)
        if let date, date.utf8.count > best?.utf8.count ?? 0 { best = date }
        parts = [:]
      case "iso", "year", "month", "day", "string-date": parts[name] = value
      default: break
      }
    }
    return best
  }

  private func date(_ parts: [String: String]) -> String? {
    guard let year = parts["year"] else { return nil }
    guard let month = parts["month"] else { return ArticleDate.value(year) }
    guard let number = Int(month) else {
      let words = parts["day"].map { "\(month) \($0), \(year)" } ?? "\(month) \(year)"
      return ArticleDate.value(words) ?? ArticleDate.value(year)
    }
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let day = parts["day"].flatMap { Int($0) }.map { "-" + two($0) } ?? ""
    return ArticleDate.value("\(year)-\(two(number))\(day)") ?? ArticleDate.value(year)
  }

  private func identifier(_ facts: Facts) -> String? {
    var type = ""
    for (name, value) in facts.all {
      if name == "id-type" { type = value }
      if name == "article-id" {
        if type == "doi" { return value }
        type = ""
      }
    }
    return nil
  }
}
