import ArticleHead

/// Short texts that say what a part of a page is, for pages whose markup does not.
///
/// Compared by their letters in small, so that `Read next:` and `READ NEXT` are one.
enum Labels {
  /// Heads what stands behind an article; a count may stand beside the word: `3 comments`, `Comments (3)`.
  static func closes(_ text: String) -> Bool {
    let essence = text.essence
    let word = essence.filter { !$0.isNumber }
    return closing.contains(essence) || comments.contains(word)
      || (word != essence && word.hasPrefix("thoughtson"))
  }
  /// The same by the hash of the label's letters, as ``TextShape`` has it; counts beside the word don't matter.
  static func closes(_ essence: UInt64) -> Bool { closingHashes[essence] ?? false }
  private static let closingHashes = WordTable(
    (closingLabels + commentLabels).map { (Words.hash(of: $0.filter(\.isLetter)), true) },
    none: false)
  /// Announces other articles as a heading, `More from the Monitor`; the same words may begin a sentence.
  static func announcesMore(_ heading: String) -> Bool {
    ["More from ", "More on ", "More in ", "More about ", "More by "].contains { heading.dropping(prefix: $0) != nil }
  }
  /// Is nothing but a label, wherever it stands.
  static func isFurniture(_ text: String) -> Bool {
    let essence = text.essence
    return furniture.contains(essence) || closing.contains(essence)
      || furnitureBeginnings.contains { essence.hasPrefix($0) } && essence.count <= 60
  }
  /// Holds a date, or a time such as `9 hours ago`.
  static func saysWhen(_ text: String) -> Bool {
    let text = text.lowercased()
    return text.hasSuffix(" ago") || text.contains(" ago ") || ArticleDate.first(in: text) != nil
  }
  /// Begins the credit of a picture or a line that a page sets under its text.
  static func isSmallPrint(_ text: String) -> Bool {
    text.hasPrefix("©") || text.hasPrefix("(c) ") || text.hasPrefix("(C) ") || text.hasPrefix("Copyright ")
  }
  /// Ends with the credit of a picture, in brackets.
  static func isCredited(_ text: String) -> Bool {
    guard let last = text.last, last == ")", let open = text.lastIndex(of: "(") else { return false }
    let credit = text[open...].lowercased()
    return ["(photo", "(image", "(picture", "(source: getty"].contains { credit.hasPrefix($0) }
  }

  private static let commentLabels = [
    "Comments", "Comment", "Replies", "Responses", "Reader comments", "Readers' comments", "Your comments",
    "User comments", "Talkback", "Have your say", "What do you think?", "Letters",
  ]
  private static let comments = essences(commentLabels)
  private static let closingLabels = [
    "Letters to the editor", "Related articles", "Related stories", "Related posts", "Related content",
    "Related news", "Related topics", "Related links", "Related", "You might also like", "You may also like",
    "You might also be interested in", "Read next", "Read more", "Read also", "See also on this site", "Up next",
    "Earlier letters", "Earlier articles", "More stories", "More from this author", "More articles", "More news",
    "Most read", "Most popular", "Popular posts", "Recent posts", "Recent articles", "Recent comments", "Latest news",
    "Trending", "Trending now", "Recommended", "Recommended for you", "Share this", "Share this article",
    "Share this story", "Share this post", "Leave a comment", "Leave a reply", "Post a comment", "Add a comment",
    "About the author", "About the authors", "Subscribe", "Newsletter", "Sign up for our newsletter", "Tags",
    "Post navigation", "Join the conversation", "Editors' picks", "Don't miss", "What others read",
  ]
  private static let closing = essences(closingLabels)
  private static let furniture = essences([
    "Advertisement", "Advertising", "Ad", "Story continues below", "Article continues below", "Continue reading",
    "Share", "Tweet", "Print", "Email", "E-mail", "Save", "Facebook", "Twitter", "LinkedIn", "WhatsApp", "Pinterest",
    "Back to top", "Top", "Previous", "Next", "Reply", "Report", "Loading", "Close", "Menu", "Skip to content",
    "Click here to subscribe", "Copy link", "Listen to this article", "Sponsored", "Promoted", "Image", "Photo",
  ])
  private static let furnitureBeginnings = essences([
    "Share on", "Related:", "Read more:", "Read also:", "Follow us", "Filed under",
  ])

  private static func essences(_ labels: [String]) -> Set<String> { Set(labels.map(\.essence)) }
}
