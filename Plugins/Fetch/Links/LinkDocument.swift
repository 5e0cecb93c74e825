/// A feed, sitemap or start page that is read as it comes, for the addresses that it names.
///
/// What it is shows in its bytes: names and types lie. Memory is bounded whatever the size, as long as the links are
/// taken between the pieces: unpacking, decoding and parsing each hold a piece and what is cut at its end.
package final class LinkDocument {
  /// What the user named the document as.
  package enum Expectation: Sendable { case feedOrSitemap, startPage }

  package struct Limits: Sendable {
    /// Bytes that a gzipped document may unpack to: 50 MB, as sitemaps.org has it for sitemaps. The size of a document
    /// that is not packed is its reader's business.
    package var unpackedBytes = 52_428_800
    /// Elements in each other.
    package var nesting = 200
    /// Bytes of an address; longer ones are left out.
    package var addressBytes = 8192
    /// Bytes that a parser gets at once.
    package var pieceBytes = 32_768
    package init() {}
  }

  private let contentType: String
  private let path: String
  private let expectation: Expectation
  private let limits: Limits

  private var isPackingKnown = false
  private var unzipping: Unzipping?
  private var beginning: [UInt8] = []
  private var input: TextInput?
  private var decoded: [UInt8] = []
  private var parser: (any LinkParser)?
  private var isOver = false
  private var refusal: LinkProblem?
  private var links: [FoundLink] = []

  /// - Parameters:
  ///   - contentType: the header's value; only its charset and, in doubt, its type are believed.
  ///   - path: the address's path, or a file's name.
  package init(contentType: String?, path: String, expecting: Expectation, limits: Limits = Limits()) {
    self.contentType = contentType?.lowercased() ?? ""
    (self.path, expectation, self.limits) = (path.lowercased(), expecting, limits)
  }

  /// What the content turned out to be so far.
  package var format: LinkFormat { parser?.format ?? .unknown }

  /// What is wrong, final after `finish` or a refusal. Links that were found are good all the same.
  package var problem: LinkProblem? {
    if let refusal { return refusal }
    if unzipping?.isDamaged == true { return LinkProblem(.broken, "its gzip data are damaged") }
    if isOver, unzipping?.isInMember == true { return LinkProblem(.broken, "its gzip data end too early") }
    return parser?.problem
  }

  /// Takes a piece of any size.
  /// - Throws: what is refused: a bomb, or markup that is hostile. Later pieces are ignored then.
  package func add(_ bytes: UnsafeRawBufferPointer) throws(LinkProblem) {
    var start = 0
    while start < bytes.count, !isOver {
      let end = min(start + 65_536, bytes.count)
      let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      try refusing { () throws(LinkProblem) in try unpack(piece) }
      start = end
    }
  }

  /// Ends the document.
  /// - Throws: as `add` does.
  package func finish() throws(LinkProblem) {
    guard !isOver else { return }
    try refusing { () throws(LinkProblem) in
      if !isPackingKnown { try start(isWhole: true) }
      if input == nil { try decodeBeginning() }
      decode(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
      try parse(isLast: true)
      try parser?.finish()
    }
    isOver = true
    takeFromParser()
  }

  /// The links since the last call, in the document's order.
  package func takeLinks() -> [FoundLink] {
    takeFromParser()
    defer { links.removeAll(keepingCapacity: true) }
    return links
  }

  private func takeFromParser() {
    guard let found = parser?.takeLinks(), !found.isEmpty else { return }
    if links.isEmpty { links = found } else { links += found }
  }

  private func refusing(_ work: () throws(LinkProblem) -> Void) throws(LinkProblem) {
    do throws(LinkProblem) { try work() } catch {
      isOver = true
      refusal = error
      takeFromParser()
      throw error
    }
  }

  // MARK: From packed bytes to text

  private func unpack(_ bytes: UnsafeRawBufferPointer) throws(LinkProblem) {
    guard !isPackingKnown else { return try pass(bytes) }
    beginning += bytes
    if beginning.count >= 2 { try start(isWhole: false) }
  }

  /// Looks for gzip's mark and passes on what waited for it.
  private func start(isWhole: Bool) throws(LinkProblem) {
    isPackingKnown = true
    let first = beginning
    beginning = []
    if first.starts(with: Unzipping.magic) { unzipping = try Unzipping(limit: limits.unpackedBytes) }
    var problem: LinkProblem?
    first.withUnsafeBytes { bytes in
      do throws(LinkProblem) { try pass(bytes) } catch { problem = error }
    }
    if let problem { throw problem }
  }

  private func pass(_ bytes: UnsafeRawBufferPointer) throws(LinkProblem) {
    guard unzipping != nil else { return try take(bytes) }
    try unzipping?.add(bytes) { (bytes) throws(LinkProblem) in try take(bytes) }
  }

  private func take(_ bytes: UnsafeRawBufferPointer) throws(LinkProblem) {
    let bytes = bytes.bindMemory(to: UInt8.self)
    guard input == nil else {
      decode(bytes, isLast: false)
      return try parse(isLast: false)
    }
    beginning += bytes
    if beginning.count >= TextInput.beginning { try decodeBeginning() }
  }

  private func decodeBeginning() throws(LinkProblem) {
    // Cut to a fixed size, so that the choice does not depend on the pieces.
    input = TextInput(beginning: Array(beginning.prefix(TextInput.beginning)), contentType: contentType)
    let first = beginning
    beginning = []
    first.withUnsafeBufferPointer { decode($0, isLast: false) }
    try parse(isLast: false)
  }

  private func decode(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
    input?.decode(bytes, isLast: isLast, into: &decoded)
    guard parser == nil else { return }
    // White space before an XML declaration is a common mistake.
    let lead = decoded.withUnsafeBufferPointer { text in
      var index = 0
      while index < text.count {
        if isSpace(text[index]) { index += 1 } else if text.starts(withMarkAt: index) { index += 3 } else { break }
      }
      return index
    }
    if lead > 0 { decoded.removeFirst(lead) }
  }

  // MARK: From text to links

  private func parse(isLast: Bool) throws(LinkProblem) {
    if parser == nil {
      guard let content = sniffed(isWhole: isLast) else { return }
      parser = try makeParser(content)
    }
    guard isLast || decoded.count >= limits.pieceBytes else { return }
    let text = decoded
    decoded.removeAll(keepingCapacity: true)
    var problem: LinkProblem?
    text.withUnsafeBufferPointer { text in
      var start = 0
      while problem == nil, start < text.count {
        let end = min(start + limits.pieceBytes, text.count)
        do throws(LinkProblem) { try parser?.add(UnsafeBufferPointer(rebasing: text[start..<end])) } catch {
          problem = error
        }
        start = end
      }
    }
    if let problem { throw problem }
  }

  private func sniffed(isWhole: Bool) -> SniffedContent? {
    if decoded.isEmpty { return isWhole ? .unknown : nil }
    return decoded.withUnsafeBufferPointer {
      SniffedContent($0, isWhole: isWhole, contentType: contentType, path: path, expecting: expectation)
    }
  }

  private func makeParser(_ content: SniffedContent) throws(LinkProblem) -> any LinkParser {
    switch content {
    case .xml: return try XMLLinks(limits)
    case .json: return try JSONFeedLinks(limits)
    case .text: return TextLinks(limits)
    case .html where expectation == .startPage: return PageLinks(limits)
    case .html: return NoLinks("it is a page in HTML, neither a feed nor a sitemap; name it as a start page")
    case .unknown where decoded.isEmpty: return NoLinks("it is empty")
    case .unknown: return NoLinks("it is neither a feed nor a sitemap")
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func starts(withMarkAt index: Int) -> Bool {
    index + 2 < count && self[index] == 0xEF && self[index + 1] == 0xBB && self[index + 2] == 0xBF
  }
}
