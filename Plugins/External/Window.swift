/// Which documents of a batch are answered, sent and waiting, and who is to blame when the program fails.
///
/// Replies come in order, so two numbers say it all: documents before `answered` are settled, those from there to
/// `sent` are in flight. No input or output happens here.
struct Window {
  let count: Int
  let width: Int
  private(set) var answered = 0
  private(set) var sent = 0
  /// How many documents, from the head on, have to go alone: they were in flight when a program ended.
  private(set) var suspects = 0
  /// Whether the program at work has answered anything yet. One that has may have ended of an earlier document.
  private(set) var isFresh: Bool

  /// - Parameter isFresh: whether the program has not answered any document of an earlier batch.
  init(count: Int, width: Int, isFresh: Bool) {
    (self.count, self.width, self.isFresh) = (count, width, isFresh)
  }

  var isDone: Bool { answered == count }
  var inFlight: Int { sent - answered }
  /// The document that the program has to answer next.
  var head: Int { answered }
  var maySend: Bool { sent < count && inFlight < (suspects > 0 ? 1 : width) }

  mutating func didSend() { sent += 1 }

  /// The head is settled by its reply.
  mutating func didAnswer() {
    isFresh = false
    settle()
  }

  /// The head was never sent and is settled.
  mutating func refuseHead() {
    settle()
    sent = answered
  }

  /// The head is guilty, beyond doubt. The others go to the next program.
  mutating func blameHead() {
    settle()
    restart()
  }

  /// The program ended. The head is guilty if a fresh program had nothing else; else all in flight are suspects.
  /// - Returns: whether the head was found guilty and is settled.
  mutating func programEnded() -> Bool {
    if inFlight == 1, isFresh {
      blameHead()
      return true
    }
    suspects = max(suspects, inFlight)
    restart()
    return false
  }

  /// Nothing more will be answered: every document left is settled.
  mutating func giveUp() { (answered, sent, suspects) = (count, count, 0) }

  private mutating func settle() {
    answered += 1
    suspects = max(0, suspects - 1)
  }
  private mutating func restart() {
    sent = answered
    isFresh = true
  }
}
