internal import TextScanning

/// What stands in an item beside outlets and dates: pages and numbers of issues, titles of articles, remarks in
/// brackets, `cited by`.
extension CitationItem {
  /// Behind such a part where one stands at an offset.
  mutating func skipAside(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ outlets: OutletTable) -> Int? {
    switch bytes[start] {
    case UInt8(ascii: "("), UInt8(ascii: "["): return skipBracket(bytes, start, end, outlets)
    case UInt8(ascii: "\""), 0xC2: return skipTitle(bytes, start, end, outlets)
    // Quotation marks, and `№`.
    case 0xE2: return skipTitle(bytes, start, end, outlets) ?? skipIssue(bytes, start, end)
    // Where pages and issues begin; `с.` is Cyrillic.
    case UInt8(ascii: "p"), UInt8(ascii: "S"), UInt8(ascii: "s"), UInt8(ascii: "V"), UInt8(ascii: "N"),
      UInt8(ascii: "n"), UInt8(ascii: "I"), UInt8(ascii: "i"), UInt8(ascii: "#"), 0xD1:
      return skipIssue(bytes, start, end)
    case UInt8(ascii: "v"): return skipIssue(bytes, start, end) ?? skipMediation(bytes, start, end)
    case UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "q"), UInt8(ascii: "r"):
      return skipMediation(bytes, start, end)
    default: return nil
    }
  }

  // MARK: Pages and issues

  private static let pages: [StaticString] = ["p. ", "pp. ", "p.", "pp.", "page ", "pages ", "S. ", "s. ", "с. "]
  private static let issues: [StaticString] = [
    "Vol. ", "vol. ", "Vol ", "Volume ", "volume ", "No. ", "no. ", "No ", "Nr. ", "№ ", "№", "Issue ", "issue ",
    "Iss. ", "iss. ", "Number ", "#",
  ]

  /// `p. 3`, `pp. 3–4`, `Vol. 91`, `No. 3`: a word and a number, to the comma.
  private mutating func skipIssue(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    if !mentions.isEmpty, let next = Self.number(bytes, behind: Self.pages, start, end) { return next }
    guard let next = Self.number(bytes, behind: Self.issues, start, end) else { return nil }
    guard !mentions.isEmpty else {
      // `No. 4, March 2` is of a law or the like.
      isRead = false
      return nil
    }
    hasIssue = true
    return next
  }

  private static func number(_ bytes: Span<UInt8>, behind words: [StaticString], _ start: Int, _ end: Int) -> Int? {
    for word in words {
      guard var offset = bytes.skipWords(word, at: start, end: end), offset < end, bytes[offset].isASCIIDigit else {
        continue
      }
      // Pages may have letters, issues a slash: `A12`, `3/4`, `pp. 3–4`.
      while offset < end, bytes[offset] != UInt8(ascii: ","), !bytes[offset].isASCIISpace { offset += 1 }
      return endsPart(bytes, offset, end)
        || DateReader.date(bytes, at: bytes.skipSpace(from: offset, to: end), end: end) != nil
        ? offset : nil
    }
    return nil
  }

  // MARK: Titles

  private static let quotes: [(open: StaticString, close: StaticString)] = [
    ("\"", "\""), ("“", "”"), ("«", "»"), ("„", "“"),
  ]

  /// `"Coal, Again,"` before its outlet or behind one. A quoted outlet is read as such.
  private mutating func skipTitle(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ outlets: OutletTable) -> Int? {
    for (open, close) in Self.quotes where bytes.has(open, at: start, end: end) {
      let first = start + open.utf8CodeUnitCount
      var last = first
      while last < end, !bytes.has(close, at: last, end: end) { last += 1 }
      guard last < end else { continue }
      let next = last + close.utf8CodeUnitCount
      // Not `“Coal Men” Telegram channel`.
      guard next == end || bytes[next] == UInt8(ascii: ",") || bytes[last - 1] == UInt8(ascii: ",") else { continue }
      while last > first, bytes[last - 1] == UInt8(ascii: ",") || bytes[last - 1].isASCIISpace { last -= 1 }
      if !CitedName(bytes, first..<last).known(outlets).isEmpty {
        takeName(bytes, first..<last, outlets)
        return next
      }
      let behind = Self.skipBetweenParts(bytes, next, end)
      let isDated =
        behind == end
        || DateReader.date(bytes, at: Self.skipAccessed(bytes, behind, end), end: end, dotted: true) != nil
        || DateReader.year(bytes, at: behind, end: end) != nil
      // Before a date it is the source, unless one stands before it.
      if isDated, undated == 0 || !isKnown { continue }
      if !isDated { dropAuthors(outlets) }
      return next
    }
    return nil
  }

  // MARK: Brackets

  static func opensBracket(_ bytes: Span<UInt8>, _ offset: Int, _ start: Int) -> Bool {
    offset > start && bytes[offset - 1].isASCIISpace
      && (bytes[offset] == UInt8(ascii: "(") || bytes[offset] == UInt8(ascii: "["))
  }

  /// `(Kyiv)`, `[in Russian]`, `(accessed January 2)` behind a source.
  private mutating func skipBracket(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ outlets: OutletTable) -> Int? {
    guard !mentions.isEmpty, bytes[start] == UInt8(ascii: "(") || bytes[start] == UInt8(ascii: "[") else { return nil }
    let close = bytes[start] == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
    var last = start + 1
    while last < end, bytes[last] != close { last += 1 }
    guard last < end, last > start + 1 else { return nil }
    let dateStart = Self.skipAccessed(bytes, start + 1, last)
    if let (date, next) = DateReader.date(bytes, at: dateStart, end: last), next == last {
      if undated > 0 { take(date) }
      return last + 1
    }
    if hasIssue, undated > 0, let (year, next) = DateReader.year(bytes, at: start + 1, end: last), next == last {
      take(year: year)
      return last + 1
    }
    let remark = CitedName(bytes, start + 1..<last)
    guard isKnown && !remark.hasCapital || outlets.isPlace(remark.text) || Self.languages.contains(remark.text) else {
      return nil
    }
    return last + 1
  }

  private static let languages: Set<String> = [
    "in Russian", "in Ukrainian", "in English", "in German", "in French", "in Turkish", "in Polish", "Russian",
    "Ukrainian", "English", "German", "French", "Turkish", "Polish", "Chinese", "Farsi", "Persian", "Azerbaijani",
    "Armenian", "Georgian", "Belarusian", "Romanian",
  ]

  // MARK: Who cites whom

  private static let mediations: [StaticString] = [
    "as cited by ", "as cited in ", "cited by ", "cited in ", "as quoted by ", "as quoted in ", "quoted by ",
    "quoted in ", "as reported by ", "reported by ", "citing ", "quoting ", "via ",
  ]

  private func skipMediation(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    mentions.isEmpty ? nil : Self.mediationEnd(bytes, start, end)
  }

  private static func mediationEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    for words in mediations {
      if let next = bytes.skipWords(words, at: start, end: end) { return next }
    }
    return nil
  }

  /// Where a name ends before `via` or `citing`.
  static func mediation(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    for offset in start..<end where offset > start && bytes[offset - 1].isASCIISpace {
      // In small letters; most words begin with a capital.
      if bytes[offset] &- 0x61 < 26, mediationEnd(bytes, offset, end) != nil { return offset }
    }
    return nil
  }
}
