// A running program and the three pipes to it. All reading and writing happens in one loop around poll: whichever
// pipe is ready is served, so that neither side can wait for the other with both pipes full. The loop wakes at
// least ten times a second to see whether the program has ended, since a pipe that a grandchild holds open never
// reports its end.

internal import CSpawn
import Glibc
import PipelineKit

/// A program that was started. Ends it when it goes.
///
/// Unchecked: whoever owns one reaches it under a lock, one at a time.
final class Child: @unchecked Sendable {
  enum Event {
    /// A line of its standard output, without the line break.
    case line([UInt8])
    /// Everything that was to be sent is with the program.
    case roomy
    /// The moment came first.
    case late
    /// It ended, or closed a pipe without which there is no talking; how, as a sentence goes on after "it".
    case ended(String)
    /// A line longer than allowed.
    case endlessLine
  }

  private let pid: pid_t
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  private var outgoing: [UInt8] = []
  private var written = 0
  private var incoming = LineBuffer()
  private var lastWords: LastWords
  private let lineLimit: Int
  /// How it ended, once it has, and was reaped.
  private(set) var end: String?

  /// - Throws: ``ExternalProblem/notStarted``.
  init(_ launch: Launch, lineLimit: Int, log: @escaping @Sendable (String) -> Void) throws(ExternalProblem) {
    let spawned = try launch.spawn()
    (pid, input, output, errors) = (spawned.pid, spawned.input, spawned.output, spawned.errors)
    self.lineLimit = lineLimit
    lastWords = LastWords(log: log)
  }

  deinit { finish() }

  /// The last lines of its standard error.
  var words: [String] { lastWords.lines }
  /// Its process number, and its group's.
  var identifier: pid_t { pid }
  /// Bytes that wait to be sent.
  var backlog: Int { outgoing.count - written }

  /// Puts a line in the queue; ``next(until:)`` sends it.
  func send(_ line: [UInt8]) {
    if outgoing.isEmpty { outgoing = line } else { outgoing += line }
  }

  /// Sends and receives until something happened.
  /// - Parameter moment: of the monotonic clock, in nanoseconds; nil to wait for ever.
  func next(until moment: UInt64?) -> Event {
    var isLate = false
    for round in 1... {
      if let line = incoming.next() { return line.count > lineLimit ? .endlessLine : .line(line) }
      if incoming.waiting > lineLimit { return .endlessLine }
      if let end { return .ended(end) }
      // Not before the pipes were looked at once more: this process may have slept, not the program.
      if isLate { return .late }
      isLate = moment.map { now() >= $0 } ?? false
      let hadBacklog = backlog > 0
      let served = serve(milliseconds: isLate ? 0 : Self.wait(until: moment))
      if case .hungUp(let pipe) = served { leave(after: "closed its standard \(pipe)") }
      // A grandchild that keeps a pipe busy must not hide the end of the program.
      if served == .silence || round % 64 == 0, end == nil, spawn_has_ended(pid) != 0 { close(how: nil) }
      if hadBacklog, backlog == 0, end == nil { return .roomy }
    }
    return .late
  }

  /// Closes its standard input and waits for it to end; then asks, then forces it.
  /// - Returns: whether it ended by itself.
  @discardableResult
  func finish(grace: TimeSpan = .seconds(2), afterTerm: TimeSpan = .seconds(1)) -> Bool {
    guard end == nil else { return true }
    closeInput()
    if waitForEnd(grace) { return true }
    _ = Glibc.kill(-pid, SIGTERM)
    if !waitForEnd(afterTerm) { close(how: "was ended") }
    return false
  }

  /// Ends it at once, with everything in its process group.
  func kill() { if end == nil { close(how: "was ended") } }

  // MARK: The pipes

  private enum Served: Equatable {
    case progress, silence
    case hungUp(String)
  }

  /// Waits for a pipe to be ready and serves each that is.
  private func serve(milliseconds: Int32) -> Served {
    var polled = [
      pollfd(fd: backlog > 0 ? input : -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: incoming.waiting > lineLimit ? -1 : output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
    ]
    guard Glibc.poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return .silence }
    if polled[2].revents != 0, !receive(errors, { lastWords.append($0) }) { closeErrors() }
    if polled[1].revents != 0, !receive(output, { incoming.append($0) }) { return .hungUp("output") }
    if polled[0].revents != 0, !transmit() { return .hungUp("input") }
    return .progress
  }

  /// - Returns: false at the end.
  private func receive(_ pipe: Int32, _ take: (UnsafeRawBufferPointer) -> Void) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { room in
      let count = read(pipe, room.baseAddress, room.count)
      if count > 0 { take(UnsafeRawBufferPointer(rebasing: room[..<count])) }
      return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
    }
  }

  /// - Returns: false where nobody reads any more.
  private func transmit() -> Bool {
    let count = withoutSIGPIPE {
      outgoing.withUnsafeBytes { write(input, $0.baseAddress.map { $0 + written }, backlog) }
    }
    guard count >= 0 else { return errno == EAGAIN || errno == EINTR }
    written += count
    if backlog == 0 {
      outgoing.removeAll(keepingCapacity: outgoing.count < 1 << 20)
      written = 0
    }
    return true
  }

  private func closeInput() { if input >= 0 { input = shut(input) } }
  private func closeErrors() { if errors >= 0 { errors = shut(errors) } }
  private func shut(_ descriptor: Int32) -> Int32 {
    _ = Glibc.close(descriptor)
    return -1
  }

  // MARK: The end

  /// A pipe is closed: most often because the program has ended, which is the better thing to say.
  private func leave(after what: String) {
    (outgoing, written) = ([], 0)
    if !waitForEnd(TimeSpan(milliseconds: 500)) { close(how: what) }
  }

  /// Waits for the end, reading on so that the program can write its last words.
  private func waitForEnd(_ span: TimeSpan) -> Bool {
    let moment = now() + UInt64(span.milliseconds) * 1_000_000
    (outgoing, written) = ([], 0)
    var pause: Int32 = 1
    while end == nil, spawn_has_ended(pid) == 0 {
      if now() >= moment { return false }
      let open = output
      if case .hungUp = serve(milliseconds: pause) { output = shut(open) }
      pause = min(20, pause + 1)
    }
    close(how: nil)
    return true
  }

  /// Ends what is left of the group and collects what was written last.
  private func close(how: String?) {
    guard end == nil else { return }
    let status = spawn_reap(pid)
    end = how ?? Self.words(for: status)
    // The writers are gone; what they wrote is still in the pipes.
    while output >= 0, poll(output), receive(output, { incoming.append($0) }) {}
    while errors >= 0, poll(errors), receive(errors, { lastWords.append($0) }) {}
    lastWords.flush()
    closeInput()
    closeErrors()
    if output >= 0 { output = shut(output) }
  }

  /// Whether there is something to be read at once.
  private func poll(_ pipe: Int32) -> Bool {
    var polled = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&polled, 1, 0) > 0 && incoming.waiting <= lineLimit
  }

  private static func words(for status: Int32) -> String {
    let code = spawn_code(status)
    if spawn_exited(status) != 0 { return "ended with exit status \(code)" }
    let name = spawn_signal_name(code).map { " (\(String(cString: $0)))" } ?? ""
    return "was ended by signal \(code)\(name)"
  }

  private static func wait(until moment: UInt64?) -> Int32 {
    guard let moment else { return 100 }
    let current = now()
    guard moment > current else { return 0 }
    return Int32(min(100, (moment - current) / 1_000_000 + 1))
  }
}

/// The monotonic clock in nanoseconds.
func now() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Runs a write during which a closed pipe must be an error and not the end of this process. Only this thread's
/// mask changes, for as long as the write lasts: how the rest of the process takes SIGPIPE is not ours to say.
private func withoutSIGPIPE(_ write: () -> Int) -> Int {
  var pipe = sigset_t()
  var before = sigset_t()
  sigemptyset(&pipe)
  sigaddset(&pipe, SIGPIPE)
  pthread_sigmask(SIG_BLOCK, &pipe, &before)
  let count = write()
  let error = errno
  if count < 0, error == EPIPE {
    // The signal waits for this thread alone; taken here, it is gone before the mask is lifted.
    var nothing = timespec()
    sigtimedwait(&pipe, nil, &nothing)
  }
  pthread_sigmask(SIG_SETMASK, &before, nil)
  errno = error
  return count
}
