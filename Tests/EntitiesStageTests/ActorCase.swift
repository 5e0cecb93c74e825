import EntitiesStage
import Foundation
import PipelineKit
import PipelineTesting
import Testing

/// A case of Data/actors-a.txt or -b.txt: a text, and who its marked mentions are.
struct ActorCase {
  var phenomenon: String
  var published: String?
  var text: String
  var mentions: [ExpectedActor] = []

  /// The cases of a file, in order.
  static func all(in name: String) throws -> [ActorCase] {
    let file = try #require(Bundle.module.url(forResource: "Data/" + name, withExtension: "txt"))
    var cases: [ActorCase] = []
    var (phenomenon, published) = ("", String?.none)
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      switch line.first {
      case "#": continue
      case "=": (phenomenon, published) = (String(line.dropFirst(2)), nil)
      case "@": published = String(line.dropFirst(2))
      default: cases.append(ActorCase(phenomenon: phenomenon, published: published, marked: line))
      }
    }
    return cases
  }

  private init(phenomenon: String, published: String?, marked: Substring) {
    (self.phenomenon, self.published, text) = (phenomenon, published, "")
    for part in marked.split(separator: "{", omittingEmptySubsequences: false) {
      guard let end = part.firstIndex(of: "}") else {
        text += part
        continue
      }
      let fields = part[..<end].split(separator: "|").map(String.init)
      let start = text.utf8.count
      text += fields[0]
      mentions.append(ExpectedActor(span: TextSpan(start, text.utf8.count), fields: Array(fields.dropFirst())))
      text += part[part.index(after: end)...]
    }
  }
}

/// What is expected of a mention: its actor, and what else its fields ask for.
struct ExpectedActor {
  var span: TextSpan
  var fields: [String]

  /// In what a document differs from it, in words; nil where it doesn't.
  func difference(in document: Document) -> String? {
    guard let entity = document[Entity.self].first(where: { $0.span == span }) else { return "no mention" }
    let wrong = fields.enumerated().filter { !holds($1, isActor: $0 == 0, entity, document) }
    if wrong.isEmpty { return nil }
    let serves = document.actors.first { $0.id == entity.actor }?.serves
    let candidates = entity.candidates.map { "\($0.actor) \($0.score)" }.joined(separator: ", ")
    return "\(wrong.map(\.element)): actor \(entity.actor ?? "-") via \(entity.via?.rawValue ?? "-") "
      + "role \(entity.role ?? "-") serves \(serves ?? "-") candidates \(candidates)"
  }

  private func holds(_ field: String, isActor: Bool, _ entity: Entity, _ document: Document) -> Bool {
    if isActor { return field == "*" ? entity.actor != nil : field == entity.actor }
    let value = String(field.drop { $0 != ":" }.dropFirst())
    if field.hasPrefix("role:") { return entity.role == value }
    if field.hasPrefix("via:") { return entity.via?.rawValue == value }
    if field.hasPrefix("also:") { return entity.candidates.contains { $0.actor == value } }
    return (document.actors.first { $0.id == entity.actor }?.serves ?? "-") == value
  }
}

/// Right ones of all scored mentions, by phenomenon.
struct ActorScore {
  var right: [String: Int] = [:]
  var all: [String: Int] = [:]
  var failures: [String] = []

  init(_ cases: [ActorCase]) throws {
    let worker = try Entities().makeWorker(StageContext())
    for example in cases {
      var worker = worker
      var document = try prepared(example.text, published: example.published)
      try worker.annotate(&document)
      for mention in example.mentions {
        all[example.phenomenon, default: 0] += 1
        guard let difference = mention.difference(in: document) else {
          right[example.phenomenon, default: 0] += 1
          continue
        }
        failures.append("\(example.phenomenon): \(document.text(in: mention.span)) in \(example.text) \(difference)")
      }
    }
  }

  var table: String {
    all.keys.sorted().map { "\($0): \(right[$0] ?? 0) of \(all[$0] ?? 0)" }.joined(separator: "; ")
  }
}
