/// An address that is to be asked, and why.
struct Visit: Sendable {
  enum Purpose: Hashable, Sendable {
    /// What a site allows; the key is the origin whose rules these are.
    case robots(origin: String)
    /// Addresses, out of a feed, a sitemap or a page with links.
    case list(ListKind, depth: Int)
    case page
  }
  /// Where it is to be asked now: behind a redirect another one than it began with.
  var address: Address
  var purpose: Purpose
  /// The address that it began with.
  let origin: Address
  var hops = 0
  /// Canonical addresses that it was redirected to.
  var chain: Set<String> = []
  /// How often it was asked in vain.
  var attempts = 0
  var validators = Validators()
  /// What the list that named it says of when it was changed.
  var listed: String?
  /// What earlier runs know of the page.
  var known: PageRecord?

  init(_ address: Address, _ purpose: Purpose) { (self.address, origin, self.purpose) = (address, address, purpose) }

  var isPage: Bool { purpose == .page }
  var listKind: ListKind? { if case .list(let kind, _) = purpose { kind } else { nil } }
  var isRobots: Bool { if case .robots = purpose { true } else { false } }
}

/// What a list of addresses is.
enum ListKind: Hashable, Sendable {
  /// A feed, a sitemap or an index of sitemaps.
  case feedOrSitemap
  /// A page whose links are followed.
  case startPage
  /// A robots.txt that is read for the sitemaps that it names.
  case robots
}
