import Glibc
import Synchronization

/// The moment at which the stage at work has to be done with its document. One for each worker thread.
package final class Deadline: Sendable {
  /// Nanoseconds of the monotonic clock; `UInt64.max` for none.
  private let moment = Atomic<UInt64>(.max)
  package init() {}

  /// Sets the moment to so many nanoseconds from now; nil for no limit.
  package func set(after nanoseconds: UInt64?) {
    guard let nanoseconds else { return clear() }
    let (moment, overflow) = Self.now.addingReportingOverflow(nanoseconds)
    self.moment.store(overflow ? .max : moment, ordering: .relaxed)
  }
  package func clear() { moment.store(.max, ordering: .relaxed) }
  package var isOver: Bool { Self.now > moment.load(ordering: .relaxed) }

  /// The monotonic clock in nanoseconds.
  package static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// A stage took longer over a document than `time_limit` allows.
public struct TimeLimitExceeded: Error, CustomStringConvertible {
  public init() {}
  public var description: String { "took longer than the time limit; raise it with run: { time_limit: … }" }
}
