internal import Learning
public import PipelineKit

/// Splits blocks into sentences, and sentences into tokens.
///
/// A scanner over bytes stops at each place where a sentence could end. Rules settle what rules can settle, by what
/// stands before and behind it; a small linear model decides the rest. Lexicons are data (`Data/`), the model is a
/// file of its own (`Model/`). Linear in the length of the text.
public struct Sentences: Annotator {
  public static let name: StageName = "sentences"
  public static let version = 2
  public static let summary = "Splits blocks into sentences, and sentences into tokens."
  public var needs: [LayerName] { [.text, Block.layer] }
  public var gives: [LayerName] { [Sentence.layer, Token.layer] }

  @Option("Language of the text; `auto` is the document's own, else told by its script, else English.")
  public var language = Language.auto
  @Option("Further abbreviations that end no sentence, such as `Oberst.`; the last period may be left out.")
  public var abbreviations: [String] = []
  @Option("Model made by \"pipeline train sentences\"; where none is named, the one for English that comes along.")
  public var model: FilePath? = nil
  @Option("Whether a model decides what the rules leave open; without one the rules decide alone.")
  public var learned = true

  public init() {}

  public func problems() -> [OptionProblem] {
    abbreviations.contains { $0.allSatisfy { $0 == "." || $0.isWhitespace } || $0.contains(where: \.isWhitespace) }
      ? [OptionProblem("abbreviations", "must be single words")] : []
  }

  public var modelIdentity: ModelIdentity? {
    guard learned, language != .ru || model != nil else { return nil }
    return ModelIdentity(name: model?.text ?? Self.shippedModel, version: "\(GapFeatures.layout)")
  }

  public func makeWorker(_ context: StageContext) throws -> SentenceWorker {
    let languages = language == .auto ? Language.allCases.filter { $0 != .auto } : [language]
    return SentenceWorker(
      try languages.map { language in
        let model = try learned ? self.model(for: language, context) : nil
        return SentenceWorker.Rules(language, further: abbreviations, model: model)
      })
  }

  /// A model of one's own is for the language that is set, English where that is `auto`.
  private func model(for language: Language, _ context: StageContext) throws -> LinearModel? {
    let isOwn = self.language == language || language == .en
    if let model, isOwn {
      return try LinearModel(ModelFile(path: model.resolved(in: context.directory)), layout: GapFeatures.layout)
    }
    guard language == .en else { return nil }
    return try LinearModel(.shipped(Self.shippedModel, target: "SentencesStage"), layout: GapFeatures.layout)
  }

  private static let shippedModel = "sentences-en.model"
}
