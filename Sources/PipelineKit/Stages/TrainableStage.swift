/// An annotator whose model is learned from annotated texts: what `pipeline train` needs of a stage.
///
/// ```swift
/// struct LongWords: TrainableStage, AnnotatorWorker {
///   static let name: StageName = "long_words"
///   static let summary = "Marks words that are as long as those in the examples."
///   static let learns: LayerName = "long_words"
///   var needs: [LayerName] { [Token.layer] }
///   var gives: [LayerName] { [LongWord.layer] }
///   @Option("Shortest word, in bytes, where no model says otherwise.") var shortest = 8
///   init() {}
///
///   func annotate(_ document: inout Document) {
///     document[LongWord.self] = document[Token.self].filter { $0.span.count >= shortest }
///       .map { LongWord(span: $0.span) }
///   }
///
///   func train(
///     _ examples: [TrainingExample], validation: [TrainingExample], _ settings: TrainingSettings,
///     report: (TrainingRound) throws -> Void
///   ) throws -> [UInt8] {
///     let shortest = examples.flatMap(\.gold).map(\.span.count).min() ?? shortest
///     try report(TrainingRound(number: 1, score: 1, isBest: true))
///     return Array("\(shortest)".utf8)
///   }
/// }
/// struct LongWord: Annotation {
///   static let layer: LayerName = "long_words"
///   var span: TextSpan
/// }
/// ```
public protocol TrainableStage: Annotator {
  /// The layer that the examples' gold spans belong to; one of those that the stage gives.
  static var learns: LayerName { get }
  /// Learns a model with the stage's options as they are set, such as its language.
  ///
  /// The same examples, options and settings give the same bytes, on any machine and with any number of cores.
  ///
  /// - Parameters:
  ///   - examples: what is learned from; never empty.
  ///   - validation: what each round is scored on and never learned from; never empty.
  ///   - report: to be called once behind each round. What it throws is to be passed on: the person has interrupted.
  /// - Returns: the bytes of a model file, of the best round.
  /// - Throws: a reason that says what to do where nothing can be learned from these examples.
  func train(
    _ examples: [TrainingExample], validation: [TrainingExample], _ settings: TrainingSettings,
    report: (TrainingRound) throws -> Void
  ) throws -> [UInt8]
}

/// A text with what a stage should find in it.
public struct TrainingExample: Sendable {
  /// With its text and every layer that the stage needs. The layer to be learned is not among them.
  public var document: Document
  /// In the order of the text, inside it, none empty, white space at their edges left out.
  public var gold: [GoldSpan]
  /// The labels that its makers gave at all. One that is not among them was not looked for: that the text has none of
  /// it tells nothing.
  public var labels: Set<String>
  /// Whether a machine made the annotations: a stage may leave out what it can't confirm by the other examples.
  public var isDoubtful: Bool
  /// - Parameter labels: those of the gold spans, where nothing else is said.
  public init(document: Document, gold: [GoldSpan], labels: Set<String>? = nil, isDoubtful: Bool = false) {
    (self.document, self.gold, self.isDoubtful) = (document, gold, isDoubtful)
    self.labels = labels ?? Set(gold.map(\.label))
  }
}

/// An annotation that is known to be right.
public struct GoldSpan: Hashable, Sendable {
  /// In UTF-8 bytes of the text.
  public var span: TextSpan
  /// What kind it is, such as `PER`; empty for a layer without kinds, such as sentences.
  public var label: String
  public init(_ span: TextSpan, label: String = "") { (self.span, self.label) = (span, label) }
}

/// How a model is to be trained.
public struct TrainingSettings: Hashable, Sendable {
  /// The most passes over the examples, at least 1.
  public var rounds: Int
  /// So many rounds without a better score end the training.
  public var patience: Int
  /// All that is left to chance, such as the order of the examples, comes from this.
  public var seed: UInt64
  public init(rounds: Int = 10, patience: Int = 3, seed: UInt64 = 1) {
    (self.rounds, self.patience, self.seed) = (rounds, patience, seed)
  }
}

/// How well a model does behind one round.
public struct TrainingRound: Hashable, Sendable {
  /// From 1.
  public var number: Int
  /// F1 on the validation examples, from 0 to 1.
  public var score: Double
  /// Whether no earlier round was as good.
  public var isBest: Bool
  public init(number: Int, score: Double, isBest: Bool) {
    (self.number, self.score, self.isBest) = (number, score, isBest)
  }
}
