// Sends a batch through a window of documents in flight. What may go wrong is sorted by who is to blame: a reply
// that says error or is not as agreed costs its document; a hang, or a line that is no reply, costs the document
// at the head and the program; the end of the program costs the document that ends a fresh program all by itself
// (see `Window`). The program is then started again and gets what was in flight once more.

import PipelineKit

/// The programs of one worker and what it knows of them.
struct Exchange {
  private let agreement: Agreement
  private let request: Request
  private var conversation: Conversation?
  /// The number that the next document gets.
  private var sequence = 0
  /// Failures since a document was last answered.
  private var failures = 0
  /// Why nothing is sent any more.
  private var broken: ExternalProblem?
  /// Whether the program at work has answered a document.
  private var isFresh = true
  /// Documents are encoded no further ahead than this, so that large ones do not pile up.
  private static let backlog = 1 << 20

  init(_ agreement: Agreement, _ conversation: Conversation?) {
    (self.agreement, self.conversation) = (agreement, conversation)
    request = Request(agreement)
  }

  mutating func work(on batch: inout [Document], failed: (Int, any Error) -> Void) {
    var window = Window(count: batch.count, width: agreement.window, isFresh: isFresh)
    /// When the head became the head.
    var since = now()
    while !window.isDone {
      guard let conversation = open(&window, failed) else { break }
      send(&window, batch, to: conversation.child, &since, failed)
      guard window.inFlight > 0 else { continue }
      switch conversation.child.next(until: moment(since)) {
      case .roomy: break
      case .line(let line):
        take(line, &window, &batch, conversation, failed)
        since = now()
      case .late:
        failed(window.head, ExternalProblem.tooSlow(agreement.timeLimit ?? .seconds(0)))
        drop(&window, because: "took too long over a document")
      case .endlessLine:
        failed(window.head, ExternalProblem.brokenProtocol("a reply is longer than \(agreement.lineLimit) bytes"))
        drop(&window, because: "wrote a line without end")
      case .ended(let how): ended(how, &window, conversation, failed)
      }
    }
    isFresh = window.isFresh
  }

  /// Closes the program's input and waits for its end.
  mutating func close() {
    if conversation?.child.finish() == false {
      agreement.log("did not end within 2s of the end of its input, and was ended")
    }
    conversation = nil
    isFresh = true
  }

  // MARK: Steps

  /// The program, started if need be; nil after every document left has failed because there is none.
  private mutating func open(_ window: inout Window, _ failed: (Int, any Error) -> Void) -> Conversation? {
    if let conversation, broken == nil { return conversation }
    do throws(ExternalProblem) {
      if let broken { throw broken }
      conversation = try Conversation(agreement)
      return conversation
    } catch {
      broken = error
      for index in window.answered..<window.count { failed(index, error) }
      window.giveUp()
      return nil
    }
  }

  private mutating func send(
    _ window: inout Window, _ batch: [Document], to child: Child, _ since: inout UInt64,
    _ failed: (Int, any Error) -> Void
  ) {
    while window.maySend, child.backlog < Self.backlog {
      if window.inFlight == 0 { since = now() }
      do { child.send(try request.line(batch[window.sent], sequence: sequence)) } catch {
        // Behind documents in flight it would be settled out of turn, so it waits until it is the head.
        guard window.inFlight == 0 else { return }
        failed(window.head, error)
        window.refuseHead()
        continue
      }
      sequence += 1
      window.didSend()
    }
  }

  private mutating func take(
    _ line: [UInt8], _ window: inout Window, _ batch: inout [Document], _ conversation: Conversation,
    _ failed: (Int, any Error) -> Void
  ) {
    let expected = sequence - window.inFlight
    do throws(Reply.Garbage) {
      let reply = try Reply(line)
      guard reply.sequence == expected else {
        throw Reply.Garbage(what: "the program answered \"seq\": \(reply.sequence) where \(expected) was next")
      }
      do throws(ExternalProblem) {
        try reply.apply(to: &batch[window.head], agreement, stage: conversation.partner.name)
      } catch { failed(window.head, error) }
      failures = 0
      window.didAnswer()
    } catch {
      failed(window.head, ExternalProblem.brokenProtocol(error.what))
      drop(&window, because: error.what)
    }
  }

  private mutating func ended(
    _ how: String, _ window: inout Window, _ conversation: Conversation, _ failed: (Int, any Error) -> Void
  ) {
    let head = window.head
    if window.programEnded() {
      failed(head, ExternalProblem.ended(how: how, lastWords: conversation.child.words))
    }
    restart(because: how)
  }

  /// The head is to blame, and the program can't go on.
  private mutating func drop(_ window: inout Window, because reason: String) {
    conversation?.child.kill()
    window.blameHead()
    restart(because: reason)
  }

  private mutating func restart(because reason: String) {
    conversation = nil
    failures += 1
    if failures > agreement.restarts {
      broken = .givenUp(times: failures, last: reason)
    } else {
      agreement.log(reason + "; starting it again")
    }
  }

  private func moment(_ since: UInt64) -> UInt64? {
    agreement.timeLimit.map { since &+ UInt64($0.milliseconds) * 1_000_000 }
  }
}
