public import PipelineKit

/// Splits blocks into sentences, and sentences into tokens.
///
/// Rules over bytes: a scanner stops at each mark that could end a sentence, and what stands before and behind
/// it settles whether it does. Lexicons are data (`Data/`). Linear in the length of the text.
public struct Sentences: Annotator {
  public static let name: StageName = "sentences"
  public static let summary = "Splits blocks into sentences, and sentences into tokens."
  public var needs: [LayerName] { [.text, Block.layer] }
  public var gives: [LayerName] { [Sentence.layer, Token.layer] }

  @Option("Language of the text; `auto` is the document's own, else told by its script, else English.")
  public var language = Language.auto
  @Option("Further abbreviations that end no sentence, such as `Oberst.`; the last period may be left out.")
  public var abbreviations: [String] = []

  public init() {}

  public func problems() -> [OptionProblem] {
    abbreviations.contains { $0.allSatisfy { $0 == "." || $0.isWhitespace } || $0.contains(where: \.isWhitespace) }
      ? [OptionProblem("abbreviations", "must be single words")] : []
  }

  public func makeWorker(_ context: StageContext) -> SentenceWorker {
    let languages = language == .auto ? Language.allCases.filter { $0 != .auto } : [language]
    return SentenceWorker(languages.map { SentenceWorker.Rules($0, further: abbreviations) })
  }
}

/// Works on one document: sentences block by block, then the tokens of each.
public struct SentenceWorker: AnnotatorWorker {
  /// A language with what works by it.
  struct Rules: Sendable {
    let language: Sentences.Language
    let script: ClosedRange<UInt32>?
    let splitter: SentenceSplitter
    let tokenizer: Tokenizer

    init(_ language: Sentences.Language, further: [String]) {
      let lexicon = SentenceLexicon(language, further: further)
      self.language = language
      script = lexicon.script
      splitter = SentenceSplitter(lexicon: lexicon)
      tokenizer = Tokenizer(lexicon: lexicon)
    }
  }

  /// One for each language that a document may be in; one alone where the option names it.
  private let languages: [Rules]

  init(_ languages: [Rules]) { self.languages = languages }

  public mutating func annotate(_ document: inout Document) throws {
    guard let rules = rules(for: document) else { return }
    let (splitter, tokenizer) = (rules.splitter, rules.tokenizer)
    let text = document.text
    let bytes = text.utf8Span.span
    var sentences: [Sentence] = []
    var tokens: [Token] = []
    sentences.reserveCapacity(bytes.count / 64 + 4)
    tokens.reserveCapacity(bytes.count / 4 + 4)
    for block in document[Block.self] {
      try document.checkTime()
      let first = sentences.count
      splitter.split(bytes, block.span.bytes.clamped(to: 0..<bytes.count), into: &sentences)
      for index in first..<sentences.count { tokenizer.tokenize(bytes, sentences[index].span.bytes, into: &tokens) }
    }
    document[Sentence.self] = sentences
    document[Token.self] = tokens
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
