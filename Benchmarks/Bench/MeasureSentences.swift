import FoundationEssentials
import JSON
import PipelineKit
import PipelineTesting
import SentencesStage

/// Speed of splitting, one thread, in memory: sentences alone, then sentences with tokens.
///
/// The text is repeated to a size beyond every cache, and is in memory with its blocks before the clock starts. A
/// round is the whole of it, in the process's own time; the best of five is reported, since what else runs on a
/// machine only ever slows a round.
func measureSentences(files: [String]) throws {
  let texts = try files.map(text(ofFile:))
  var document = Document.sample(repeated(texts.joined(separator: "\n\n")))
  var worker = try worker(of: Sentences())
  let alone = try best { try worker.sentences(of: document).count }
  let both = try best {
    try worker.annotate(&document)
    return document.count(of: Token.layer)
  }
  let megabytes = Double(document.text.utf8.count) / 1e6
  var json = JSONWriter()
  json.value([
    "megabytes": .number(megabytes), "sentences": .number(megabytes / alone), "both": .number(megabytes / both),
  ])
  print(json.text)
}

private func text(ofFile path: String) throws -> String {
  guard let data = FileManager.default.contents(atPath: path) else {
    throw BenchProblem("\(path) can't be read; give files of text")
  }
  guard let text = String(validating: data, as: UTF8.self), !text.isEmpty else {
    throw BenchProblem("\(path) is not a text in UTF-8; give files of text")
  }
  return text
}

/// The text, as often as it takes to make 50 MB.
private func repeated(_ text: String) -> String {
  let times = 50_000_000 / text.utf8.count + 1
  return Array(repeating: text, count: times).joined(separator: "\n\n")
}

/// Seconds of the fastest of five rounds.
private func best(_ round: () throws -> Int) throws -> Double {
  var best = Double.infinity
  for _ in 0..<5 {
    let start = processorSeconds()
    let count = try round()
    best = min(best, processorSeconds() - start)
    // Without a result the time would be that of nothing.
    guard count > 0 else { throw BenchProblem("the stage found nothing in the text; give files of prose") }
  }
  return best
}
