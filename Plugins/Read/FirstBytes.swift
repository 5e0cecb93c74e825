import PipelineKit
import TextDecoding

/// What the first bytes of a file say where its suffix says nothing.
enum FirstBytes {
  /// As many as are looked at: a document type, an XML declaration and some comments fit into it.
  static let count = 4096

  static func compression(of bytes: ArraySlice<UInt8>) -> Compression {
    bytes.starts(with: [0x1F, 0x8B]) ? .gzip : bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) ? .zstd : .none
  }

  /// ZIP, tar, and the compressions that only archives come in.
  static func isArchive(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: "PK\u{3}\u{4}".utf8) || bytes.starts(with: "BZh".utf8)
      || bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) || bytes.dropFirst(257).starts(with: "ustar".utf8)
  }

  /// Whether gzip data hold a web archive, whose members must then be unpacked one by one.
  static func holdsWARC(_ packed: ArraySlice<UInt8>) -> Bool {
    guard let stream = try? BufferedStream(GzipStream(MemoryStream(Array(packed)))) else { return false }
    return (try? stream.peek(warcMark.count))?.elementsEqual(warcMark) ?? false
  }
  private static let warcMark = Array("WARC/".utf8)

  /// Whether XML is a list of addresses for crawlers (sitemaps.org) or a list of such lists.
  static func isSitemap(_ bytes: ArraySlice<UInt8>) -> Bool {
    let root = rootElement(of: decode(Array(bytes.prefix(count))).text[...]) ?? ""
    return ["urlset", "sitemapindex"].contains { root == $0 || root.hasSuffix(":" + $0) }
  }

  /// - Throws: ``ReadProblem`` where the bytes are no text of any kind.
  static func content(of bytes: ArraySlice<UInt8>) throws -> Content {
    if bytes.starts(with: warcMark) { return .captures }
    let head = decode(Array(bytes.prefix(count))).text
    if head.utf8.contains(0) || head.hasPrefix("%PDF-") {
      throw ReadProblem(
        "is not text in any encoding; read takes HTML, XML, plain text, JSON lines and archives of them")
    }
    var rest = Substring(head)
    rest = rest.drop { $0.isWhitespace }
    if rest.hasPrefix("{") { return .records }
    guard rest.hasPrefix("<") else { return .document(.text) }
    let isDeclaredXML = rest.hasPrefix("<?xml")
    guard let root = rootElement(of: rest) else { return isDeclaredXML ? .document(.xml) : .document(.html) }
    switch root {
    case "rss", "feed", "rdf:rdf": return .feed
    case _ where root.hasSuffix(":feed"): return .feed
    case "html": return .document(isDeclaredXML ? .xhtml : .html)
    default: return .document(!isDeclaredXML && htmlElements.contains(root) ? .html : .xml)
    }
  }

  /// The name of the first element, or of the document type, in lower case.
  private static func rootElement(of markup: Substring) -> String? {
    var rest = markup
    while let open = rest.firstIndex(of: "<") {
      rest = rest[open...].dropFirst()
      if rest.hasPrefix("!--") {
        guard let end = rest.firstIndex(ofEndOf: "-->") else { return nil }
        rest = rest[end...]
      } else if rest.prefix(8).lowercased() == "!doctype" {
        return name(rest.dropFirst(8).drop { $0.isWhitespace })
      } else if !rest.hasPrefix("?") && !rest.hasPrefix("!") {
        return name(rest)
      }
    }
    return nil
  }

  private static func name(_ rest: Substring) -> String? {
    let name = rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
    return name.isEmpty ? nil : name.lowercased()
  }

  /// Elements with which pages begin whose head is missing.
  private static let htmlElements: Set = [
    "head", "body", "title", "meta", "link", "script", "style", "div", "p", "span", "table", "a", "b", "i", "br", "hr",
    "h1", "h2", "h3", "h4", "ul", "ol", "img", "center", "font", "article", "section", "main", "header", "blockquote",
  ]
}

extension Substring {
  /// The index behind the first place where a mark stands.
  fileprivate func firstIndex(ofEndOf mark: String) -> Index? {
    var rest = self
    while !rest.isEmpty {
      if rest.hasPrefix(mark) { return rest.index(rest.startIndex, offsetBy: mark.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
