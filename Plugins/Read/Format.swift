public import PipelineKit

/// What files hold, as the option `format` names it.
public enum Format: String, OptionValue, CaseIterable {
  case auto, html, xhtml, xml, text, jsonl
  /// RSS and Atom: each item a document.
  case rss
  /// Web archives: each page a document.
  case warc

  /// Whether all that the stage will hand out is markup, as far as the names tell.
  func isMarkup(namedBy paths: [String]) -> Bool {
    switch self {
    case .html, .xhtml, .xml, .rss, .warc: return true
    case .text, .jsonl: return false
    case .auto:
      let names = paths.flatMap { GlobSyntax.alternatives(of: $0) ?? [$0] }
      return names.contains { FileKind(name: $0)?.content?.isMarkup ?? false }
    }
  }

  var content: Content? {
    switch self {
    case .auto: nil
    case .html: .document(.html)
    case .xhtml: .document(.xhtml)
    case .xml: .document(.xml)
    case .text: .document(.text)
    case .jsonl: .records
    case .rss: .feed
    case .warc: .captures
    }
  }
}

/// What is inside a file once it is unpacked.
enum Content: Hashable, Sendable {
  case document(MediaType)
  /// JSON, one record a line.
  case records
  /// RSS or Atom.
  case feed
  /// A web archive.
  case captures
  /// XML; the first bytes tell whether it is a document or a feed.
  case xml

  var isMarkup: Bool {
    switch self {
    case .document(let type): type.isMarkup
    case .feed, .xml, .captures: true
    case .records: false
    }
  }
}

/// How a single file is compressed.
enum Compression: Hashable, Sendable { case none, gzip, zstd }

/// What the suffixes of a name say.
struct FileKind: Hashable, Sendable {
  var compression = Compression.none
  /// Nil for an archive.
  var content: Content?
  var isArchive: Bool { content == nil }

  /// Nil where the suffix says nothing.
  init?(name: String) {
    var parts = name[(name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex)...].lowercased()
      .split(separator: ".", omittingEmptySubsequences: false).dropFirst()
    guard let last = parts.last else { return nil }
    if Self.archives.contains(String(last)) { return }
    if Self.archiveCompressions.contains(String(last)), parts.dropLast().last == "tar" { return }
    compression = Self.compression(ofName: name)
    if compression != .none { parts.removeLast() }
    guard let content = parts.last.flatMap({ Self.contents[String($0)] }) else { return nil }
    self.content = content
  }

  init(content: Content, compression: Compression = .none) { (self.content, self.compression) = (content, compression) }

  /// What a compressed file without a second suffix is wrapped in.
  static func compression(ofName name: String) -> Compression {
    let name = name.lowercased()
    return name.hasSuffix(".gz") ? .gzip : name.hasSuffix(".zst") ? .zstd : .none
  }

  private static let archives: Set = ["zip", "tar", "tgz", "tbz", "tbz2", "txz", "tzst"]
  private static let archiveCompressions: Set = ["gz", "zst", "xz", "bz2"]
  private static let contents: [String: Content] = [
    "html": .document(.html), "htm": .document(.html), "shtml": .document(.html), "xhtml": .document(.xhtml),
    "xht": .document(.xhtml), "xml": .xml, "nitf": .document(.xml), "txt": .document(.text),
    "text": .document(.text), "jsonl": .records, "ndjson": .records, "rss": .feed, "atom": .feed,
    "warc": .captures,
  ]
}
