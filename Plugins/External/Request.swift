import DocumentRecord
import JSON
import PipelineKit

/// The line that hands a document to a program.
struct Request {
  let encoder: RecordEncoder

  init(_ agreement: Agreement) {
    encoder = RecordEncoder(offsets: agreement.offsets, layers: agreement.needs)
  }

  /// - Throws: `RecordProblem` for a document that can't be written as a record.
  func line(_ document: Document, sequence: Int) throws -> [UInt8] {
    var json = JSONWriter(capacity: document.text.utf8.count + 1024)
    json.beginObject()
    json.key("seq")
    json.integer(sequence)
    json.key("document")
    try encoder.write(document, to: &json)
    json.endObject()
    json.newline()
    return json.bytes
  }
}
