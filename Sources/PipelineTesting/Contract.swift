public import PipelineKit

/// What an annotator does that its contract forbids, on these documents and on some odd ones that every
/// stage must bear. An author's first test:
///
/// ```swift
/// struct Nothing: Annotator, AnnotatorWorker {
///   static let name: StageName = "nothing"
///   static let summary = "Gives nothing."
///   func annotate(_ document: inout Document) {}
/// }
/// @Test("nothing keeps the contract of an annotator")
/// func contract() throws { #expect(try violations(of: Nothing(), on: [.sample("NATO met.")]) == []) }
/// ```
/// Checked are: options and summary are documented; only declared layers are given, and all of them; spans
/// lie inside the text, in order, on character boundaries; tokens that go on a word have one before them; text, actors' identifiers and other stages' layers
/// stay as they were; a used worker and a batch give the same answer as a fresh worker; the worker is a value, since
/// each thread works with a copy.
///
/// - Parameter prepare: assigns the layers that the stage needs to the odd documents; those in `documents` have them.
public func violations<A: Annotator>(
  of stage: A, on documents: [Document], context: StageContext = StageContext(),
  prepare: (inout Document) throws -> Void = { _ in }
) throws -> [String] {
  var found = declarationViolations(of: stage)
  let odd = try oddTexts.enumerated().map { try Document.sample($1, id: "odd\($0)", prepare: prepare) }
  let all = documents + odd
  let fresh = try stage.makeWorker(context)
  if type(of: fresh) is AnyClass { found.append("the worker is a class, which all threads would share") }
  var used = fresh
  for document in all {
    var first = document
    var worker = fresh
    do { try worker.annotate(&first) } catch {
      if document.id.hasPrefix("odd") { found.append("throws on \(document.id): \(error)") }
      continue
    }
    worker.finish()
    found += layerViolations(from: document, to: first, gives: stage.gives)
    for _ in 0..<2 {
      var again = document
      try used.annotate(&again)
      if again.snapshot != first.snapshot { found.append("\(document.id): a used worker gives another answer") }
    }
  }
  found += try batchViolations(of: stage, on: all, fresh: fresh)
  used.finish()
  return found
}

/// Texts on which stages have stumbled: nothing, white space, characters of two to four bytes, no end in sight.
let oddTexts = [
  "", " ", "\n\n\n", ".", "é. ü.", "ﬁ\u{301}\u{200B}", "🙂🙂. 🇬🇪 agreed.", "\u{0}\u{1}", "(", ")(", "“‘",
  "((((Interfax, March 3",
  String(repeating: "a", count: 5000), String(repeating: "A. ", count: 2000), String(repeating: "\n\n.", count: 500),
]

private func declarationViolations(of stage: some Stage) -> [String] {
  var found: [String] = []
  if type(of: stage).summary.isEmpty { found.append("the stage has no summary") }
  for (key, option) in stage.options where option.summary.isEmpty { found.append("option \(key) is not documented") }
  return found
}

private func layerViolations(from before: Document, to after: Document, gives: [LayerName]) -> [String] {
  var found: [String] = []
  if before.hasText && after.text != before.text { found.append("\(before.id): the text was changed") }
  for name in gives where !after.has(name) && after.skipReason == nil {
    found.append("\(before.id): does not give \(name), which it declares")
  }
  for name in before.layerNames where !after.has(name) { found.append("\(before.id): removes \(name)") }
  for actor in before.actors where !after.actors.contains(where: { $0.id == actor.id }) {
    found.append("\(before.id): removes the actor \(actor.id)")
  }
  for name in after.layerNames {
    if !gives.contains(name) {
      if after.values(of: name) != before.values(of: name) { found.append("gives \(name), which it does not declare") }
    } else {
      found += spanViolations(of: name, in: after)
      if name == Token.layer { found += partViolations(in: after) }
    }
  }
  return found
}

private func spanViolations(of name: LayerName, in document: Document) -> [String] {
  var found: [String] = []
  let bytes = Array(document.text.utf8)
  var last: UInt32 = 0
  document.visit(name) { annotation in
    let span = annotation.span
    guard span.start <= span.end, Int(span.end) <= bytes.count else {
      return found.append("\(document.id): \(name): \(span) is not inside the text")
    }
    if span.start < last { found.append("\(document.id): \(name): spans are not in order at \(span)") }
    for edge in [span.start, span.end] where Int(edge) < bytes.count && bytes[Int(edge)] & 0xC0 == 0x80 {
      found.append("\(document.id): \(name): \(edge) is inside a character")
    }
    last = span.start
  }
  return found
}

/// Tokens that go on a written word stand right behind the token before them.
private func partViolations(in document: Document) -> [String] {
  let tokens = document[Token.self]
  return tokens.indices.compactMap { index in
    let token = tokens[index]
    guard token.shape.contains(.continuesWord) else { return nil }
    let isPart = index > 0 && tokens[index - 1].span.end == token.span.start && token.shape.contains(.joined)
    return isPart && !token.shape.contains(.sentenceStart)
      ? nil : "\(document.id): tokens: \(token.span) goes on a word, but no token stands right before it"
  }
}

private func batchViolations<W: AnnotatorWorker>(
  of stage: some Annotator, on documents: [Document], fresh: W
) throws -> [String] {
  var batch = documents
  var failed: [Int: String] = [:]
  var worker = fresh
  worker.annotate(&batch) { failed[$0] = "\($1)" }
  worker.finish()
  guard batch.map(\.id) == documents.map(\.id) else { return ["a batch comes back in another order"] }
  var one = fresh
  defer { one.finish() }
  return documents.indices.compactMap { index in
    var single = documents[index]
    do { try one.annotate(&single) } catch {
      return failed[index] == nil ? "\(single.id): fails alone, but not in a batch" : nil
    }
    if let reason = failed[index] { return "\(single.id): fails in a batch, but not alone: \(reason)" }
    return single.snapshot == batch[index].snapshot ? nil : "\(single.id): a batch gives another answer"
  }
}

extension Document {
  /// All that stages may have changed, in a form that can be compared.
  var snapshot: [String] {
    [text, skipReason ?? "", "\(actors)", "\(metadata.entries)"] + layerNames.map { "\($0) \(values(of: $0))" }
  }
  func values(of name: LayerName) -> [String] {
    var all: [String] = []
    visit(name) {
      var fields = FieldCollector()
      $0.describe(to: &fields)
      all.append("\($0.span.start)-\($0.span.end) \(fields.values)")
    }
    return all
  }
}
