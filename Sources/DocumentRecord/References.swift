import JSON
import PipelineKit

/// The entries to which a record's references may point: those of its own layers, then those that the
/// document has already.
struct References: Sendable {
  private struct Target: Sendable {
    var count: Int
    var prefix: String?
    /// Entries by an identifier that is not prefix and running number.
    var named: [String: Int] = [:]
  }
  private var targets: [LayerName: Target] = [:]

  init(layers: [JSONMember], document: Document) {
    for name in document.layerNames {
      targets[name] = Target(count: document.count(of: name), prefix: document.idPrefix(of: name))
    }
    for layer in layers where layer.key != "actors" {
      let name = LayerName(layer.key)
      let entries = layer.value.elements ?? []
      var target = Target(count: entries.count, prefix: document.idPrefix(of: name))
      // An identifier that stands twice means its first entry.
      for (index, entry) in entries.enumerated().reversed() {
        if let id = entry["id"]?.string { target.named[id] = index }
      }
      targets[name] = target
    }
  }

  /// The index that an identifier or an index stands for.
  func index(_ value: JSONValue, in layer: LayerName, at path: String) throws(RecordProblem) -> Int {
    guard let target = targets[layer] else {
      throw RecordProblem(path, "points into \(layer), a layer that is not there")
    }
    switch value {
    case .integer(let index):
      guard index >= 0, index < target.count else {
        throw RecordProblem(path, "wants an index into the \(target.count) \(layer), not \(index)")
      }
      return index
    case .string(let id):
      if let index = target.named[id] { return index }
      // Where entries carry identifiers of their own, a running number means nothing.
      if target.named.isEmpty, let prefix = target.prefix, id.hasPrefix(prefix),
        let number = Int(id.dropFirst(prefix.count)), number > 0, number <= target.count
      {
        return number - 1
      }
      throw RecordProblem(path, "wants an identifier of \(layer); there is no \"\(id)\"")
    default:
      throw RecordProblem(path, "wants an identifier or an index of \(layer), not \(value.kind)")
    }
  }
}
