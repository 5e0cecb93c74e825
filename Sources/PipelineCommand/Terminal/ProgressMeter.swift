import Glibc
import PipelineRunner

/// Shows how far a run is: a line that is written over on a terminal, plain lines at growing distances elsewhere.
final class ProgressMeter: @unchecked Sendable {
  private let run: PipelineRun
  private let console: Console
  private let isTerminal: Bool
  private let started = now()
  /// Guards the two below: the meter's thread draws, whoever prints a line takes the drawn one away first.
  private var mutex = pthread_mutex_t()
  private var isOver = false
  private var isDrawn = false

  init(_ run: PipelineRun, _ console: Console, isTerminal: Bool = Console.errorsAreTerminal) {
    (self.run, self.console, self.isTerminal) = (run, console, isTerminal)
    pthread_mutex_init(&mutex, nil)
  }
  deinit { pthread_mutex_destroy(&mutex) }

  func start() {
    let meter = Unmanaged.passRetained(self)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      {
        if let argument = $0 { Unmanaged<ProgressMeter>.fromOpaque(argument).takeRetainedValue().show() }
        return nil
      }, meter.toOpaque())
    pthread_detach(thread)
  }

  /// Takes the line away.
  func stop() {
    locked {
      isOver = true
      erase()
    }
  }

  /// A line for the person at the terminal, above the meter.
  func print(_ line: String) {
    locked {
      erase()
      console.error(line)
    }
  }

  private func show() {
    var next = now() + (isTerminal ? 0.1 : 10)
    var distance = 10.0
    while true {
      usleep(50_000)
      let isDone = locked { () -> Bool in
        if isOver { return true }
        guard now() >= next else { return false }
        let text = line(run.progress)
        if isTerminal {
          console.errorRaw("\r\u{1B}[K\(text)")
          isDrawn = true
          next = now() + 0.1
        } else {
          console.error(text)
          distance = min(distance * 1.5, 300)
          next = now() + distance
        }
        return false
      }
      if isDone { return }
    }
  }

  private func line(_ progress: RunProgress) -> String {
    let seconds = max(0.001, now() - started)
    var parts = [
      progress.expected.documents.map { "\(grouped(progress.documents)) of \(grouped($0)) documents" }
        ?? "\(grouped(progress.documents)) documents"
    ]
    parts.append("\(grouped(Int(Double(progress.documents) / seconds)))/s")
    parts.append(megabytes(progress.inputBytes))
    if progress.errors > 0 { parts.append("\(grouped(progress.errors)) in quarantine") }
    if let left = secondsLeft(progress, seconds) { parts.append("\(clock(left)) left") }
    if let activity = progress.activity { parts.append(activity) }
    return parts.joined(separator: "  ")
  }

  private func secondsLeft(_ progress: RunProgress, _ seconds: Double) -> Double? {
    if let bytes = progress.expected.bytes, bytes > 0, progress.inputBytes > 0 {
      return seconds * Double(max(0, bytes - progress.inputBytes)) / Double(progress.inputBytes)
    }
    guard let documents = progress.expected.documents, progress.documents > 0 else { return nil }
    return seconds * Double(max(0, documents - progress.documents)) / Double(progress.documents)
  }

  private func erase() {
    if isDrawn { console.errorRaw("\r\u{1B}[K") }
    isDrawn = false
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(&mutex)
    defer { pthread_mutex_unlock(&mutex) }
    return body()
  }
}

/// Seconds of the monotonic clock.
private func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
