import ArticleHead

/// What the site of a page is called: by its metadata and by its host.
struct SiteNames {
  /// As written, the best first.
  let names: [String]
  private let essences: Set<String>
  /// The labels of the host that may be the site's name, without points.
  private let labels: [String]

  init(_ names: [String], hosts: [String]) {
    self.names = names.filter { !$0.isEmpty }
    essences = Set(self.names.map(\.essence).filter { !$0.isEmpty })
    labels = Array(Set(hosts.flatMap(Self.labels)))
  }

  var isEmpty: Bool { essences.isEmpty && labels.isEmpty }

  /// Whether a name is one of the site's, whatever its host is called: persons name their hosts after themselves.
  func isCalled(_ name: String) -> Bool {
    let essence = name.essence
    return essences.contains(essence) || essences.contains("the" + essence)
  }

  /// Whether a part of a title, or a name, is the site's.
  func contains(_ part: String) -> Bool {
    let essence = part.essence
    guard !essence.isEmpty else { return false }
    if essences.contains(essence) || essences.contains("the" + essence) { return true }
    // With a slogan, a place or the suffix of a host beside it.
    for name in essences where name.utf8.count >= 5 {
      if essence.hasPrefix(name) && essence.utf8.count <= name.utf8.count + 6 { return true }
      if essence.utf8.count >= 5, name.hasPrefix(essence) || name.hasSuffix(essence) { return true }
    }
    return labels.contains { label in
      essence == label || essence == "the" + label || "the" + essence == label
        || (essence.hasPrefix(label) && essence.utf8.count <= label.utf8.count + 6 && label.utf8.count >= 4)
        || ((3...8).contains(label.utf8.count) && part.utf8.contains(32) && Self.initials(of: part) == label)
    }
  }

  /// The capitals of a name in small letters: `Steppe and Straits Monitor` is also `ssm`.
  static func initials(of name: String) -> String {
    var initials: [UInt8] = []
    var last: UInt8 = 32
    for byte in name.utf8 {
      if last == 32, byte &- 65 < 26 { initials.append(byte | 32) }
      last = byte
    }
    return String(decoding: initials, as: UTF8.self)
  }

  /// Of `www.news-of-day.co.uk`: `newsofday`.
  private static func labels(of host: String) -> [String] {
    let parts = host.lowercased().split(separator: ".").map(String.init)
    guard parts.count >= 2 else { return [] }
    let whole = parts.drop { $0 == "www" || $0 == "m" }.joined().essence
    return parts.dropLast().filter { $0.utf8.count >= 3 && !common.contains($0) }.map(\.essence) + [whole]
  }
  private static let common: Set = ["www", "com", "org", "net", "gov", "edu", "news", "blog", "blogs", "web"]
}
