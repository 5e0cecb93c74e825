import ArticleHead
import PipelineKit

/// What a document says of itself outside of its text: values under the names of their elements, in the order of the
/// document.
struct Facts {
  private(set) var all: [(name: String, value: String)] = []
  /// More are not read; some articles in physics have thousands of authors.
  private static let most = 20_000
  static let longest = 20_000
  /// Bytes of all values: elements of facts may stand in each other, and hold the same text again.
  private static let mostBytes = 1_000_000
  private var bytes = 0

  mutating func note(_ name: String, _ value: String) {
    bytes += value.utf8.count
    guard all.count < Self.most, value.utf8.count <= Self.longest, bytes <= Self.mostBytes else { return }
    let value = trimmed(value)
    if !value.isEmpty { all.append((name, value)) }
  }
  mutating func removeAll() { self = Facts() }

  subscript(name: String) -> String? { all.first { $0.name == name }?.value }
  /// The first values of this name, as many as a list of metadata may have.
  func values(_ name: String) -> [String] {
    var values: [String] = []
    for fact in all where fact.name == name && values.count < Self.mostValues { values.append(fact.value) }
    return values
  }
  static let mostValues = 50
}

/// Takes values for a document's metadata; the first for a key holds, and what a source has set already stays.
struct MetadataOffers {
  private(set) var metadata: Metadata
  private let label: String
  private let facts: Facts

  init(_ metadata: Metadata, facts: Facts, label: String) {
    (self.metadata, self.facts, self.label) = (metadata, facts, label)
  }

  /// - Parameter name: what the value's origin is called behind the vocabulary's name.
  mutating func value(_ key: MetadataKey, _ value: String?, from name: String) {
    list(key, value.map { [$0] } ?? [], from: name)
  }
  mutating func list(_ key: MetadataKey, _ values: [String], from name: String) {
    let values = values.map(trimmed).filter { !$0.isEmpty }
    guard !values.isEmpty, metadata.entry(key) == nil else { return }
    metadata.set(key, list: Array(values.prefix(Facts.mostValues)), from: origin(name))
  }

  /// The first of these facts that has a value.
  mutating func first(_ key: MetadataKey, _ names: String...) {
    for name in names { value(key, facts[name], from: name) }
  }
  /// The first of these facts that is a date.
  mutating func date(_ key: MetadataKey, _ names: String...) {
    for name in names {
      for found in facts.values(name) { value(key, ArticleDate.value(found), from: name) }
    }
  }
  /// Names of authors out of the first of these facts that has any.
  ///
  /// - Parameter single: each value is one name.
  mutating func authors(_ names: String..., single: Bool = false) {
    for name in names {
      var found: [String] = []
      for value in facts.values(name) {
        for author in Byline.names(in: value, single: single) where !found.contains(author) { found.append(author) }
      }
      list(.authors, found, from: name)
    }
  }
  /// All values of the first of these facts that has any.
  mutating func tags(_ names: String...) {
    for name in names {
      var found: [String] = []
      for value in facts.values(name) where !found.contains(value) { found.append(value) }
      list(.tags, found, from: name)
    }
  }
  mutating func language(_ names: String...) {
    for name in names {
      guard let value = facts[name] else { continue }
      let primary = value.utf8.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }.count
      if (2...3).contains(primary), value.utf8.count <= 35, value != "und", value != "mul" {
        self.value(.language, value.split(separator: "_").joined(separator: "-"), from: name)
      }
    }
  }
  mutating func address(_ names: String...) {
    for name in names { value(.url, facts.values(name).first(where: isAddress), from: name) }
  }

  /// `nitf date.issue` for the fact `date.issue@norm`: the element is enough to find it.
  private func origin(_ name: String) -> String {
    label + " " + (name.hasSuffix("@lang") ? "xml:lang" : name.split(separator: "@").first.map(String.init) ?? "")
  }
}
