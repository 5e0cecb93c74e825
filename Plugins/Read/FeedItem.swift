import PipelineKit

/// An item of a feed while its elements come in, and what is known of the feed itself.
struct FeedItem {
  /// How the text of an element is meant.
  enum TextKind { case plain, html }

  var title = ""
  var link = ""
  /// The item's identifier where it is an address too.
  var permalink = ""
  var published = ""
  var modified = ""
  var language = ""
  var authors: [String] = []
  var tags: [String] = []
  var content = ""
  var summary = ""

  /// - Parameters:
  ///   - origin: `rss` or `atom`, the origin of each value.
  ///   - feed: title and language of the feed.
  func metadata(of feed: FeedItem, from origin: String, base: String) -> Metadata {
    var metadata = Metadata()
    metadata.set(.title, title.oneLine, from: origin)
    metadata.set(.authors, list: authors.map(\.oneLine).filter { !$0.isEmpty }, from: origin)
    metadata.set(.publication, feed.title.oneLine, from: origin)
    metadata.set(.published, date: published.oneLine, from: origin)
    metadata.set(.modified, date: modified.oneLine, from: origin)
    metadata.set(.language, (language.isEmpty ? feed.language : language).oneLine, from: origin)
    let address = link.oneLine.isEmpty ? permalink.oneLine : link.oneLine
    metadata.set(.url, joined(base, address), from: origin)
    metadata.set(.tags, list: tags.map(\.oneLine).filter { !$0.isEmpty }, from: origin)
    return metadata
  }

  /// The body as HTML: the whole content, or where the feed has none the summary.
  var body: [UInt8] { Array((content.isBlank ? summary : content).utf8) }
}

/// An address relative to that of the feed.
private func joined(_ base: String, _ address: String) -> String {
  if address.isEmpty || base.isEmpty || address.contains("://") { return address }
  let parts = base.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
  guard parts.count >= 3, parts[0].hasSuffix(":") else { return address }
  if address.hasPrefix("//") { return parts[0] + address }
  let host = parts[0] + "//" + parts[2]
  if address.hasPrefix("/") { return host + address }
  let folder = parts.count == 4 ? parts[3].lastIndex(of: "/").map { parts[3][...$0] } ?? "" : ""
  return host + "/" + folder + address
}

extension String {
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
  /// White space of any length as one space.
  var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// As text of an HTML element.
  var escapedForHTML: String {
    var escaped = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
