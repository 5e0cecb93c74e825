/// What a document is by its first bytes, as names and types lie.
enum SniffedContent {
  case xml, html, json, text, unknown

  /// Bytes after which the types decide.
  static let longest = 65_536

  /// - Parameters:
  ///   - bytes: the beginning, without white space and byte order mark in front.
  ///   - isWhole: nothing follows.
  /// - Returns: nil where more bytes are needed.
  init?(
    _ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool, contentType: String, path: String,
    expecting: LinkDocument.Expectation
  ) {
    let isPageType = contentType.hasPrefix("text/html") || contentType.hasPrefix("application/xhtml")
    let isEnough = isWhole || bytes.count >= Self.longest
    switch bytes.first {
    case UInt8(ascii: "<"):
      guard let name = Self.firstElement(bytes) else {
        if !isEnough { return nil }
        self = isPageType ? .html : .xml
        return
      }
      let isFeed = Self.roots.contains(name)
      self = !isFeed && (Self.pageElements.contains(name) || isPageType || expecting == .startPage) ? .html : .xml
    case UInt8(ascii: "{"), UInt8(ascii: "["): self = .json
    default:
      if !isEnough, bytes.count < 8 { return nil }
      let isText = bytes.isHTTP || contentType.hasPrefix("text/plain") || path.hasSuffix(".txt")
      if expecting == .startPage, !bytes.isHTTP {
        self = .html
      } else {
        self = isText ? .text : .unknown
      }
    }
  }

  private static let roots: Set<String> = ["rss", "rdf", "feed", "urlset", "sitemapindex", "channel"]
  private static let pageElements: Set<String> = [
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "p", "a", "h1", "table", "br",
  ]

  /// The local name of the first element, in lower case; `html` for that document type. nil where none begins.
  private static func firstElement(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var index = 0
    while true {
      index = bytes.index(of: UInt8(ascii: "<"), from: index)
      guard index + 10 < bytes.count || index + 1 < bytes.count && bytes[index + 1] != UInt8(ascii: "!") else {
        return nil
      }
      let end: Int?
      if bytes[index + 1] == UInt8(ascii: "?") {
        end = bytes.end(of: "?>", from: index)
      } else if bytes.starts(with: "<!--", at: index) {
        end = bytes.end(of: "-->", from: index + 2)
      } else if bytes[index + 1] == UInt8(ascii: "!") {
        if bytes.starts(with: "<!doctype html", at: index) { return "html" }
        end = typeEnd(bytes, from: index)
      } else {
        return name(bytes, from: index + 1)
      }
      guard let end else { return nil }
      index = end
    }
  }

  private static func typeEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let close = bytes.index(of: UInt8(ascii: ">"), from: start)
    let open = bytes.index(of: UInt8(ascii: "["), from: start)
    if close < open { return close + 1 }
    return open < bytes.count ? bytes.end(of: "]>", from: open) : nil
  }

  private static func name(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> String? {
    var end = start
    while end < bytes.count, !isSpace(bytes[end]), bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: "/") {
      end += 1
    }
    guard end < bytes.count else { return nil }
    let local = bytes[start..<end].split(separator: UInt8(ascii: ":")).last
    return local.map { String(decoding: $0, as: UTF8.self).lowercased() } ?? ""
  }
}
