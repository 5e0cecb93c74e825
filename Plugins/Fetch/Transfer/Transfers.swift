import CCurl

/// Transfers that go on side by side on the calling thread, over libcurl's multi interface.
final class Transfers {
  private let multi: UnsafeMutableRawPointer
  private let settings: TransferSettings
  private var running: [UnsafeMutableRawPointer: Transfer] = [:]
  /// Handles to be used again, their connections stay open in the multi handle.
  private var idle: [UnsafeMutableRawPointer] = []

  /// - Throws: where the system has no room for the handle.
  init(_ settings: TransferSettings) throws(TransferProblem) {
    // Thread safe, and counted: nothing is to be undone before the process ends.
    curl_global_init(Int(CURL_GLOBAL_ALL))
    guard let multi = curl_multi_init() else { throw TransferProblem("libcurl does not start", isTransient: false) }
    self.multi = multi
    self.settings = settings
    pipeline_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 256)
  }

  deinit {
    for handle in running.keys { curl_multi_remove_handle(multi, handle) }
    for handle in idle + running.keys { curl_easy_cleanup(handle) }
    curl_multi_cleanup(multi)
  }

  /// How many are under way.
  var count: Int { running.count }

  /// Begins a transfer; the tag comes back with its outcome.
  func start(_ request: Request, tag: Int) throws(TransferProblem) {
    let handle: UnsafeMutableRawPointer
    if let idle = idle.popLast() { handle = idle } else { handle = try newHandle() }
    let transfer = Transfer(request, tag: tag, settings, on: handle)
    guard curl_multi_add_handle(multi, handle) == CURLM_OK else {
      curl_easy_cleanup(handle)
      throw TransferProblem("libcurl takes no more transfers", isTransient: true)
    }
    running[handle] = transfer
  }

  private func newHandle() throws(TransferProblem) -> UnsafeMutableRawPointer {
    guard let handle = curl_easy_init() else { throw TransferProblem("no room for a transfer", isTransient: true) }
    Transfer.configure(handle, settings)
    return handle
  }

  /// Goes on with all of them until one is finished, or for so many milliseconds.
  func finished(within milliseconds: Int) -> [(tag: Int, outcome: Result<Answer, TransferProblem>)] {
    var left: CInt = 0
    curl_multi_perform(multi, &left)
    var found = takeFinished()
    if found.isEmpty, milliseconds > 0 {
      curl_multi_poll(multi, nil, 0, CInt(clamping: milliseconds), nil)
      curl_multi_perform(multi, &left)
      found = takeFinished()
    }
    return found
  }

  /// Ends the waiting of ``finished(within:)``; may be called from any thread.
  func wake() { curl_multi_wakeup(multi) }

  private func takeFinished() -> [(tag: Int, outcome: Result<Answer, TransferProblem>)] {
    var found: [(tag: Int, outcome: Result<Answer, TransferProblem>)] = []
    var left: CInt = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
        let transfer = running.removeValue(forKey: handle)
      else { continue }
      let outcome = transfer.outcome(message.pointee.data.result)
      curl_multi_remove_handle(multi, handle)
      idle.append(handle)
      found.append((transfer.tag, outcome))
    }
    return found
  }
}
