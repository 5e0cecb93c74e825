internal import Learning
public import PipelineKit

/// Finds mentions of persons, organisations and places, and says which actor each of them stands for.
///
/// Rules propose names: those of the gazetteers, the longest first, and capitalised words by what stands in and around
/// them. A trained model, which sees the proposals among other things, decides. Then the document is settled as a
/// whole, where a last name takes up a full name and an acronym its long form. Linear in the number of tokens.
public struct Entities: Annotator {
  public static let name: StageName = "entities"
  public static let version = 2
  public static let summary = "Finds names and says which actor each of them stands for."
  public var needs: [LayerName] { [.text, Block.layer, Sentence.layer, Token.layer] }
  public var gives: [LayerName] { [Entity.layer] }

  @Option(
    "Names of your own, which win over those that come along: CSV with the columns name, actor, kind, type, or compiled."
  )
  public var gazetteers: [String] = []
  @Option("Model made by \"pipeline train entities\"; where none is named, the one for English that comes along.")
  public var model: FilePath? = nil
  @Option("Whether a model decides what names are; without one the rules decide alone.")
  public var learned = true
  @Option("For training: word clusters, a word, a tab and up to six numbers a line; the model keeps them.")
  public var clusters: FilePath? = nil
  @Option("For training: what the model looks at beside the words themselves.")
  public var features = FeatureGroup.allCases

  public init() {}

  public func problems() -> [OptionProblem] {
    learned || model == nil ? [] : [OptionProblem("model", "decides nothing where `learned` is false; leave one out")]
  }

  public var modelIdentity: ModelIdentity? {
    guard learned else { return nil }
    return ModelIdentity(name: model?.text ?? Self.shippedModel, version: "\(FeatureGroups.version)")
  }

  public func makeWorker(_ context: StageContext) throws -> EntityWorker {
    EntityWorker(lexicon: try lexicon(context), tagger: try learned ? Tagger(modelFile(context)) : nil)
  }

  private func modelFile(_ context: StageContext) throws -> ModelFile {
    if let model { return try ModelFile(path: model.resolved(in: context.directory)) }
    return try .shipped(Self.shippedModel, target: "EntitiesStage")
  }

  func lexicon(_ context: StageContext) throws -> Lexicon {
    try Gazetteers.lexicon(gazetteers, in: context.directory)
  }

  private static let shippedModel = "entities-en.model"
}

extension Entities: CompilableStage {
  public func compile(_ lists: [String], tables: String?) throws -> CompiledLists {
    try Gazetteers.compile(lists, tables: tables)
  }
}

/// Works on one document: words, names by sentence, the document as a whole, actors.
public struct EntityWorker: AnnotatorWorker {
  let lexicon: Lexicon
  private var tagger: Tagger?
  private var finder: NameFinder
  private var names: DocumentNames
  private var tagged: [TaggedName] = []

  /// - Parameter tagger: nil for rules alone.
  init(lexicon: Lexicon, tagger: Tagger?) {
    (self.lexicon, self.tagger) = (lexicon, tagger)
    finder = NameFinder(lexicon: lexicon)
    names = DocumentNames(lexicon: lexicon)
  }

  var words: TextWords { finder.words }

  public mutating func annotate(_ document: inout Document) throws {
    let text = document.text
    let bytes = text.utf8Span.span
    try findNames(in: document, bytes)
    if tagger != nil {
      try tagger?.findNames(in: finder.words, finder.mentions, lexicon, bytes, into: &tagged) {
        try document.checkTime()
      }
      finder.judge(tagged, bytes)
    }
    names.settle(&finder.mentions, finder.words, bytes)
    var linker = Linker(lexicon: lexicon, words: finder.words, date: Day(iso: document.metadata[.published] ?? ""))
    let entities = linker.link(finder.mentions, bytes)
    document[Entity.self] = entities
    document.actors = linker.actors()
  }

  /// What the rules propose, candidates among them.
  private mutating func findNames(in document: Document, _ bytes: Span<UInt8>) throws {
    finder.begin()
    finder.words.scan(bytes, tokens: document[Token.self], lexicon: lexicon)
    finder.words.part(into: document[Sentence.self])
    for index in finder.words.sentences.indices {
      if index & 15 == 0 { try document.checkTime() }
      finder.findNames(in: index, bytes)
    }
  }

  /// The rules' proposals, for training.
  mutating func proposals(for document: Document, _ bytes: Span<UInt8>) throws -> [Mention] {
    try findNames(in: document, bytes)
    return finder.mentions
  }
}
