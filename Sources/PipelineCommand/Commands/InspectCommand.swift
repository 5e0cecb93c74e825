import DocumentRecord
import PipelineFile
import PipelineKit

/// `pipeline inspect RESULT [ID]`
struct InspectCommand: Command {
  static let spec = CommandSpec(
    name: "inspect", summary: "Show one document of a result with its annotations.",
    arguments: [
      .init(name: "RESULT", summary: "A file written by export.jsonl; - for standard input."),
      .init(
        name: "ID", summary: "A document's id; the first document by default.", isOptional: true, completion: .none),
    ])
  let command: PipelineCommand
  let arguments: Arguments
  let console: Console
  /// So many ids are looked through for one that was meant.
  private static let remembered = 20_000

  func run() throws -> ExitStatus {
    let path = arguments.positional[0]
    let wanted = arguments.positional.count > 1 ? arguments.positional[1] : nil
    var reader = try LineReader(path)
    var ids: [String] = []
    var number = 0
    while let line = try reader.next() {
      number += 1
      guard !line.isEmpty else { continue }
      // Most of a large result is passed over without being parsed.
      if let wanted, let id = identifier(ofRecord: line), id != wanted {
        if ids.count < Self.remembered { ids.append(id) }
        continue
      }
      let document: Document
      do { document = try RecordDecoder().document(parsing: line) } catch {
        throw ResultProblem(path: path, line: number, reason: "\(error)")
      }
      if wanted == nil || document.id == wanted {
        try console.output(DocumentView(document, colors: console.colorsOutput).text)
        return .done
      }
      ids.append(document.id)
    }
    guard let wanted else { throw UsageProblem("\(path) holds no document") }
    let hint = nearest(wanted, among: ids).map { "; did you mean \"\($0)\"?" } ?? ""
    throw UsageProblem("\(path) holds no document with the id \"\(wanted)\"\(hint)")
  }
}

/// A line of a result is no record.
struct ResultProblem: Error, CustomStringConvertible {
  let path: String
  let line: Int
  let reason: String
  var description: String { "\(path):\(line): not a record of export.jsonl: \(reason)" }
}
