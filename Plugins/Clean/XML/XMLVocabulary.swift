/// A vocabulary of XML: which of its elements are text, what kind of text, and which hold metadata.
///
/// A vocabulary is a table of names; what a name alone does not tell is told by its methods.
protocol XMLVocabulary: Sendable {
  /// Names the vocabulary in the origin of metadata: `jats`.
  var label: String { get }
  var elements: ElementTable { get }
  /// Whether facts count wherever they stand, and not only outside of the text.
  var notesInText: Bool { get }
  /// Whether other vocabularies have a root of the same name, so that only what is inside tells.
  var hasCommonRoot: Bool { get }
  /// Whether the document of a root is of this vocabulary.
  func reads(_ root: ElementName) -> Bool
  /// What an element is where its name, attributes or place make it something else than its row in the table.
  ///
  /// - Parameter isInLine: text of the block around the element stands before it.
  func part(_ row: ElementTable.Row, of element: ElementName, _ attributes: XMLAttributes, isInLine: Bool) -> Part
  /// The metadata, best source first.
  func offer(_ facts: Facts, to metadata: inout MetadataOffers)
}

extension XMLVocabulary {
  var notesInText: Bool { false }
  var hasCommonRoot: Bool { false }
  func part(_ row: ElementTable.Row, of element: ElementName, _ attributes: XMLAttributes, isInLine: Bool) -> Part {
    row.part
  }
}

/// The vocabularies that are known without an option.
enum XMLVocabularies {
  static let all: [any XMLVocabulary] = [NITF(), NewsML(), JATS(), TEI()]
}

/// An element's name: without its prefix, and the namespace that the prefix stands for.
struct ElementName {
  /// Of the local name; capitals of ASCII count as small letters.
  var hash: UInt64
  var local: UnsafeBufferPointer<UInt8>
  var namespace: XMLNamespace

  func isNamed(_ name: StaticString) -> Bool {
    local.count == name.utf8CodeUnitCount && zip(local, 0...).allSatisfy { $0 == name.utf8Start[$1] }
  }
}

/// The namespaces that decide anything.
enum XMLNamespace {
  case none, xhtml, nitf, newsML, tei, jats, feed
  /// MathML and SVG: formulas and pictures.
  case drawing
  case other

  init(_ uri: String) {
    self =
      switch uri {
      case "": .none
      case "http://www.w3.org/1999/xhtml": .xhtml
      case "http://iptc.org/std/nar/2006-10-01/": .newsML
      case "http://www.tei-c.org/ns/1.0": .tei
      case "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2000/svg": .drawing
      case "http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#":
        .feed
      case _ where uri.hasPrefix("http://iptc.org/std/NITF/"): .nitf
      case _ where uri.contains("jats.nlm.nih.gov") || uri.contains("dtd.nlm.nih.gov"): .jats
      default: .other
      }
  }
}

/// What a table says of elements, by name or by the names of parent and element.
struct ElementTable: Sendable {
  struct Row: Sendable {
    var part = Part.inline
    /// The fact that the element's text is.
    var fact: String?
    /// The facts that its attributes are.
    var attributes: [(name: String, fact: String)] = []
  }
  private let rows: WordTable<Row>

  /// - Parameters:
  ///   - parts: names parted by blanks; `parent/name` goes before `name`.
  ///   - facts: `[parent/]name[@attribute][=fact]`; the fact is named after the element where nothing is said.
  init(_ parts: [(Part, String)], facts: String) {
    var rows: [UInt64: Row] = [:]
    for (part, names) in parts {
      for name in names.split(separator: " ") { rows[Self.key(name), default: Row()].part = part }
    }
    for entry in facts.split(whereSeparator: \.isWhitespace) {
      let sides = entry.split(separator: "=", maxSplits: 1)
      let (path, attribute) = Self.halves(sides[0], at: "@")
      let (parent, name) = Self.halves(path, at: "/")
      let element = name ?? parent
      let fact = sides.count > 1 ? String(sides[1]) : String(element) + (attribute.map { "@\($0)" } ?? "")
      let key = Self.key(path)
      // What is said of an element in one place is added to what is said of it everywhere.
      var row = rows[key] ?? rows[Self.key(element)] ?? Row()
      if let attribute { row.attributes.append((String(attribute), fact)) } else { row.fact = fact }
      rows[key] = row
    }
    self.rows = WordTable(rows.map { ($0.key, $0.value) }, none: Row())
  }

  subscript(hash: UInt64, parent: UInt64) -> Row? { rows[parent &* 31 &+ hash] ?? rows[hash] }

  private static func key(_ path: Substring) -> UInt64 {
    let (parent, name) = halves(path, at: "/")
    guard let name else { return Words.hash(of: String(parent)) }
    return Words.hash(of: String(parent)) &* 31 &+ Words.hash(of: String(name))
  }
  private static func halves(_ text: Substring, at separator: Character) -> (Substring, Substring?) {
    let parts = text.split(separator: separator, maxSplits: 1)
    return (parts.first ?? "", parts.count > 1 ? parts[1] : nil)
  }
}
