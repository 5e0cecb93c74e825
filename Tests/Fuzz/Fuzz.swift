// One input of the fuzzer. Where its first byte is a digit, the rest is split into sentences and tokens, in the language
// of that number, and what their contract says is asserted. Else the first byte says whether the rest is a page, XML or
// plain text, and the rest goes through every annotator as a document would. A stage may refuse it; what it may not do is
// trap, hang or write out of bounds.
import BuiltinStages
import PipelineFile
import PipelineKit
import PipelineRunner
import PipelineTesting
import SentencesStage

nonisolated(unsafe) private var trial: Trial? = {
  let text = """
    stages:
      - read: { path: a.html }
      - clean
      - sentences
      - entities
      - citations
      - stance
      - export.jsonl: { path: "-" }
    """
  let plan = CheckedPipeline(checking: Array(text.utf8), file: "fuzz.yml", registry: StageRegistry(builtinStages)).plan
  return plan.flatMap { try? Trial($0) }
}()

/// What libFuzzer calls, on one thread.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = bytes.first else { return 0 }
  if first >= 0x30, first < 0x3A {
    split(String(decoding: bytes.dropFirst(), as: UTF8.self), language: Int(first - 0x30))
  } else {
    let mediaType: MediaType = [.html, .text, .xml, .xhtml][Int(first % 4)]
    _ = try? trial?.document(from: Array(bytes.dropFirst()), id: "fuzz", mediaType: mediaType)
  }
  return 0
}

private func split(_ text: String, language: Int) {
  var stage = Sentences()
  // `auto` may take a block for another language than its document, which the contract forbids.
  let languages = Sentences.Language.allCases.filter { $0 != .auto }
  stage.language = languages[language % languages.count]
  do {
    let violations = try sentenceViolations(of: stage, on: text)
    precondition(violations.isEmpty, "\(violations)")
  } catch {
    preconditionFailure("\(error)")
  }
}
