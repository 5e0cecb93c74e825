internal import CXML

/// Follows the elements of a feed or sitemap and keeps the best address of each entry.
///
/// Only what stands directly in an entry counts, so that an image's or a source's link is no page. An entry's bytes
/// are kept in one buffer, and only what is given away becomes a `String`.
struct ElementWalk {
  private(set) var format = LinkFormat.unknown
  private(set) var problem: LinkProblem?
  private(set) var refusal: LinkProblem?
  var context: xmlParserCtxtPtr?

  private let limits: LinkDocument.Limits
  private var links: [FoundLink] = []
  private var roles = ElementRoles()
  private var depth = 0
  private var bases: [(depth: Int, base: String)] = []
  /// Namespaces that each open element declares, and their sum: libxml2 looks a prefix up among all of them.
  private var namespaceCounts: [Int] = []
  private var namespaceCount = 0
  private static let mostNamespaces = 1000

  private var entry: Entry?
  private var capture: (depth: Int, rank: UInt8, isDate: Bool)?
  private var captured: [UInt8] = []
  private var isTooLong = false

  /// A page, sitemap, item or entry that is open.
  private struct Entry {
    var name: ElementName
    var depth: Int
    var kind: FoundLink.Kind
    var address: [UInt8] = []
    var date: [UInt8] = []
    /// The lower the better.
    var addressRank = UInt8.max
    var dateRank = UInt8.max
    var base: String?
  }

  init(_ limits: LinkDocument.Limits) { self.limits = limits }

  static func from(_ data: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<ElementWalk>? {
    data?.assumingMemoryBound(to: ElementWalk.self)
  }

  mutating func takeLinks() -> [FoundLink] {
    defer { links.removeAll(keepingCapacity: true) }
    return links
  }

  /// Behind a fault libxml2 would drop every reference to a character.
  @inline(__always) private func forgetFaults() { context?.pointee.wellFormed = 1 }

  /// Only the first problem is of use: those behind it mostly follow from it.
  mutating func note(_ words: String, line: Int) {
    guard problem == nil, refusal == nil else { return }
    let text = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? "no reason given"
    problem = LinkProblem(.broken, "line \(line): not well-formed XML: \(text)")
  }

  private mutating func refuse(_ words: String) {
    refusal = refusal ?? LinkProblem(.hostile, words)
    problem = problem ?? refusal
    xmlStopParser(context)
  }

  // MARK: Events

  mutating func start(_ name: ElementName, _ namespaces: Int, _ attributes: XMLAttributeList) {
    guard refusal == nil else { return }
    forgetFaults()
    depth += 1
    namespaceCounts.append(namespaces)
    namespaceCount += namespaces
    if depth > limits.nesting { return refuse("elements stand in each other more than \(limits.nesting) deep") }
    if namespaceCount > Self.mostNamespaces {
      return refuse("more than \(Self.mostNamespaces) namespaces are declared")
    }
    if depth == 1, !begin(name) { return }
    if attributes.count > 0, let base = attributes.value("base", prefix: "xml") {
      bases.append((depth, joined(String(decoding: base.trimmed(), as: UTF8.self), to: bases.last?.base)))
    }
    let role = roles.role(of: name)
    guard let open = entry else { return outside(role, name, attributes) }
    if depth == open.depth + 1 || role == .published, capture == nil { inside(role, name, attributes) }
  }

  mutating func end() {
    forgetFaults()
    if let capture, capture.depth == depth { endCapture(capture.rank, isDate: capture.isDate) }
    if let entry, entry.depth == depth { endEntry() }
    if let base = bases.last, base.depth == depth { bases.removeLast() }
    namespaceCount -= namespaceCounts.popLast() ?? 0
    depth -= 1
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    forgetFaults()
    guard let capture, capture.depth == depth else { return }
    guard captured.count + bytes.count <= limits.addressBytes else {
      isTooLong = true
      return
    }
    captured.append(contentsOf: bytes)
  }

  /// A document that ends too early has an entry open; an address that was whole is good.
  mutating func finish() {
    if entry != nil { endEntry() }
    if depth > 0 { note("it ends inside an element", line: Int(context?.pointee.input?.pointee.line ?? 0)) }
    if format == .unknown, problem == nil { problem = LinkProblem(.unknownContent, "there is no element") }
  }

  // MARK: Meaning

  /// - Returns: false where the root is of no kind known here.
  private mutating func begin(_ root: ElementName) -> Bool {
    switch String(cString: root.local).lowercased() {
    case "rss", "rdf", "channel": format = .rss
    case "feed": format = .atom
    case "urlset": format = .sitemap
    case "sitemapindex": format = .sitemapIndex
    case let name:
      problem = problem ?? LinkProblem(.unknownContent, "<\(name.prefix(40))> begins neither a feed nor a sitemap")
      xmlStopParser(context)
      return false
    }
    return true
  }

  private var isFeed: Bool { format == .rss || format == .atom }

  private mutating func outside(_ role: ElementRole, _ name: ElementName, _ attributes: XMLAttributeList) {
    switch role {
    case .entry where isFeed:
      entry = Entry(name: name, depth: depth, kind: .page)
      if let about = attributes.value("about", prefix: "rdf") { offer(about, Rank.about) }
    case .page where !isFeed: entry = Entry(name: name, depth: depth, kind: .page)
    case .sitemap where !isFeed: entry = Entry(name: name, depth: depth, kind: .sitemap)
    case .link where isFeed:
      guard let address = attributes.value("href")?.trimmed(), !address.isEmpty, let relation = attributes.value("rel"),
        ["next", "prev-archive"].contains(Self.relation(relation))
      else { return }
      links.append(FoundLink(address: Self.address(address), kind: .nextPage, base: bases.last?.base))
    default: break
    }
  }

  private mutating func inside(_ role: ElementRole, _ name: ElementName, _ attributes: XMLAttributeList) {
    switch role {
    // An image has its location too.
    case .location where name.isBeside(entry?.name) || name.prefix == nil && name.uri == nil:
      if !isFeed { begin(Rank.text) }
    case .link where isFeed: link(attributes)
    case .permalink where isFeed:
      if !(attributes.value("isPermaLink")?.trimmed().equals("false") ?? false) { begin(Rank.permalink) }
    case .originalLink: begin(Rank.original)
    case .modified: begin(1, isDate: true)
    case .published: begin(2, isDate: true)
    case .date: begin(3, isDate: true)
    case .issued: begin(4, isDate: true)
    default: break
    }
  }

  /// What an entry's addresses are worth.
  private enum Rank {
    static let original: UInt8 = 0
    /// The text of `link` or `loc`.
    static let text: UInt8 = 1
    static let page: UInt8 = 2
    static let untyped: UInt8 = 3
    static let alternate: UInt8 = 4
    /// `guid` and `id`, where they are addresses.
    static let permalink: UInt8 = 5
    static let about: UInt8 = 6
  }

  private mutating func link(_ attributes: XMLAttributeList) {
    guard let address = attributes.value("href") else { return begin(Rank.text) }
    if let relation = attributes.value("rel"), Self.relation(relation) != "alternate" { return }
    let type = attributes.value("type")?.trimmed()
    let isPage = type.map { $0.starts(with: "text/html") || $0.starts(with: "application/xhtml") }
    offer(address, isPage.map { $0 ? Rank.page : Rank.alternate } ?? Rank.untyped)
  }

  /// A relation by its short name, as IANA's registry may be written out before it.
  private static func relation(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let text = String(decoding: bytes.trimmed(), as: UTF8.self).lowercased()
    return text.isEmpty ? "alternate" : text.split(separator: "/").last.map(String.init) ?? text
  }

  private mutating func begin(_ rank: UInt8, isDate: Bool = false) {
    guard let entry, rank < (isDate ? entry.dateRank : entry.addressRank) else { return }
    capture = (depth, rank, isDate)
    captured.removeAll(keepingCapacity: true)
    isTooLong = false
  }

  private mutating func endCapture(_ rank: UInt8, isDate: Bool) {
    capture = nil
    guard !isTooLong else { return }
    let text = captured
    text.withUnsafeBufferPointer { text in
      let text = text.trimmed()
      guard isDate else { return offer(text, rank) }
      guard !text.isEmpty else { return }
      entry?.date = Array(text)
      entry?.dateRank = rank
    }
  }

  private mutating func offer(_ address: UnsafeBufferPointer<UInt8>, _ rank: UInt8) {
    let address = address.trimmed()
    guard !address.isEmpty, address.count <= limits.addressBytes, rank < entry?.addressRank ?? 0 else { return }
    if rank >= Rank.permalink, !address.isHTTP { return }
    entry?.address = Array(address)
    entry?.addressRank = rank
    entry?.base = bases.last?.base
  }

  private mutating func endEntry() {
    capture = nil
    guard let entry else { return }
    self.entry = nil
    guard !entry.address.isEmpty else { return }
    let date = entry.date.isEmpty ? nil : String(decoding: entry.date, as: UTF8.self)
    let address = entry.address.withUnsafeBufferPointer(Self.address)
    links.append(FoundLink(address: address, kind: entry.kind, modified: date, base: entry.base))
  }

  /// Feeds that escape twice are common, and no address means `&amp;`.
  private static func address(_ bytes: UnsafeBufferPointer<UInt8>) -> String { resolvingReferences(bytes) }
}
