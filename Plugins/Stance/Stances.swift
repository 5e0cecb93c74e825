public import PipelineKit

/// Says who, by the text, is for or against whom or what, and marks direct speech.
///
/// Works on a lexicon of predicates with the places of their arguments, and leaves a record out where the
/// holder, the target or the polarity is not plain. One pass over the tokens; every search is bounded.
public struct Stances: Annotator {
  public static let name: StageName = "stance"
  public static let summary = "Finds who is for or against whom or what, and marks direct speech."
  public var needs: [LayerName] { [.text, Sentence.layer, Token.layer, Entity.layer, Citation.layer] }
  public var gives: [LayerName] { [Quote.layer, Stance.layer] }
  public var modelIdentity: ModelIdentity? { ModelIdentity(name: "predicates", version: "1") }

  @Option("Records that are less sure than this, in percent, are left out.", in: 0...100) public var threshold = 50

  public init() {}

  public func makeWorker(_ context: StageContext) throws -> StanceFinder {
    StanceFinder(lexicon: try Lexicon.embedded(), threshold: Double(threshold) / 100)
  }
}
