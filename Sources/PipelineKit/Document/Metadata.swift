/// A key of a document's metadata. Those below are in every export; a record may bring others along.
public struct MetadataKey: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  public let description: String
  public init(_ name: String) { description = name }
  public init(stringLiteral name: String) { description = name }

  public static let title: MetadataKey = "title"
  /// A list, as ``tags`` is.
  public static let authors: MetadataKey = "authors"
  public static let publication: MetadataKey = "publication"
  public static let volume: MetadataKey = "volume"
  public static let issue: MetadataKey = "issue"
  /// ISO 8601, as precise as known; without a zone where none is known.
  public static let published: MetadataKey = "published"
  public static let modified: MetadataKey = "modified"
  /// A BCP 47 tag, such as `en`.
  public static let language: MetadataKey = "language"
  /// The document's canonical address.
  public static let url: MetadataKey = "url"
  public static let section: MetadataKey = "section"
  public static let tags: MetadataKey = "tags"

  /// The keys that exports always write, null or `[]` where unknown, in their order.
  public static let standard: [MetadataKey] = [
    .title, .authors, .publication, .volume, .issue, .published, .modified, .language, .url, .section, .tags,
  ]
  /// Whether the value is a list.
  public var isList: Bool { self == .authors || self == .tags }
}

/// What is known of a document beside its text, each value with where it came from.
///
/// ```swift
/// var metadata = Metadata()
/// metadata.set(.title, "A title", from: "og:title")
/// metadata[.title]  // "A title"
/// ```
public struct Metadata: Sendable {
  /// A value and its origin.
  public struct Entry: Sendable {
    /// What the value is.
    public let key: MetadataKey
    /// One value, or the members of a list.
    public let values: [String]
    /// Where the value came from: `og:title`, `json-ld`, `text`, `record` and the like.
    public let from: String
  }

  /// In the order in which they were set.
  public private(set) var entries: [Entry] = []
  public init() {}

  /// The value, or the first member of a list.
  public subscript(key: MetadataKey) -> String? { entry(key)?.values.first }
  /// All members of a list; empty where nothing is known.
  public func list(_ key: MetadataKey) -> [String] { entry(key)?.values ?? [] }
  /// The value with its origin.
  public func entry(_ key: MetadataKey) -> Entry? { entries.first { $0.key == key } }

  /// Sets or replaces a value. An empty one removes the key.
  public mutating func set(_ key: MetadataKey, _ value: String, from origin: String) {
    set(key, list: value.isEmpty ? [] : [value], from: origin)
  }
  /// Sets or replaces a list. An empty one removes the key.
  public mutating func set(_ key: MetadataKey, list values: [String], from origin: String) {
    let index = entries.firstIndex { $0.key == key }
    guard !values.isEmpty else {
      if let index { entries.remove(at: index) }
      return
    }
    let entry = Entry(key: key, values: values, from: origin)
    if let index { entries[index] = entry } else { entries.append(entry) }
  }
}
