import JSON
import PipelineKit

/// The first line to a program, and its answer.
enum Handshake {
  static let version = 1

  static func request(_ agreement: Agreement, version: Int = version) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.key("pipeline")
    json.string("external/\(version)")
    json.key("options")
    json.beginObject()
    for (name, value) in agreement.options.sorted(by: { $0.key < $1.key }) {
      json.key(name)
      json.string(value)
    }
    json.endObject()
    json.key("offsets")
    json.string(agreement.offsets.rawValue)
    json.key("needs")
    write(agreement.needs, to: &json)
    json.key("gives")
    write(agreement.gives, to: &json)
    json.key("window")
    json.integer(agreement.window)
    json.key("time_limit_ms")
    if let limit = agreement.timeLimit { json.integer(limit.milliseconds) } else { json.null() }
    json.endObject()
    json.newline()
    return json.bytes
  }

  private static func write(_ layers: [LayerName], to json: inout JSONWriter) {
    json.beginArray()
    for layer in layers { json.string(layer.description) }
    json.endArray()
  }

  /// What a program says of itself.
  struct Answer: Sendable, Hashable {
    var name: String
    var version: String
    /// nil where it does not say.
    var needs: [LayerName]?
    var gives: [LayerName]?
  }

  /// Why there is no agreement, as a sentence of its own.
  struct Refusal: Error, Hashable {
    let reason: String
  }

  static func answer(_ line: [UInt8]) throws(Refusal) -> Answer {
    let value: JSONValue
    do { value = try JSONValue(parsing: line) } catch {
      throw Refusal(reason: "answered the handshake with a line that is not JSON: \(excerpt(line))")
    }
    guard value.members != nil else { throw Refusal(reason: "answered the handshake with \(value.kind), no object") }
    if let error = value["error"] { throw Refusal(reason: error.string ?? "refused without saying why") }
    guard let protocolVersion = value["protocol"]?.integer else {
      throw Refusal(reason: "did not name its protocol: the answer to the handshake wants \"protocol\": \(version)")
    }
    guard protocolVersion == version else {
      throw Refusal(reason: "speaks protocol \(protocolVersion), and this command speaks \(version)")
    }
    guard let name = value["name"]?.string, !name.isEmpty else {
      throw Refusal(reason: "did not name itself: the answer to the handshake wants a \"name\"")
    }
    guard let version = value["version"]?.string ?? value["version"]?.integer.map(String.init) else {
      throw Refusal(reason: "did not give its version: the answer to the handshake wants a \"version\"")
    }
    return Answer(
      name: name, version: version, needs: try layers("needs", of: value), gives: try layers("gives", of: value))
  }

  private static func layers(_ key: String, of value: JSONValue) throws(Refusal) -> [LayerName]? {
    guard let list = value[key], list != .null else { return nil }
    guard let names = list.elements?.compactMap(\.string), names.count == list.elements?.count else {
      throw Refusal(reason: "answered the handshake with \"\(key)\" that is no list of names")
    }
    return names.map { LayerName($0) }
  }

  /// Whether program and pipeline file mean the same layers.
  static func compare(_ answer: Answer, _ agreement: Agreement) throws(Refusal) {
    let known = agreement.needs + [.text]
    if let missing = answer.needs?.first(where: { !known.contains($0) }) {
      throw Refusal(reason: "needs the layer \(missing), which the pipeline file does not declare; add it to needs:")
    }
    guard let gives = answer.gives else { return }
    if let extra = gives.first(where: { !agreement.gives.contains($0) }) {
      throw Refusal(reason: "gives the layer \(extra), which the pipeline file does not declare; add it to gives:")
    }
    if let missing = agreement.gives.first(where: { !gives.contains($0) }) {
      throw Refusal(
        reason: "does not give the layer \(missing), which the pipeline file declares; take it out of gives:")
    }
  }
}

/// The beginning of a line, for a message.
func excerpt(_ line: [UInt8]) -> String {
  let text = String(decoding: line.prefix(80), as: UTF8.self).filter { !$0.isNewline }
  return "\"" + text + (line.count > 80 ? "…\"" : "\"")
}
