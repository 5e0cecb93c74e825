import CleanStage
import PipelineKit
import PipelineTesting
import Testing

/// An XML document cleaned.
func cleanXML(_ xml: String, with stage: Clean = Clean()) throws -> Document { try clean(xml, type: .xml, with: stage) }

extension Document {
  /// Metadata that is known, as `key: value (origin)`.
  var known: [String] {
    metadata.entries.map { "\($0.key): \($0.values.joined(separator: "; ")) (\($0.from))" }
  }
}

/// Small documents of each vocabulary, with the texts that they hold; those of one vocabulary are the same document
/// written with a default namespace, with prefixes, and without a namespace.
enum XMLDocuments {
  static let all =
    [NITFTests.article, NITFTests.full] + NewsMLTests.documents + JATSTests.documents + TEITests.documents
}

/// The document with a prefix on each of its elements, bound to a namespace; without one where `uri` is empty.
func prefixed(_ xml: String, _ prefix: String, _ uri: String) -> String {
  var result = ""
  var isFirst = true
  for part in xml.split(separator: "<", omittingEmptySubsequences: false).enumerated() {
    guard part.offset > 0 else {
      result += part.element
      continue
    }
    let isEnd = part.element.hasPrefix("/")
    let name = part.element.dropFirst(isEnd ? 1 : 0)
    guard name.first?.isLetter == true else {
      result += "<" + part.element
      continue
    }
    result += isEnd ? "</\(prefix):" : "<\(prefix):"
    guard isFirst else {
      result += name
      continue
    }
    isFirst = false
    let end = name.firstIndex { $0 == " " || $0 == ">" || $0 == "\n" } ?? name.endIndex
    result += name[..<end] + " xmlns:\(prefix)=\"\(uri)\"" + name[end...]
  }
  return result
}
