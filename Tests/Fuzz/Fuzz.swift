// One input of the fuzzer: its first byte says whether the rest is a page, XML or plain text, and the rest goes through
// every annotator as a document would. A stage may refuse it; what it may not do is trap, hang or write out of bounds.
import BuiltinStages
import PipelineFile
import PipelineKit
import PipelineRunner

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
  let mediaType: MediaType = [.html, .text, .xml, .xhtml][Int(first % 4)]
  _ = try? trial?.document(from: Array(bytes.dropFirst()), id: "fuzz", mediaType: mediaType)
  return 0
}
