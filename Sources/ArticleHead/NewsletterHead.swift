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
    /// The lines stand where pages show metadata: a place or a rubric may stand beside a date or a byline.
    case shown
    /// The lines may be the article's own, which stays verbatim: a line is taken only if it is nothing else, and each
    /// kind of line once.
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
  /// ISO 8601; when the text was last changed.
  public private(set) var modified: String?
  /// What the head files the text under, as written, without the publication.
  public private(set) var rubrics: [String] = []
  private var hasPublication = false
  private let care: Care
  private let order: DayOrder

  /// A head of which nothing is known yet.
  public init(_ care: Care, _ order: DayOrder = .unknown) { (self.care, self.order) = (care, order) }

  /// Whether the lines taken are a head beyond doubt: one names the publication, or there are byline and date.
  public var isCertain: Bool { hasPublication || (authors != nil && date != nil) }

  /// Takes a line of the head.
  /// - Returns: false where the line is none.
  public mutating func take(_ line: String) -> Bool {
    if let rest = line.dropping(prefix: "Publication:"), care == .shown || !hasPublication {
      return takePublication(rest)
    }
    guard let found = HeadLine(line, order, allowsOthers: care == .shown) else { return false }
    if care == .verbatim {
      let isSecond = (found.authors != nil && authors != nil) || (found.published != nil && date != nil)
      if isSecond { return false }
    }
    // A byline without a name may stand above one that has it.
    if authors?.isEmpty != false, let names = found.authors { authors = names }
    date = date ?? found.published
    modified = modified ?? found.modified
    return true
  }

  /// Takes a line of rubrics in a newsletter's head, `Category: Home Page, Ports`.
  /// - Returns: false where the line is none, or no line has named the publication.
  public mutating func takeRubrics(_ line: String) -> Bool {
    guard hasPublication, line.utf8.count <= 160, let last = line.last, !".!?".contains(last),
      let rest = ["Category:", "Categories:", "Topic:", "Topics:", "Section:", "Tags:"].lazy.compactMap({
        line.dropping(prefix: $0)
      }).first
    else { return false }
    let named = rest.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty && $0 != publication }
    rubrics += named.prefix(20 - min(20, rubrics.count))
    return true
  }

  /// Takes the name in the element behind a label that stands alone: `Written by`.
  /// - Returns: false where no label waits or the line is no person's name.
  public mutating func takeName(_ line: String) -> Bool {
    guard authors?.isEmpty == true, !hasPublication, care == .shown, line.utf8.count <= 60, Byline.isNameLike(line),
      (2...4).contains(line.split(separator: " ").count)
    else { return false }
    let names = Byline.names(in: line)
    guard names.count == 1 else { return false }
    authors = names
    return true
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

  private static func part(_ text: String, before word: String) -> (String, String) {
    let parts = text.split(separator: word, maxSplits: 1, omittingEmptySubsequences: false)
    return (trimmed(parts[0]), parts.count > 1 ? trimmed(parts[1]) : "")
  }
}
