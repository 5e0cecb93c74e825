import DocumentRecord
import JSON
import PipelineKit

/// A document to try a program on.
enum Sample {
  case text(String)
  /// One without text and layers, though the program needs some.
  case bare

  static var ordinary: Sample { .text(paragraph) }
  static let paragraph = """
    On February 28, Moscow said that it "will not accept" new sanctions against Gazprom. Deputy Energy Minister \
    Roman Bilyk met NATO officials in Ankara (RIA Novosti, March 3, 2012; www.government.ru, accessed March 4).
    """

  func document(_ id: String, needs: [LayerName]) throws -> Document {
    var document = Document(id: id, origin: Origin(uri: id, mediaType: .text))
    guard case .text(let text) = self else { return document }
    let bytes = Array(text.utf8)
    let blocks = spans(in: bytes) { $0 == 10 && $1 == 10 }
    try document.write(text: text, blocks: blocks.map { Block(span: $0) })
    for layer in needs where layer != .text && layer != Block.layer {
      switch layer {
      case Sentence.layer: document[Sentence.self] = blocks.map { Sentence(span: $0) }
      case Token.layer:
        document[Token.self] = spans(in: bytes) { byte, _ in byte <= 32 }.map { Token(span: $0, shape: []) }
      default: document.set(layer, to: [])
      }
    }
    return document
  }

  /// Stretches between bytes that part.
  private func spans(in bytes: [UInt8], parts: (UInt8, UInt8) -> Bool) -> [TextSpan] {
    var spans: [TextSpan] = []
    var start: Int?
    for index in bytes.indices {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 32
      if parts(bytes[index], next) || bytes[index] == 10 && start == nil {
        if let from = start { spans.append(TextSpan(from, index)) }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    if let start { spans.append(TextSpan(start, bytes.count)) }
    return spans
  }
}

/// A conversation with a program under test.
final class Trial {
  let child: Child
  let partner: Handshake.Answer
  private let agreement: Agreement
  private var documents: [Document] = []
  private var answered = 0

  /// - Parameter comparing: whether the answer has to be what was agreed on.
  init(_ agreement: Agreement, comparing: Bool = true) throws {
    self.agreement = agreement
    let conversation = try Conversation(agreement, comparing: comparing)
    (child, partner) = (conversation.child, conversation.partner)
  }

  func send(_ sample: Sample) throws {
    let document = try sample.document("conformance-\(documents.count)", needs: agreement.needs)
    child.send(try Request(agreement).line(document, sequence: documents.count))
    documents.append(document)
  }

  /// Sends documents through a window and checks each reply as a run would.
  /// - Parameter allowingError: whether the program may say `error`.
  @discardableResult
  func expectReplies(to samples: [Sample], allowingError: Bool = true) throws -> [Reply] {
    var replies: [Reply] = []
    var next = 0
    while replies.count < samples.count {
      while next < samples.count, next - replies.count < agreement.window {
        try send(samples[next])
        next += 1
      }
      replies.append(try reply(allowingError: allowingError))
    }
    return replies
  }

  private func reply(allowingError: Bool) throws -> Reply {
    let limit = moment(agreement.timeLimit ?? .seconds(60))
    while true {
      switch child.next(until: limit) {
      case .roomy: continue
      case .line(let line): return try check(line, allowingError: allowingError)
      case .late:
        throw Failing("document \(answered + 1) was not answered within \(agreement.timeLimit ?? .seconds(60))")
      case .ended(let how):
        throw Failing("it \(how) at document \(answered + 1)" + (child.words.last.map { ": " + $0 } ?? ""))
      case .endlessLine: throw Failing("a reply is longer than \(agreement.lineLimit) bytes")
      }
    }
  }

  private func check(_ line: [UInt8], allowingError: Bool) throws -> Reply {
    let reply: Reply
    do { reply = try Reply(line) } catch { throw Failing(error.what) }
    guard reply.sequence == answered else {
      throw Failing("it answered \"seq\": \(reply.sequence) where \(answered) was next")
    }
    do throws(ExternalProblem) {
      try reply.apply(to: &documents[answered], agreement, stage: partner.name)
    } catch {
      guard case .reported(let message) = error else { throw error }
      guard reply.value["message"]?.string != nil else { throw Failing("an error wants a \"message\"") }
      guard allowingError else { throw Failing("it reported an error: \(message)") }
    }
    answered += 1
    return reply
  }
}
