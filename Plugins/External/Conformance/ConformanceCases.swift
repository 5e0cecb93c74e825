import DocumentRecord
import Glibc
import PipelineKit

/// All cases but the first handshake, in the order in which they are tried.
let conformanceCases: [ConformanceCase] = [
  ConformanceCase(name: "it refuses a version of the protocol that it does not know", run: refusesVersion),
  ConformanceCase(name: "it answers a document without waiting for the next") { agreement in
    let trial = try Trial(agreement)
    try trial.expectReplies(to: [.ordinary], allowingError: false)
  },
  ConformanceCase(name: "it gives the same answer when a document comes again") { agreement in
    let trial = try Trial(agreement)
    let replies = try trial.expectReplies(to: [.ordinary, .ordinary])
    guard replies[0].value["layers"] == replies[1].value["layers"] else { throw Failing("the two answers differ") }
  },
  ConformanceCase(name: "it bears an empty document") { agreement in
    let trial = try Trial(agreement)
    try trial.expectReplies(to: [.text(""), .text(" \n\n ")], allowingError: false)
  },
  ConformanceCase(name: "it counts offsets as agreed behind characters of several bytes", run: countsOffsets),
  ConformanceCase(name: "it bears odd characters") { agreement in
    let trial = try Trial(agreement)
    try trial.expectReplies(to: oddTexts.map { .text($0) })
  },
  ConformanceCase(name: "it bears a document of 5 MB") { agreement in
    let trial = try Trial(agreement)
    let paragraphs = 5_000_000 / Sample.paragraph.utf8.count
    try trial.expectReplies(to: [.text(Array(repeating: Sample.paragraph, count: paragraphs).joined(separator: "\n\n"))]
    )
  },
  ConformanceCase(name: "it answers documents in the order in which they come") { agreement in
    let trial = try Trial(agreement)
    try trial.expectReplies(to: (0..<100).map { .text("Document \($0). " + Sample.paragraph) })
  },
  ConformanceCase(name: "it goes on after a document that it can't work on") { agreement in
    let trial = try Trial(agreement)
    try trial.expectReplies(to: [.bare, .ordinary])
  },
  ConformanceCase(name: "a crash is noticed, and it can be started again") { agreement in
    let trial = try Trial(agreement)
    try trial.expectReplies(to: [.ordinary])
    kill(-trial.child.identifier, SIGKILL)
    guard case .ended = trial.child.next(until: moment(.seconds(2))) else { throw Failing("it can't be killed") }
    try Trial(agreement).expectReplies(to: [.ordinary])
  },
  ConformanceCase(name: "a hang is noticed within the time limit, and it can be started again") { agreement in
    let trial = try Trial(agreement)
    kill(-trial.child.identifier, SIGSTOP)
    try trial.send(.ordinary)
    while case .roomy = trial.child.next(until: moment(TimeSpan(milliseconds: 300))) {}
    trial.child.kill()
    guard trial.child.end != nil else { throw Failing("it can't be ended") }
    try Trial(agreement).expectReplies(to: [.ordinary])
  },
  ConformanceCase(name: "it ends by itself within 2 seconds of the end of its input, with exit status 0", run: ends),
  ConformanceCase(name: "it writes nothing but replies to standard output") { agreement in
    let trial = try Trial(agreement)
    try trial.expectReplies(to: [.ordinary, .text(""), .bare, .ordinary])
    trial.child.finish()
    if case .line(let line) = trial.child.next(until: now()) { throw Failing("it also wrote \(excerpt(line))") }
  },
]

/// An error in the answer, or an end with another status than 0.
private func refusesVersion(_ agreement: Agreement) throws {
  let child = try Child(agreement.launch, lineLimit: agreement.lineLimit, log: agreement.log)
  child.send(Handshake.request(agreement, version: 999))
  while true {
    switch child.next(until: moment(agreement.startLimit)) {
    case .roomy: continue
    case .ended(let how):
      guard how != "ended with exit status 0" else { throw Failing("it ended as if all were well") }
      return
    case .line(let line):
      do { _ = try Handshake.answer(line) } catch { return }
      throw Failing("it accepted external/999; answer with {\"error\": …} unless \"pipeline\" is \"external/1\"")
    case .late: throw Failing("it did not answer within \(agreement.startLimit)")
    case .endlessLine: throw Failing("its answer has no end")
    }
  }
}

/// Characters of two, three and four bytes in front must move every annotation by what the agreed unit says. Taken
/// amiss is only what would be right in another unit: the characters in front may well change what is found.
private func countsOffsets(_ agreement: Agreement) throws {
  let trial = try Trial(agreement)
  let front = "Ünï 🙂🇬🇪 “Тбилиси”.\n\n"
  let replies = try trial.expectReplies(to: [.ordinary, .text(front + Sample.paragraph)])
  let plain = covered(replies[0], Sample.paragraph, .utf8)
  let text = front + Sample.paragraph
  let right = covered(replies[1], text, agreement.offsets)
  guard !plain.isEmpty, !right.suffix(plain.count).elementsEqual(plain) else { return }
  for unit in OffsetUnit.allCases where unit != agreement.offsets {
    if covered(replies[1], text, unit).suffix(plain.count).elementsEqual(plain) {
      throw Failing("its offsets count \(unit.rawValue) units, and \(agreement.offsets.rawValue) was agreed on")
    }
  }
}

/// The stretches of text under the annotations of all layers.
private func covered(_ reply: Reply, _ text: String, _ unit: OffsetUnit) -> [String] {
  let bytes = Array(text.utf8)
  let offsets = TextOffsets(bytes, unit: unit)
  return (reply.value["layers"]?.members ?? []).flatMap { $0.value.elements ?? [] }.map { entry in
    guard let start = entry["start"]?.integer.flatMap(offsets.byte(atUnit:)),
      let end = entry["end"]?.integer.flatMap(offsets.byte(atUnit:)), start <= end
    else { return "" }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

private func ends(_ agreement: Agreement) throws {
  let trial = try Trial(agreement)
  try trial.expectReplies(to: [.ordinary])
  guard trial.child.finish() else { throw Failing("it had to be ended") }
  guard let end = trial.child.end, end == "ended with exit status 0" else {
    throw Failing("it \(trial.child.end ?? "did not end")")
  }
}

/// The moment so long from now.
func moment(_ span: TimeSpan) -> UInt64 { now() + UInt64(span.milliseconds) * 1_000_000 }

private let oddTexts = [
  ".", "\u{0}\u{1}\u{1F}\u{7F}", "\u{FEFF}Moscow", "\u{2028}\u{2029}\u{85}", "ﬁ\u{301}\u{200B}\u{200D}",
  "🙂🙂. 🇬🇪 agreed.",
  "שלום. مرحبا \u{202E}abc", "\\ \" \\u0041 \\n", "\u{10FFFF}\u{FFFD}", "((((Interfax, March 3",
  String(repeating: "a", count: 20_000), String(repeating: "A. ", count: 5000), String(repeating: "\n\n.", count: 1000),
]
