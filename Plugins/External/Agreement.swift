import DocumentRecord
import JSON
import PipelineKit

/// What the pipeline file and the run say about a program: how to start it and what was agreed on.
struct Agreement: Sendable {
  var launch: Launch
  var needs: [LayerName] = [.text]
  var gives: [LayerName] = []
  var options: [String: String] = [:]
  var offsets = OffsetUnit.codepoint
  var window = 16
  var restarts = 20
  /// For each document; nil for no limit.
  var timeLimit: TimeSpan?
  var startLimit = TimeSpan.seconds(60)
  /// Longest line that is taken from the program, in bytes.
  var lineLimit: Int
  var log: @Sendable (String) -> Void = { _ in }

  init(_ stage: External, _ context: StageContext) {
    launch = Launch(command: stage.command, directory: context.directory, environment: stage.environment)
    (needs, gives, options, offsets) = (stage.needs, stage.gives, stage.options, stage.offsets)
    (window, restarts, startLimit) = (stage.window, stage.restarts, stage.startLimit)
    timeLimit = [stage.timeLimit, context.timeLimit].compactMap { $0 }.min()
    lineLimit = Self.lineLimit(maxDocument: context.maxDocument)
    log = context.log
  }

  /// For a program that is tried without a pipeline.
  init(launch: Launch, needs: [LayerName] = [.text], gives: [LayerName] = []) {
    (self.launch, self.needs, self.gives) = (launch, needs, gives)
    lineLimit = Self.lineLimit(maxDocument: StageContext().maxDocument)
  }

  /// A reply may have several layers with an entry for each word; 4 times the largest text is plenty, and a
  /// program that never ends its line must not fill the memory.
  private static func lineLimit(maxDocument: ByteCount) -> Int {
    let (product, overflow) = maxDocument.bytes.multipliedReportingOverflow(by: 4)
    return overflow ? .max : max(product, 1 << 20)
  }
}
