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

  @Option("Language of the text: in English, contractions are cut (do|n't) and most hyphens are tokens.")
  public var language = Language.en
  @Option("Further abbreviations that end no sentence, such as `Oberst.`; the last period may be left out.")
  public var abbreviations: [String] = []

  public init() {}

  /// Languages with rules of their own.
  public enum Language: String, CaseIterable, OptionValue { case en, ru }

  public func problems() -> [OptionProblem] {
    abbreviations.contains { $0.allSatisfy { $0 == "." || $0.isWhitespace } || $0.contains(where: \.isWhitespace) }
      ? [OptionProblem("abbreviations", "must be single words")] : []
  }

  public func makeWorker(_ context: StageContext) -> SentenceWorker {
    let lexicon = SentenceLexicon(further: abbreviations)
    return SentenceWorker(
      splitter: SentenceSplitter(lexicon: lexicon), tokenizer: Tokenizer(lexicon: lexicon, isEnglish: language == .en))
  }
}

/// Works on one document: sentences block by block, then the tokens of each.
public struct SentenceWorker: AnnotatorWorker {
  let splitter: SentenceSplitter
  let tokenizer: Tokenizer

  public mutating func annotate(_ document: inout Document) throws {
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
}
