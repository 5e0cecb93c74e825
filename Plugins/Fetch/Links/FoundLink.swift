/// An address that a feed, a sitemap or a page names.
package struct FoundLink: Hashable, Sendable {
  /// What stands at the address.
  package enum Kind: String, Sendable {
    case page
    case sitemap
    /// More of the same feed or page: RFC 5005's `next` and `prev-archive`, JSON Feed's `next_url`, HTML's `next`.
    case nextPage
    /// A feed that a page in HTML names.
    case feed
  }
  /// As written, its references resolved and white space around it trimmed; not resolved against `base`.
  package var address: String
  package var kind: Kind
  /// When the page changed or appeared, as written: RFC 822, RFC 3339 or anything else.
  package var modified: String?
  /// `xml:base` or `<base href>`; may itself be relative to the document's address.
  package var base: String?

  package init(address: String, kind: Kind, modified: String? = nil, base: String? = nil) {
    (self.address, self.kind, self.modified, self.base) = (address, kind, modified, base)
  }
}

/// What a document's content turned out to be, whatever its name and type say.
package enum LinkFormat: String, Sendable {
  case rss
  case atom
  case jsonFeed
  case sitemap
  case sitemapIndex
  case textSitemap
  case html
  case unknown
}

/// What is wrong with a document that links are looked for in, in words for the user.
package struct LinkProblem: Error, Hashable, CustomStringConvertible {
  /// Tells the refusals, which a caller may want to count, from plain mistakes.
  package enum Kind: String, Sendable {
    /// Not whole or not well-formed: what came before is used.
    case broken
    /// Of no kind that links are read from.
    case unknownContent
    /// Unpacks to more than the limit.
    case unpackedTooLarge
    /// Nested, declared or attributed beyond any real document.
    case hostile
    /// A user's list has a line that is no address.
    case badLine
  }
  package var kind: Kind
  package var description: String

  package init(_ kind: Kind, _ description: String) { (self.kind, self.description) = (kind, description) }
}
