/// The head that a newsletter prints above its text, taken line by line.
///
/// ```
/// A Title of One Line
/// Publication: Steppe and Straits Monitor Volume: 9 Issue: 41
/// By: Ilie Morarescu
/// February 29, 2012
/// ```
/// The title comes first where it is there, the other lines follow in any order. What is no line of a head is
/// not taken; the caller says where lines come from and when to stop.
public struct NewsletterHead: Sendable {
  /// How much a line must say to be taken.
  public enum Care: Sendable {
    /// The lines stand where pages show metadata: a date line may hold more, a later line corrects an earlier one.
    case shown
    /// The lines may be the article's own, which stays verbatim: a date is taken only if the line is nothing else,
    /// and each kind of line once.
    case verbatim
  }

  public private(set) var title: String?
  public private(set) var publication: String?
  public private(set) var volume: String?
  public private(set) var issue: String?
  /// Empty where a byline stands without a name; nil without a byline.
  public private(set) var authors: [String]?
  /// ISO 8601.
  public private(set) var date: String?
  private var hasPublication = false
  private let care: Care

  public init(_ care: Care) { self.care = care }

  /// Whether the lines taken are a head beyond doubt: one names the publication, or there are byline and date.
  public var isCertain: Bool { hasPublication || (authors != nil && date != nil) }

  /// Takes a line of the head.
  /// - Returns: false where the line is none.
  public mutating func take(_ line: String) -> Bool {
    if let rest = line.dropping(prefix: "Publication:"), care == .shown || !hasPublication {
      return takePublication(rest)
    }
    if line.utf8.count <= 200, care == .shown || authors == nil, let names = Byline.names(inLine: line) {
      authors = authors ?? names
      return true
    }
    return care == .shown ? takeDateLine(line) : takeDate(line)
  }

  /// Takes the line as the title where no line has been taken before.
  /// - Returns: false where it can't be.
  public mutating func takeTitle(_ line: String) -> Bool {
    guard title == nil, !hasPublication, authors == nil, date == nil else { return false }
    title = line
    return true
  }

  /// `Name Volume: 9 Issue: 41`, perhaps with a date behind it.
  private mutating func takePublication(_ line: String) -> Bool {
    hasPublication = true
    let (name, afterName) = Self.part(line, before: "Volume:")
    let (volume, afterVolume) = Self.part(afterName, before: "Issue:")
    publication = name.isEmpty ? nil : name
    self.volume = volume.isEmpty ? nil : volume
    let words = afterVolume.split(separator: " ", maxSplits: 1)
    issue = words.first.map(String.init)
    if words.count > 1 { _ = take(String(words[1])) }
    return true
  }

  private mutating func takeDate(_ line: String) -> Bool {
    guard date == nil else { return false }
    let label = Self.labels.lazy.compactMap { line.dropping(prefix: $0) }.first
    guard let found = ArticleDate.whole(label ?? line) else { return false }
    date = found
    return true
  }
  private static let labels = ["Published:", "Published on ", "Posted:", "Posted on ", "Date:"]

  /// A line that begins with its date, a day of the week or a word such as "Published", and is short.
  private mutating func takeDateLine(_ line: String) -> Bool {
    guard line.utf8.count <= 120, let found = ArticleDate.first(in: line) else { return false }
    let words = line.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).prefix(3).map { $0.lowercased() }
    guard let first = words.first else { return false }
    let begins = first.first?.isNumber == true || Self.beginnings.contains { first.hasPrefix($0) }
    guard begins, line.split(separator: " ").count <= 14, !line.hasSuffix(".") || line.utf8.count < 30 else {
      return false
    }
    date = date ?? found
    return true
  }

  private static let beginnings = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu",
    "fri", "sat", "sun", "published", "posted", "updated", "date", "first", "last",
  ]

  private static func part(_ text: String, before word: String) -> (String, String) {
    let parts = text.split(separator: word, maxSplits: 1, omittingEmptySubsequences: false)
    return (trimmed(parts[0]), parts.count > 1 ? trimmed(parts[1]) : "")
  }
}
