/// What a crawl is to ask for, and how.
struct CrawlPlan: Sendable {
  var lists: [(address: Address, kind: ListKind)]
  /// Pages that are asked for whatever the lists say.
  var pages: [Address]
  /// Which addresses out of lists are wanted.
  var wanted: AddressPattern
  var manners: Manners
  var transfers: TransferSettings
  /// How often a visit that failed is tried again.
  var retries: Int
  var backOff: BackOff
  var redirectLimit: Int
  /// Whether only what is named above is asked for, seen or not: pages that come back from quarantine.
  var isRetry = false
  /// Whether pages are counted and not asked for.
  var isTrial = false
  /// Documents that are wanted at most.
  var limit = Int.max
  /// The word by which robots.txt knows this program.
  static let productToken = "pipeline"
  /// Requests under way at a time, over all sites.
  static let transferLimit = 64
  /// Faults of connections in a row, without an answer between them, after which a site is given up.
  static let mostFaults = 4
  /// Seconds that a site may ask to be left alone for while the run waits. One that asks for more is left to a later run.
  static let longestWait = 120.0
  /// Behind so many lists no further ones are read that lists name: a feed that always names a next page has no end.
  static let mostLists = 10_000
  /// How deep indexes of sitemaps may lie in each other; the protocol says not at all.
  static let deepest = 3
}

/// Which addresses are wanted: those that hold one of some texts and none of others. `*` stands for anything.
struct AddressPattern: Hashable, Sendable {
  var match: [String] = []
  var exclude: [String] = []

  func matches(_ address: Address) -> Bool {
    (match.isEmpty || match.contains { Self.holds(address.text, $0) })
      && !exclude.contains { Self.holds(address.text, $0) }
  }

  /// The parts between the stars stand in the text one behind the other.
  private static func holds(_ text: String, _ pattern: String) -> Bool {
    var rest = text.utf8[...]
    for part in pattern.utf8.split(separator: UInt8(ascii: "*")) {
      guard let end = position(behind: part, in: rest) else { return false }
      rest = rest[end...]
    }
    return true
  }

  private static func position(behind part: Substring.UTF8View, in text: Substring.UTF8View) -> String.Index? {
    let (part, all) = (Array(part), Array(text))
    guard all.count >= part.count else { return nil }
    for start in 0...(all.count - part.count) where all[start..<start + part.count].elementsEqual(part) {
      return text.index(text.startIndex, offsetBy: start + part.count)
    }
    return nil
  }
}
