/// Fetches pages from feeds, sitemaps and lists of addresses, each page once.
public struct Fetch {
  public init() {}
}
