import ArticleHead

/// The title of a page without the name of its site.
///
/// Pages write `Title | Site`, `Title - Site` or `Site: Title` into `title` and often into `og:title`, and sometimes
/// another wording than they show. What stands above the text as a heading is the title where metadata agree with it.
/// A part of a title is left out only on evidence: it is the site's name, or what remains is a heading, another
/// title or what the address says. In doubt the whole stays, as titles hold dashes of their own.
struct PageTitle {
  /// Texts of the headings of level 1, those nearest to the text first.
  let headings: [String]
  /// Other short lines above the text.
  let lines: [String]
  let site: SiteNames
  /// Words of the address, in small letters.
  let slug: Set<Substring>
  /// Whether a text stands outside of the article as a label, as names of sites do.
  let isShownElsewhere: (String) -> Bool

  init(
    headings: [String], lines: [String], site: SiteNames, address: String? = nil,
    isShownElsewhere: @escaping (String) -> Bool = { _ in false }
  ) {
    self.headings = headings.filter { !$0.essence.isEmpty && !site.contains($0) }
    self.lines = lines.filter { $0.utf8.count >= 8 && !site.contains($0) }
    self.site = site
    self.isShownElsewhere = isShownElsewhere
    let path = PageAddress.path(of: address ?? "").lowercased()
    slug = Set(
      path.split { !$0.isLetter && !$0.isNumber }.filter { $0.count >= 3 && !$0.allSatisfy(\.isNumber) }.map { $0 })
  }

  /// - Parameters:
  ///   - claims: titles in metadata, best first, with their origin.
  ///   - element: the text of `title`.
  func best(_ claims: [(value: String, from: String)], element: String) -> (title: String, from: String)? {
    let whole = trimmed(element)
    let cleaned = claims.filter { !site.contains($0.value) }.map { (withoutSite($0.value), $0.from) }
    if let heading = agreeingHeading(with: cleaned.map(\.0) + [withoutSite(whole)]) {
      // The same words: metadata have them as they are written, headings now and then in capitals.
      if let same = cleaned.first(where: { $0.0.essence == heading.essence }) { return same }
      return (heading, "h1")
    }
    if let first = cleaned.first { return first }
    if whole.isEmpty { return headings.first.map { ($0, "h1") } }
    // A line that is most of the title, or stands at one of its ends, is the title without markup.
    if let line = lines.filter({ isPart($0, of: whole) }).max(by: { $0.count < $1.count }) { return (line, "title") }
    let title = withoutSite(whole)
    return site.contains(title) ? headings.first.map { ($0, "h1") } ?? (title, "title") : (title, "title")
  }

  /// The nearest heading that shares most of its words, or of theirs, with a title of the metadata.
  private func agreeingHeading(with titles: [String]) -> String? {
    let titles = titles.map { ($0.essence, Self.words(of: $0)) }
    for heading in headings {
      let (essence, words) = (heading.essence, Self.words(of: heading))
      for (title, others) in titles where !title.isEmpty {
        if essence == title || (essence.utf8.count >= 5 && essence.utf8.count * 3 >= title.utf8.count && title.contains(essence)) { return heading }
        let shared = words.intersection(others).count
        if shared >= 2, shared * 2 >= min(words.count, others.count) { return heading }
      }
    }
    return nil
  }

  private func isPart(_ line: String, of title: String) -> Bool {
    let (line, title) = (line.essence, title.essence)
    return line.count * 5 >= title.count * 2 && (title.hasPrefix(line) || title.hasSuffix(line))
  }

  /// Words of four letters and more, or all where there are none.
  private static func words(of text: String) -> Set<String> {
    let all = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    let long = all.filter { $0.count >= 4 }
    return Set((long.count >= 2 ? long : all).map(String.init))
  }

  // MARK: Parts

  func withoutSite(_ title: String) -> String {
    var title = trimmed(title)
    if let colon = title.firstIndex(of: ":"), colon > title.startIndex {
      let rest = trimmed(title[title.index(after: colon)...])
      let before = String(title[..<colon])
      let isInitials = site.names.contains { SiteNames.initials(of: $0) == before.lowercased() }
      if !rest.isEmpty, isInitials || site.contains(before) { title = rest }
    }
    if headings.contains(where: { $0.essence == title.essence }) { return title }
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
    slug.isEmpty
      ? 0 : part.lowercased().split { !$0.isLetter && !$0.isNumber }.count { $0.count >= 3 && slug.contains($0) }
  }
}

/// A title cut at the signs that part it from the site's name.
struct TitleParts {
  private var parts: [String] = [""]
  /// The sign before each part but the first.
  private var signs: [String] = []

  init(_ title: String) {
    for word in title.split(separator: " ") {
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
