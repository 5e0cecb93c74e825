/// A stage that adds layers to documents.
///
/// A simple one is its own worker and writes one function:
/// ```swift
/// public struct Shout: Annotator, AnnotatorWorker {
///   public static let name: StageName = "shout"
///   public static let summary = "Marks words in capitals."
///   public var needs: [LayerName] { [Token.layer] }
///   public var gives: [LayerName] { [ShoutedWord.layer] }
///   public init() {}
///   public func annotate(_ document: inout Document) {
///     document[ShoutedWord.self] = document[Token.self]
///       .filter { $0.shape.contains(.allCapitals) }
///       .map { ShoutedWord(span: $0.span) }
///   }
/// }
/// public struct ShoutedWord: Annotation {
///   public static let layer: LayerName = "shouted"
///   public var span: TextSpan
/// }
/// ```
public protocol Annotator: Stage {
  associatedtype Worker: AnnotatorWorker = Self
  /// How many documents the worker takes at once; 1 unless its work is cheaper together.
  var batchSize: Int { get }
  /// Called once a run, when the run is certain: the place to load a model.
  func makeWorker(_ context: StageContext) throws -> Worker
}

extension Annotator {
  public var batchSize: Int { 1 }
}
extension Annotator where Worker == Self {
  public func makeWorker(_ context: StageContext) -> Self { self }
}

/// Works on one document after another. Made once; each thread then gets a copy, so that stored
/// scratch buffers are its own while models, being immutable references, are shared.
public protocol AnnotatorWorker: Sendable {
  /// Any error sends this document to quarantine, under this stage's name; the run goes on.
  mutating func annotate(_ document: inout Document) throws
  /// Several documents at once, for work that is cheaper together: a child process with a window in
  /// flight, a matrix product. Reports each document that failed by its index. The default does one after another.
  mutating func annotate(_ batch: inout [Document], failed: (Int, any Error) -> Void)
  /// The thread has no more documents. A child process ends here, and in any case when its last owner goes.
  mutating func finish()
}

extension AnnotatorWorker {
  public mutating func annotate(_ batch: inout [Document], failed: (Int, any Error) -> Void) {
    for index in batch.indices {
      do { try annotate(&batch[index]) } catch { failed(index, error) }
    }
  }
  public mutating func finish() {}
}
