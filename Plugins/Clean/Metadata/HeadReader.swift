/// Collects what elements say of the page: the title, properties, JSON-LD, links, and what microdata, RDFa and
/// microformats mark as author and dates.
///
/// Sees each element once, by its attributes alone, and captures the text of the few whose text counts.
struct HeadReader {
  private enum Capture { case none, title, linkedData, author, marked, published, modified, shown }

  private var capture = Capture.none
  private var captured: [UInt8] = []
  private var block = 0
  var isCapturing: Bool { capture != .none }

  /// No author's name or date is longer; more is the text of an element that was never closed.
  private static let longestMark = 400
  private static let longestTitle = 4000

  mutating func begin() {
    capture = .none
    captured.removeAll(keepingCapacity: true)
  }

  /// - Parameters:
  ///   - isDeep: the element is inside of one that hides more than its own text.
  ///   - block: the number of blocks of text before it.
  /// - Returns: whether the element's text is captured, so that `close` must be told of its end.
  mutating func open(
    _ tag: Tag, _ attributes: Attributes, _ signals: Signals, isDeep: Bool, block: Int, _ head: inout Head
  ) -> Bool {
    switch tag {
    case .html: head.language = attributes["lang"] ?? attributes["xml:lang"]
    case .meta: readProperty(attributes, &head)
    case .link:
      if attributes["rel"]?.lowercased() == "canonical", head.canonical == nil { head.canonical = attributes["href"] }
    case .title where capture == .none && head.title.isEmpty && !isDeep: return beginCapture(.title, block)
    case .script where capture == .none && head.linkedData.count < Head.most:
      if attributes["type"]?.lowercased().contains("ld+json") == true { return beginCapture(.linkedData, block) }
    default: return readMark(tag, attributes, signals, block, &head)
    }
    return false
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    // An unclosed title has the rest of the page in it.
    if capture == .title, captured.count > Self.longestTitle { return }
    captured.append(contentsOf: bytes)
    // A wrapper that is called after what stands in it must not hide other marks.
    if capture != .title, capture != .linkedData, captured.count > Self.longestMark { capture = .none }
  }

  mutating func close(_ head: inout Head) {
    defer { capture = .none }
    guard capture != .none else { return }
    let text = String(decoding: captured, as: UTF8.self)
    switch capture {
    case .title: head.title = text
    case .linkedData: head.linkedData.append(text)
    case .author: head.authors.append(Head.Mark(text, block, isCertain: true))
    case .marked: head.authors.append(Head.Mark(text, block, isCertain: false))
    case .published: head.times.append(Head.Time(text, .published, block))
    case .modified: head.times.append(Head.Time(text, .modified, block))
    case .shown: head.times.append(Head.Time(text, .named, block))
    case .none: break
    }
  }

  private mutating func beginCapture(_ what: Capture, _ block: Int) -> Bool {
    capture = what
    self.block = block
    captured.removeAll(keepingCapacity: true)
    return true
  }

  private func readProperty(_ attributes: Attributes, _ head: inout Head) {
    guard head.properties.count < Head.most, let content = attributes["content"] else { return }
    guard let name = attributes["property"] ?? attributes["name"] ?? attributes["itemprop"] else { return }
    head.properties.append((name.lowercased(), content))
  }

  // MARK: Marks in the body

  private mutating func readMark(
    _ tag: Tag, _ attributes: Attributes, _ signals: Signals, _ block: Int, _ head: inout Head
  ) -> Bool {
    guard !attributes.entries.isEmpty else { return false }
    if let name = attributes.property { return readNamed(name, tag, attributes, block, &head) }
    if tag == .time { return readTime(attributes, signals, block, &head) }
    if tag == .a, attributes["rel"]?.lowercased().split(separator: " ").contains("author") == true {
      return captureAuthor(.author, block, head)
    }
    // The microformat of dates: `<abbr class="published" title="2012-02-29">`.
    if tag == .other || tag == .span, attributes.has("title"), let role = Self.role(ofClass: attributes["class"] ?? "")
    {
      if let value = attributes["title"], head.times.count < Head.most {
        head.times.append(Head.Time(value, role, block))
      }
      return false
    }
    // `author-date` is a date.
    if signals.contains(.dateName), capture == .none, head.times.count < Head.most {
      return beginCapture(.shown, block)
    }
    if !tag.isBlock, !signals.isDisjoint(with: [.author, .byline]) { return captureAuthor(.marked, block, head) }
    return false
  }

  /// An element with `itemprop` or `property`.
  private mutating func readNamed(
    _ name: String, _ tag: Tag, _ attributes: Attributes, _ block: Int, _ head: inout Head
  ) -> Bool {
    let name = name.lowercased()
    if let content = attributes["content"] {
      if head.properties.count < Head.most { head.properties.append((name, content)) }
      return false
    }
    switch name.split(separator: ":").last {
    case "author", "creator": return captureAuthor(.author, block, head)
    case "name" where capture == .author:
      // The author's name among what else is said of the author.
      captured.removeAll(keepingCapacity: true)
      return true
    case "datepublished", "datecreated", "issued", "date", "created", "published":
      return readDate(.published, attributes, block, &head)
    case "datemodified", "modified": return readDate(.modified, attributes, block, &head)
    default: return tag == .time ? readDate(.shown, attributes, block, &head) : false
    }
  }

  private mutating func readDate(
    _ role: Head.Time.Role, _ attributes: Attributes, _ block: Int, _ head: inout Head
  ) -> Bool {
    guard head.times.count < Head.most else { return false }
    if let value = attributes["datetime"] ?? attributes["title"] {
      head.times.append(Head.Time(value, role, block))
      return false
    }
    guard capture == .none, role != .shown else { return false }
    return beginCapture(role == .modified ? .modified : .published, block)
  }

  private func readTime(_ attributes: Attributes, _ signals: Signals, _ block: Int, _ head: inout Head) -> Bool {
    guard head.times.count < Head.most, let value = attributes["datetime"] else { return false }
    let isPublication = signals.contains(.date) || attributes.has("pubdate")
    let role = Self.role(ofClass: attributes["class"] ?? "")
    head.times.append(Head.Time(value, role ?? (isPublication ? .published : .shown), block))
    return false
  }

  private mutating func captureAuthor(_ what: Capture, _ block: Int, _ head: Head) -> Bool {
    guard capture == .none, head.authors.count < 40 else { return false }
    return beginCapture(what, block)
  }

  private static func role(ofClass words: String) -> Head.Time.Role? {
    guard !words.isEmpty else { return nil }
    let words = words.lowercased()
    // Pages that hide the date of a change mark both: `published updated`.
    if words.contains("published") || words.contains("dt-published") { return .published }
    return words.contains("updated") || words.contains("modified") ? .modified : nil
  }
}

extension Attributes {
  /// The value of `itemprop` or `property`, looked for once.
  fileprivate var property: String? {
    for entry in entries {
      guard let first = entry.name.first,
        Words.fold(first) == UInt8(ascii: "i") || Words.fold(first) == UInt8(ascii: "p")
      else { continue }
      if entry.name.count == 8 { return self["itemprop"] ?? self["property"] }
    }
    return nil
  }
}
