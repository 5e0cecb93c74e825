import DocumentRecord
import JSON
import PipelineKit

/// A program's line about a document.
struct Reply {
  let sequence: Int
  let value: JSONValue

  /// A line that is no reply at all, whoever it was about.
  struct Garbage: Error {
    let what: String
  }

  init(_ line: [UInt8]) throws(Garbage) {
    do { value = try JSONValue(parsing: line) } catch {
      throw Garbage(what: "the program wrote a line that is not JSON: \(excerpt(line))")
    }
    guard let sequence = value["seq"]?.integer else {
      throw Garbage(what: "the program wrote a line without \"seq\": \(excerpt(line))")
    }
    self.sequence = sequence
  }

  /// Does to the document what the reply says.
  /// - Parameter stage: the program's name, for the origin of metadata.
  /// - Throws: ``ExternalProblem``; the document is then as it was.
  func apply(to document: inout Document, _ agreement: Agreement, stage: String) throws(ExternalProblem) {
    switch value["status"]?.string {
    case "ok":
      var result = document
      try assignLayers(to: &result, agreement)
      try assignMetadata(to: &result, stage: stage)
      document = result
    case "drop":
      guard let reason = value["reason"]?.string, !reason.isEmpty else {
        throw .badReply("a drop wants a \"reason\"")
      }
      document.skip(reason)
    case "error":
      throw .reported(value["message"]?.string ?? "the program reported an error without a \"message\"")
    default:
      throw .badReply("\"status\" wants one of ok, drop, error")
    }
  }

  private func assignLayers(to document: inout Document, _ agreement: Agreement) throws(ExternalProblem) {
    let layers = value["layers"] ?? .object([])
    guard let members = layers.members else { throw .badReply("\"layers\" wants an object, not \(layers.kind)") }
    for member in members where !isAgreed(member.key, agreement) {
      throw .badReply("it gives the layer \(member.key), which is not declared; add it to gives:")
    }
    let missing = agreement.gives.filter { layers[$0.description] == nil }
    do {
      try RecordDecoder().assign(
        members + missing.map { JSONMember($0.description, .array([])) }, to: &document, offsets: agreement.offsets)
    } catch { throw .badReply("\(error)") }
    for layer in agreement.gives { try checkOrder(of: layer, in: document) }
  }

  /// Actors come with the entities that name them.
  private func isAgreed(_ key: String, _ agreement: Agreement) -> Bool {
    agreement.gives.contains(key == "actors" ? Entity.layer : LayerName(key))
  }

  private func checkOrder(of layer: LayerName, in document: Document) throws(ExternalProblem) {
    var last: UInt32 = 0
    var (index, wrong) = (0, nil as Int?)
    document.visit(layer) {
      if $0.span.start < last, wrong == nil { wrong = index }
      last = $0.span.start
      index += 1
    }
    if let wrong {
      throw .badReply("\(layer)[\(wrong)] starts before the one in front of it; sort annotations by start")
    }
  }

  private func assignMetadata(to document: inout Document, stage: String) throws(ExternalProblem) {
    guard let metadata = value["metadata"], metadata != .null else { return }
    guard let members = metadata.members else {
      throw .badReply("\"metadata\" wants an object, not \(metadata.kind)")
    }
    for member in members {
      let list = (member.value.elements ?? [member.value]).map(\.string)
      let values = list.compactMap { $0 }
      guard values.count == list.count else {
        throw .badReply("metadata.\(member.key) wants a string or a list of strings")
      }
      document.metadata.set(MetadataKey(member.key), list: values, from: "external:" + stage)
    }
  }
}
