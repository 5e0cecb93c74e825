import FileOutput
import PipelineFile
import PipelineKit

extension PipelineRun {
  /// What a dry run has found.
  public struct DryRun: Hashable, Sendable {
    public var documents = 0
    /// Size of the input, as far as it is known without reading it.
    public var bytes = 0
    public var outputs: [String] = []
  }

  /// Opens the inputs, counts them, and tells whether the outputs can be written. Runs and makes nothing.
  public func dryRun() throws -> DryRun {
    var result = DryRun()
    for sink in plan.sinks {
      let path = sink.path.resolved(in: plan.directory)
      try OutputPlace.check(path)
      result.outputs.append(path)
    }
    try count(plan.source, &result)
    return result
  }

  private func count(_ source: some Source, _ result: inout DryRun) throws {
    var context = context(for: type(of: source).name)
    context.isTrial = true
    var reader = try source.makeReader(context, after: nil)
    let outputs = OutputGuard(plan)
    while result.documents < settings.limit ?? .max, let document = try reader.next() {
      try outputs.check(document)
      result.documents += 1
      result.bytes += document.inputBytes
    }
  }
}
