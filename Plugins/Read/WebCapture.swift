import PipelineKit
import WARC

/// What a record of a web archive captured, where that is a document.
struct WebCapture {
  let uri: String
  let date: String?
  let mediaType: MediaType
  let charset: String?
  private let block: [UInt8]
  private let response: HTTPResponse?

  /// Nil for what is no page: redirects, errors, pictures, feeds, the files that only tell crawlers where to go.
  ///
  /// - Throws: ``ReadProblem`` where the record of a page can't be one.
  init?(_ record: WARCRecord, limit: ByteCount) throws {
    guard let uri = record.targetURI, !uri.isEmpty else { throw ReadProblem("has no WARC-Target-URI") }
    (self.uri, date, block) = (uri, record.date, record.block)
    response = record.type == .response ? try HTTPResponse(parsing: block) : nil
    charset = response?.charset
    // A part of a body is no page.
    guard response.map({ 200..<300 ~= $0.status && $0.status != 206 }) ?? true, !Self.isForCrawlers(uri) else {
      return nil
    }
    let named = response.map(\.mediaType) ?? record.fields["Content-Type"].map(Self.withoutParameters)
    let known = named.map(Self.documentType)
    // Only these must be looked into to know what they are; all others are unpacked by a worker.
    let body = known == nil || known == .some(.xml) ? try Self.body(block, response, limit) : []
    guard let type = known ?? Self.type(of: body), type != .xml || !Self.isList(body) else { return nil }
    mediaType = type
    if let reason = record.fields["WARC-Truncated"] {
      throw ReadProblem("was cut off when it was archived (WARC-Truncated: \(reason)); fetch \(uri) again")
    }
  }

  /// Bytes of memory that wait with it.
  var heldBytes: Int { block.count }

  func content(_ rules: ReadingRules) throws -> RawContent {
    var rules = rules
    rules.encoding = rules.encoding ?? charset
    var content = try readContent(of: Self.body(block, response, rules.limit), mediaType, rules)
    content.metadata.set(.url, uri, from: "warc")
    return content
  }

  private static func body(_ block: [UInt8], _ response: HTTPResponse?, _ limit: ByteCount) throws -> [UInt8] {
    guard let response else { return block }
    do { return try response.body(of: block, limit: limit.bytes) } catch {
      throw error.isTooLarge ? ReadProblem.tooLarge(limit) : ReadProblem(error.description)
    }
  }

  /// Nil where pages have other types.
  static func documentType(_ name: String) -> MediaType? {
    switch name {
    case "text/html": .html
    case "application/xhtml+xml": .xhtml
    case "text/plain": .text
    case "text/xml", "application/xml": .xml
    case "application/rss+xml", "application/atom+xml", "application/rdf+xml": nil
    default: name.hasPrefix("application/") && name.hasSuffix("+xml") ? .xml : nil
    }
  }

  /// Where the server says none, the bytes do.
  private static func type(of body: [UInt8]) -> MediaType? {
    switch try? FirstBytes.content(of: body.prefix(FirstBytes.count)) {
    case .document(let type): type
    case .xml: .xml
    default: nil
    }
  }

  /// Whether XML is a feed or a sitemap, which only say where the pages are.
  private static func isList(_ body: [UInt8]) -> Bool {
    let start = body.prefix(FirstBytes.count)
    return (try? FirstBytes.content(of: start)) == .feed || FirstBytes.isSitemap(start)
  }

  private static func isForCrawlers(_ uri: String) -> Bool {
    let parts = uri.split(separator: "/", maxSplits: 2)
    return parts.count == 3 && parts[0].hasPrefix("http") && parts[2] == "robots.txt"
  }

  private static func withoutParameters(_ type: String) -> String {
    String(type.prefix { $0 != ";" && $0 != " " }).lowercased()
  }
}
