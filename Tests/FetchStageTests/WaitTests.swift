import FetchStage
import Learning
import Testing

@Suite("waits")
struct WaitTests {
  /// Sun, 29 Nov 2026 12:00:00 GMT.
  private let now = 1_795_953_600.0

  @Test("each Retry-After of the table asks for the wait of its row", arguments: try rows(of: "retry-after"))
  func retryAfter(row: [[UInt8]]) throws {
    try #require(row.count == 3, "\(row.map(text))")
    let seconds = RetryAfter.seconds(text(row[1]), now: now, longest: 86_400)
    #expect(seconds == Double(text(row[2])), "\(text(row[0])): \(text(row[1]))")
  }

  @Test(
    "dates are counted from 1970",
    arguments: [
      ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
      ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777), ("Sun Nov  6 08:49:37 1994", 784_111_777),
      ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799), ("Thu, 31 Dec 1969 23:59:59 GMT", -1),
      ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200), ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
    ])
  func dates(text: String, seconds: Double) { #expect(HTTPDate.seconds(text, now: now) == seconds) }

  @Test("every day of 400 years follows the one before")
  func calendar() {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var next = HTTPDate.seconds("Sat, 01 Jan 1900 00:00:00 GMT", now: now) ?? .nan
    var days = 0
    for year in 1900..<2300 {
      for month in months {
        for day in 1...31 {
          guard let date = HTTPDate.seconds("Mon, \(day) \(month) \(year) 00:00:00 GMT", now: now) else { continue }
          if date != next { Issue.record("\(day) \(month) \(year): \(date), not \(next)") }
          (next, days) = (date + 86_400, days + 1)
        }
      }
    }
    #expect(days == 146_097)
  }

  @Test("a wait lies between nothing and a ceiling that doubles up to its limit")
  func bounds() {
    var generator = SeededGenerator(seed: 1)
    let backOff = BackOff()
    for attempt in [Int.min, -1, 0, 1, 2, 3, 5, 8, 9, 20, 63, 64, 1_000, Int.max] {
      let doublings = min(max(attempt, 1) - 1, 20)
      let ceiling = min(backOff.longest, backOff.first * Double(1 << doublings))
      let waits = (0..<2_000).map { _ in backOff.delay(attempt: attempt, using: &generator) }
      #expect(waits.allSatisfy { (0...ceiling).contains($0) }, "attempt \(attempt)")
      // Drawn evenly: the mean is the middle, and both ends occur.
      let mean = waits.reduce(0, +) / Double(waits.count)
      #expect(abs(mean / ceiling - 0.5) < 0.05, "attempt \(attempt): \(mean) of \(ceiling)")
      #expect(waits.contains { $0 < ceiling * 0.05 } && waits.contains { $0 > ceiling * 0.95 }, "attempt \(attempt)")
    }
  }

  @Test("a wait is never shorter than a server asks for, up to the limit, and little longer")
  func asked() {
    var generator = SeededGenerator(seed: 2)
    let backOff = BackOff()
    for asked in [-5.0, 0, 1, 100, 3_600, 100_000, .infinity] {
      for attempt in [1, 4, 12] {
        let least = min(max(asked, 0), backOff.longestRetryAfter)
        let most = max(least + backOff.first, min(backOff.longest, backOff.first * Double(1 << (attempt - 1))))
        for _ in 0..<500 {
          let wait = backOff.delay(attempt: attempt, retryAfter: asked, using: &generator)
          #expect((least...most).contains(wait), "\(asked) at attempt \(attempt)")
        }
      }
    }
  }

  @Test("two addresses that fail at once don't come back at once")
  func jitter() {
    var generator = SeededGenerator(seed: 5)
    let waits = Set((0..<1_000).map { _ in BackOff().delay(attempt: 6, retryAfter: 30, using: &generator) })
    #expect(waits.count > 990)
  }
}
