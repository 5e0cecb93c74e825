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
    return named(linked.authors.flatMap { Self.names(of: $0) }, "json-ld")
      ?? properties ?? card ?? links(near: true, certain: true) ?? links(near: true, certain: false) ?? bylines
      ?? facts.behind.authors.flatMap { named($0, "text") } ?? only(links(near: false, certain: true))
      ?? labelled
  }

  /// A person's name stands alone or in a list; an organization's may hold an "and" and a "for".
  private static func names(of party: LinkedData.Party) -> [String] {
    let isWhole = party.isOrganization || (party.isTyped && !party.name.contains(",") && !party.name.contains(" and "))
    let names = Byline.names(in: party.name, single: isWhole)
    return names.isEmpty || names.contains { $0.utf8.count > 3 } ? names : Byline.names(in: party.name, single: true)
  }

  private func named(_ names: [String], _ from: String) -> Found? {
    let persons = withoutSite(names)
    return persons.isEmpty ? nil : Found(persons, from)
  }

  private func withoutSite(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { name in
      let isSite = Self.isPerson(name) ? site.isCalled(name) && !isNamedTwice(name) : site.contains(name)
      return !isSite && seen.insert(name.essence).inserted
    }
  }

  /// A person's site may bear the person's name: then more than one source says who wrote.
  private func isNamedTwice(_ name: String) -> Bool {
    linked.authors.contains { !$0.isOrganization && $0.isTyped && $0.name == name }
      || head.properties.contains { $0.name == "twitter:data1" && $0.content == name }
  }

  /// `twitter:label1` says what `twitter:data1` is.
  private var card: Found? {
    for number in ["1", "2"] {
      let label = head.properties.first { $0.name == "twitter:label" + number }?.content ?? ""
      guard HeadLine(label + ": x")?.authors != nil,
        let value = head.properties.first(where: { $0.name == "twitter:data" + number })
      else { continue }
      if let found = named(Byline.names(in: unescaped(value.content)), value.name) { return found }
    }
    return nil
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
      let isNear =
        facts.region.contains(mark.block) || mark.block == facts.region.upperBound
        || (certain && facts.behindText.contains(mark.block))
      return mark.isCertain == certain && (!near || isNear)
    }
    let names = marks.flatMap { mark -> [String] in
      let names = Byline.names(in: mark.text)
      return certain ? names : names.filter(Self.isPerson)
    }
    if certain { return accounts(names) }
    return named(Array(names.prefix(5)), "byline")
  }

  /// Who is linked as the author is so under any name but the site's own.
  private func accounts(_ names: [String]) -> Found? {
    var seen: Set<String> = []
    let names = names.filter { !site.isCalled($0) && seen.insert($0.essence).inserted }
    return names.isEmpty ? nil : Found(Array(names.prefix(20)), "rel=author")
  }

  /// A byline with its label, in an element that is called after its author, wherever it stands.
  private var labelled: Found? {
    let names = head.authors.filter { !$0.isCertain }.flatMap { HeadLine(trimmed($0.text), facts.order)?.authors ?? [] }
    return only(named(Array(names.prefix(5)), "byline"))
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
