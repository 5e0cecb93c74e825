import PipelineKit

/// Reads the source on a thread of its own and hands out chunks, as many as may be in flight.
final class SourceFeeder<Reader: SourceReader>: @unchecked Sendable {
  /// Used by the feeding thread alone; by the run's after that thread has ended.
  private var reader: Reader
  private let traffic: Monitor<Traffic>
  private let limits: Limits
  private let confirmed = Monitor<SourcePosition?>(nil)

  struct Limits: Sendable {
    /// Documents in a chunk.
    var count: Int
    /// Bytes of input after which a chunk is closed.
    var bytes = 1_000_000
    /// Chunks in flight.
    var chunks: Int
    /// Documents in all; nil for no limit.
    var total: Int?
  }

  init(reader: Reader, traffic: Monitor<Traffic>, limits: Limits) {
    (self.reader, self.traffic, self.limits) = (reader, traffic, limits)
  }

  /// Called by the writer when every sink has confirmed.
  func confirm(_ position: SourcePosition) { confirmed.update { $0 = position } }

  /// Tells the source what was confirmed last. Only after ``feed()`` has returned.
  func settle() throws { try passOnConfirmation() }

  /// Reads to the end, to the limit, or until the run stops.
  func feed() throws {
    var sequence = 0
    var total = 0
    while let chunk = try next(sequence, &total) {
      let isStopped = traffic.wait { traffic -> Bool? in
        if traffic.isStopped || traffic.isInterrupted || traffic.hasGivenUp { return true }
        guard traffic.inFlight < self.limits.chunks else { return nil }
        traffic.inFlight += 1
        traffic.waiting.append(chunk)
        return false
      }
      if isStopped { return }
      sequence += 1
      try passOnConfirmation()
    }
  }

  private func next(_ sequence: Int, _ total: inout Int) throws -> Chunk? {
    var documents: [RawDocument] = []
    var bytes = 0
    while documents.count < limits.count, bytes < limits.bytes, total < limits.total ?? .max {
      if traffic.read({ $0.isStopped || $0.isInterrupted }) { break }
      guard let document = try reader.next() else { break }
      documents.append(document)
      bytes += document.inputBytes
      total += 1
    }
    return documents.isEmpty ? nil : Chunk(sequence: sequence, documents: documents)
  }

  private func passOnConfirmation() throws {
    let position = confirmed.update { position in
      defer { position = nil }
      return position
    }
    if let position { try reader.confirm(position) }
  }
}
