internal import ArticleHead
internal import JSON

/// What a page's JSON-LD says of its article.
///
/// Of all objects in all scripts, also those inside `@graph`, the first of a type that is an article counts,
/// else the first with a headline or a date. A script that is not JSON is passed over.
struct LinkedData {
  private var article: JSONValue?
  private var all: [JSONValue] = []

  init(_ scripts: [String]) {
    for script in scripts {
      guard let value = try? JSONValue(parsing: script) else { continue }
      collect(value, depth: 0)
    }
    article = all.first(where: Self.isArticle) ?? all.first { $0["headline"] != nil || $0["datePublished"] != nil }
  }

  var headline: String? { text("headline") ?? text("name", onlyOf: Self.isArticle) }
  var published: String? { text("datePublished").flatMap(ArticleDate.value) }
  var modified: String? { text("dateModified").flatMap(ArticleDate.value) }
  var publisher: String? { names(article?["publisher"]).first }
  var authors: [String] { names(article?["author"] ?? article?["creator"]) }
  var section: String? { strings(article?["articleSection"]).first }
  var language: String? { text("inLanguage") }
  var body: String? { text("articleBody") }
  var keywords: [String] {
    let values = strings(article?["keywords"])
    guard values.count == 1, let only = values.first else { return values }
    return only.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty }
  }

  private func text(_ key: String, onlyOf accepts: (JSONValue) -> Bool = { _ in true }) -> String? {
    guard let article, accepts(article) else { return nil }
    return strings(article[key]).first
  }

  private func strings(_ value: JSONValue?) -> [String] {
    let values = value?.elements ?? value.map { [$0] } ?? []
    return values.compactMap { $0.string.map(unescaped) }.filter { !$0.isEmpty }
  }

  /// Names of persons and organisations: a text, an object with a name, a reference to one, or a list of these.
  private func names(_ value: JSONValue?) -> [String] {
    let values = value?.elements ?? value.map { [$0] } ?? []
    return values.flatMap { value -> [String] in
      if let name = value.string { return isAddress(name) ? [] : [unescaped(name)] }
      if value["name"] != nil { return strings(value["name"]) }
      guard let id = value["@id"]?.string else { return [] }
      return all.first { $0["@id"]?.string == id && $0["name"] != nil }.map { strings($0["name"]) } ?? []
    }.filter { !$0.isEmpty }
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
    let types = value["@type"].map { $0.elements ?? [$0] } ?? []
    return types.contains { type in
      guard let name = type.string else { return false }
      return name.hasSuffix("Article") || name.hasSuffix("Posting") || name == "Report"
    }
  }
}
