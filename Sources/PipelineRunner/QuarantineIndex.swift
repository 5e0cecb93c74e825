import FoundationEssentials
import JSON
import PipelineKit

extension QuarantinedDocument {
  /// All documents in a quarantine folder, in the order of their source; none where there is no such folder.
  /// An interrupted run's index is read where there is no finished one.
  public static func all(in folder: String) throws -> [QuarantinedDocument] {
    let path = folder + "/" + Quarantine.indexName
    guard let data = FileManager.default.contents(atPath: path) else { return unfinished(path + ".part") }
    return try data.split(separator: UInt8(ascii: "\n")).enumerated().map { number, line in
      guard let value = try? JSONValue(parsing: Array(line)), let document = QuarantinedDocument(value) else {
        throw QuarantineProblem(path: path, reason: "line \(number + 1) is not an entry of a quarantine")
      }
      return document
    }
  }

  /// Those of the finished index and of runs that were interrupted.
  static func everything(in folder: String) -> [QuarantinedDocument] {
    let path = folder + "/" + Quarantine.indexName
    return ((try? all(in: folder)) ?? []) + entries(path + ".part")
  }

  /// Each document once, as the last of the interrupted runs has left it.
  private static func unfinished(_ path: String) -> [QuarantinedDocument] {
    var last: [String: QuarantinedDocument] = [:]
    for document in entries(path) {
      last[document.id + (document.isRepeated ? "\n\(document.position.ordinal)" : "")] = document
    }
    return last.values.sorted { $0.position < $1.position }
  }

  /// A kill may have cut off a line, which then stands for nothing.
  private static func entries(_ path: String) -> [QuarantinedDocument] {
    (FileManager.default.contents(atPath: path) ?? Data()).split(separator: UInt8(ascii: "\n")).compactMap {
      (try? JSONValue(parsing: Array($0))).flatMap { QuarantinedDocument($0) }
    }
  }

  var line: [UInt8] {
    let entries = metadata.entries.map { entry in
      JSONValue.object([
        .init("key", .string(entry.key.description)), .init("values", .array(entry.values.map { .string($0) })),
        .init("from", .string(entry.from)),
      ])
    }
    var writer = JSONWriter()
    writer.value(
      .object([
        .init("id", .string(id)), .init("stage", .string(stage.description)), .init("reason", .string(reason)),
        .init("uri", .string(uri)), .init("media_type", .string(mediaType.description)),
        .init("charset", charset.map { .string($0) } ?? .null),
        .init("position", .integer(Int(clamping: position.ordinal))),
        .init("file", file.map { .string($0) } ?? .null), .init("repeated", .boolean(isRepeated)),
        .init("metadata", .array(entries)),
      ]))
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  init?(_ value: JSONValue) {
    guard let id = value["id"]?.string, let stage = value["stage"]?.string, let reason = value["reason"]?.string,
      let uri = value["uri"]?.string, let mediaType = value["media_type"]?.string,
      let position = value["position"]?.integer, position >= 0, value["file"]?.string?.contains("/") != true
    else { return nil }
    var metadata = Metadata()
    for entry in value["metadata"]?.elements ?? [] {
      guard let key = entry["key"]?.string, let from = entry["from"]?.string else { continue }
      metadata.set(MetadataKey(key), list: (entry["values"]?.elements ?? []).compactMap(\.string), from: from)
    }
    self.init(
      id: id, uri: uri, mediaType: MediaType(mediaType), charset: value["charset"]?.string, metadata: metadata,
      position: SourcePosition(UInt64(position)), stage: StageName(stage), reason: reason, file: value["file"]?.string,
      isRepeated: value["repeated"] == true)
  }
}
