import ArticleHead

/// Who wrote a page: what it shows above its text, what its metadata say, and what it marks.
struct PageAuthors {
  let head: Head
  let linked: LinkedData
  let facts: ShownFacts
  let site: SiteNames

  typealias Found = PageMetadata.Found

  var found: Found? {
    // A byline without a name says that there is no author.
    if let names = facts.newsletter.authors {
      let persons = withoutSite(names)
      if !persons.isEmpty || names.isEmpty && facts.newsletter.publication != nil { return Found(persons, "text") }
    }
    return named(linked.authors.flatMap { Byline.names(in: $0.name, single: $0.isOrganization) }, "json-ld")
      ?? properties ?? links(near: true, certain: true) ?? links(near: true, certain: false) ?? bylines
      ?? facts.behind.authors.flatMap { named($0, "text") } ?? only(links(near: false, certain: true))
  }

  private func named(_ names: [String], _ from: String) -> Found? {
    let persons = withoutSite(names)
    return persons.isEmpty ? nil : Found(persons, from)
  }

  private func withoutSite(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !site.contains($0) && seen.insert($0.essence).inserted }
  }

  private var properties: Found? {
    for name in Self.names {
      let values = head.properties.filter { $0.name == name && !isAddress($0.content) }.map { unescaped($0.content) }
      // "Kern, Anna" is one name where papers are cited.
      let isCitation = name == "citation_author" || name == "dc.creator" || name == "dc.contributor"
      let names = values.flatMap { isCitation ? Self.turned($0) : Byline.names(in: $0) }
      if let found = named(names, name) { return found }
    }
    return nil
  }

  private static func turned(_ name: String) -> [String] {
    let parts = name.split(separator: ",").map { trimmed($0) }
    guard parts.count == 2, !parts[0].contains(" ") else { return Byline.names(in: name) }
    return Byline.names(in: parts[1] + " " + parts[0], single: true)
  }

  /// Names in elements that mark them; near are those between the title and the text and directly behind it.
  private func links(near: Bool, certain: Bool) -> Found? {
    let marks = head.authors.filter { mark in
      let isNear = facts.region.contains(mark.block) || mark.block == facts.region.upperBound
      return mark.isCertain == certain && (!near || isNear)
    }
    let names = marks.flatMap { mark -> [String] in
      let names = Byline.names(in: mark.text)
      return certain ? names : names.filter(Self.isPerson)
    }
    return named(Array(names.prefix(certain ? 20 : 5)), certain ? "rel=author" : "byline")
  }

  /// Where a page marks several authors outside of its head, they are those of other articles.
  private func only(_ found: Found?) -> Found? { found.flatMap { $0.values.count == 1 ? $0 : nil } }

  private var bylines: Found? {
    for line in facts.bylines {
      let names =
        HeadLine(line, facts.order, allowsOthers: true)?.authors ?? Byline.names(in: line).filter(Self.isPerson)
      if names.count <= 5, let found = named(names, "byline") { return found }
    }
    return nil
  }

  /// Two to four words in capitals: what else stands in an element that is called after its author is no name.
  private static func isPerson(_ name: String) -> Bool {
    (2...4).contains(name.split(separator: " ").count) && Byline.isNameLike(name)
  }

  private static let names = [
    "author", "article:author", "article:author:name", "og:article:author", "og:author", "dc.creator", "dc:creator",
    "dcterms.creator", "dcterms:creator", "schema:author", "parsely-author", "sailthru.author", "article.author",
    "authors", "author_name", "byl", "byline", "article:author_name", "citation_author", "dc.contributor",
    "rbauthors", "cxenseparse:author", "twitter:data1:author", "creator", "rnews:author",
  ]
}
