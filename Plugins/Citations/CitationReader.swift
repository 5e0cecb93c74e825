internal import PipelineKit
internal import TextScanning

/// Finds the parentheses of a text that are source citations.
struct CitationReader: Sendable {
  let outlets: OutletTable
  /// Longest parenthesis that is read, in bytes: it bounds the search for the closing bracket.
  static let longest = 1000

  func citations(_ bytes: Span<UInt8>, _ article: Article) -> [Citation] {
    var citations: [Citation] = []
    var earlier = EarlierSources()
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == UInt8(ascii: "(") || byte == UInt8(ascii: "["), let close = Self.closing(bytes, from: offset) else {
        offset += 1
        continue
      }
      let found = read(bytes, offset..<close + 1, article, &earlier)
      citations += found
      offset = found.isEmpty ? offset + 1 : close + 1
    }
    return citations
  }

  /// The bracket that closes the one at `start`, in the same paragraph.
  private static func closing(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    let opening = bytes[start]
    let closing = opening == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
    var depth = 0
    for offset in start..<min(bytes.count, start + longest) {
      switch bytes[offset] {
      case opening:
        depth += 1
        // A text of opening brackets alone would cost its length for each of them.
        if depth > 4 { return nil }
      case closing:
        depth -= 1
        if depth == 0 { return offset }
      case 10 where offset + 1 < bytes.count && bytes[offset + 1] == 10: return nil
      default: break
      }
    }
    return nil
  }

  /// The citations of one parenthesis: none, one, or several where sources and references to other articles mix.
  private func read(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ article: Article, _ earlier: inout EarlierSources
  ) -> [Citation] {
    var items: [CitationItem] = []
    var offset = range.lowerBound + 1
    let end = range.upperBound - 1
    while offset <= end {
      let next = Self.itemEnd(bytes, from: offset, end: end)
      items.append(CitationItem(bytes, offset..<next, outlets))
      offset = next + 1
    }
    guard CitationItem.makeCitation(items) else { return [] }
    var groups: [(kind: Citation.Kind, range: Range<Int>, sources: [Citation.Source])] = []
    for item in items where item.isRead {
      let isOwn = item.isReferenceToArticle(article.isOwn)
      // A date without a name goes on what stands before it.
      let kind = item.isBareDate ? groups.last?.kind ?? .source : isOwn ? .crossReference : .source
      let sources = self.sources(item, kind, article, &earlier)
      if let index = groups.indices.last, groups[index].kind == kind {
        groups[index].range = groups[index].range.lowerBound..<item.range.upperBound
        groups[index].sources += sources
      } else {
        groups.append((kind, item.range, sources))
      }
    }
    return groups.map { group in
      let span = TextSpan(groups.count == 1 ? range : group.range)
      return Citation(
        span: span, kind: group.kind, sources: group.sources, supports: article.supported(by: span, bytes))
    }
  }

  /// The semicolon that ends an item; those in addresses do not.
  private static func itemEnd(_ bytes: Span<UInt8>, from start: Int, end: Int) -> Int {
    for offset in start..<end where bytes[offset] == UInt8(ascii: ";") {
      if offset + 1 == end || bytes[offset + 1].isASCIISpace { return offset }
    }
    return end
  }

  private func sources(
    _ item: CitationItem, _ kind: Citation.Kind, _ article: Article, _ earlier: inout EarlierSources
  ) -> [Citation.Source] {
    item.mentions.map { mention in
      var source = self.source(mention, kind, article, earlier)
      if let address = mention.address { source.url = address }
      earlier.add(source)
      return source
    }
  }

  private func source(
    _ mention: CitationItem.Mention, _ kind: Citation.Kind, _ article: Article, _ earlier: EarlierSources
  ) -> Citation.Source {
    let date = mention.date?.iso { $0.yearOfSource(article.published, leeway: article.leeway) }
    switch mention.what {
    case .nothing: return Citation.Source(date: date)
    case .same:
      var source = earlier.last ?? Citation.Source()
      source.date = date ?? source.date
      return source
    case .address(let printed, let host):
      let known = outlets.outlet(ofHost: host)
      return Citation.Source(
        outlet: host, date: date, url: printed, country: known?.country ?? CountryDomain.country(ofHost: host),
        type: known?.kind)
    case .channel(let name): return Citation.Source(outlet: name, date: date, type: "social")
    case .name(let printed):
      if kind == .crossReference {
        return Citation.Source(outlet: article.publication ?? printed, date: date)
      }
      let name = outlets.name(of: printed, at: article.published?.iso)
      if mention.isCitedBefore, let source = earlier.of(name) { return source }
      let known = outlets.outlet(printed) ?? outlets.outlet(name)
      return Citation.Source(outlet: name, date: date, country: known?.country, type: known?.kind)
    }
  }
}

/// The sources that stand before a place in the text, for `ibid.` and `op. cit.`
struct EarlierSources {
  private var all: [Citation.Source] = []
  /// Farther back nobody would find the work; it bounds the search.
  private static let reach = 500

  var last: Citation.Source? { all.last }
  mutating func add(_ source: Citation.Source) { all.append(source) }

  /// The last citation of an outlet.
  func of(_ outlet: String) -> Citation.Source? { all.suffix(Self.reach).last { $0.outlet == outlet } }
}
