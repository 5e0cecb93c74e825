import AnnotatedData
import BuiltinStages
import PipelineFile
import PipelineKit

/// `entities` as a command line sets it, with what stands before it, and the texts to run them on.
///
/// Texts are read as `pipeline evaluate` reads them, and annotations of the files are passed over: what comes out is
/// made of the text alone.
struct EntityStage {
  let entities: any Annotator
  let before: [any Annotator]
  let texts: [AnnotatedText]

  /// - Parameter arguments: files, and `--set OPTION=VALUE` as `pipeline evaluate entities` takes it.
  init(_ arguments: [String]) throws {
    var (files, settings): ([String], [Override]) = ([], [])
    var rest = arguments[...]
    while let word = rest.popFirst() {
      guard word == "--set" else {
        files.append(word)
        continue
      }
      guard let setting = rest.popFirst().flatMap(Override.init(setting:)) else {
        throw BenchProblem("--set wants OPTION=VALUE")
      }
      settings.append(setting)
    }
    var chain = try AnnotatorChain(to: "entities", in: StageRegistry(builtinStages), settings: settings).annotators
    guard let last = chain.popLast() else { throw BenchProblem("there is no stage of this name") }
    (entities, before, texts) = (last, chain, try Self.texts(of: files))
  }

  private static func texts(of files: [String]) throws -> [AnnotatedText] {
    let read = files.map { AnnotatedFile($0, layers: []) }
    if let problem = read.flatMap(\.problems).first { throw problem }
    let texts = read.flatMap(\.texts)
    if texts.isEmpty { throw BenchProblem("there are no texts; give files of annotated texts, - for standard input") }
    return texts
  }

  /// The texts with all that `entities` needs.
  func prepared() throws -> [Document] {
    var workers = try before.map(anyWorker(of:))
    return try texts.map { try workers.annotated($0.document) }
  }
}

extension [any AnnotatorWorker] {
  /// The document, taken through all of them.
  mutating func annotated(_ document: Document) throws -> Document {
    var document = document
    for index in indices { try self[index].annotate(&document) }
    return document
  }
}

/// The worker of a stage whose type is not known.
func anyWorker(of stage: any Annotator) throws -> any AnnotatorWorker { try worker(of: stage) }
