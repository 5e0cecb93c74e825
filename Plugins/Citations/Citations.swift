internal import CalendarDates
public import PipelineKit

/// Reads source citations in parentheses, and dates in running text.
///
/// A parenthesis is cut at semicolons into items, an item into names, addresses and dates; only where all of
/// it reads as such, and at least one source has a date or is an address, is it a citation. Outlets get the
/// name that they had at the article's date, years that are not printed come from that date too.
public struct Citations: Annotator {
  public static let name: StageName = "citations"
  public static let summary = "Reads source citations in parentheses, and dates in running text."
  public var needs: [LayerName] { [.text, Sentence.layer] }
  public var gives: [LayerName] { [Citation.layer, DateMention.layer] }

  @Option("Days after the article's date up to which a cited date without a year is of the same year.", in: 0...90)
  public var leeway = 1

  public init() {}

  public func makeWorker(_ context: StageContext) -> CitationWorker {
    CitationWorker(reader: CitationReader(outlets: OutletTable.embedded()), leeway: leeway)
  }
}

/// Works on one document.
public struct CitationWorker: AnnotatorWorker {
  let reader: CitationReader
  let leeway: Int

  public mutating func annotate(_ document: inout Document) throws {
    let text = document.text
    let bytes = text.utf8Span.span
    let published = document.metadata[.published].flatMap(PartialDate.init(beginningOf:))
      // Other years are mistakes, and their neighbours might have five digits.
      .flatMap { (1000...2999).contains($0.year) ? $0 : nil }
    let article = Article(
      published: published, publication: document.metadata[.publication], leeway: leeway,
      sentences: document[Sentence.self].map(\.span))
    try document.checkTime()
    let citations = reader.citations(bytes, article)
    try document.checkTime()
    document[DateMention.self] = DateScanner(published: published).dates(bytes, outside: citations.map(\.span))
    document[Citation.self] = citations
  }
}

/// What the reading of citations has to know of the article.
struct Article {
  let published: PartialDate?
  let publication: String?
  let leeway: Int
  let sentences: [TextSpan]
  /// Of the publication's name.
  private let acronyms: [String]

  init(published: PartialDate?, publication: String?, leeway: Int, sentences: [TextSpan]) {
    (self.published, self.publication, self.leeway) = (published, publication, leeway)
    self.sentences = sentences
    acronyms = publication.map(Self.acronyms(of:)) ?? []
  }

  /// The sentence that a citation vouches for: the one in which it stands, or, where it is a sentence by
  /// itself, the one before it in the same paragraph.
  func supported(by span: TextSpan, _ bytes: Span<UInt8>) -> [Int] {
    var low = 0
    var high = sentences.count
    while low < high {
      let middle = (low + high) / 2
      if sentences[middle].end <= span.start { low = middle + 1 } else { high = middle }
    }
    guard low < sentences.count, sentences[low].start < span.end else { return low > 0 ? [low - 1] : [] }
    let isWhole = span.contains(sentences[low])
    guard isWhole, low > 0, !breaksParagraph(bytes, sentences[low - 1].end, sentences[low].start) else { return [low] }
    return [low - 1]
  }

  private func breaksParagraph(_ bytes: Span<UInt8>, _ start: UInt32, _ end: UInt32) -> Bool {
    var offset = Int(start)
    while offset + 1 < min(Int(end), bytes.count) {
      if bytes[offset] == 10, bytes[offset + 1] == 10 { return true }
      offset += 1
    }
    return false
  }

  /// Whether a name is the article's own publication, or its acronym: `EDM`, with or without small words.
  func isOwn(_ name: String) -> Bool {
    guard let publication else { return false }
    if acronyms.contains(name) { return true }
    return name.utf8.count == publication.utf8.count && name.lowercased() == publication.lowercased()
  }

  private static func acronyms(of publication: String) -> [String] {
    let words = publication.split { !$0.isLetter && !$0.isNumber }
    return [words, words.filter { $0.first?.isUppercase == true }, words.filter { $0.lowercased() != "the" }]
      .filter { $0.count > 1 }.map { String($0.compactMap(\.first)).uppercased() }
  }
}
