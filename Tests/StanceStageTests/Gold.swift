import DocumentRecord
import Foundation
import JSON
import PipelineKit
import SentencesStage
import StanceStage
import Testing

/// Gold passages, and the stage's own answer to them.
struct Gold {
  var gold: Document
  var predicted: Document
  /// Indices of the gold records that a reader may infer but need not.
  var optional: Set<Int>

  static func all(_ file: String) throws -> [Gold] {
    let url = try #require(Bundle.module.url(forResource: "Data/" + file, withExtension: "jsonl"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { try Gold($0) }
  }

  init(_ line: Substring) throws {
    let json = try JSONValue(parsing: line.utf8)
    let members = try #require(json.members).filter { $0.key != "id" && $0.key != "text" }
    let text = try #require(json["text"]?.string)
    gold = Document(id: try #require(json["id"]?.string), origin: Origin(uri: "gold", mediaType: .text))
    try gold.write(text: text, blocks: [Block(span: TextSpan(0, text.utf8.count))])
    try RecordDecoder().assign(members, to: &gold, offsets: .codepoint)
    let stances = json["stances"]?.elements ?? []
    // Writing records sorts them; reading keeps the order, so that an index names the same record.
    optional = Set(stances.indices.filter { stances[$0]["optional"]?.boolean == true })
    predicted = gold
    predicted[Stance.self] = []
    let sentences = predicted[Sentence.self]
    predicted = try Sentences().annotated(predicted)
    predicted[Sentence.self] = sentences
    predicted = try Stances().annotated(predicted)
  }
}
