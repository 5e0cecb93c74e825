/// What a stage may know of the run it is made for.
public struct StageContext: Sendable {
  /// The pipeline file's folder, to which paths are relative.
  public var directory: String
  /// The pipeline's name.
  public var pipeline: String
  /// Every layer that the stages before the sinks give, in the order of the stages.
  public var layers: [LayerName]
  /// What made each layer.
  public var provenance: [Provenance]
  /// How long a stage may work on one document; nil for no limit.
  public var timeLimit: TimeSpan?
  /// Largest document after unpacking.
  public var maxDocument: ByteCount
  /// Whether documents are only counted: a source loads and changes nothing.
  public var isTrial: Bool
  /// Documents that are wanted at most; nil for all. A source for which each has a price need not find more.
  public var limit: Int?
  /// Takes a line for the person at the terminal; the runner adds the stage's name.
  public var log: @Sendable (String) -> Void

  public init(
    directory: String = ".", pipeline: String = "pipeline", layers: [LayerName] = [], provenance: [Provenance] = [],
    timeLimit: TimeSpan? = nil, maxDocument: ByteCount = .megabytes(64),
    isTrial: Bool = false, limit: Int? = nil, log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    (self.directory, self.pipeline, self.layers, self.provenance) = (directory, pipeline, layers, provenance)
    (self.timeLimit, self.maxDocument, self.isTrial) = (timeLimit, maxDocument, isTrial)
    (self.limit, self.log) = (limit, log)
  }
}

/// Which stage, version, options and model made a layer.
public struct Provenance: Hashable, Sendable {
  public var layers: [LayerName]
  public var stage: StageName
  public var version: Int
  /// SHA-256 of the resolved options, in hexadecimal.
  public var optionsHash: String
  public var model: ModelIdentity?
  public init(layers: [LayerName], stage: StageName, version: Int, optionsHash: String, model: ModelIdentity?) {
    (self.layers, self.stage, self.version) = (layers, stage, version)
    (self.optionsHash, self.model) = (optionsHash, model)
  }
}
