/// Where a document came from and what it was before anything read it.
public struct Origin: Sendable {
  /// The path as the pipeline file reaches it, or the address.
  public var uri: String
  /// By the suffix, the transport or a look at the bytes.
  public var mediaType: MediaType
  /// The encoding that the transport named, if any: an HTTP header, say.
  public var charset: String?
  /// Size after unpacking and before decoding.
  public var byteCount: Int
  /// SHA-256 of those bytes in lower-case hexadecimal; empty until the runner has computed it.
  public var sha256: String

  public init(uri: String, mediaType: MediaType, charset: String? = nil, byteCount: Int = 0, sha256: String = "") {
    (self.uri, self.mediaType, self.charset) = (uri, mediaType, charset)
    (self.byteCount, self.sha256) = (byteCount, sha256)
  }
}

/// A media type without parameters, in lower case.
public struct MediaType: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let description: String
  public init(_ name: String) { description = name.lowercased() }
  public init(stringLiteral name: String) { description = name }

  public static let html: MediaType = "text/html"
  public static let xhtml: MediaType = "application/xhtml+xml"
  public static let xml: MediaType = "application/xml"
  public static let text: MediaType = "text/plain"
  public static let json: MediaType = "application/json"

  /// HTML, XHTML or XML of any kind: a stage such as `clean` makes its text.
  public var isMarkup: Bool {
    self == .html || self == .xml || description == "text/xml" || description.hasSuffix("+xml")
  }
}

extension MediaType {
  /// The media type that a path's suffix stands for; nil where the suffix says nothing.
  public init?(path: String) {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    switch path[path.index(after: dot)...].lowercased() {
    case "html", "htm": self = .html
    case "xhtml", "xht": self = .xhtml
    case "xml", "nitf", "rss", "atom": self = .xml
    case "txt", "text", "md": self = .text
    default: return nil
    }
  }
}
