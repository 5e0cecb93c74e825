import AnnotatedData
import CleanStage
import FoundationEssentials
import JSON
import PipelineKit

/// Learns the model of `clean` from pages with known texts, the sets `aeb`, `segments` and `wcxb` in a folder.
func trainPages(folder: String, model: String) throws {
  let bytes = try PageTrainer(sets(folder).map(\.example)).train()
  guard FileManager.default.createFile(atPath: model, contents: Data(bytes)) else {
    throw BenchProblem("\(model) can't be written; give a path in a folder that exists")
  }
}

/// The text of each page by a model that was learned from pages of other sites.
func predictUnseenPages(folder: String) throws {
  let examples = try sets(folder)
  for (example, text) in zip(examples, try PageTrainer(examples.map(\.example)).crossValidated()) {
    printLine(["set": .string(example.set), "id": .string(example.example.document.id), "text": .string(text)])
  }
}

private func sets(_ folder: String) throws -> [(set: String, example: PageExample)] {
  try ["aeb", "segments", "wcxb"].flatMap { try examples(set: $0, folder: folder) }
}

private func examples(set: String, folder: String) throws -> [(set: String, example: PageExample)] {
  let pages = try Pages("\(folder)/\(set)/html")
  let file = set == "segments" ? "evaldata.json" : "ground-truth.json"
  let text = String(decoding: try unpackedFile("\(folder)/\(set)/\(file)"), as: UTF8.self)
  guard let records = try JSONValue(parsing: text).members else {
    throw BenchProblem("\(folder)/\(set)/\(file) holds no JSON object; give the folder of the page sets")
  }
  return try records.map { record in
    let file = record.value["file"]?.string ?? record.key + ".html"
    // News is what the product is for; the other sets have few pages of it.
    return (
      set,
      PageExample(
        document: try pages.document(file), gold: gold(record.value),
        group: host(of: record.value["url"]?.string ?? record.key), weight: set == "aeb" ? 3 : 1)
    )
  }
}

private func gold(_ value: JSONValue) -> GoldText {
  if let text = (value["articleBody"] ?? value["text"])?.string { return .text(text) }
  let pieces = { (key: String) in value[key]?.elements?.compactMap(\.string) ?? [] }
  return .pieces(wanted: pieces("with"), unwanted: pieces("without"))
}

/// The last two parts of an address's host, three where the second is short as in `co.uk`, so that pages of one site
/// stay together; archives hold many sites.
private func host(of address: String) -> String {
  let rest = address.split(separator: "://", maxSplits: 1).last ?? ""
  let host = rest.split(separator: "/").first ?? rest
  if host.contains("archive.org") { return address }
  let parts = host.split(separator: ".")
  let isShort = parts.count > 2 && parts[parts.count - 2].count <= 3
  return parts.suffix(isShort ? 3 : 2).joined(separator: ".")
}
