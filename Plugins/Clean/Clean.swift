internal import Learning
public import PipelineKit

/// Makes text, blocks and metadata of pages: HTML, XHTML, the bodies of feeds, and XML in the vocabularies of news,
/// journals and editions.
///
/// A document that has text already is left as it is. A page without text gets an empty one.
public struct Clean: Annotator {
  public static let name: StageName = "clean"
  public static let summary = "Takes the article out of a page: its text, blocks and metadata."
  public var gives: [LayerName] { [.text, Block.layer] }

  @Option("Keep figure captions, as blocks of kind caption.") public var captions = false
  @Option("Keep readers' comments.") public var comments = false
  @Option("What becomes of tables of data: a block for each cell, one for each row, or none.")
  public var tables = TableMode.cells
  @Option("Read the metadata of the page.") public var metadata = true
  @Option("Whether a model decides what is text; without one the rules decide alone.")
  public var learned = true
  @Option("Model for pages that replaces the one that comes along.")
  public var model: FilePath? = nil
  @Option("Keep the abstract of XML articles before their text; where there is no text it is kept in any case.")
  public var abstracts = false
  @Option(
    "Elements of other XML: text, headings, skip and the like, and metadata keys, each a name or a list of names.")
  public var xml = NamedElements()

  public init() {}

  public func problems() -> [OptionProblem] { xml.problem.map { [OptionProblem("xml", $0)] } ?? [] }

  public var modelIdentity: ModelIdentity? {
    learned ? ModelIdentity(name: model?.text ?? BlockModel.shipped, version: "\(BlockFeatures.layout)") : nil
  }

  public func makeWorker(_ context: StageContext) throws -> CleanWorker {
    CleanWorker(
      options: Options(
        captions: captions, comments: comments, tables: tables, metadata: metadata, abstracts: abstracts,
        xml: xml.vocabulary),
      model: try learned ? blockModel(context) : nil)
  }

  private func blockModel(_ context: StageContext) throws -> BlockModel {
    if let model { return try BlockModel(ModelFile(path: model.resolved(in: context.directory))) }
    return try BlockModel(.shipped(BlockModel.shipped, target: "CleanStage"))
  }
}

/// What becomes of tables of data.
public enum TableMode: String, CaseIterable, OptionValue {
  case cells, rows, none
}

/// The options as the worker reads them.
struct Options: Sendable {
  var captions = false
  var comments = false
  var tables = TableMode.cells
  var metadata = true
  var abstracts = false
  /// The vocabulary by option.
  var xml: NamedVocabulary?

  /// Whether more is to be kept than the text.
  var wantsMore: Bool { captions || comments }
}
