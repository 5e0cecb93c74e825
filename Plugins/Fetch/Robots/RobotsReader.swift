/// Reads the lines of a robots.txt and keeps what concerns one crawler (RFC 9309 2.1 and 2.2).
///
/// A group begins with a row of `User-agent` lines and ends with the first one after a rule. Lines of
/// other kinds stand in the row without ending it (2.2.4).
struct RobotsReader {
  struct Group {
    var rules: [RobotsRule] = []
    var crawlDelay: Double?

    mutating func slowDown(to delay: Double) { crawlDelay = max(delay, crawlDelay ?? 0) }
  }

  /// The addresses of sitemaps, which belong to no group.
  private(set) var sitemaps: [String] = []
  private let token: [UInt8]
  private var own: Group?
  private var everyone = Group()
  /// Whom the group that is being read speaks to.
  private var isOwn = false
  private var isEveryone = false
  /// A rule has been read since the last `User-agent`, so that the next one begins a group.
  private var hasRules = false

  init(productToken: [UInt8]) { token = robotsToken(productToken[...]) }

  /// The rules for the crawler: its own, even if they are none, or those for all others.
  var group: Group { own ?? everyone }

  mutating func read(_ line: ArraySlice<UInt8>) {
    guard let (field, value) = robotsField(line) else { return }
    switch field {
    case "user-agent", "useragent", "user agent": readAgent(value)
    case "disallow", "dissallow", "dissalow", "disalow": readRule(false, value)
    case "allow": readRule(true, value)
    case "crawl-delay", "crawldelay": readDelay(value)
    case "sitemap", "site-map":
      if !value.isEmpty { sitemaps.append(String(decoding: value, as: UTF8.self)) }
    default: break
    }
  }

  private mutating func readAgent(_ value: ArraySlice<UInt8>) {
    if hasRules { (isOwn, isEveryone, hasRules) = (false, false, false) }
    if value.first == UInt8(ascii: "*"), value.dropFirst().first.map(isBlank) ?? true {
      isEveryone = true
    } else if !token.isEmpty, robotsToken(value) == token {
      isOwn = true
      own = own ?? Group()
    }
  }

  private mutating func readRule(_ allows: Bool, _ value: ArraySlice<UInt8>) {
    hasRules = true
    // `Disallow:` without a path takes nothing away.
    guard !value.isEmpty, isOwn || isEveryone else { return }
    let rule = RobotsRule(allows: allows, pattern: value)
    if isOwn { own?.rules.append(rule) }
    if isEveryone { everyone.rules.append(rule) }
  }

  /// A delay of 0 or less, or one that is no number, is none.
  private mutating func readDelay(_ value: ArraySlice<UInt8>) {
    guard let delay = Double(String(decoding: value, as: UTF8.self)), delay > 0, delay.isFinite else { return }
    if isOwn { own?.slowDown(to: delay) }
    if isEveryone { everyone.slowDown(to: delay) }
  }
}

/// Field name in lower case and value of a line, without comment and blanks; nil where it has no such form.
///
/// A colon that was forgotten is forgiven after a single word, as long as one value follows: who wrote
/// `Disallow /private` meant it.
private func robotsField(_ line: ArraySlice<UInt8>) -> (field: String, value: ArraySlice<UInt8>)? {
  let line = trimmed(line.prefix { $0 != UInt8(ascii: "#") })
  guard let end = line.firstIndex(of: UInt8(ascii: ":")) ?? gapOfTwoWords(line) else { return nil }
  let field = trimmed(line[..<end])
  // The longest field that is known has eleven letters; what is longer is prose.
  guard (1...16).contains(field.count) else { return nil }
  let value = trimmed(line[end...].dropFirst())
  return (String(decoding: field.map(lowercased), as: UTF8.self), value)
}

private func gapOfTwoWords(_ line: ArraySlice<UInt8>) -> Int? {
  guard let gap = line.firstIndex(where: isBlank) else { return nil }
  return trimmed(line[gap...]).contains(where: isBlank) ? nil : gap
}

private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var bytes = bytes.drop(while: isBlank)
  while let last = bytes.last, isBlank(last) { bytes.removeLast() }
  return bytes
}

/// The product token at the start of a value, in lower case: letters, `_` and `-` (2.2.1).
private func robotsToken(_ value: ArraySlice<UInt8>) -> [UInt8] {
  value.prefix { isLetter($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }.map(lowercased)
}
