import PipelineKit

/// A program that has shaken hands.
struct Conversation {
  let child: Child
  let partner: Handshake.Answer

  /// Starts the program and shakes hands.
  /// - Parameter comparing: whether the layers that it names have to be those of the agreement.
  /// - Throws: ``ExternalProblem``, naming the command and the program's last words.
  init(_ agreement: Agreement, comparing: Bool = true) throws(ExternalProblem) {
    child = try Child(agreement.launch, lineLimit: agreement.lineLimit, log: agreement.log)
    child.send(Handshake.request(agreement))
    do throws(Handshake.Refusal) {
      partner = try Self.answer(from: child, within: agreement.startLimit)
      if comparing { try Handshake.compare(partner, agreement) }
    } catch {
      // What it writes while it ends is often the reason.
      child.finish(grace: TimeSpan(milliseconds: 500), afterTerm: TimeSpan(milliseconds: 200))
      throw .noHandshake(command: agreement.launch.title, reason: error.reason, lastWords: child.words)
    }
  }

  private static func answer(from child: Child, within limit: TimeSpan) throws(Handshake.Refusal) -> Handshake.Answer {
    let moment = now() + UInt64(limit.milliseconds) * 1_000_000
    while true {
      switch child.next(until: moment) {
      case .line(let line): return try Handshake.answer(line)
      case .roomy: continue
      case .late: throw Handshake.Refusal(reason: "did not answer the handshake within \(limit)")
      case .ended(let how): throw Handshake.Refusal(reason: how + " before it answered the handshake")
      case .endlessLine: throw Handshake.Refusal(reason: "answered the handshake with a line without end")
      }
    }
  }
}
