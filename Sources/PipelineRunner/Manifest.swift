import FileOutput
import Glibc
import JSON
import PipelineFile
import PipelineKit

extension PipelineRun {
  /// Writes OUT.run.json: what a later run needs to know to do again only what changed, and how this one went.
  /// It goes with the result: a run that leaves an older result untouched leaves that one's manifest untouched too.
  func writeManifest(_ report: inout RunReport, began: String) throws {
    guard report.status == .done, OutputPlace.isResult(plan) else { return }
    var json = JSONWriter(.indented)
    json.value(manifest(report, began: began))
    let file = try OutputFile(plan.manifestPath)
    try file.write(json.bytes + [UInt8(ascii: "\n")])
    try file.finish()
    report.manifest = plan.manifestPath
  }

  private func manifest(_ report: RunReport, began: String) -> JSONValue {
    [
      "schema": "pipeline.run/1", "pipeline": .string(plan.name), "file": .string(plan.file),
      "file_sha256": .string(settings.fileHash), "version": .string(pipelineVersion),
      "retry": .boolean(settings.retry),
      "stages": .array(
        zip(plan.stages, report.profile.stages).map { stage($0, seconds: Double($1.nanoseconds) / 1e9) }),
      "documents": [
        "read": .integer(report.read), "written": .integer(report.written), "empty": .integer(report.empty),
        "skipped": .counts(report.skipped),
        "quarantined": .counts(Dictionary(uniqueKeysWithValues: report.quarantined.map { ($0.description, $1) })),
      ],
      "bytes": .integer(report.bytes), "started": .string(began), "seconds": .number(report.seconds),
      "workers": .integer(workers), "host": .string(hostName()),
    ]
  }

  private func stage(_ stage: any Stage, seconds: Double) -> JSONValue {
    let options = stage.options.map { key, option in
      JSONMember(key, .string(option.shown.yaml))
    }
    return [
      "name": .string(type(of: stage).name.description), "version": .integer(type(of: stage).version),
      "gives": .array(stage.gives.map { .string($0.description) }), "options": .object(options),
      "options_sha256": .string(stage.optionsHash), "seconds": .number(seconds),
      "model": stage.modelIdentity.map { ["name": .string($0.name), "version": .string($0.version)] } ?? .null,
    ]
  }
}

extension OutputPlace {
  /// Whether the first export writes a file beside which a manifest can stand.
  fileprivate static func isResult(_ plan: Plan) -> Bool {
    guard let path = plan.sinks.first?.path, !path.isStandardStream else { return false }
    return (try? OutputPlace(path.resolved(in: plan.directory)).isFile) ?? false
  }
}

extension JSONValue {
  /// Counts in the order of their names.
  fileprivate static func counts(_ counts: [String: Int]) -> JSONValue {
    .object(counts.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) })
  }
}

extension RunStatus {
  /// One word for machines.
  public var word: String {
    switch self {
    case .done: "done"
    case .failed: "failed"
    case .interrupted: "interrupted"
    case .outputClosed: "output_closed"
    }
  }
}

extension Stage {
  /// SHA-256 over the resolved options; secrets are left out, as a hash of a short one could be undone.
  var optionsHash: String {
    sha256(Array(options.map { "\($0.key): \($0.option.isSecret ? "" : $0.option.node.yaml)\n" }.joined().utf8))
  }
}

extension Plan {
  /// What makes each layer.
  var provenance: [Provenance] {
    ([source] + annotators as [any Stage]).map { stage in
      Provenance(
        layers: stage.gives, stage: type(of: stage).name, version: type(of: stage).version,
        optionsHash: stage.optionsHash, model: stage.modelIdentity)
    }
  }
}
