import Glibc
import Synchronization

/// A line that is written over on a terminal, and nothing elsewhere: how far a loop is.
final class StatusLine: Sendable {
  private let console: Console
  private let isShown: Bool
  private let state = Mutex((isDrawn: false, next: 0.0))

  init(_ console: Console, isShown: Bool = Console.errorsAreTerminal) {
    (self.console, self.isShown) = (console, isShown)
  }

  /// Shows a text, at most ten times a second.
  func show(_ text: @autoclosure () -> String) {
    guard isShown else { return }
    let now = seconds()
    state.withLock { state in
      guard now >= state.next else { return }
      console.errorRaw("\r\u{1B}[K" + text())
      state = (true, now + 0.1)
    }
  }

  /// A line that stays, above the status.
  func print(_ line: String) {
    erase()
    console.error(line)
  }

  func erase() {
    state.withLock { state in
      if state.isDrawn { console.errorRaw("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }
}

/// Seconds of the monotonic clock.
func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Whether somebody has pressed Ctrl-C.
final class StopFlag: Sendable {
  private let isSet = Atomic(false)
  /// Takes signals from now on; the second ends the process at once.
  init(_ status: StatusLine) {
    Interrupts.block()
    Interrupts.onInterrupt { [self] in
      isSet.store(true, ordering: .relaxed)
      status.print("pipeline: stopping; Ctrl-C again ends at once")
    }
  }

  /// - Throws: ``Interrupted``
  func check() throws { if isSet.load(ordering: .relaxed) { throw Interrupted() } }
}

/// Ended by Ctrl-C.
struct Interrupted: Error {}
