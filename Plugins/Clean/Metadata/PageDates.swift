import ArticleHead

/// When a page was published and changed: what its metadata say, then what it marks, shows, and is called.
struct PageDates {
  let head: Head
  let linked: LinkedData
  let facts: ShownFacts
  /// The page's address, and where it was read.
  let address: String?
  let uri: String

  typealias Found = PageMetadata.Found

  var published: Found? {
    if let date = linked.published(facts.order), isMeant(date) { return Found(date, "json-ld") }
    let tries: [() -> Found?] = [
      { named(Self.publishedNames) }, { marked(.published, near: true) },
      { facts.newsletter.date.map { Found($0, "text") } }, { marked(.shown, near: true) }, { shown },
      { marked(.published, near: false) }, { inAddress(address, isDay: true) },
      { facts.behind.date.map { Found($0, "text") } }, { marked(.shown, near: false) }, { inAddress(uri, isDay: true) },
      { inAddress(address, isDay: false) }, { inAddress(uri, isDay: false) },
    ]
    return tries.lazy.compactMap { $0() }.first
  }

  var modified: Found? {
    if let date = linked.modified(facts.order), isMeant(date) { return Found(date, "json-ld") }
    return named(Self.modifiedNames) ?? marked(.modified, near: true)
      ?? (facts.newsletter.modified ?? facts.behind.modified).map { Found($0, "text") }
      ?? marked(.modified, near: false)
  }

  private func named(_ names: [String]) -> Found? {
    for name in names {
      for property in head.properties where property.name == name {
        if let date = ArticleDate.value(unescaped(property.content), facts.order), isMeant(date) {
          return Found(date, name)
        }
      }
    }
    return nil
  }

  /// The first date in an element that marks it; near are those in the head of the article and behind it.
  private func marked(_ role: Head.Time.Role, near: Bool) -> Found? {
    for time in head.times where time.role == role {
      if near, !facts.region.contains(time.block), time.block != facts.region.upperBound { continue }
      if let date = ArticleDate.value(time.value, facts.order), isMeant(date) { return Found(date, "time") }
    }
    return nil
  }

  private var shown: Found? {
    for line in facts.dates {
      if let date = ArticleDate.first(in: line, facts.order) { return Found(date, "text") }
    }
    return nil
  }

  private func inAddress(_ address: String?, isDay: Bool) -> Found? {
    guard let date = address.flatMap(ArticleDate.inAddress), (date.utf8.count == 10) == isDay else { return nil }
    return Found(date, "url")
  }

  /// Zero in the clocks of computers is no date of an article.
  private func isMeant(_ date: String) -> Bool { !date.hasPrefix("1970-01-01") }

  private static let publishedNames = [
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "schema:datepublished", "og:pubdate", "pubdate", "publishdate", "publish-date", "publish_date", "publisheddate",
    "published-date", "published_date", "publication_date", "publication-date", "publicationdate", "parsely-pub-date",
    "sailthru.date", "article:published", "article.published", "article:publicationdate", "article_date_original",
    "originalpublicationdate", "date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
    "dc.date", "dcterms.date", "dc:date", "dc:issued", "dc:created", "dcterms:issued", "dcterms:created",
    "dcterms:date", "dc.created", "datecreated", "date_published", "article:post_time", "creation_date",
    "citation_publication_date", "citation_date", "citation_online_date", "prism.publicationdate", "bt:pubdate",
    "displaydate", "ptime", "cxenseparse:recs:publishtime", "rnews:datepublished", "uploaddate",
  ]
  private static let modifiedNames = [
    "article:modified_time", "og:article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
    "schema:datemodified", "dc.date.modified", "dcterms.modified", "dcterms:modified", "dc.modified", "last-modified",
    "lastmod", "lastmodified", "last_modified", "modified", "revised", "article:modified", "article.updated",
    "date_modified", "modified_date", "updated_time", "rnews:datemodified",
  ]
}
