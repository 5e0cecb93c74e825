/// What a robots.txt says to one crawler (RFC 9309).
///
/// The groups that name the crawler are taken together; without one, those for `*`. Of the rules that
/// match, the one with the most octets decides, and `Allow` where two have as many (2.2.2). Rules are
/// sorted by that at parsing, so the first that matches decides. A question costs a pass over the target
/// for each rule, whatever the stars in it.
package struct RobotsRules: Sendable, Equatable {
  /// Seconds between two requests, if the file asks for them. Not in the RFC; the longest that is asked
  /// of this crawler. The caller sets the limit.
  package private(set) var crawlDelay: Double?
  /// The sitemaps as they are written, in order, for every crawler.
  package private(set) var sitemaps: [String] = []
  private var rules: [RobotsRule] = []

  /// As an empty file does.
  package static let allowAll = RobotsRules()
  package static let disallowAll = RobotsRules(rules: [RobotsRule(allows: false, pattern: "/".utf8)])

  /// More than these octets of a file are not read: RFC 9309 2.5 asks for 500 KiB at least, and who
  /// writes more wants to be read for ever.
  package static let longest = 500 << 10

  /// Any bytes are a robots.txt; lines that say nothing are passed over.
  ///
  /// `productToken` is the name of the crawler (`pipeline` in `pipeline/1.0`); only letters, `_` and `-`
  /// up to the first other octet count, as in the file, where people write versions too.
  package init(parsing bytes: some Collection<UInt8>, productToken: String) {
    var reader = RobotsReader(productToken: Array(productToken.utf8))
    forEachRobotsLine(in: robotsText(bytes)) { reader.read($0) }
    let group = reader.group
    crawlDelay = group.crawlDelay
    sitemaps = reader.sitemaps
    rules = group.rules.sorted { $0.decidesBefore($1) }
  }

  private init(rules: [RobotsRule] = []) { self.rules = rules }

  /// Whether a path with its query, as a request sends it, may be fetched. `/robots.txt` always may.
  package func allows(target: String) -> Bool {
    if rules.isEmpty || target == "/robots.txt" { return true }
    let target = comparable(target.utf8)
    return rules.first { $0.matches(target) }?.allows ?? true
  }
}

/// The octets that are read: the first 500 KiB without a mark of their order. UTF-16, which the RFC
/// forbids and old Windows editors write, is read where its mark says so.
private func robotsText(_ bytes: some Collection<UInt8>) -> [UInt8] {
  var text = Array(bytes.prefix(RobotsRules.longest + 1))
  if text.count > RobotsRules.longest {
    // Half a path is another rule, so the line that is cut goes.
    text.removeSubrange((text.lastIndex { $0 == 0x0A || $0 == 0x0D } ?? 0)...)
  }
  if text.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(text.dropFirst(3)) }
  let isBigEndian = text.starts(with: [0xFE, 0xFF])
  guard isBigEndian || text.starts(with: [0xFF, 0xFE]) else { return text }
  let units = stride(from: 2, to: text.count - 1, by: 2).map { i -> UInt16 in
    let (first, second) = (UInt16(text[i]), UInt16(text[i + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }
  return Array(String(decoding: units, as: UTF16.self).utf8)
}

/// Lines end at CR, LF or both.
private func forEachRobotsLine(in text: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
  var rest = text[...]
  while !rest.isEmpty {
    let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.endIndex
    body(rest[..<end])
    rest = rest[end...].dropFirst()
  }
}
