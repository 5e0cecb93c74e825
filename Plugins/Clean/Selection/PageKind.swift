/// What a page calls itself, by JSON-LD or Open Graph.
enum PageKind {
  case article, discussion
  /// Describes itself to others, but as neither.
  case other
  /// Says nothing.
  case unknown

  init(_ page: Page, _ linked: LinkedData) {
    let types = linked.types
    let isCalledArticle = page.head.properties.contains { $0.name == "og:type" && $0.content == "article" }
    if types.contains(where: Self.discussions.contains) {
      self = .discussion
    } else if isCalledArticle || types.contains(where: Self.isArticle) {
      self = .article
    } else {
      self = page.head.properties.contains { $0.name.hasPrefix("og:") } ? .other : .unknown
    }
  }

  /// Types of schema.org whose text are posts.
  private static let discussions: Set<Substring> = ["DiscussionForumPosting", "QAPage"]
  private static func isArticle(_ type: Substring) -> Bool {
    type.hasSuffix("Article") || type.hasSuffix("BlogPosting") || type == "Report"
  }
}
