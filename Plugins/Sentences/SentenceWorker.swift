internal import Learning
public import PipelineKit

/// Works on one document: sentences block by block, then the tokens of each.
public struct SentenceWorker: AnnotatorWorker {
  /// A language with what works by it.
  struct Rules: Sendable {
    let language: Sentences.Language
    let script: ClosedRange<UInt32>?
    let splitter: SentenceSplitter
    let tokenizer: Tokenizer
    /// Nil for a language without one, and where rules alone are asked for.
    let model: LinearModel?

    init(_ language: Sentences.Language, further: [String], model: LinearModel?) {
      let lexicon = SentenceLexicon(language, further: further)
      self.language = language
      script = lexicon.script
      splitter = SentenceSplitter(lexicon: lexicon)
      tokenizer = Tokenizer(lexicon: lexicon)
      self.model = model
    }
  }

  /// One for each language that a document may be in; one alone where the option names it.
  private let languages: [Rules]

  init(_ languages: [Rules]) { self.languages = languages }

  public mutating func annotate(_ document: inout Document) throws {
    guard let rules = rules(for: document) else { return }
    let sentences = try sentences(of: document, by: rules)
    let text = document.text
    let bytes = text.utf8Span.span
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 4 + 4)
    let blocks = document[Block.self]
    var block = 0
    for (index, sentence) in sentences.enumerated() {
      if index & 255 == 0 { try document.checkTime() }
      while blocks[block].span.end <= sentence.span.start, block + 1 < blocks.count { block += 1 }
      let start = Int(blocks[block].span.start)
      rules.tokenizer.tokenize(bytes, sentence.span.bytes, block: start, into: &tokens)
    }
    document[Sentence.self] = sentences
    document[Token.self] = tokens
  }

  /// The sentences without their tokens, for benchmarks that time the splitter alone.
  package func sentences(of document: Document) throws -> [Sentence] {
    try rules(for: document).map { try sentences(of: document, by: $0) } ?? []
  }

  private func sentences(of document: Document, by rules: Rules) throws -> [Sentence] {
    if let model = rules.model {
      var judge = ModelJudge(model)
      return try sentences(of: document, by: rules.splitter, &judge)
    }
    var judge = RuleJudge()
    return try sentences(of: document, by: rules.splitter, &judge)
  }

  private func sentences(
    of document: Document, by splitter: SentenceSplitter, _ judge: inout some GapJudge
  ) throws -> [Sentence] {
    let text = document.text
    let bytes = text.utf8Span.span
    var sentences: [Sentence] = []
    sentences.reserveCapacity(bytes.count / 64 + 4)
    for block in document[Block.self] {
      try document.checkTime()
      splitter.split(bytes, block.span.bytes.clamped(to: 0..<bytes.count), into: &sentences, &judge)
    }
    return sentences
  }

  /// Chosen once a document, so that no mark asks for its language.
  private func rules(for document: Document) -> Rules? {
    guard languages.count > 1 else { return languages.first }
    if let tag = document.metadata[.language] {
      let language = Sentences.Language(tag: tag)
      return languages.first { $0.language == language }
    }
    let bytes = document.text.utf8Span.span
    return languages.first { $0.script.map { isMostly($0, bytes) } ?? false } ?? languages.first
  }

  /// Whether more than half of the letters in the beginning of a text are in a range of code points.
  private func isMostly(_ script: ClosedRange<UInt32>, _ bytes: Span<UInt8>) -> Bool {
    var (offset, inside, letters) = (0, 0, 0)
    // Some paragraphs; a text whose beginning misleads is rare.
    while offset < min(bytes.count, 4000) {
      let scalar = bytes.scalar(at: offset)
      if scalar.kind.isLetter { letters += 1 }
      if scalar.kind.isLetter, script.contains(scalar.value) { inside += 1 }
      offset += scalar.length
    }
    return inside * 2 > letters
  }
}
