internal import ArticleHead
internal import JSON

/// What a page's JSON-LD says of its article.
///
/// Of all objects in all scripts, also those inside `@graph`, the article counts that has the page's address or
/// headline, else the first of a type that is an article, else the first with a headline or a date. A script that is not JSON is
/// mended if it can be, else passed over.
package struct LinkedData {
  private var article: JSONValue?
  private var all: [JSONValue] = []

  /// What a page is called outside of its JSON-LD, by which its article is told from others that it lists.
  struct Subject {
    /// Texts of headings and of `title`, the surest first.
    var titles: [String] = []
    var addresses: [String] = []
  }

  package init(_ scripts: [String]) {
    for script in scripts {
      guard let value = (try? JSONValue(parsing: script)) ?? (try? JSONValue(parsing: BrokenJSON.mended(script))) else {
        continue
      }
      collect(value, depth: 0)
    }
    article = all.first(where: Self.isArticle) ?? all.first { $0["headline"] != nil || $0["datePublished"] != nil }
  }

  /// Takes the article that a page is about, where several stand in its data.
  mutating func choose(about subject: @autoclosure () -> Subject) {
    let articles = all.filter(Self.isArticle)
    if articles.count > 1, let found = Self.article(of: articles, about: subject()) { article = found }
  }

  /// The one of several articles that is the page's.
  private static func article(of articles: [JSONValue], about subject: Subject) -> JSONValue? {
    let addresses = Set(subject.addresses.map(place(of:)).filter { !$0.isEmpty })
    let found = articles.first { article in
      [article["url"], article["mainEntityOfPage"], article["mainEntityOfPage"]?["@id"], article["@id"]].contains {
        strings($0).contains { addresses.contains(place(of: $0)) }
      }
    }
    if let found { return found }
    let headlines = articles.map { (strings($0["headline"]).first ?? strings($0["name"]).first ?? "").essence }
    for title in subject.titles.map(\.essence) where !title.isEmpty {
      if let index = headlines.firstIndex(of: title) { return articles[index] }
    }
    // In `title` the site's name may stand beside the headline.
    for title in subject.titles.map(\.essence) {
      let index = headlines.firstIndex { $0.utf8.count >= 12 && title.contains($0) }
      if let index { return articles[index] }
    }
    return nil
  }

  /// An address without what may differ between two of the same page: scheme, `www`, fragment, a slash at the end.
  private static func place(of address: String) -> String {
    let host = PageAddress.host(of: address)
    let path = PageAddress.path(of: address).prefix { $0 != "#" }
    return (host.hasPrefix("www.") ? String(host.dropFirst(4)) : host) + (path.hasSuffix("/") ? path.dropLast() : path)
  }

  var headline: String? { text("headline") ?? text("name", onlyOf: Self.isArticle) }
  func published(_ order: DayOrder) -> String? {
    for key in ["datePublished", "dateCreated", "uploadDate"] {
      if let date = text(key).flatMap({ ArticleDate.value($0, order) }) { return date }
    }
    return nil
  }
  func modified(_ order: DayOrder) -> String? { text("dateModified").flatMap { ArticleDate.value($0, order) } }
  var publisher: String? { parties(article?["publisher"]).first?.name }
  /// Names of the site: the publisher's, and what a `WebSite` calls itself.
  var siteNames: [String] {
    parties(article?["publisher"]).map(\.name) + parties(article?["isPartOf"]).map(\.name)
      + all.filter { Self.types(of: $0).contains("WebSite") }.flatMap {
        strings($0["name"]) + strings($0["alternateName"])
      }
  }
  var authors: [Party] { parties(article?["author"] ?? article?["creator"]) }
  /// The types of all objects.
  var types: [Substring] { all.flatMap(Self.types) }
  var section: String? { strings(article?["articleSection"]).first }
  var language: String? { text("inLanguage") }
  var address: String? { text("url") ?? text("mainEntityOfPage") ?? article?["mainEntityOfPage"]?["@id"]?.string }
  /// The text of the article, without markup, in paragraphs.
  package var body: [String] {
    guard let article,
      let text = (article["articleBody"]?.elements ?? article["articleBody"].map { [$0] })?.first?.string
    else { return [] }
    return PlainText.paragraphs(text)
  }
  var keywords: [String] {
    let values = strings(article?["keywords"])
    guard values.count == 1, let only = values.first else { return values }
    return only.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty }
  }

  private func text(_ key: String, onlyOf accepts: (JSONValue) -> Bool = { _ in true }) -> String? {
    guard let article, accepts(article) else { return nil }
    return strings(article[key]).first
  }

  private static func strings(_ value: JSONValue?) -> [String] {
    let values = value?.elements ?? value.map { [$0] } ?? []
    return values.compactMap { $0.string.map(unescaped) }.filter { !$0.isEmpty }
  }

  private func strings(_ value: JSONValue?) -> [String] { Self.strings(value) }

  /// A person or an organisation.
  struct Party {
    var name: String
    var isOrganization: Bool
    /// The page says that it is a person or an organization.
    var isTyped = true
  }

  /// A text, an object with a name, a reference to one, or a list of these.
  private func parties(_ value: JSONValue?) -> [Party] {
    let values = value?.elements ?? value.map { [$0] } ?? []
    return values.flatMap { value -> [Party] in
      if let name = value.string {
        return isAddress(name) ? [] : [Party(name: unescaped(name), isOrganization: false, isTyped: false)]
      }
      if value["name"] != nil { return parties(named: value) }
      if let given = strings(value["givenName"]).first, let family = strings(value["familyName"]).first {
        return [Party(name: given + " " + family, isOrganization: false)]
      }
      guard let id = value["@id"]?.string else { return [] }
      return all.first { $0["@id"]?.string == id && $0["name"] != nil }.map(parties(named:)) ?? []
    }.filter { !$0.name.isEmpty }
  }

  private func parties(named value: JSONValue) -> [Party] {
    let isOrganization = Self.types(of: value).contains { $0.hasSuffix("Organization") }
    return strings(value["name"]).map {
      Party(name: $0, isOrganization: isOrganization, isTyped: value["@type"] != nil)
    }
  }

  private mutating func collect(_ value: JSONValue, depth: Int) {
    guard depth < 8, all.count < 500 else { return }
    if let elements = value.elements {
      for element in elements { collect(element, depth: depth + 1) }
    } else if value.members != nil {
      all.append(value)
      for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
        if let inner = value[key] { collect(inner, depth: depth + 1) }
      }
    }
  }

  private static func isArticle(_ value: JSONValue) -> Bool {
    types(of: value).contains { $0.hasSuffix("Article") || $0.hasSuffix("Posting") || $0 == "Report" }
  }
  /// Types without the address of their vocabulary.
  private static func types(of value: JSONValue) -> [Substring] {
    let types = value["@type"].map { $0.elements ?? [$0] } ?? []
    return types.compactMap { $0.string?.split(separator: "/").last }
  }
}
