import JSON
import PipelineFile
import PipelineKit
import PipelineRunner

/// What is said at the end of a run, to people and to machines.
struct RunSummary {
  let plan: Plan
  let report: RunReport
  let workers: Int

  var status: ExitStatus {
    switch report.status {
    case .done: report.quarantinedCount > 0 ? .quarantined : .done
    case .outputClosed: .done
    case .interrupted: .interrupted
    case .failed: .failed
    }
  }

  /// What went wrong, if anything did.
  var problems: [String] {
    var lines: [String] = []
    switch report.status {
    case .failed(let reason): lines.append("pipeline: \(reason)")
    case .interrupted: lines.append("pipeline: interrupted after \(counted(report.read, "document"))")
    case .done, .outputClosed: break
    }
    for part in report.parts {
      lines.append("pipeline: what was finished is in \(shortened(part)); an older result stays as it was")
    }
    for sink in updatedInPlace {
      lines.append(
        "pipeline: \(shortened(sink.path.resolved(in: plan.directory))) holds what was finished beside what it had")
    }
    if !lines.isEmpty, report.status == .interrupted { lines.append("pipeline: run it again to make the result whole") }
    return lines
  }

  /// Databases that were being updated and have no part beside them.
  private var updatedInPlace: [any Sink] {
    guard report.written > 0, report.status != .done else { return [] }
    return plan.sinks.filter { sink in
      let path = sink.path.resolved(in: plan.directory)
      return sink.mode == .update && !sink.path.isStandardStream && !report.parts.contains { $0.hasPrefix(path) }
    }
  }

  var lines: [String] {
    guard report.status == .done else { return problems }
    let rate = report.seconds > 0 ? Int(Double(report.read) / report.seconds) : 0
    var parts = ["\(grouped(report.written)) written"]
    if report.empty > 0 { parts.append("\(grouped(report.empty)) of them without text") }
    let skipped = report.skipped.sorted { $0.key < $1.key }.map { "\(grouped($0.value)) for \($0.key)" }
    if !skipped.isEmpty { parts.append("left out: " + skipped.joined(separator: ", ")) }
    if report.quarantinedCount > 0 { parts.append("\(grouped(report.quarantinedCount)) in quarantine") }
    var lines = [
      "\(plan.name): \(counted(report.read, "document")) in \(decimal(report.seconds, 2)) s (\(grouped(rate))/s): "
        + parts.joined(separator: ", ")
    ]
    for sink in plan.sinks where !sink.path.isStandardStream {
      lines.append("  result      \(shortened(sink.path.resolved(in: plan.directory)))")
    }
    if let quarantine = report.quarantine {
      lines.append(
        "  quarantine  \(shortened(quarantine))/quarantine.jsonl says why; \"pipeline retry \(quotedForShell(plan.file))\" tries again"
      )
    }
    if report.written > 0,
      let result = plan.sinks.first(where: { type(of: $0).name == "export.jsonl" && !$0.path.isStandardStream })
    {
      lines.append(
        "  look at it  pipeline inspect \(quotedForShell(shortened(result.path.resolved(in: plan.directory))))")
    }
    return lines
  }

  var json: String {
    var writer = JSONWriter()
    writer.value([
      "status": .string(report.status.word), "reason": reason, "read": .integer(report.read),
      "written": .integer(report.written), "empty": .integer(report.empty),
      "skipped": .object(report.skipped.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) }),
      "quarantined": .object(
        report.quarantined.sorted { $0.key.description < $1.key.description }
          .map { JSONMember($0.key.description, .integer($0.value)) }),
      "bytes": .integer(report.bytes), "seconds": .number(report.seconds), "workers": .integer(workers),
      "outputs": .array(plan.sinks.map { .string($0.path.resolved(in: plan.directory)) }),
      "quarantine": report.quarantine.map { .string($0) } ?? .null,
      "manifest": report.manifest.map { .string($0) } ?? .null,
      "parts": .array(report.parts.map { .string($0) }),
      "stages": .array(report.profile.stages.map { stage($0) }),
    ])
    return writer.text
  }

  private var reason: JSONValue { if case .failed(let reason) = report.status { .string(reason) } else { .null } }

  private func stage(_ stage: Profile.Stage) -> JSONValue {
    [
      "name": .string(stage.name.description), "seconds": .number(Double(stage.nanoseconds) / 1e9),
      "documents": .integer(stage.documents), "bytes": .integer(stage.bytes),
      "slowest": .array(
        stage.slowest.map { ["id": .string($0.id), "seconds": .number(Double($0.nanoseconds) / 1e9)] }),
    ]
  }

  /// A table of the stages; times are summed over the workers.
  var profileText: String {
    var rows = [["stage", "ms", "share", "documents", "ms/document", "MB/s", "slowest document"]]
    let total = max(1, report.profile.stages.reduce(0) { $0 + $1.nanoseconds })
    for stage in report.profile.stages {
      let milliseconds = Double(stage.nanoseconds) / 1e6
      let slowest = stage.slowest.first.map { "\($0.id) (\(decimal(Double($0.nanoseconds) / 1e6, 1)) ms)" } ?? ""
      rows.append([
        stage.name.description, decimal(milliseconds, 1),
        "\(Int((Double(stage.nanoseconds) * 100 / Double(total)).rounded()))%",
        grouped(stage.documents), decimal(milliseconds / Double(max(1, stage.documents)), 3),
        decimal(Double(stage.bytes) / 1e3 / max(0.001, milliseconds), 1), slowest,
      ])
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == 0 || column == row.count - 1 ? cell.padded(to: widths[column]) : cell.leftPadded(to: widths[column])
      }.joined(separator: "  ").trimmingEnd + "\n"
    }.joined()
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
