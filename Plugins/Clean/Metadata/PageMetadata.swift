import ArticleHead
import PipelineKit

/// Reads the metadata of a page, best source first, and says of each value where it came from.
/// What a source has set already stays.
struct PageMetadata {
  let head: Head
  let facts: ShownFacts
  let linked: LinkedData
  /// Whether a text stands outside of the article as a label.
  let isShownElsewhere: (String) -> Bool

  init(of page: Page, _ facts: ShownFacts, _ linked: LinkedData) {
    head = page.head
    self.facts = facts
    self.linked = linked
    isShownElsewhere = { text in
      page.holdsLabel(
        text, outside: facts.region.upperBound..<max(facts.region.upperBound, facts.behindText.lowerBound))
    }
  }

  func write(to metadata: inout Metadata, uri: String) {
    let address = address(uri: uri)
    let publication = facts.newsletter.publication.map { Found($0, "text") }
    let names = publication ?? property(["og:site_name"])
    let site = siteNames(names?.value, hosts: [address?.value ?? "", uri].map(PageAddress.host))
    let dates = PageDates(head: head, linked: linked, facts: facts, address: address?.value, uri: uri)
    offer(.title, title(site, address?.value ?? uri), to: &metadata)
    offer(.authors, PageAuthors(head: head, linked: linked, facts: facts, site: site).found, to: &metadata)
    offer(
      .publication,
      names ?? linked.publisher.map { Found($0, "json-ld") }
        ?? property(["dc.publisher", "citation_journal_title", "application-name"]), to: &metadata)
    offer(.volume, facts.newsletter.volume.map { Found($0, "text") } ?? property(["citation_volume"]), to: &metadata)
    offer(.issue, facts.newsletter.issue.map { Found($0, "text") } ?? property(["citation_issue"]), to: &metadata)
    offer(.published, dates.published, to: &metadata)
    offer(.modified, dates.modified, to: &metadata)
    offer(.language, language, to: &metadata)
    offer(.url, address, to: &metadata)
    offer(
      .section,
      property(["article:section", "og:article:section"]) ?? linked.section.map { Found($0, "json-ld") }
        ?? property(["parsely-section", "section", "category", "prism.section"]), to: &metadata)
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

  private func siteNames(_ known: String?, hosts: [String]) -> SiteNames {
    let named = ["og:site_name", "application-name", "apple-mobile-web-app-title", "al:ios:app_name"]
      .compactMap { property([$0])?.value }
    return SiteNames((known.map { [$0] } ?? []) + linked.siteNames + named, hosts: hosts)
  }

  private func title(_ site: SiteNames, _ address: String) -> Found? {
    let titles = PageTitle(
      headings: facts.headings, headline: facts.headline, lines: facts.lines, linesAbove: facts.linesAboveHeading,
      site: site, address: address, isShownElsewhere: isShownElsewhere)
    var claims: [(String, String)] = []
    if let found = property(["og:title"]) { claims.append((found.value, "og:title")) }
    if let headline = linked.headline { claims.append((headline, "json-ld")) }
    for name in [
      "twitter:title", "dc.title", "dc:title", "dcterms.title", "citation_title", "parsely-title", "headline",
    ] {
      if let found = property([name]) { claims.append((found.value, name)) }
    }
    return titles.best(claims, element: unescaped(head.title)).map { Found($0.title, $0.from) }
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

  private func address(uri: String) -> Found? {
    var others: [(String, String)] = []
    if let found = property(["og:url"]) { others.append((found.value, "og:url")) }
    if let address = linked.address { others.append((address, "json-ld")) }
    return PageAddress(canonical: head.canonical, others: others, own: uri).map { Found($0.value, $0.from) }
  }

  private var tags: Found? {
    let listed = head.properties.filter { $0.name == "article:tag" }.map { unescaped($0.content) }
    if !listed.isEmpty { return Found(Array(listed.prefix(50)), "article:tag") }
    if !linked.keywords.isEmpty { return Found(Array(linked.keywords.prefix(50)), "json-ld") }
    guard let words = property(["news_keywords", "keywords", "parsely-tags"]) else {
      return facts.newsletter.rubrics.isEmpty ? nil : Found(facts.newsletter.rubrics, "text")
    }
    let tags = words.value.split(whereSeparator: { $0 == "," || $0 == ";" }).map { trimmed($0) }.filter { !$0.isEmpty }
    return Found(Array(tags.prefix(50)), words.from)
  }
}

extension LinkedData.Subject {
  init(of head: Head, _ facts: ShownFacts, uri: String) {
    func value(_ name: String) -> String? {
      head.properties.first { $0.name == name }.map { unescaped($0.content) }
    }
    titles = facts.headings.prefix(8) + [value("og:title"), unescaped(head.title)].compactMap { $0 }
    addresses = [head.canonical, value("og:url"), uri].compactMap { $0 }
  }
}
