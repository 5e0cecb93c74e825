public import PipelineKit

/// A pipeline that has passed every check: what `run` carries out.
public struct Plan: Sendable {
  public var name: String
  public var description: String
  /// The pipeline file as it was named.
  public var file: String
  /// Its folder, to which paths are relative.
  public var directory: String
  public var source: any Source
  public var annotators: [any Annotator]
  public var sinks: [any Sink]
  public var run: RunOptions

  /// All stages in order.
  public var stages: [any Stage] { [source] + annotators + sinks }

  /// The layers that reach the sinks, in the order of the stages that give them.
  public var layers: [LayerName] {
    var layers: [LayerName] = []
    for stage in [source] + annotators as [any Stage] {
      for layer in stage.gives where !layers.contains(layer) { layers.append(layer) }
    }
    return layers
  }

  /// OUT: the first export's path without its suffix, as this process reaches it; for `-`, the pipeline's
  /// name in the current folder.
  public var outputStem: String {
    guard let path = sinks.first?.path, !path.isStandardStream else { return name }
    let resolved = path.resolved(in: directory)
    let nameStart = resolved.lastIndex(of: "/").map { resolved.index(after: $0) } ?? resolved.startIndex
    guard let dot = resolved[nameStart...].lastIndex(of: "."), dot > nameStart else { return resolved }
    return String(resolved[..<dot])
  }

  /// The folder for documents that a stage could not process.
  public var quarantineFolder: String { run.quarantine?.resolved(in: directory) ?? outputStem + ".quarantine" }
  /// The file that says how the run went.
  public var manifestPath: String { outputStem + ".run.json" }
}
