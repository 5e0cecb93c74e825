internal import CCurl
internal import Glibc

/// An absolute http or https address, written in one way.
///
/// libcurl's URL functions split, resolve and join (RFC 3986); before they see a link, `LinkText`
/// cleans it as browsers do (WHATWG URL standard), and afterwards this type only remembers where the
/// parts are. Two addresses are equal where their texts are.
///
/// What is uniform: scheme and host in lower case, a host beyond ASCII as punycode, IPv4 in dotted
/// decimals, no default port, no user or password, no dot segments, a path of at least `/`, no empty
/// query, percent-encoding of what needs it and only that, in upper-case hexadecimal.
package struct Address: Hashable, Sendable, CustomStringConvertible {
  /// The whole address. The fragment is kept; `page` is without.
  package let text: String
  private let hostStart: UInt16
  private let hostEnd: UInt16
  private let targetStart: UInt16
  private let targetEnd: UInt16
  /// The port that is connected to: 80 or 443 where the address names none.
  package let port: Int

  /// Longer addresses are none: RFC 9110 4.1 asks servers to bear 8,000 octets, and nobody links to more.
  package static let longest = 8_000

  /// The address that a link means, on the page `base` if it is relative.
  ///
  /// Nil where there is no such address: another scheme than http and https, no host, a bad port, a
  /// relative link without a base, more than `longest` octets. Bytes beyond ASCII are encoded as UTF-8
  /// also in the query, where browsers take the encoding of the page.
  package init?(_ text: String, relativeTo base: Address? = nil) {
    guard let link = LinkText(text, baseScheme: base?.scheme), link.bytes.count <= Self.longest else { return nil }
    if link.isOnlyFragment {
      // libcurl takes these for a relative path.
      guard let base else { return nil }
      let fragment = link.bytes.count > 1 ? String(decoding: link.bytes, as: UTF8.self) : ""
      self.init(uniform: base.page.text + fragment)
      return
    }
    guard let joined = joined(link, base) else { return nil }
    self.init(uniform: joined)
  }

  /// `text` is an address as this type writes them; nil where it is too long.
  init?(uniform text: String) {
    guard let parts = AddressParts(text) else { return nil }
    (self.text, port) = (text, parts.port)
    (hostStart, hostEnd) = (parts.hostStart, parts.hostEnd)
    (targetStart, targetEnd) = (parts.targetStart, parts.targetEnd)
  }

  package var description: String { text }
  /// `http` or `https`.
  package var scheme: String { text.utf8.count > 4 && isSecure ? "https" : "http" }
  /// In lower case; an IPv6 address in its brackets.
  package var host: String { part(hostStart, hostEnd) }
  /// Path and query, as they are sent in a request and as robots rules are matched: at least `/`.
  package var target: String { part(targetStart, targetEnd) }
  /// `host:port`, whatever the scheme: whom a pause between requests spares.
  package var hostKey: String { host + ":" + String(port) }
  /// Scheme, host and port: what a robots.txt speaks for (RFC 9309 2.3).
  package var origin: String { part(0, targetStart) }
  /// The address of the robots.txt that speaks for this one.
  package var robots: Address { Address(uniform: origin + "/robots.txt") ?? self }

  /// Without the fragment, which is never sent. A `#!` fragment goes as well: the scheme that made pages
  /// of them is gone since 2015, and the server gives the same bytes with and without it.
  package var page: Address {
    guard Int(targetEnd) < text.utf8.count else { return self }
    return Address(uniform: part(0, targetEnd)) ?? self
  }

  /// The page under the address that says no more than is needed: without what only tracks the reader
  /// (`TrackingParameters`) and without empty parameters. The others keep their order.
  package var canonical: Address {
    let page = page
    guard let query = page.text.utf8.firstIndex(of: UInt8(ascii: "?")) else { return page }
    let parameters = page.text.utf8[page.text.utf8.index(after: query)...].split(separator: UInt8(ascii: "&"))
    let kept = parameters.filter { !TrackingParameters.contain($0) }
    let start = page.text.utf8[..<query]
    let length = kept.reduce(start.count) { $0 + 1 + $1.count }
    if length == page.text.utf8.count { return page }
    var text = String(Substring(start))
    for (index, parameter) in kept.enumerated() {
      text += index == 0 ? "?" : "&"
      text += Substring(parameter)
    }
    return Address(uniform: text) ?? page
  }

  private var isSecure: Bool { text.utf8[text.utf8.index(text.startIndex, offsetBy: 4)] == UInt8(ascii: "s") }

  private func part(_ start: UInt16, _ end: UInt16) -> String {
    let bytes = text.utf8
    return String(
      text[bytes.index(text.startIndex, offsetBy: Int(start))..<bytes.index(text.startIndex, offsetBy: Int(end))])
  }
}

extension Address {
  package static func == (one: Address, other: Address) -> Bool { one.text == other.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// The link on its base, as libcurl joins them; nil where libcurl finds no address.
private func joined(_ link: LinkText, _ base: Address?) -> String? {
  guard let url = curl_url() else { return nil }
  defer { curl_url_cleanup(url) }
  if link.isRelative {
    guard let base, curl_url_set(url, CURLUPART_URL, base.text, 0) == CURLUE_OK else { return nil }
  }
  guard set(url, CURLUPART_URL, to: link.bytes), let text = get(url, CURLUPART_URL) else { return nil }
  // Everything but the host is ASCII by now.
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
  guard let host = punycode(of: url), curl_url_set(url, CURLUPART_HOST, host, 0) == CURLUE_OK else { return nil }
  return get(url, CURLUPART_URL)
}

/// The host as punycode. libcurl hands it to libidn2 in the encoding of the locale, and a command that
/// never calls `setlocale` has one of plain ASCII: the thread gets a UTF-8 locale for this call.
private func punycode(of url: OpaquePointer) -> String? {
  guard let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { return nil }
  let usual = uselocale(locale)
  defer {
    uselocale(usual)
    freelocale(locale)
  }
  return get(url, CURLUPART_HOST, UInt32(CURLU_PUNYCODE))
}

private func set(_ url: OpaquePointer, _ part: CURLUPart, to bytes: [UInt8]) -> Bool {
  (bytes + [0]).withUnsafeBytes { bytes in
    curl_url_set(url, part, bytes.assumingMemoryBound(to: CChar.self).baseAddress, 0) == CURLUE_OK
  }
}

private func get(_ url: OpaquePointer, _ part: CURLUPart, _ flags: UInt32 = UInt32(CURLU_NO_DEFAULT_PORT)) -> String? {
  var text: UnsafeMutablePointer<CChar>?
  guard curl_url_get(url, part, &text, flags) == CURLUE_OK, let text else { return nil }
  defer { curl_free(text) }
  return String(cString: text)
}
