import ArticleHead

/// The address of a page: canonical if it can be believed, in full.
struct PageAddress {
  let value: String
  let from: String

  /// - Parameters:
  ///   - own: where the page was read, if that is an address.
  ///   - others: further claims, best first, with their origin.
  init?(canonical: String?, others: [(value: String, from: String)], own: String) {
    let own = isAddress(own) ? own : nil
    var claims = canonical.map { [($0, "link canonical")] } ?? []
    claims += others.map { ($0.value, $0.from) }
    let whole = claims.compactMap { claim in Self.resolved(trimmed(claim.0), against: own).map { ($0, claim.1) } }
    let believed = whole.first { claim in
      // A home page, or another site, is where templates point that were never filled in; unless all else agrees.
      if let own { return !Self.isDoubtful(claim.0, own) }
      return !Self.isHome(claim.0) || whole.allSatisfy { Self.isHome($0.0) }
    }
    guard let found = believed ?? own.map({ ($0, "source") }) else { return nil }
    (value, from) = found
  }

  private static func isDoubtful(_ address: String, _ own: String) -> Bool {
    (isHome(address) && !isHome(own)) || !isSameSite(host(of: address), host(of: own))
  }

  /// The host of an address, in small letters.
  static func host(of address: String) -> String {
    guard let start = address.range(of: "://")?.upperBound ?? address.protocolRelativeStart else { return "" }
    let rest = address[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let host = rest.split(separator: "@").last.map { $0.prefix { $0 != ":" } } ?? ""
    return host.lowercased()
  }

  /// What follows the host.
  static func path(of address: String) -> Substring {
    guard let start = address.range(of: "://")?.upperBound else { return address[...] }
    return address[start...].drop { $0 != "/" && $0 != "?" && $0 != "#" }
  }

  private static func isHome(_ address: String) -> Bool {
    let path = path(of: address)
    return path.isEmpty || path == "/" || path == "/index.html" || path == "/index.php" || path == "/#"
  }

  /// Whether one host is the other, or a part of the same site: the last two labels agree.
  private static func isSameSite(_ one: String, _ two: String) -> Bool {
    one.split(separator: ".").suffix(2) == two.split(separator: ".").suffix(2)
  }

  private static func resolved(_ address: String, against own: String?) -> String? {
    if isAddress(address) { return address.utf8.contains(32) ? nil : address }
    guard let own, !address.isEmpty, !address.hasPrefix("#"), !address.contains("{") else { return nil }
    let scheme = own.hasPrefix("https") ? "https:" : "http:"
    if address.hasPrefix("//") { return scheme + address }
    guard !address.contains(":") else { return nil }
    let root = scheme + "//" + host(of: own)
    if address.hasPrefix("/") { return root + address }
    let path = path(of: own).prefix { $0 != "?" && $0 != "#" }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
    return root + folder + address
  }
}

extension String {
  fileprivate var protocolRelativeStart: String.Index? {
    hasPrefix("//") ? index(startIndex, offsetBy: 2) : nil
  }
  fileprivate func range(of part: String) -> Range<String.Index>? {
    // Schemes are short; a search in all of a long address would be in vain.
    guard let colon = utf8.prefix(12).firstIndex(of: UInt8(ascii: ":")), self[colon...].hasPrefix(part) else {
      return nil
    }
    return colon..<index(colon, offsetBy: part.count)
  }
}
