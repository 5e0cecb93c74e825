import JSON
import PipelineKit
import PipelineTesting

/// Speed of finding and linking, one thread, texts in memory: from tokens to entities with actors, and from text.
///
/// The result is the seconds that one pass over the texts takes, so that whoever compares can divide by one count of
/// tokens for all. The best of five rounds is reported, since what else runs on a machine only ever slows a round.
func measureEntities(_ stage: EntityStage) throws {
  var documents = try stage.prepared()
  var entities = try anyWorker(of: stage.entities)
  let alone = try bestPass {
    for index in documents.indices { try entities.annotate(&documents[index]) }
    return documents.reduce(0) { $0 + $1.count(of: Entity.layer) }
  }
  var workers = try (stage.before + [stage.entities]).map(anyWorker(of:))
  let whole = try bestPass {
    try stage.texts.reduce(0) { $0 + (try workers.annotated($1.document).count(of: Entity.layer)) }
  }
  let tokens = documents.reduce(0) { $0 + $1.count(of: Token.layer) }
  printLine(["from_tokens": .number(alone), "from_text": .number(whole), "tokens": .integer(tokens)])
}

/// Load and memory of `entities`, to be asked for in a process of its own.
///
/// Before the clock starts the other stages have been made and have read the texts. Loading is measured to the worker,
/// and to the first short text through it, which is when a model that loads late has to be there. Memory is the peak
/// from there to the last text, beyond what was in use before.
func measureEntityLoad(_ stage: EntityStage) throws {
  var workers = try stage.before.map(anyWorker(of:))
  let documents = try stage.texts.map { try workers.annotated($0.document) }
  var first = try workers.annotated(Document.sample("Moscow agreed."))
  try Memory.forgetPeak()
  let (before, start) = (try Memory.now(), passingSeconds())
  var entities = try anyWorker(of: stage.entities)
  let made = passingSeconds()
  try entities.annotate(&first)
  let ready = passingSeconds()
  for var document in documents { try entities.annotate(&document) }
  printLine([
    "load": .number(made - start), "first": .number(ready - start),
    "megabytes": .number(try Memory.peak() - before),
  ])
}

/// Seconds of a pass in the fastest of five rounds; a round has passes for half a second.
private func bestPass(_ pass: () throws -> Int) throws -> Double {
  // The first pass warms up, and its result shows that there is something to measure.
  guard try pass() > 0 else { throw BenchProblem("the stage found nothing in the texts; give files of prose") }
  var best = Double.infinity
  for _ in 0..<5 {
    let start = processorSeconds()
    var (passes, spent) = (0.0, 0.0)
    while spent < 0.5 {
      _ = try pass()
      passes += 1
      spent = processorSeconds() - start
    }
    best = min(best, spent / passes)
  }
  return best
}

func printLine(_ value: JSONValue) {
  var json = JSONWriter()
  json.value(value)
  print(json.text)
}
