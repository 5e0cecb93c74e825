import Foundation
import PipelineKit
import PipelineTesting
import Testing

/// A case of Data/cases.txt: a marked text and what is expected of each mention.
struct MentionCase {
  var phenomenon: String
  var published: String?
  var text: String
  var spans: [TextSpan]
  var mentions: [ExpectedMention] = []

  /// The cases of the file, in order.
  static func all() throws -> [MentionCase] {
    let file = try #require(Bundle.module.url(forResource: "Data/cases", withExtension: "txt"))
    var cases: [MentionCase] = []
    var (phenomenon, published) = ("", String?.none)
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
      let rest = String(line.dropFirst(2))
      switch line.first {
      case "=": (phenomenon, published) = (rest, nil)
      case "@": published = rest
      case ">": cases[cases.count - 1].mentions.append(ExpectedMention(rest))
      default:
        let (text, spans) = unmark(String(line))
        cases.append(MentionCase(phenomenon: phenomenon, published: published, text: text, spans: spans))
      }
    }
    return cases
  }
}

/// Text, type, actor, kind, via and perhaps the role of a mention; nil where it is left open.
struct ExpectedMention {
  var fields: [String?]

  init(_ line: String) {
    fields = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.map { $0 == "-" ? nil : $0 }
  }

  /// In what an entity differs, in words.
  func differences(from entity: Entity, in document: Document) -> [String] {
    let found = [
      document.text(in: entity.span), entity.type.rawValue, entity.actor, entity.kind?.rawValue, entity.via?.rawValue,
      entity.role,
    ]
    return zip(fields, found).compactMap { wanted, found in
      wanted == nil || wanted == found ? nil : "\(wanted ?? "") is \(found ?? "nothing")"
    }
  }
}
