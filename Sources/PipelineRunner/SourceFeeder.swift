import PipelineKit
import Threads

/// Reads the source on a thread of its own and hands out documents, as many as may be in flight.
final class SourceFeeder<Reader: SourceReader>: @unchecked Sendable {
  /// Used by the feeding thread alone; by the run's after that thread has ended.
  private var reader: Reader
  private let traffic: Monitor<Traffic>
  private let limits: TrafficLimits
  private let outputs: OutputGuard
  /// Documents in all.
  private let total: Int
  /// Time that the reader took. To be asked only after ``feed()`` has returned.
  private(set) var nanoseconds: UInt64 = 0

  /// - Parameter total: documents in all; nil for no limit.
  init(reader: Reader, traffic: Monitor<Traffic>, limits: TrafficLimits, outputs: OutputGuard, total: Int?) {
    (self.reader, self.traffic, self.limits) = (reader, traffic, limits)
    (self.outputs, self.total) = (outputs, total ?? .max)
  }

  /// Tells the source what every sink has. Only after ``feed()`` has returned.
  func confirm(_ position: SourcePosition) throws { try reader.confirm(position) }

  /// Reads to the end, to the limit, or until the run stops.
  func feed() throws {
    defer { traffic.update { $0.endSource() } }
    var count = 0
    while count < total, waitForRoom(), let document = try next() {
      traffic.updateQuietly { $0.add(document, self.limits) }
      count += 1
    }
  }

  private func next() throws -> RawDocument? {
    let started = Deadline.now
    defer { nanoseconds += Deadline.now - started }
    let document = try reader.next()
    if let document { try outputs.check(document) }
    return document
  }

  /// - Returns: false where the run stops.
  private func waitForRoom() -> Bool {
    let answer = { (traffic: Traffic) -> Bool? in
      if traffic.isClosing { return false }
      return traffic.hasRoom(self.limits) ? true : nil
    }
    return traffic.read(answer) ?? traffic.wait { answer($0) }
  }
}
