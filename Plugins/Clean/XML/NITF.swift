import ArticleHead
import PipelineKit

/// The elements of NITF, the news industry's text format, as tags and signals of pages, and its metadata.
///
/// The text is what stands in `body.content`; `body.head` and `docdata` are metadata.
struct NITFVocabulary {
  private(set) var title = ""
  private(set) var headline = ""
  private(set) var byline = ""
  private(set) var distributor = ""
  private(set) var attributes: [String: String] = [:]
  private(set) var keywords: [String] = []
  private var capture: WritableKeyPath<NITFVocabulary, String>?
  private var captured: [UInt8] = []
  private var captureDepth = 0
  private var isInHead = false

  /// - Returns: what the element is to the builder.
  mutating func open(_ name: UnsafeBufferPointer<UInt8>, _ attributes: Attributes) -> (Tag, Signals) {
    let element = String(decoding: name, as: UTF8.self)
    let (tag, signals) = Self.elements[element] ?? (Tag(name), [])
    if element == "body.head" { isInHead = true }
    note(element, attributes)
    if capture != nil { captureDepth += 1 } else { beginCapture(element) }
    return (tag, signals)
  }

  mutating func close(_ name: UnsafeBufferPointer<UInt8>) {
    if let path = capture {
      captureDepth -= 1
      if captureDepth == 0 {
        if self[keyPath: path].isEmpty { self[keyPath: path] = trimmed(String(decoding: captured, as: UTF8.self)) }
        capture = nil
      }
    }
    if name.elementsEqual("body.head".utf8) { isInHead = false }
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if capture != nil { captured.append(contentsOf: bytes) }
  }

  private mutating func beginCapture(_ element: String) {
    switch element {
    case "title" where title.isEmpty: capture = \.title
    case "hl1" where isInHead: capture = \.headline
    case "byline": capture = \.byline
    case "distributor": capture = \.distributor
    default: return
    }
    captured.removeAll(keepingCapacity: true)
    captureDepth = 1
  }

  /// Keeps the attributes that are metadata, as `element@attribute`.
  private mutating func note(_ element: String, _ attributes: Attributes) {
    switch element {
    case "date.issue": keep("date.issue", attributes["norm"])
    case "date.release": keep("date.release", attributes["norm"])
    case "story.date": keep("story.date", attributes["norm"])
    case "pubdata":
      keep("name", attributes["name"])
      keep("volume", attributes["volume"])
      keep("issue", attributes["issue"] ?? attributes["number"])
      keep("date.publication", attributes["date.publication"])
      keep("section", attributes["position.section"])
    case "keyword": if let key = attributes["key"], keywords.count < 50 { keywords.append(trimmed(key)) }
    case "nitf": keep("language", attributes["xml:lang"])
    case "body": keep("language", attributes["xml:lang"])
    default: break
    }
  }
  private mutating func keep(_ key: String, _ value: String?) {
    if let value = value.map(trimmed), !value.isEmpty, attributes[key] == nil { attributes[key] = value }
  }

  private static let elements: [String: (Tag, Signals)] = [
    "nitf": (.html, []), "body.head": (.header, .header), "body.content": (.article, .articleBody),
    "body.end": (.footer, .footer), "block": (.div, []), "hl1": (.h1, []), "hl2": (.h2, []), "hedline": (.div, []),
    "byline": (.div, .byline), "distributor": (.div, .details), "dateline": (.div, .details), "bq": (.blockquote, []),
    "credit": (.div, .caption), "note": (.div, .promotion), "media": (.figure, []),
    "media-caption": (.figcaption, .caption),
    "media-producer": (.div, .caption), "media-metadata": (.div, .hidden), "fn": (.div, .footnote), "pre": (.pre, []),
    "tagline": (.div, .author), "docdata": (.template, []), "abstract": (.div, .details),
    "datasource": (.div, .details),
  ]

  // MARK: Metadata

  func write(to metadata: inout Metadata) {
    offer(.title, headline.isEmpty ? title : headline, headline.isEmpty ? "nitf title" : "nitf hl1", &metadata)
    if metadata.entry(.authors) == nil {
      metadata.set(.authors, list: Byline.names(in: byline), from: "nitf byline")
    }
    offer(
      .publication, attributes["name"] ?? distributor, attributes["name"] == nil ? "nitf distributor" : "nitf pubdata",
      &metadata)
    offer(.volume, attributes["volume"], "nitf pubdata", &metadata)
    offer(.issue, attributes["issue"], "nitf pubdata", &metadata)
    for key in ["date.issue", "date.release", "date.publication", "story.date"] {
      if let date = attributes[key].flatMap(ArticleDate.value) { offer(.published, date, "nitf \(key)", &metadata) }
    }
    offer(.language, attributes["language"], "nitf xml:lang", &metadata)
    offer(.section, attributes["section"], "nitf pubdata", &metadata)
    if metadata.entry(.tags) == nil { metadata.set(.tags, list: keywords, from: "nitf keyword") }
  }

  private func offer(_ key: MetadataKey, _ value: String?, _ from: String, _ metadata: inout Metadata) {
    guard let value, !value.isEmpty, metadata.entry(key) == nil else { return }
    metadata.set(key, value, from: from)
  }
}
