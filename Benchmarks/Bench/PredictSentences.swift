import DocumentRecord
import JSON
import PipelineKit
import PipelineTesting
import SentencesStage

/// Standard input's records with our `sentences` and `words`, on standard output, in the same order.
func predictSentences() throws {
  var worker = try worker(of: Sentences())
  var number = 0
  while let line = readLine() {
    number += 1
    guard let (id, text) = try record(line, number: number) else { continue }
    // A block for each paragraph, as `read` makes them of plain text; offsets stay those of the text.
    var document = Document.sample(text)
    try worker.annotate(&document)
    print(prediction(id, document))
  }
}

/// A stage's worker, made as the runner makes it.
func worker<A: Annotator>(of stage: A) throws -> A.Worker { try stage.makeWorker(StageContext()) }

/// Identifier and text of a line; nil for an empty one.
private func record(_ line: String, number: Int) throws -> (id: String, text: String)? {
  guard !line.isEmpty else { return nil }
  let value: JSONValue
  do { value = try JSONValue(parsing: line) } catch {
    throw BenchProblem("standard input, line \(number): \(error); give one JSON object a line")
  }
  guard let id = value["id"]?.string, let text = value["text"]?.string else {
    throw BenchProblem("standard input, line \(number): needs the strings id and text")
  }
  return (id, text)
}

private func prediction(_ id: String, _ document: Document) -> String {
  let offsets = TextOffsets(Array(document.text.utf8), unit: .codepoint)
  var json = JSONWriter()
  json.beginObject()
  json.key("id")
  json.string(id)
  json.key("text")
  json.string(document.text)
  json.key("sentences")
  json.spans(document[Sentence.self], offsets)
  json.key("words")
  json.spans(document[Token.self], offsets)
  json.endObject()
  return json.text
}

extension JSONWriter {
  /// A list of `[start, end]`, the form of the gold files.
  fileprivate mutating func spans(_ annotations: [some Annotation], _ offsets: TextOffsets) {
    beginArray()
    for annotation in annotations {
      beginArray()
      integer(offsets.unit(atByte: Int(annotation.span.start)))
      integer(offsets.unit(atByte: Int(annotation.span.end)))
      endArray()
    }
    endArray()
  }
}
