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
    var problems: [OptionProblem] = []
    if let workers, !(1...1024).contains(workers) {
      problems.append(OptionProblem("workers", "must be from 1 to 1024"))
    }
    // Offsets have 32 bits, and decoding may make a text three times as long as the document.
    if maxDocument > .megabytes(1000) { problems.append(OptionProblem("max_document", "must be at most 1GB")) }
    return problems
  }
}
