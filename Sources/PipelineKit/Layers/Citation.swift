/// A source citation such as `(RIA Novosti, March 3; Interfax, March 4)`.
public struct Citation: ReadableAnnotation {
  public static let layer: LayerName = "citations"
  public static let idPrefix: String? = "c"
  public static let fields = [
    Field("kind", .choice(Kind.self), "A source, or a reference to another article."),
    Field("sources", .list(.object(Source.fields)), "What is cited, in the order printed."),
    Field("supports", .list(.reference(Sentence.layer)), "The sentences that it vouches for, by index."),
  ]

  /// What a citation points at.
  public enum Kind: String, CaseIterable, Sendable {
    case source
    /// Another article of the same publication: `(see EDM, October 20)`.
    case crossReference = "cross_reference"
  }

  /// One cited source.
  public struct Source: Hashable, Sendable {
    static let fields = [
      Field("outlet", .optional(.string), "Name in use at the article's date, or the host of a bare address."),
      Field("date", .optional(.string), "ISO 8601; the year from the article's date where none is printed."),
      Field("url", .optional(.string), "The address, where one is printed."),
      Field("country", .optional(.string), "The outlet's state, ISO 3166-1 alpha-3."),
      Field("type", .optional(.string), "agency, newspaper, magazine, tv, radio, site, …"),
    ]
    /// The name in use at the article's date, or the host of a bare address.
    public var outlet: String?
    /// ISO 8601; the year from the article's date where none is printed.
    public var date: String?
    /// The address, where one is printed.
    public var url: String?
    /// The outlet's state, ISO 3166-1 alpha-3.
    public var country: String?
    /// `agency`, `newspaper`, `magazine`, `tv`, `radio`, `site` and the like.
    public var type: String?
    public init(
      outlet: String? = nil, date: String? = nil, url: String? = nil, country: String? = nil, type: String? = nil
    ) { (self.outlet, self.date, self.url, self.country, self.type) = (outlet, date, url, country, type) }
  }

  public var span: TextSpan
  public var kind: Kind
  /// In the order printed.
  public var sources: [Source]
  /// Indices into the sentences.
  public var supports: [Int]

  public init(span: TextSpan, kind: Kind = .source, sources: [Source], supports: [Int] = []) {
    (self.span, self.kind, self.sources, self.supports) = (span, kind, sources, supports)
  }

  public init(span: TextSpan, fields: FieldReader) throws {
    self.init(
      span: span, kind: try fields.choice("kind", Kind.self) ?? .source,
      sources: try fields.objects("sources").map {
        Source(
          outlet: try $0.string("outlet"), date: try $0.string("date"), url: try $0.string("url"),
          country: try $0.string("country"), type: try $0.string("type"))
      },
      supports: try fields.list("supports").map {
        guard case .reference(Sentence.layer, let index) = $0 else {
          throw FieldProblem("supports", wanted: "a list of indices of sentences")
        }
        return index
      })
  }

  public func describe(to fields: inout some FieldVisitor) {
    fields.field("kind", kind)
    fields.field("sources", .list(sources.map { .object($0.values) }))
    fields.field("supports", .list(supports.map { .reference(Sentence.layer, $0) }))
  }
}

extension Citation.Source {
  var values: [NamedValue] {
    [("outlet", outlet), ("date", date), ("url", url), ("country", country), ("type", type)]
      .map { NamedValue($0.0, $0.1.map { .string($0) } ?? .null) }
  }
}
