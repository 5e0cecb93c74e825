import ArticleHead

/// When a page was published and changed: what its metadata say, then what it marks, shows, and is called.
struct PageDates {
  let head: Head
  let linked: LinkedData
  let facts: ShownFacts
  /// The page's address, and where it was read.
  let address: String?
  let uri: String

  typealias Found = PageMetadata.Found

  var published: Found? {
    if let date = linked.published(facts.order), isMeant(date) { return Found(date, "json-ld") }
    let tries: [() -> Found?] = [
      { named(Self.publishedNames) }, { marked(.published, near: true) },
      { facts.newsletter.date.map { Found($0, "text") } }, { marked(.shown, near: true) },
      { marked(.named, near: true) }, { shown }, { facts.dateBeforeText.map { Found($0, "text") } },
      { marked(.published, near: false) }, { inAddress(address, isDay: true) },
      { facts.behind.date.map { Found($0, "text") } }, { marked(.shown, near: false) }, { marked(.named, near: false) },
      { facts.dateUnderText.map { Found($0, "text") } }, { inAddress(uri, isDay: true) },
      { inAddress(address, isDay: false) }, { inAddress(uri, isDay: false) },
    ]
    return tries.lazy.compactMap { $0() }.first
  }

  var modified: Found? {
    if let date = linked.modified(facts.order), isMeant(date) { return Found(date, "json-ld") }
    return named(Self.modifiedNames) ?? marked(.modified, near: true)
      ?? (facts.newsletter.modified ?? facts.behind.modified).map { Found($0, "text") }
      ?? marked(.modified, near: false)
  }

  private func named(_ names: [String: Int]) -> Found? {
    var best: (rank: Int, found: Found)?
    for property in head.properties {
      guard let rank = names[Self.essence(property.name)], rank < best?.rank ?? Int.max,
        let date = ArticleDate.value(unescaped(property.content), facts.order), isMeant(date)
      else { continue }
      best = (rank, Found(date, property.name))
    }
    return best?.found
  }

  /// The letters of a name behind its vocabulary: `dc.date.issued` and `DC:date_issued` are `dateissued`.
  private static func essence(_ name: String) -> String {
    var letters: [UInt8] = []
    var vocabulary = true
    for byte in name.utf8 {
      if byte &- 97 < 26 {
        letters.append(byte)
      } else if vocabulary, byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") {
        if vocabularies.contains(String(decoding: letters, as: UTF8.self)) { letters = [] } else { vocabulary = false }
      }
    }
    return String(decoding: letters, as: UTF8.self)
  }
  private static let vocabularies: Set = [
    "article", "og", "dc", "dcterms", "schema", "sailthru", "parsely", "citation", "prism", "rnews", "bt",
    "cxenseparse",
    "recs", "dcsext", "fb", "twitter", "w", "item", "dct", "ms",
  ]
  private static func ranks(_ names: String) -> [String: Int] {
    var ranks: [String: Int] = [:]
    for (index, name) in names.split(separator: " ").enumerated() { ranks[String(name)] = index }
    return ranks
  }

  /// The first date in an element that marks it; near are those in the head of the article and behind it.
  private func marked(_ role: Head.Time.Role, near: Bool) -> Found? {
    for time in head.times where time.role == role {
      if near, !facts.region.contains(time.block), time.block != facts.region.upperBound { continue }
      if facts.isApart(time.block) { continue }
      // In an element called after a date a number may be anything.
      let isUsed =
        role != .named
        || (time.value.utf8.count >= 7 && !Self.saysChanged(time.value) && !time.value.isProseWithDate)
      let value = isUsed ? ArticleDate.value(time.value, facts.order) : nil
      if let date = value ?? HeadLine(trimmed(time.value), facts.order)?.published, isMeant(date) {
        return Found(date, role == .named ? "text" : "time")
      }
    }
    return nil
  }

  private var shown: Found? {
    for line in facts.dates {
      guard !Self.saysChanged(line) else { continue }
      if let date = HeadLine(line, facts.order, allowsOthers: true)?.published { return Found(date, "text") }
      if !line.isProseWithDate, let date = ArticleDate.first(in: line, facts.order) { return Found(date, "text") }
    }
    return nil
  }

  /// Whether a line says when a page was changed, checked or printed.
  private static func saysChanged(_ line: String) -> Bool {
    let small = line.lowercased()
    return [
      "updat", "modif", "revis", "review", "edited", "check", "aktualis", "geändert", "änderung", "stand:",
      "mis à jour",
      "actualiz", "atualiz", "aggiorn", "обновл", "оновл", "güncel", "aktualiz", "copyright", "©",
    ].contains { small.contains($0) }
  }

  private func inAddress(_ address: String?, isDay: Bool) -> Found? {
    guard let date = address.flatMap(ArticleDate.inAddress), (date.utf8.count == 10) == isDay else { return nil }
    return Found(date, "url")
  }

  /// Zero in the clocks of computers is no date of an article.
  private func isMeant(_ date: String) -> Bool { !date.hasPrefix("1970-01-01") }

  /// Best first.
  private static let publishedNames = ranks(
    """
    publishedtime datepublished published pubdate publishdate publisheddate publicationdate publishtime \
    publicationtime publishedat publishedon publisheddatetime datepublication originalpublicationdate \
    articledateoriginal firstpublished issued dateissued date created datecreated createdate createddate \
    creationdate createdtime posttime postdate articledate displaydate onlinedate ptime uploaddate parselypubdate wpublisheddate
    """)
  private static let modifiedNames = ranks(
    """
    modifiedtime datemodified updatedtime modified modifieddate lastmodified lastmod dateupdated updated \
    updateddate lastupdated revised revisiondate updatedat
    """)
}

extension String {
  /// Whether a line with a date is prose: it has more words in small letters than stand beside the date of an article,
  /// or it ends as a sentence does.
  fileprivate var isProseWithDate: Bool {
    // Sentences have no signs between their parts.
    if contains(" | ") || contains(" · ") || contains(" • ") { return false }
    let small = split(separator: " ").count { $0.first?.isLowercase == true }
    if small > Self.mostBesideDate { return true }
    let end = last { !"\"'”’»)".contains($0) }
    return small >= 2 && end.map { ".!?…".contains($0) } == true
  }
  /// As in `last seen on 3 May 2012 at noon`.
  private static let mostBesideDate = 4
}
