import ArticleHead

/// The title of a page without the name of its site.
///
/// Pages write `Title | Site`, `Title - Site` or `Site: Title` into `title` and often into `og:title`. What the
/// page shows as its heading, and the site's name where it is known, tell the parts from each other.
struct PageTitle {
  /// Texts of the headings of level 1.
  var headings: [String]
  /// Other short lines above the text.
  var lines: [String]
  var site: String?

  init(headings: [String], lines: [String], site: String?) {
    let siteName = site?.essence ?? ""
    self.headings = headings.filter { !$0.essence.isEmpty && $0.essence != siteName }
    self.lines = lines.filter { $0.essence.count >= 8 && $0.essence != siteName }
    self.site = site
  }

  func best(openGraph: String?, linkedData: String?, element: String) -> (title: String, from: String)? {
    if let openGraph { return (withoutSite(openGraph), "og:title") }
    if let linkedData { return (withoutSite(linkedData), "json-ld") }
    let whole = trimmed(element)
    if whole.isEmpty { return headings.first.map { ($0, "h1") } }
    let agreeing = headings.filter { agrees($0, whole) }.max { $0.count < $1.count }
    if let agreeing { return (agreeing, "h1") }
    // A line that is most of the title, or stands at one of its ends, is the title without markup.
    if let line = lines.filter({ isPart($0, of: whole) }).max(by: { $0.count < $1.count }) { return (line, "title") }
    if let heading = headings.first, headings.count == 1 { return (heading, "h1") }
    return (withoutSite(whole), "title")
  }

  private func agrees(_ heading: String, _ title: String) -> Bool {
    let heading = heading.essence
    return heading.count >= 5 && title.essence.contains(heading)
  }
  private func isPart(_ line: String, of title: String) -> Bool {
    let (line, title) = (line.essence, title.essence)
    return line.count * 5 >= title.count * 2 && (title.hasPrefix(line) || title.hasSuffix(line))
  }

  func withoutSite(_ title: String) -> String {
    var title = trimmed(title)
    if let site, let rest = title.dropping(prefix: initials(of: site) + ": "), !rest.isEmpty { title = rest }
    for heading in headings where title.essence == heading.essence { return title }
    let parts = parts(of: title)
    guard parts.count > 1 else { return title }
    for heading in headings {
      if let part = parts.first(where: { $0.essence == heading.essence }) { return part }
    }
    if let site = site?.essence, !site.isEmpty {
      let isSite = { (part: String) in part.essence == site || part.essence + "com" == site }
      if let last = parts.last, isSite(last) { return dropEnd(title, last) }
      if let first = parts.first, isSite(first) { return dropBeginning(title, first) }
      return title
    }
    // Nothing else is known: a site's name is the short part at the end.
    guard let last = parts.last, last.utf8.count * 2 < title.utf8.count else { return title }
    return dropEnd(title, last)
  }

  /// `Steppe and Straits Monitor` is also `SSM`.
  private func initials(of site: String) -> String {
    String(site.split(separator: " ").compactMap { $0.first?.isUppercase == true ? $0.first : nil })
  }

  private func parts(of title: String) -> [String] {
    var parts: [String] = []
    var current: [Substring] = []
    for word in title.split(separator: " ") {
      if Self.separators.contains(word) {
        parts.append(current.joined(separator: " "))
        current = []
      } else {
        current.append(word)
      }
    }
    parts.append(current.joined(separator: " "))
    return parts.filter { !$0.isEmpty }
  }
  private static let separators: Set<Substring> = [
    "|", "-", "–", "—", "::", "»", "«", "·", "•", "/", "<", ">", "‹", "›",
  ]

  private func dropEnd(_ title: String, _ part: String) -> String {
    guard title.hasSuffix(part) else { return title }
    return trimmed(title.dropLast(part.count).drop { _ in false }).trimmingSeparators()
  }
  private func dropBeginning(_ title: String, _ part: String) -> String {
    guard title.hasPrefix(part) else { return title }
    return trimmed(title.dropFirst(part.count)).trimmingSeparators()
  }
}

extension String {
  fileprivate func trimmingSeparators() -> String {
    var words = split(separator: " ")
    let isSeparator = { (word: Substring) in word.allSatisfy { !$0.isLetter && !$0.isNumber } }
    while let last = words.last, isSeparator(last), last.count <= 2 { words.removeLast() }
    while let first = words.first, isSeparator(first), first.count <= 2 { words.removeFirst() }
    return words.joined(separator: " ")
  }
}
