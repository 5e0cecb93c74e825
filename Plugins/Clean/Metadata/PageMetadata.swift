import ArticleHead
import PipelineKit

/// Reads the metadata of a page, best source first, and says of each value where it came from.
/// What a source has set already stays.
struct PageMetadata {
  let head: Head
  let newsletter: NewsletterHead
  let linked: LinkedData
  /// Headings of level 1, bylines and dates that the page shows.
  let headings: [String]
  /// Short lines above the text, of which one may be a title without markup.
  let lines: [String]
  let bylines: [String]
  let shownDates: [String]

  func write(to metadata: inout Metadata, uri: String) {
    let site = newsletter.publication.map { Found($0, "text") } ?? property(["og:site_name"])
    offer(.title, title(site: site?.value), to: &metadata)
    offer(.authors, authors, to: &metadata)
    offer(
      .publication,
      site ?? linked.publisher.map { Found($0, "json-ld") }
        ?? property(["dc.publisher", "citation_journal_title", "application-name"]), to: &metadata)
    offer(.volume, newsletter.volume.map { Found($0, "text") } ?? property(["citation_volume"]), to: &metadata)
    offer(.issue, newsletter.issue.map { Found($0, "text") } ?? property(["citation_issue"]), to: &metadata)
    offer(.published, published(uri: uri), to: &metadata)
    offer(.modified, modified, to: &metadata)
    offer(.language, language, to: &metadata)
    offer(.url, url, to: &metadata)
    offer(.section, property(["article:section"]) ?? linked.section.map { Found($0, "json-ld") }, to: &metadata)
    offer(.tags, tags, to: &metadata)
  }

  struct Found {
    var values: [String]
    var from: String
    var value: String { values.first ?? "" }
    init(_ value: String, _ from: String) { (values, self.from) = ([value], from) }
    init(_ values: [String], _ from: String) { (self.values, self.from) = (values, from) }
  }

  private func offer(_ key: MetadataKey, _ found: Found?, to metadata: inout Metadata) {
    guard let found, metadata.entry(key) == nil else { return }
    metadata.set(key, list: found.values.filter { !$0.isEmpty }, from: found.from)
  }

  /// The first property of these names that has a value.
  private func property(_ names: [String]) -> Found? {
    for name in names {
      for property in head.properties where property.name == name {
        let value = unescaped(property.content)
        if !value.isEmpty { return Found(value, name) }
      }
    }
    return nil
  }

  // MARK: One function for each key

  private func title(site: String?) -> Found? {
    let titles = PageTitle(headings: headings, lines: lines, site: site ?? linked.publisher)
    let found = titles.best(
      openGraph: property(["og:title", "twitter:title", "dc.title", "citation_title"])?.value,
      linkedData: linked.headline, element: unescaped(head.title))
    return found.map { Found($0.title, $0.from) }
  }

  private var authors: Found? {
    // A byline without a name says that there is no author.
    if let names = newsletter.authors { return Found(names, "text") }
    let publisher = linked.publisher?.essence
    let named = linked.authors.filter { $0.essence != publisher }.compactMap {
      Byline.names(in: $0, single: true).first
    }
    if !named.isEmpty { return Found(named, "json-ld") }
    for name in ["author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author"] {
      let names = head.properties.filter { $0.name == name && !isAddress($0.content) }
        .flatMap { Byline.names(in: unescaped($0.content)) }
      if !names.isEmpty { return Found(names, name) }
    }
    let links = head.authorLinks.flatMap { Byline.names(in: $0) }
    if !links.isEmpty { return Found(links, "rel=author") }
    for line in bylines {
      let names = Byline.names(in: line)
      if !names.isEmpty && names.count <= 5 { return Found(names, "byline") }
    }
    return nil
  }

  private func published(uri: String) -> Found? {
    if let date = linked.published { return Found(date, "json-ld") }
    let names = [
      "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
      "dcterms.created",
      "dcterms.date", "pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
      "citation_publication_date", "article.published", "last-modified",
    ]
    for name in names.dropLast() {
      if let found = property([name]), let date = ArticleDate.value(found.value) { return Found(date, name) }
    }
    if let time = head.times.first(where: \.isPublication), let date = ArticleDate.value(time.value) {
      return Found(date, "time")
    }
    if let date = newsletter.date { return Found(date, "text") }
    if let date = head.times.lazy.compactMap({ ArticleDate.value($0.value) }).first { return Found(date, "time") }
    for line in shownDates { if let date = ArticleDate.first(in: line) { return Found(date, "text") } }
    if let date = [url?.value, uri].lazy.compactMap({ $0 }).compactMap(ArticleDate.inAddress).first {
      return Found(date, "url")
    }
    return nil
  }

  private var modified: Found? {
    if let date = linked.modified { return Found(date, "json-ld") }
    for name in ["article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified"] {
      if let found = property([name]), let date = ArticleDate.value(found.value) { return Found(date, name) }
    }
    return nil
  }

  private var language: Found? {
    let candidates = [
      head.language.map { Found($0, "html lang") }, property(["content-language", "language", "dc.language"]),
      property(["og:locale"]), linked.language.map { Found($0, "json-ld") },
    ]
    for case let found? in candidates {
      let tag = trimmed(found.value).split(separator: "_").joined(separator: "-")
      let isTag = tag.utf8.allSatisfy { Words.fold($0) &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "-") }
      let primary = tag.prefix { $0 != "-" }.utf8.count
      if isTag && (2...3).contains(primary) { return Found(tag, found.from) }
    }
    return nil
  }

  private var url: Found? {
    if let address = head.canonical.map(trimmed), isAddress(address) { return Found(address, "link canonical") }
    if let found = property(["og:url"]), isAddress(found.value) { return found }
    return nil
  }

  private var tags: Found? {
    let listed = head.properties.filter { $0.name == "article:tag" }.map { unescaped($0.content) }
    if !listed.isEmpty { return Found(Array(listed.prefix(50)), "article:tag") }
    if !linked.keywords.isEmpty { return Found(Array(linked.keywords.prefix(50)), "json-ld") }
    guard let words = property(["news_keywords", "keywords", "parsely-tags"]) else { return nil }
    let tags = words.value.split(whereSeparator: { $0 == "," || $0 == ";" }).map { trimmed($0) }.filter { !$0.isEmpty }
    return Found(Array(tags.prefix(50)), words.from)
  }
}
