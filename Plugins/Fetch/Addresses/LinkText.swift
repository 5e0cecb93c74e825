/// A link cleaned as browsers clean it, ready for libcurl: one pass to tidy, one to encode.
///
/// What the WHATWG URL standard does and RFC 3986 does not: blanks around go, tabs and line breaks go
/// everywhere, `\` counts as `/` before the query, any number of slashes follows `http:`, and octets
/// that may not stand in an address are percent-encoded rather than refused. Beyond browsers: an `&amp;`
/// that was escaped once too often counts as `&` (feeds are full of them), encoded octets that need no
/// encoding are decoded, and user and password go.
struct LinkText {
  private(set) var bytes: [UInt8] = []
  /// The link has no scheme of its own.
  private(set) var isRelative = true
  /// Nothing but perhaps a fragment: the page that the link stands on.
  var isOnlyFragment: Bool { isRelative && (bytes.isEmpty || bytes[0] == UInt8(ascii: "#")) }

  /// Nil where the link has a scheme other than http and https, or a place for a host and none there.
  init?(_ text: String, baseScheme: String?) {
    let tidy = tidied(text)
    bytes.reserveCapacity(tidy.count + 16)
    var rest = tidy[...]
    if let colon = schemeEnd(tidy) {
      let scheme = tidy[..<colon].map(lowercased)
      guard scheme.elementsEqual("http".utf8) || scheme.elementsEqual("https".utf8) else { return nil }
      rest = tidy[(colon + 1)...]
      // `http:page` is relative on a page of the same scheme, as in browsers.
      if let first = rest.first, isSlash(first) || baseScheme.map({ !scheme.elementsEqual($0.utf8) }) ?? true {
        isRelative = false
        bytes += scheme
        bytes.append(UInt8(ascii: ":"))
        guard appendAuthority(&rest) else { return nil }
      }
    } else if rest.count > 1, rest.prefix(2).allSatisfy(isSlash) {
      guard appendAuthority(&rest) else { return nil }
    }
    appendTarget(rest)
    protectColon()
  }

  /// `//` and the host with its port in lower case; what stands before the last `@` is left out. False
  /// where nothing is left: libcurl would take what follows for the host.
  private mutating func appendAuthority(_ rest: inout ArraySlice<UInt8>) -> Bool {
    rest = rest.drop(while: isSlash)
    let end = rest.firstIndex { isSlash($0) || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? rest.endIndex
    let authority = rest[..<end]
    rest = rest[end...]
    bytes += "//".utf8
    var i = authority.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? authority.startIndex
    while i < authority.endIndex {
      var byte = authority[i]
      if let octet = octet(authority, i), isUnreserved(octet) || octet >= 0x80 {
        byte = octet
        i += 2
      }
      bytes.append(lowercased(byte))
      i += 1
    }
    return bytes.last != UInt8(ascii: "/")
  }

  private mutating func appendTarget(_ rest: ArraySlice<UInt8>) {
    var part = Part.path
    var i = rest.startIndex
    while i < rest.endIndex {
      var byte = rest[i]
      if let octet = octet(rest, i) {
        if isUnreserved(octet), !endsInOpenEscape { bytes.append(octet) } else { appendEncoded(octet) }
        i += 3
        continue
      }
      i += 1
      if part == .path, byte == UInt8(ascii: "\\") { byte = UInt8(ascii: "/") }
      if byte == UInt8(ascii: "#"), part != .fragment {
        part = .fragment
      } else if byte == UInt8(ascii: "?"), part == .path {
        part = .query
      } else if part.encodes(byte) {
        appendEncoded(byte)
        continue
      }
      bytes.append(byte)
    }
  }

  /// A percent sign that encodes nothing stands so near the end that one more digit would make it a code.
  private var endsInOpenEscape: Bool {
    bytes.last == UInt8(ascii: "%") || (bytes.count > 1 && bytes[bytes.count - 2] == UInt8(ascii: "%"))
  }

  private mutating func appendEncoded(_ octet: UInt8) {
    bytes.append(UInt8(ascii: "%"))
    bytes.append(hexadecimal(octet >> 4))
    bytes.append(hexadecimal(octet & 15))
  }

  /// A colon in the first segment of a relative path would make a scheme of it (RFC 3986 4.2).
  private mutating func protectColon() {
    guard isRelative, let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return }
    let delimiters = "/?#".utf8
    if !bytes[..<colon].contains(where: delimiters.contains) { bytes.insert(contentsOf: "./".utf8, at: 0) }
  }

  private enum Part {
    case path, query, fragment

    /// Whether an octet may not stand here as it is: the percent-encode sets of the WHATWG URL standard.
    func encodes(_ byte: UInt8) -> Bool {
      switch byte {
      case 0...0x20, 0x7F..., UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"): true
      case UInt8(ascii: "`"): self != .query
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "^"): self == .path
      case UInt8(ascii: "'"): self == .query
      default: false
      }
    }
  }
}

/// Without blanks and control characters around, tabs and line breaks, and with `&` for `&amp;`.
private func tidied(_ text: String) -> [UInt8] {
  var tidy: [UInt8] = []
  tidy.reserveCapacity(text.utf8.count)
  let escapes: [[UInt8]] = [Array("amp;".utf8), Array("#38;".utf8), Array("#038;".utf8)]
  var rest = Array(text.utf8)[...]
  rest = rest.drop { $0 <= 0x20 }
  while let byte = rest.popFirst() {
    if byte == 0x09 || byte == 0x0A || byte == 0x0D { continue }
    tidy.append(byte)
    if byte == UInt8(ascii: "&") {
      // Escaped several times, it is `&amp;amp;`.
      while let escape = escapes.first(where: { rest.starts(with: $0) }) { rest = rest.dropFirst(escape.count) }
    }
  }
  while let last = tidy.last, last <= 0x20 { tidy.removeLast() }
  return tidy
}

/// Where the colon of a scheme is (RFC 3986 3.1); nil for a link without one.
private func schemeEnd(_ bytes: [UInt8]) -> Int? {
  guard let first = bytes.first, isLetter(first),
    let end = bytes.firstIndex(where: { !isLetter($0) && !isDigit($0) && !"+-.".utf8.contains($0) }),
    bytes[end] == UInt8(ascii: ":")
  else { return nil }
  return end
}
