import CleanStage
import JSON
import PipelineKit

/// Speed of `clean` with all that it does, one thread, pages in memory, beside what libxml2 needs to parse them.
///
/// Three things are done in turn in each round, so that a slow minute of the machine falls on all of them: our stage,
/// libxml2's SAX events with handlers that do nothing, and its tree, made and freed. The result is the seconds of each
/// round in the process's own time.
func measurePages(folder: String) throws {
  let pages = try Pages(folder)
  let documents = try pages.names.map(pages.document)
  var worker = try worker(of: Clean())
  let bytes = documents.reduce(0) { $0 + $1.raw.count }
  var (ours, events, trees): ([Double], [Double], [Double]) = ([], [], [])
  for _ in 0..<3 {
    ours.append(
      try seconds {
        for var document in documents { try worker.annotate(&document) }
      })
    events.append(seconds { for document in documents { LibXML.readEvents(document.raw) } })
    trees.append(seconds { for document in documents { LibXML.makeTree(document.raw) } })
  }
  printLine([
    "megabytes": .number(Double(bytes) / 1e6),
    "seconds": ["pipeline": numbers(ours), "libxml2 SAX": numbers(events), "libxml2 tree": numbers(trees)],
  ])
}

/// The most that one worker of `clean` takes of memory, after 1,000 and after 10,000 pages.
///
/// Pages are read one after the other, over and over, so that none but the one at hand is in memory. The peak counts
/// from before the first page, the page itself included; the size of the largest so far stands beside it.
func measurePageMemory(folders: [String]) throws {
  let places = try folders.map { try Pages($0) }.flatMap { pages in pages.names.map { (pages, $0) } }
  try Memory.forgetPeak()
  let before = try Memory.now()
  var worker = try worker(of: Clean())
  var largest = 0
  var peaks: [JSONValue] = []
  for count in 1...10_000 {
    let (pages, name) = places[(count - 1) % places.count]
    var document = try pages.document(name)
    largest = max(largest, document.raw.count)
    try worker.annotate(&document)
    guard count == 1000 || count == 10_000 else { continue }
    peaks.append([
      "pages": .integer(count), "megabytes": .number(try Memory.peak() - before),
      "largest": .number(Double(largest) / 1e6),
    ])
  }
  printLine(["peaks": .array(peaks)])
}

private func seconds(_ round: () throws -> Void) rethrows -> Double {
  let start = processorSeconds()
  try round()
  return processorSeconds() - start
}

private func numbers(_ values: [Double]) -> JSONValue { .array(values.map { .number($0) }) }
