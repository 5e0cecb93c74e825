public import PipelineKit

/// Finds mentions of persons, organisations and places, and says which actor each of them stands for.
///
/// Lists and rules: names from gazetteers, the longest first; capitalised words by what stands in and around
/// them; then the document as a whole, where a last name takes up a full name and an acronym its long form.
/// What README.md measures was measured on text that no rule was written for. Linear in the number of tokens.
public struct Entities: Annotator {
  public static let name: StageName = "entities"
  public static let summary = "Finds names and says which actor each of them stands for."
  public var needs: [LayerName] { [.text, Block.layer, Sentence.layer, Token.layer] }
  public var gives: [LayerName] { [Entity.layer] }

  @Option(
    "Names of your own, which win over those that come along: CSV with the columns name, actor, kind, type, or compiled."
  )
  public var gazetteers: [String] = []

  public init() {}

  public func makeWorker(_ context: StageContext) throws -> EntityWorker {
    EntityWorker(lexicon: try Gazetteers.lexicon(gazetteers, in: context.directory))
  }
}

extension Entities: CompilableStage {
  public func compile(_ lists: [String], tables: String?) throws -> CompiledLists {
    try Gazetteers.compile(lists, tables: tables)
  }
}

/// Works on one document: words, names by sentence, the document as a whole, actors.
public struct EntityWorker: AnnotatorWorker {
  let lexicon: Lexicon
  private var finder: NameFinder
  private var names: DocumentNames

  init(lexicon: Lexicon) {
    self.lexicon = lexicon
    finder = NameFinder(lexicon: lexicon)
    names = DocumentNames(lexicon: lexicon)
  }

  public mutating func annotate(_ document: inout Document) throws {
    let text = document.text
    let bytes = text.utf8Span.span
    finder.words.scan(bytes, tokens: document[Token.self], lexicon: lexicon)
    finder.words.part(into: document[Sentence.self])
    finder.mentions.removeAll(keepingCapacity: true)
    for index in finder.words.sentences.indices {
      if index & 15 == 0 { try document.checkTime() }
      finder.findNames(in: index, bytes)
    }
    names.settle(&finder.mentions, finder.words, bytes)
    var linker = Linker(lexicon: lexicon, words: finder.words, date: Day(iso: document.metadata[.published] ?? ""))
    let entities = linker.link(finder.mentions, bytes)
    document[Entity.self] = entities
    document.actors = linker.actors()
  }
}
