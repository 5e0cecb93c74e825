/// What is known of a page that was asked for.
struct PageRecord: Hashable, Sendable {
  /// What became of it.
  enum Result: String {
    /// It is a document.
    case document
    /// It says what another page says, or leads to one.
    case duplicate
    /// It is no page: an image, a PDF.
    case other
    /// There is no answer, or one that is an error; ``PageRecord/reason`` says which.
    case failed
  }
  /// The canonical address, which is the document's identifier.
  var address: String
  var result: Result
  /// Of the answer; 0 where there was none.
  var status = 0
  var reason: String?
  /// Whether it is worth asking again in the next run.
  var isTransient = false
  /// In how many runs it has failed.
  var failures = 0
  var validators = Validators()
  /// What a feed or sitemap said of when it was changed, as written there.
  var listed: String?
  /// SHA-256 of the body.
  var digest: [UInt8]?
  /// Where the answer is in the archive.
  var place: ArchivePlace?
  /// The page's place in the order in which this run hands out documents; nil for what is not handed out.
  var ordinal: UInt64?
}

/// The place of a record in a WARC file, in bytes.
struct ArchivePlace: Hashable, Sendable {
  var offset: Int
  var length: Int
}
