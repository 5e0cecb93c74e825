/// Reads the links of a start page in HTML.
///
/// Links that the page marks with `nofollow`, `ugc` or `sponsored`, and all links of a page that asks robots not to
/// follow them, are left out: the site speaks to programs like this one, and its own articles never carry the mark,
/// while comments, advertisements and log-in pages do. A page that is wanted all the same can be named in a list.
struct PageLinks: LinkParser {
  let format = LinkFormat.html
  private(set) var problem: LinkProblem?
  private var scan = HTMLTagScan()
  private var found: Found

  /// What a page gives, apart from the scanner that fills it.
  fileprivate struct Found {
    var links: [FoundLink] = []
    var base: String?
    var isClosed = false
    let longest: Int
    init(longest: Int = 0) { self.longest = longest }
  }

  init(_ limits: LinkDocument.Limits) { found = Found(longest: limits.addressBytes) }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    var found = found
    self.found = Found()
    scan.add(bytes) { tag in
      found.add(tag)
      return true
    }
    self.found = found
  }

  mutating func finish() {
    if found.isClosed { problem = LinkProblem(.unknownContent, "the page asks robots not to follow its links") }
  }

  mutating func takeLinks() -> [FoundLink] {
    defer { found.links.removeAll(keepingCapacity: true) }
    return found.links
  }
}

extension PageLinks.Found {
  fileprivate mutating func add(_ tag: HTMLTag) {
    guard !tag.isEnd else { return }
    if tag.isNamed("a") || tag.isNamed("area") {
      anchor(tag)
    } else if tag.isNamed("link") {
      link(tag)
    } else if tag.isNamed("base"), base == nil, let address = tag.value("href"), !address.isEmpty {
      base = resolvingReferences(address)
    } else if tag.isNamed("meta"), tag.value("name")?.equals("robots") == true, let rules = tag.value("content") {
      isClosed = isClosed || rules.hasWord("nofollow") || rules.hasWord("none")
    }
  }

  private mutating func anchor(_ tag: HTMLTag) {
    let relation = tag.value("rel")
    if let relation, relation.hasWord("nofollow") || relation.hasWord("ugc") || relation.hasWord("sponsored") { return }
    guard !isClosed else { return }
    add(tag.value("href"), relation?.hasWord("next") == true ? .nextPage : .page)
  }

  private mutating func link(_ tag: HTMLTag) {
    guard let relation = tag.value("rel") else { return }
    if relation.hasWord("next"), !isClosed { return add(tag.value("href"), .nextPage) }
    guard relation.hasWord("alternate"), let type = tag.value("type") else { return }
    let types: [StaticString] = [
      "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
    ]
    if types.contains(where: { type.starts(with: $0) }) { add(tag.value("href"), .feed) }
  }

  private mutating func add(_ written: UnsafeBufferPointer<UInt8>?, _ kind: FoundLink.Kind) {
    guard let written, !written.isEmpty, written.count <= longest else { return }
    let address = resolvingReferences(written)
    guard isFollowed(address) else { return }
    links.append(FoundLink(address: address, kind: kind, base: base))
  }

  /// Neither a place on the same page nor of another scheme, such as `mailto:`.
  private func isFollowed(_ address: String) -> Bool {
    var address = address
    return address.withUTF8 { bytes in
      guard bytes.first != UInt8(ascii: "#") else { return false }
      let name = bytes.prefix { ($0 | 32) &- 97 < 26 || $0 &- 48 < 10 || $0 == 43 || $0 == 45 || $0 == 46 }
      guard name.count < bytes.count, bytes[name.count] == UInt8(ascii: ":"), !name.isEmpty else { return true }
      return bytes.starts(with: "http:") || bytes.starts(with: "https:")
    }
  }
}
