public import PipelineKit

/// What the command line says of one run beside the plan.
public struct RunSettings: Sendable {
  /// At most so many documents; nil for all.
  public var limit: Int?
  /// Stop at the first document that goes to quarantine.
  public var failFast = false
  /// Take up what is in quarantine instead of reading the source.
  public var retry = false
  /// SHA-256 of the pipeline file, for the manifest.
  public var fileHash = ""
  /// Takes lines of stages for the person at the terminal, with the stage's name before them.
  public var log: @Sendable (String) -> Void = { _ in }
  public init() {}

  /// The settings for a pipeline file with these contents.
  public init(file bytes: [UInt8]) { fileHash = sha256(bytes) }
}

/// How a run ended.
public enum RunStatus: Hashable, Sendable {
  case done
  /// Why, and what to do.
  case failed(String)
  case interrupted
  /// Whoever read the output has closed it.
  case outputClosed
}

/// How a run went.
public struct RunReport: Sendable {
  public var status = RunStatus.done
  /// Documents that the source handed out and that were dealt with.
  public var read = 0
  /// Documents that every export has.
  public var written = 0
  /// Documents among them without text.
  public var empty = 0
  /// Documents left out by a stage, by reason.
  public var skipped: [String: Int] = [:]
  /// Documents in quarantine, by stage.
  public var quarantined: [StageName: Int] = [:]
  /// Size of the documents after unpacking.
  public var bytes = 0
  /// Seconds from beginning to end.
  public var seconds = 0.0
  public var profile: Profile
  /// Unfinished files that an early end has left.
  public var parts: [String] = []
  /// Where the quarantine is; nil where nothing went there.
  public var quarantine: String?
  /// Where the manifest is; nil where none was written.
  public var manifest: String?

  /// Documents in quarantine.
  public var quarantinedCount: Int { quarantined.values.reduce(0, +) }
}

/// How far a run is.
public struct RunProgress: Hashable, Sendable {
  public var documents = 0
  public var errors = 0
  /// Size of the input dealt with so far.
  public var inputBytes = 0
  public var expected = ExpectedInput()
  /// What the source is about, in its own words.
  public var activity: String?
}
