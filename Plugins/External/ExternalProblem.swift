public import PipelineKit

/// What can go wrong with a program, or with what it says.
public enum ExternalProblem: Error, Hashable, CustomStringConvertible {
  /// It could not be started.
  case notStarted(command: String, reason: String)
  /// It was started, but there was no agreement.
  case noHandshake(command: String, reason: String, lastWords: [String])
  /// Its own answer to a document, or to the handshake.
  case reported(String)
  /// It took too long over a document.
  case tooSlow(TimeSpan)
  /// It ended while it worked on a document.
  case ended(how: String, lastWords: [String])
  /// It wrote what is no reply.
  case brokenProtocol(String)
  /// Its reply to a document is not what was agreed on.
  case badReply(String)
  /// It failed too often.
  case givenUp(times: Int, last: String)

  public var description: String {
    switch self {
    case .notStarted(let command, let reason): "\(command): can't be started: \(reason)"
    case .noHandshake(let command, let reason, let lines): "\(command): \(reason)" + words(lines)
    case .reported(let message): message
    case .tooSlow(let limit): "took longer than \(limit) and was ended; raise time_limit if that is too short"
    case .ended(let how, let lines): "the program \(how) while it worked on the document" + words(lines)
    case .brokenProtocol(let what): "\(what); standard output is for replies alone, so print to standard error"
    case .badReply(let what): "the reply is not as agreed: \(what)"
    case .givenUp(let times, let last):
      "the program was given up after it failed \(times) times in a row; the last time: \(last)"
    }
  }

  private func words(_ lines: [String]) -> String {
    lines.isEmpty ? "" : "; its last words: " + lines.joined(separator: " | ")
  }
}
