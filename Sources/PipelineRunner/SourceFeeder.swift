import PipelineKit

/// Reads the source on a thread of its own and hands out chunks, as many as may be in flight.
final class SourceFeeder<Reader: SourceReader>: @unchecked Sendable {
  /// Used by the feeding thread alone; by the run's after that thread has ended.
  private var reader: Reader
  private let traffic: Monitor<Traffic>
  private let limits: Limits
  /// Time that the reader took. To be asked only after ``feed()`` has returned.
  private(set) var nanoseconds: UInt64 = 0
  /// Why the source breaks off behind the documents that it has handed out.
  private var failure: (any Error)?

  struct Limits: Sendable {
    /// Documents in a chunk: few, so that the last ones are shared out among the workers.
    var count: Int
    /// Documents in a chunk of small ones, where handing over would else cost more than the work.
    var smallCount: Int
    /// Bytes below which a chunk is one of small documents.
    var smallBytes = 8_000
    /// Bytes after which a chunk is closed.
    var bytes = 1_000_000
    /// Chunks in flight.
    var chunks: Int
    /// Bytes in flight after which the source waits: a document may take several times its size on its way.
    var bytesInFlight = 256_000_000
    /// Documents in all; nil for no limit.
    var total: Int?

    /// Whether one more chunk may be in flight.
    func allow(_ traffic: Traffic) -> Bool { traffic.inFlight < chunks && traffic.bytesInFlight < bytesInFlight }

    /// Whether a chunk takes one more document.
    func allow(_ count: Int, bytes: Int) -> Bool {
      bytes < self.bytes && count < (bytes > 0 && bytes < smallBytes ? smallCount : self.count)
    }
  }

  init(reader: Reader, traffic: Monitor<Traffic>, limits: Limits) {
    (self.reader, self.traffic, self.limits) = (reader, traffic, limits)
  }

  /// Tells the source what every sink has. Only after ``feed()`` has returned.
  func confirm(_ position: SourcePosition) throws { try reader.confirm(position) }

  /// Reads to the end, to the limit, or until the run stops.
  func feed() throws {
    var sequence = 0
    var total = 0
    while let chunk = next(sequence, &total) {
      let isStopped = traffic.wait { traffic -> Bool? in
        if traffic.isStopped || traffic.isInterrupted || traffic.hasGivenUp { return true }
        guard traffic.inFlight == 0 || self.limits.allow(traffic) else { return nil }
        traffic.add(chunk)
        return false
      }
      if isStopped { return }
      sequence += 1
    }
    if let failure { throw failure }
  }

  private func next(_ sequence: Int, _ total: inout Int) -> Chunk? {
    let started = Deadline.now
    defer { nanoseconds += Deadline.now - started }
    var documents: [RawDocument] = []
    var bytes = 0
    while failure == nil, limits.allow(documents.count, bytes: bytes), total < limits.total ?? .max {
      if traffic.read({ $0.isStopped || $0.isInterrupted }) { break }
      do {
        guard let document = try reader.next() else { break }
        documents.append(document)
        bytes += document.weight
        total += 1
      } catch { failure = error }
    }
    return documents.isEmpty ? nil : Chunk(sequence: sequence, documents: documents)
  }
}
