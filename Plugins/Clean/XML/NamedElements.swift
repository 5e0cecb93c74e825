public import PipelineKit

/// The option `xml`: which elements of an unknown vocabulary are text, and which hold metadata.
///
/// ```yaml
/// - clean: { xml: { text: [body, para], headings: head, skip: [sidebar, note], title: headline, published: date@iso } }
/// ```
/// Names are those of elements without their prefixes; `parent/name` says in which element one counts. Each element of
/// `text` begins and ends a block. A metadata key takes the first name that has a value; `name@attribute` takes it
/// from an attribute.
public struct NamedElements: OptionValue, Hashable {
  /// Names of elements, under what they are.
  public var names: [String: [String]]
  /// Names of elements by what they are.
  public init(_ names: [String: [String]] = [:]) { self.names = names }

  public static var schema: OptionSchema { .map(.either([.string, .list(.string)])) }

  public static func read(_ node: Node, report: (Node, String) -> Void) -> NamedElements? {
    guard case .map(let entries) = node.value else {
      report(node, "wants \(schema.words), such as { text: [body, p], title: headline }")
      return nil
    }
    var names: [String: [String]] = [:]
    for (key, value) in entries {
      guard let name = key.scalar, keys.contains(name) else {
        report(key, "has no key \"\(key.scalar ?? "")\"; it has \(keys.joined(separator: ", "))")
        continue
      }
      if case .list = value.value {
        guard let list = [String].read(value, report: report) else { continue }
        names[name] = list
      } else {
        guard let one = String.read(value, report: report) else { continue }
        names[name] = [one]
      }
    }
    return names.count == entries.count ? NamedElements(names) : nil
  }

  public var node: Node {
    let entries = names.sorted { $0.key < $1.key }
    return Node(.map(entries.map { (Node($0.key), $0.value.count == 1 ? $0.value[0].node : $0.value.node) }))
  }

  /// What elements may be, in the order of the reference.
  static let parts: [(key: String, part: Part)] = [
    ("text", .paragraph), ("headings", .heading), ("quotes", .quote), ("items", .listItem), ("code", .code),
    ("tables", .table), ("rows", .row), ("cells", .cell), ("captions", .caption), ("footnotes", .footnote),
    ("skip", .hidden),
  ]
  static let keys = ["root"] + parts.map(\.key) + MetadataKey.standard.map(\.description)

  /// What is wrong with the names taken together.
  var problem: String? {
    if names.isEmpty || names["text"]?.isEmpty == false { return nil }
    return "names no element that is text; add one, as in { text: [body, p] }"
  }
}

extension NamedElements {
  /// Nil where the option is not set.
  var vocabulary: NamedVocabulary? { names["text"]?.isEmpty == false ? NamedVocabulary(self) : nil }
}

/// A vocabulary by option.
struct NamedVocabulary: XMLVocabulary {
  let label = "xml"
  let notesInText = true
  let elements: ElementTable
  private let keys: [(key: MetadataKey, names: [String])]
  private let roots: [UInt64]
  /// The names of elements that are text, as written.
  let texts: [String]

  init(_ named: NamedElements) {
    roots = (named.names["root"] ?? []).map { Words.hash(of: $0) }
    texts = named.names["text"] ?? []
    keys = MetadataKey.standard.compactMap { key in named.names[key.description].map { (key, $0) } }
    // Metadata is no text, unless it is named as text too.
    let metadata = keys.flatMap(\.names).filter { !$0.utf8.contains(UInt8(ascii: "@")) }
    var parts: [(Part, String)] = [(.fact, metadata.joined(separator: " "))]
    parts += NamedElements.parts.map { ($0.part, (named.names[$0.key] ?? []).joined(separator: " ")) }
    elements = ElementTable(parts, facts: keys.flatMap(\.names).map { "\($0)=\($0)" }.joined(separator: " "))
  }

  /// Whether the option names this root: then it goes before the vocabularies that are known.
  func reads(_ root: ElementName) -> Bool { roots.contains(root.hash) }

  func offer(_ facts: Facts, to metadata: inout MetadataOffers) {
    for (key, names) in keys {
      for name in names {
        switch key {
        case .authors: metadata.authors(name)
        case .published, .modified: metadata.date(key, name)
        case .language: metadata.language(name)
        case .tags: metadata.tags(name)
        default: metadata.first(key, name)
        }
      }
    }
  }
}
