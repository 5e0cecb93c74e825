public import CalendarDates
public import PipelineKit

/// Leaves out documents that a question is not about; the runner counts them by reason.
///
/// All conditions must hold. They are asked from the cheapest to the dearest, and the first that fails names
/// the reason.
public struct Select: Annotator, AnnotatorWorker {
  public static let name: StageName = "select"
  public static let summary = "Keeps documents by date, language, length, metadata or as a sample."
  /// Text only where its length is asked for.
  public var needs: [LayerName] { minimumLength == nil && maximumLength == nil ? [] : [.text] }

  @Option("First day of publication, such as 2012-02-29, 2012-02 or 2012; a document without a date is left out.")
  public var publishedFrom: PartialDate? = nil

  @Option("Last day of publication, itself included: 2012 means until the end of that year.")
  public var publishedTo: PartialDate? = nil

  @Option("Keep documents without a date where dates are asked for.")
  public var keepUndated = false

  @Option("Languages to keep, such as en; en keeps en-GB too, and a document without a language is left out.")
  public var languages: [String] = []

  @Option("Shortest text, in characters.")
  public var minimumLength: Int? = nil

  @Option("Longest text, in characters.")
  public var maximumLength: Int? = nil

  @Option("Metadata that must be known, such as title or authors.")
  public var require: [String] = []

  @Option("Share of the documents to keep, chosen by their identifiers: the same ones in every run.", in: 0...1)
  public var sample = 1.0

  @Option("Another number gives another sample.")
  public var seed = 0

  public init() {}

  public func problems() -> [OptionProblem] {
    var problems: [OptionProblem] = []
    if let publishedFrom, let publishedTo, publishedFrom.isAfter(publishedTo) {
      problems.append(OptionProblem("published_to", "is before published_from"))
    }
    for (option, length) in [("minimum_length", minimumLength), ("maximum_length", maximumLength)] {
      if let length, length < 0 { problems.append(OptionProblem(option, "must not be below 0")) }
    }
    if let minimumLength, let maximumLength, minimumLength > maximumLength {
      problems.append(OptionProblem("maximum_length", "is smaller than minimum_length"))
    }
    return problems
  }

  public func annotate(_ document: inout Document) {
    if let reason = reasonToLeaveOut(document) { document.skip(reason) }
  }

  private func reasonToLeaveOut(_ document: Document) -> String? {
    if sample < 1, !isInSample(document.id, share: sample, seed: seed) { return "not in sample" }
    for key in require where document.metadata[MetadataKey(key)] == nil { return "missing \(key)" }
    return dateReason(document.metadata[.published]) ?? languageReason(document.metadata[.language])
      ?? lengthReason(document.text)
  }

  private func dateReason(_ published: String?) -> String? {
    guard publishedFrom != nil || publishedTo != nil else { return nil }
    guard let date = published.flatMap(PartialDate.init(beginningOf:)) else { return keepUndated ? nil : "no date" }
    if let publishedFrom, date.isBefore(publishedFrom) { return "date" }
    if let publishedTo, date.isAfter(publishedTo) { return "date" }
    return nil
  }

  private func languageReason(_ language: String?) -> String? {
    guard !languages.isEmpty else { return nil }
    let tag = (language ?? "").lowercased()
    return languages.contains { isTag(tag, in: $0.lowercased()) } ? nil : "language"
  }

  private func lengthReason(_ text: String) -> String? {
    guard minimumLength != nil || maximumLength != nil else { return nil }
    let length = text.unicodeScalars.count
    if let minimumLength, length < minimumLength { return "too short" }
    if let maximumLength, length > maximumLength { return "too long" }
    return nil
  }
}

/// Whether a language tag is the range itself or a more precise one: `en-gb` is in `en`, `eng` is not.
private func isTag(_ tag: String, in range: String) -> Bool {
  tag == range || tag.hasPrefix(range + "-") || tag.hasPrefix(range + "_")
}
