public import PipelineKit
import Synchronization

/// Sends documents to a program of its own and takes the replies.
///
/// Each copy starts its program when its first documents come; the first copy takes over the one that shook
/// hands before the run.
public struct ExternalWorker: AnnotatorWorker {
  private let agreement: Agreement
  private let spare: Spare
  private var desk: Desk?

  /// - Throws: ``ExternalProblem``.
  init(_ agreement: Agreement) throws(ExternalProblem) {
    self.agreement = agreement
    spare = Spare(try Conversation(agreement))
  }

  public mutating func annotate(_ document: inout Document) throws {
    var batch = [document]
    var problem: (any Error)?
    annotate(&batch) { problem = $1 }
    if let problem { throw problem }
    document = batch[0]
  }

  public mutating func annotate(_ batch: inout [Document], failed: (Int, any Error) -> Void) {
    let desk = desk ?? Desk(agreement, spare.take())
    self.desk = desk
    desk.work(on: &batch, failed: failed)
  }

  public mutating func finish() {
    desk?.close()
    desk = nil
  }
}

/// The program that was started for the handshake before the run, until a worker takes it.
private final class Spare: Sendable {
  private let conversation: Mutex<Conversation?>
  init(_ conversation: Conversation) { self.conversation = Mutex(conversation) }
  func take() -> Conversation? {
    conversation.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
  }
}

/// One program after another, one at a time. A lock, so that a copied worker that shares it only waits.
private final class Desk: Sendable {
  private let exchange: Mutex<Exchange>
  init(_ agreement: Agreement, _ conversation: Conversation?) {
    exchange = Mutex(Exchange(agreement, conversation))
  }
  func work(on batch: inout [Document], failed: (Int, any Error) -> Void) {
    exchange.withLock { $0.work(on: &batch, failed: failed) }
  }
  func close() { exchange.withLock { $0.close() } }
}
