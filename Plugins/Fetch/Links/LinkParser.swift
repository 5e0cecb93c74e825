/// What reads links out of one kind of content, fed with UTF-8 piece by piece.
protocol LinkParser {
  var format: LinkFormat { get }
  /// What is wrong so far; final once `finish` has run.
  var problem: LinkProblem? { get }
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) throws(LinkProblem)
  mutating func finish() throws(LinkProblem)
  /// The links since the last call.
  mutating func takeLinks() -> [FoundLink]
}

/// Content of which nothing is read.
struct NoLinks: LinkParser {
  let format = LinkFormat.unknown
  let problem: LinkProblem?

  init(_ words: String) { problem = LinkProblem(.unknownContent, words) }

  func add(_ bytes: UnsafeBufferPointer<UInt8>) {}
  func finish() {}
  func takeLinks() -> [FoundLink] { [] }
}
