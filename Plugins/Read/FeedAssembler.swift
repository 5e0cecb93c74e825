/// Puts the items of an RSS or Atom feed together from the events of an XML parser.
///
/// A state machine without input or output. It knows elements by their local names, and only those of RSS, Atom,
/// Dublin Core and `content:`; a `media:title` is no title. XHTML inside an element is written out again.
struct FeedAssembler {
  private(set) var isAtom = false
  private(set) var base = ""
  private(set) var feed = FeedItem()
  private(set) var finished: [FeedItem] = []
  private var item: FeedItem?
  private var depth = 0
  private var itemDepth = 0
  private var isInAuthor = false
  /// The element whose text is being collected.
  private var open: Capture?
  /// Bytes of the text being collected.
  var pendingSize: Int { open?.text.utf8.count ?? 0 }
  /// Whether the document ended inside an item.
  var hasOpenItem: Bool { item != nil }

  fileprivate struct Capture {
    var name: String
    var depth: Int
    var kind: FeedItem.TextKind
    /// Atom's XHTML: the elements inside are written out.
    var isXHTML = false
    var text = ""
  }

  private static let namespaces: Set = [
    "", "http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/",
    "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/", "http://purl.org/rss/1.0/modules/content/",
    "http://backend.userland.com/rss2",
  ]
  private static let captured: Set = [
    "title", "link", "guid", "pubDate", "date", "published", "issued", "updated", "modified", "creator", "author",
    "name", "category", "encoded", "content", "description", "summary", "language",
  ]

  mutating func takeFinished() -> [FeedItem] {
    defer { finished = [] }
    return finished
  }

  mutating func start(_ name: String, namespace: String, attributes: [(name: String, value: String)]) {
    depth += 1
    if open != nil { return startInside(name, attributes) }
    func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    if depth == 1 {
      isAtom = name == "feed"
      feed.language = attribute("lang") ?? ""
      base = attribute("base") ?? ""
    }
    guard Self.namespaces.contains(namespace) else { return }
    if item == nil, name == "item" || name == "entry" {
      item = FeedItem(language: attribute("lang") ?? "")
      itemDepth = depth
      return
    }
    if item != nil, depth > itemDepth + 1, !(isInAuthor && name == "name") { return }
    if item == nil, depth > 3 || (name != "title" && name != "language") { return }
    if isAtom, name == "author" { return isInAuthor = true }
    if name == "link", let address = attribute("href") {
      if ["alternate", nil].contains(attribute("rel")), item?.link.isEmpty == true { item?.link = address }
      return
    }
    if name == "category", let term = attribute("term") {
      item?.tags.append(term)
      return
    }
    if name == "guid", attribute("isPermaLink")?.lowercased() == "false" { return }
    guard Self.captured.contains(name) else { return }
    let type = attribute("type") ?? (isAtom ? "text" : "html")
    open = Capture(name: name, depth: depth, kind: type.hasSuffix("html") ? .html : .plain, isXHTML: type == "xhtml")
  }

  mutating func text(_ text: String) {
    guard let isXHTML = open?.isXHTML else { return }
    open?.text += isXHTML ? text.escapedForHTML : text
  }

  mutating func end(_ name: String) {
    defer { depth -= 1 }
    if let capture = open {
      if depth > capture.depth { return endInside(name) }
      open = nil
      return keep(capture)
    }
    if name == "author" { isInAuthor = false }
    if depth == itemDepth, let done = item {
      finished.append(done)
      item = nil
    }
  }

  private mutating func startInside(_ name: String, _ attributes: [(name: String, value: String)]) {
    open?.isXHTML = true
    open?.kind = .html
    open?.text += "<" + name
    for (name, value) in attributes { open?.text += " \(name)=\"\(value.escapedForHTML)\"" }
    open?.text += ">"
  }

  private mutating func endInside(_ name: String) {
    let isEmpty = ["br", "hr", "img", "col", "input", "wbr", "embed", "source"].contains(name)
    if !isEmpty { open?.text += "</\(name)>" }
  }

  private mutating func keep(_ capture: Capture) {
    let text = capture.text
    if item == nil {
      if capture.name == "title", feed.title.isEmpty { feed.title = capture.asText(isAtom) }
      if capture.name == "language" { feed.language = text }
      return
    }
    switch capture.name {
    case "title": item?.title = capture.asText(isAtom)
    case "link": if item?.link.isBlank == true { item?.link = text }
    case "guid": if text.hasPrefix("http") { item?.permalink = text }
    case "pubDate", "date", "published", "issued": if item?.published.isBlank == true { item?.published = text }
    case "updated", "modified": item?.modified = text
    case "creator", "name": item?.authors.append(text)
    case "author": if item?.authors.isEmpty == true { item?.authors.append(Self.name(in: text)) }
    case "category": item?.tags.append(text)
    case "encoded", "content": item?.content = capture.asHTML
    case "description", "summary": if item?.summary.isBlank == true { item?.summary = capture.asHTML }
    default: break
    }
  }

  /// RSS writes `address (Name)`.
  private static func name(in author: String) -> String {
    guard let open = author.firstIndex(of: "("), let close = author.lastIndex(of: ")"), open < close else {
      return author.contains("@") && !author.contains(" ") ? "" : author
    }
    return String(author[author.index(after: open)..<close])
  }
}

extension FeedAssembler.Capture {
  fileprivate var asHTML: String { kind == .html ? text : "<p>" + text.escapedForHTML + "</p>" }
  /// Atom says whether a title is HTML.
  fileprivate func asText(_ isAtom: Bool) -> String {
    guard isAtom else { return TitleMarkup.text(ofRSS: text) }
    return kind == .html ? TitleMarkup.text(ofHTML: text) : text
  }
}
