public import PipelineKit

/// Time, documents and bytes for each stage, and the slowest documents.
public struct Profile: Sendable {
  /// One stage's share.
  public struct Stage: Sendable {
    public var name: StageName
    /// Summed over all workers.
    public var nanoseconds: UInt64 = 0
    public var documents = 0
    public var bytes = 0
    /// Documents and their times, the slowest first.
    public var slowest: [(id: String, nanoseconds: UInt64)] = []
  }
  public private(set) var stages: [Stage]
  static let kept = 3

  init(_ names: [StageName]) { stages = names.map { Stage(name: $0) } }

  mutating func add(stage: Int, _ documents: [Document], nanoseconds: UInt64) {
    stages[stage].nanoseconds += nanoseconds
    stages[stage].documents += documents.count
    for document in documents { stages[stage].bytes += document.raw.count }
    guard documents.count == 1,
      nanoseconds > stages[stage].slowest.last?.nanoseconds ?? 0 || stages[stage].slowest.count < Self.kept
    else { return }
    stages[stage].insert(documents[0].id, nanoseconds)
  }

  /// Time that no single document stands for.
  mutating func add(stage: Int, nanoseconds: UInt64) {
    if stages.indices.contains(stage) { stages[stage].nanoseconds += nanoseconds }
  }

  mutating func add(_ other: Profile) {
    for (index, stage) in other.stages.enumerated() where stages.indices.contains(index) {
      stages[index].nanoseconds += stage.nanoseconds
      stages[index].documents += stage.documents
      stages[index].bytes += stage.bytes
      for (id, nanoseconds) in stage.slowest { stages[index].insert(id, nanoseconds) }
    }
  }
}

extension Profile.Stage {
  fileprivate mutating func insert(_ id: String, _ nanoseconds: UInt64) {
    let place = slowest.firstIndex { $0.nanoseconds < nanoseconds } ?? slowest.count
    slowest.insert((id, nanoseconds), at: place)
    if slowest.count > Profile.kept { slowest.removeLast() }
  }
}
