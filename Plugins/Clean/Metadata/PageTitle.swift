import ArticleHead

/// The title of a page without the name of its site.
///
/// Pages write `Title | Site`, `Title - Site` or `Site: Title` into `title` and often into `og:title`, and sometimes
/// another wording than they show. What stands above the text as a heading is the title where metadata agree with it.
/// A part of a title is left out only on evidence: it is the site's name, or what remains is a heading, another
/// title or what the address says. In doubt the whole stays, as titles hold dashes of their own.
struct PageTitle {
  /// A newsletter's headline, then texts of the headings of level 1, those nearest to the text first.
  let headings: [String]
  private let headline: String?
  /// Short lines above the nearest heading.
  private let linesAbove: [String]
  /// Other short lines above the text.
  let lines: [String]
  let site: SiteNames
  /// Words of the address.
  let slug: Set<UInt64>
  /// Whether a text stands outside of the article as a label, as names of sites do.
  let isShownElsewhere: (String) -> Bool

  init(
    headings: [String], headline: String? = nil, lines: [String], linesAbove: [String] = [], site: SiteNames,
    address: String? = nil,
    isShownElsewhere: @escaping (String) -> Bool = { _ in false }
  ) {
    self.headings = ((headline.map { [$0] } ?? []) + headings.prefix(8)).filter {
      !$0.essence.isEmpty && !site.contains($0)
    }
    self.headline = self.headings.first.flatMap { $0 == headline ? $0 : nil }
    self.linesAbove = linesAbove
    self.lines = lines
    self.site = site
    self.isShownElsewhere = isShownElsewhere
    slug = TitleWords(String(PageAddress.path(of: address ?? "").prefix(500))).hashes
  }

  /// No title has more bytes.
  private static let longest = 1000

  /// - Parameters:
  ///   - claims: titles in metadata, best first, with their origin.
  ///   - element: the text of `title`.
  func best(_ claims: [(value: String, from: String)], element: String) -> (title: String, from: String)? {
    let whole = element.utf8.count <= Self.longest ? trimmed(element) : ""
    let cleaned = claims.filter {
      $0.value.utf8.count <= Self.longest && !site.contains($0.value) && !isSiteAbove($0.value)
    }.map { (withoutSite($0.value), $0.from) }
    if let heading = agreeingHeading(with: cleaned.map(\.0) + [withoutSite(whole)]) {
      // The same words: metadata have them as they are written, headings now and then in capitals.
      if let same = cleaned.first(where: { $0.0.essence == heading.essence }) { return same }
      return (heading, heading == headline ? "text" : "h1")
    }
    if let headline { return (headline, "text") }
    if let first = cleaned.first { return first }
    if let heading = headings.first, isSiteAbove(whole) { return (heading, "h1") }
    if whole.isEmpty { return headings.first.map { ($0, "h1") } }
    // A line that is most of the title, or stands at one of its ends, is the title without markup.
    if let line = line(of: whole.essence) { return (line, "title") }
    // A page with one heading is about it, unless that is a label such as "Contact us".
    if let heading = headings.first, headings.count == 1,
      heading.split(separator: " ").count >= 3
        || !TitleWords(heading).telling.isDisjoint(with: TitleWords(whole).telling)
    {
      return (heading, "h1")
    }
    let title = withoutSite(whole)
    return site.contains(title) ? headings.first.map { ($0, "h1") } ?? (title, "title") : (title, "title")
  }

  /// Whether a title is a line at the top of the page, above a heading of other words: then it is the site's name.
  private func isSiteAbove(_ title: String) -> Bool {
    guard let heading = headings.first, heading.split(separator: " ").count >= 3,
      title.split(separator: " ").count <= 6
    else { return false }
    let essence = title.essence
    return !essence.isEmpty && TitleWords(heading).hashes.isDisjoint(with: TitleWords(title).hashes)
      && linesAbove.contains { $0.essence == essence }
  }

  /// The nearest heading that shares most of its words, or of theirs, with a title of the metadata.
  private func agreeingHeading(with titles: [String]) -> String? {
    let titles = titles.filter { !$0.isEmpty }.map { ($0.essence, TitleWords($0)) }
    for heading in headings {
      let essence = heading.essence
      if titles.contains(where: { $0.0 == essence }) { return heading }
      let words = TitleWords(heading)
      for (title, others) in titles {
        if essence.utf8.count >= 5, essence.utf8.count * 3 >= title.utf8.count, title.contains(essence) {
          return heading
        }
        let shared = words.telling.intersection(others.telling).count
        if shared >= 2, shared * 2 >= min(words.telling.count, others.telling.count) { return heading }
      }
    }
    return nil
  }

  /// The longest line that is a large part of a title, at its beginning or end.
  private func line(of title: String) -> String? {
    lines.filter { line in
      guard line.utf8.count >= 8 else { return false }
      let essence = line.essence
      return essence.utf8.count * 5 >= title.utf8.count * 2 && (title.hasPrefix(essence) || title.hasSuffix(essence))
        && !site.contains(line)
    }.max { $0.utf8.count < $1.utf8.count }
  }

  // MARK: Parts

  func withoutSite(_ title: String) -> String {
    var title = trimmed(title)
    if let colon = title.firstIndex(of: ":"), colon > title.startIndex, !title[colon...].hasPrefix("::") {
      let rest = trimmed(title[title.index(after: colon)...])
      let before = String(title[..<colon])
      let isInitials =
        before.utf8.count <= 8 && site.names.contains { SiteNames.initials(of: $0) == before.lowercased() }
      if !rest.isEmpty, isInitials || site.contains(before) { title = rest }
    }
    let essence = title.essence
    if headings.contains(where: { $0.essence == essence }) { return title }
    var parts = TitleParts(title)
    // Two cuts take off a rubric and the site; more would be the title's own.
    for _ in 0..<3 where parts.count > 1 {
      if let heading = parts.joined.first(where: { part in headings.contains { $0.essence == part.essence } }) {
        return heading
      }
      if isSite(parts.last, rest: parts.withoutLast, sign: parts.lastSign) {
        parts.removeLast()
      } else if isSite(parts.first, rest: parts.withoutFirst, sign: nil) {
        parts.removeFirst()
      } else {
        break
      }
    }
    return parts.text
  }

  /// Whether a part at the end or the beginning is the site's name and not of the title.
  private func isSite(_ part: String, rest: String, sign: String?) -> Bool {
    if site.contains(part) { return true }
    guard let sign, part.utf8.count * 2 < rest.utf8.count + part.utf8.count, part.split(separator: " ").count <= 5
    else {
      return false
    }
    // Titles have dashes of their own, and hardly ever bars.
    if sign == "|" || sign == "::" || sign == "»" || sign == "«" {
      return slugWords(part) == 0 || isShownElsewhere(part)
    }
    return isShownElsewhere(part) && slugWords(part) == 0
  }

  /// How many words of a part the address has.
  private func slugWords(_ part: String) -> Int {
    slug.isEmpty ? 0 : TitleWords(part).hashes.intersection(slug).count
  }
}

/// The words of a title by hashes of their small letters: those of three letters and more, and of these the longer.
struct TitleWords {
  private(set) var hashes: Set<UInt64> = []
  private var long: Set<UInt64> = []

  init(_ text: String) {
    for word in wordHashes(of: text) where word.letters >= 3 {
      hashes.insert(word.hash)
      if word.letters >= 4 { long.insert(word.hash) }
    }
  }

  /// Words that tell one title from another: the long ones where there are two.
  var telling: Set<UInt64> { long.count >= 2 ? long : hashes }
}

extension ShownFacts {
  /// The first heading of the page, where it is the title in other words or names the site; empty where it may be a
  /// headline that the title says nothing of.
  func heading(besides title: String) -> String {
    guard let firstHeading else { return "" }
    guard !title.isEmpty, headline == nil, headings.first == firstHeading else { return firstHeading }
    let (words, others) = (TitleWords(firstHeading).hashes, TitleWords(title).hashes)
    return words.count >= 3 && words.isDisjoint(with: others) ? "" : firstHeading
  }
}

/// A title cut at the signs that part it from the site's name.
struct TitleParts {
  private var parts: [String] = [""]
  /// The sign before each part but the first.
  private var signs: [String] = []

  init(_ title: String) {
    for bytes in title.utf8.split(separator: 32) {
      let word = Substring(bytes)
      if Self.separators.contains(word), parts.last?.isEmpty == false {
        signs.append(String(word))
        parts.append("")
      } else if let last = parts.indices.last {
        parts[last] += parts[last].isEmpty ? String(word) : " " + word
      }
    }
    if parts.count > 1, parts.last?.isEmpty == true {
      parts.removeLast()
      signs.removeLast()
    }
  }

  var count: Int { parts.count }
  var first: String { parts.first ?? "" }
  var last: String { parts.last ?? "" }
  var lastSign: String { signs.last ?? "" }
  var text: String { Self.text(parts[...], signs[...]) }
  var withoutLast: String { Self.text(parts.dropLast(), signs.dropLast()) }
  var withoutFirst: String { Self.text(parts.dropFirst(), signs.dropFirst()) }
  /// Each part, and each run of parts from an end.
  var joined: [String] { parts + [withoutLast, withoutFirst] }

  mutating func removeLast() {
    parts.removeLast()
    signs.removeLast()
  }
  mutating func removeFirst() {
    parts.removeFirst()
    signs.removeFirst()
  }

  private static func text(_ parts: ArraySlice<String>, _ signs: ArraySlice<String>) -> String {
    guard var text = parts.first else { return "" }
    for (part, sign) in zip(parts.dropFirst(), signs) { text += " " + sign + " " + part }
    return text
  }

  private static let separators: Set<Substring> = [
    "|", "-", "–", "—", "::", "»", "«", "·", "•", "/", "<", ">", "‹", "›", "//", "||", "~", "--", "|:", "│",
  ]
}
