import Glibc

/// Ctrl-C: the first asks, the second ends the process at once.
///
/// The signals are blocked in every thread and taken by one that waits for them, so that no code ever runs
/// inside a handler.
enum Interrupts {
  /// To be called before any thread is started, and only where ``onInterrupt(_:)`` follows.
  static func block() {
    var set = signals()
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// - Parameter first: called at the first signal; a second one within it or after it ends the process.
  static func onInterrupt(_ first: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      {
        guard let argument = $0 else { return nil }
        let box = Unmanaged<Box>.fromOpaque(argument).takeRetainedValue()
        var set = Interrupts.signals()
        var number: Int32 = 0
        sigwait(&set, &number)
        box.body()
        sigwait(&set, &number)
        _exit(130)
      }, Unmanaged.passRetained(Box(first)).toOpaque())
    pthread_detach(thread)
  }

  private static func signals() -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    sigaddset(&set, SIGTERM)
    return set
  }
}
