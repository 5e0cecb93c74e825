/// How long to wait before an address is asked again after a failure.
///
/// The ceiling doubles with each attempt, and the wait is drawn evenly from 0 to the ceiling ("full
/// jitter", Marc Brooker 2015): after an outage the retries of many addresses of a host spread out instead
/// of arriving together. The pause between requests to a host comes on top and is not this type's matter.
package struct BackOff: Sendable {
  /// Ceiling of the first wait in seconds. A fault of the connection is mostly over after a second.
  package var first = 2.0
  /// Highest ceiling in seconds. A run that waits longer is better ended and started again later.
  package var longest = 300.0
  /// Most seconds that a server's Retry-After is followed. Longer ones end the run for that host: the
  /// caller compares before it waits.
  package var longestRetryAfter = 3_600.0

  package init() {}

  /// Seconds to wait after `attempt` requests have failed (1 after the first).
  ///
  /// With a Retry-After never less than it asks for: the jitter, at most `first`, is added.
  package func delay(
    attempt: Int, retryAfter: Double? = nil, using generator: inout some RandomNumberGenerator
  ) -> Double {
    // 2 to the 60th is beyond any limit; the exponent is bounded so that it never overflows.
    let ceiling = min(longest, first * Double(UInt64(1) << UInt64(min(max(attempt, 1) - 1, 60))))
    let wait = Double.random(in: 0...max(ceiling, 0), using: &generator)
    guard let retryAfter else { return wait }
    let asked = min(max(retryAfter, 0), longestRetryAfter)
    return max(wait, asked + Double.random(in: 0...max(first, 0), using: &generator))
  }
}
