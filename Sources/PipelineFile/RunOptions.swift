public import PipelineKit

/// What a pipeline file says under `run:`.
public struct RunOptions: Configurable {
  @Option("Worker threads; null for one for each core.") public var workers: Int? = nil
  @Option("How long a stage may work on one document; null for no limit.") public var timeLimit: TimeSpan? = .seconds(
    60)
  @Option("Largest document after unpacking.") public var maxDocument = ByteCount.megabytes(64)
  @Option("Folder for documents that a stage could not process; null for OUT.quarantine.")
  public var quarantine: FilePath? = nil
  public init() {}

  public func problems() -> [OptionProblem] {
    if let workers, !(1...1024).contains(workers) { return [OptionProblem("workers", "must be from 1 to 1024")] }
    return []
  }
}
