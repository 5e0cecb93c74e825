/// An element's name as libxml2 keeps it: one copy of each text for the whole document, so that pointers tell names
/// apart.
struct ElementName: Hashable {
  let local: UnsafePointer<UInt8>
  let prefix: UnsafePointer<UInt8>?
  let uri: UnsafePointer<UInt8>?

  init(_ local: UnsafePointer<UInt8>, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?) {
    (self.local, self.prefix, self.uri) = (local, prefix, uri)
  }
  @inline(__always) func isBeside(_ other: ElementName?) -> Bool {
    other.map { $0.prefix == prefix && $0.uri == uri } ?? false
  }
}

/// What an element means in feeds and sitemaps.
enum ElementRole {
  case page, sitemap, entry
  case location, link, permalink, originalLink
  case modified, published, date, issued
  case other

  init(_ name: ElementName) {
    self = .other
    guard Self.isKnown(name.local) else { return }
    let vocabulary = Vocabulary(name)
    for (word, owner, role) in Self.table where owner == vocabulary && cString(name.local, is: word) { self = role }
    // Any namespace will do for those: versions and misspellings of the sitemaps' own are many. `location` is judged
    // by the namespace of the element around it.
    if vocabulary != .feed, self == .other {
      for (word, role) in Self.sitemapTable where cString(name.local, is: word) { self = role }
    }
  }

  private static func isKnown(_ local: UnsafePointer<UInt8>) -> Bool {
    table.contains { cString(local, is: $0.0) } || sitemapTable.contains { cString(local, is: $0.0) }
  }

  private static let sitemapTable: [(StaticString, ElementRole)] = [
    ("url", .page), ("sitemap", .sitemap), ("loc", .location), ("lastmod", .modified),
  ]
  private static let table: [(StaticString, Vocabulary, ElementRole)] = [
    ("item", .feed, .entry), ("entry", .feed, .entry), ("link", .feed, .link), ("guid", .feed, .permalink),
    ("id", .feed, .permalink), ("updated", .feed, .modified), ("modified", .feed, .modified),
    ("pubDate", .feed, .published), ("published", .feed, .issued), ("issued", .feed, .issued),
    ("url", .feed, .page), ("sitemap", .feed, .sitemap), ("loc", .feed, .location), ("lastmod", .feed, .modified),
    ("date", .dublinCore, .date), ("modified", .dublinCore, .modified), ("origLink", .feedBurner, .originalLink),
    ("publication_date", .news, .published),
  ]
}

/// Whose word a name is.
enum Vocabulary {
  /// RSS of any version, Atom, and names without a prefix.
  case feed
  case dublinCore, feedBurner, news, other

  init(_ name: ElementName) {
    guard let uri = name.uri.map({ String(cString: $0) }) else {
      // A prefix that nobody has declared is what it is elsewhere.
      self = name.prefix.map { Self.byPrefix[String(cString: $0)] ?? .other } ?? .feed
      return
    }
    let address = uri.lowercased().split(separator: "://", maxSplits: 1).last ?? ""
    if let known = Self.byStart.first(where: { address.hasPrefix($0.start) }) {
      self = known.vocabulary
    } else {
      self = name.prefix == nil ? .feed : .other
    }
  }

  private static let byPrefix: [String: Vocabulary] = [
    "atom": .feed, "atom10": .feed, "a10": .feed, "rss": .feed, "dc": .dublinCore, "dcterms": .dublinCore,
    "feedburner": .feedBurner, "news": .news,
  ]
  /// Behind `http://` or `https://`, in lower case.
  private static let byStart: [(start: String, vocabulary: Vocabulary)] = [
    ("www.w3.org/2005/atom", .feed), ("purl.org/atom/", .feed), ("purl.org/rss/1.0/modules", .other),
    ("purl.org/rss/1.0", .feed), ("my.netscape.com/", .feed), ("channel.netscape.com/", .feed),
    ("backend.userland.com/", .feed), ("purl.org/dc/", .dublinCore), ("rssnamespace.org/feedburner", .feedBurner),
    ("www.google.com/schemas/sitemap-news", .news), ("www.google.com/schemas/sitemap-image", .other),
    ("www.google.com/schemas/sitemap-video", .other), ("search.yahoo.com/mrss", .other),
  ]
}

/// Roles of names already met, found by the names' pointers.
struct ElementRoles {
  private var known: [(name: ElementName, role: ElementRole)?] = Array(repeating: nil, count: 256)

  @inline(__always) mutating func role(of name: ElementName) -> ElementRole {
    var mixed = UInt(bitPattern: name.local) &+ UInt(bitPattern: name.uri) &* 31 &+ UInt(bitPattern: name.prefix) &* 17
    mixed = mixed &* 0x9E37_79B9_7F4A_7C15 >> 56
    for probe in 0..<8 {
      let slot = Int(truncatingIfNeeded: mixed &+ UInt(probe)) & 255
      guard let found = known[slot] else {
        let role = ElementRole(name)
        known[slot] = (name, role)
        return role
      }
      if found.name == name { return found.role }
    }
    // A document of hundreds of names is none of ours, or an attack.
    return ElementRole(name)
  }
}
